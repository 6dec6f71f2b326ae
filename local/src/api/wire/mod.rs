//! What goes over the wire, as the SDK reads it; the description of the calls is made from these types.

mod account;
mod integration;
mod user;

pub use account::{Configuration, Credential, configuration, credential};
pub use integration::{Integration, integration};
pub use user::{IntegrationState, Project, Resource, User, state};

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// An error. `message` is a text, or a list of what is wrong with each input.
#[derive(Serialize, ToSchema)]
pub struct Error {
    /// What happened, what it means and what to do.
    #[schema(value_type = Message)]
    pub message: Value,
    /// Stable name.
    pub code: String,
    /// HTTP status.
    pub status: u16,
    /// `isIntegrationError` marks an error that came from the provider.
    #[schema(value_type = Object)]
    pub meta: Map<String, Value>,
    /// The provider's own answer, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    pub output: Option<Value>,
}

/// The text of an error, or what is wrong with each input.
#[derive(ToSchema)]
#[schema(value_type = Value)]
#[allow(dead_code, reason = "it only describes")]
pub struct Message(Value);

/// Nothing: the call is done.
#[derive(Serialize, ToSchema)]
pub struct Done {}
