//! Who is calling: the user token of the app.

pub mod token;
mod user;

pub use user::User;
pub(crate) use user::{check_project, person_of, person_of_call};
