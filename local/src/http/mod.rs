//! What all answers have in common: errors, CORS, the check of `Host`.

mod body;
pub mod connection;
pub mod cors;
mod error;
pub mod hosts;
pub mod refusal;

pub use body::{Json, nullable, nullable_object, object};
pub use error::ApiError;
