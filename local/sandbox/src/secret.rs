//! Secrets: random values, their hashes, and comparison that takes the same time whatever differs.

use aws_lc_rs::{constant_time, digest, rand};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// 256 random bits as text that is safe in addresses and headers.
pub fn random() -> String {
    let mut bytes = [0; 32];
    // Without randomness no secret may be given out at all; the request ends here, and the server says so in its log.
    rand::fill(&mut bytes).expect("the operating system gives random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored in place of a secret.
pub fn hash(secret: &str) -> Vec<u8> {
    sha256(secret.as_bytes())
}

pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

pub fn sha256_hex(bytes: &[u8]) -> String {
    sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 in base64url: a PKCE challenge, or a value derived from a secret for a form.
pub fn sha256_base64url(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256(text.as_bytes()))
}

/// Compares by hash, so that not even the length shows.
pub fn equal(a: &str, b: &str) -> bool {
    constant_time::verify_slices_are_equal(&hash(a), &hash(b)).is_ok()
}
