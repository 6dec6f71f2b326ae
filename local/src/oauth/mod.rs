//! The platform as an OAuth 2.0 client of the providers.

pub mod attempt;
pub mod callback;
pub mod client;
pub mod nonce;
pub mod renew;
pub mod result;
pub mod severed;
pub mod transport;

use aws_lc_rs::{digest, rand};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::http::ApiError;

/// How long an attempt may take, from the popup to the callback.
pub const ATTEMPT_MS: i64 = 15 * 60 * 1000;

/// 256 random bits as text.
pub fn random_text() -> Result<String, ApiError> {
    let mut bytes = [0u8; 32];
    rand::fill(&mut bytes).map_err(|_| ApiError::internal("the system gave no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// SHA-256 as text: what is stored of states and cookies.
pub fn hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes()))
}
