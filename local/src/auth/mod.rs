//! Who is calling: the user token of the app.

pub mod permissions;
pub mod token;
mod user;

pub use user::{Server, User};
pub(crate) use user::{check_project, person_of, person_of_call};
