//! What calls take and give. Fields that are not here are in the JavaScript values, see `Paragon::as_js`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Serialize)]
pub(super) struct Host<'a> {
    pub host: &'a str,
}

/// Which of several accounts, and which configuration of it.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// A credential's id, `ext:<external id>`, or an external id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_credential_id: Option<String>,
    /// A configuration's id, or `ext:<external id>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_configuration_id: Option<String>,
}

/// A request to a provider. `Default` is a GET.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Request {
    /// The HTTP method; GET without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Sent as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// The app's own headers.
    pub headers: HashMap<String, String>,
    /// Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<f64>,
    /// How often it may be sent again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<u32>,
    /// Which account.
    #[serde(flatten)]
    pub of: Target,
}

#[derive(Deserialize)]
pub(super) struct State {
    pub authenticated: bool,
    #[serde(flatten)]
    pub user: Option<User>,
}

/// A user and what they have connected.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The app's id of the user.
    pub user_id: String,
    /// What the app keeps about them.
    #[serde(default)]
    pub meta: Map<String, Value>,
    /// By type, such as `slack` or `custom.mine`.
    #[serde(default)]
    pub integrations: HashMap<String, Integration>,
}

/// What a user has of an integration.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Integration {
    /// A valid account is connected.
    #[serde(default)]
    pub enabled: bool,
    /// The current account.
    pub credential_id: Option<String>,
    /// How it fares.
    pub credential_status: Option<CredentialStatus>,
    /// The provider's id of it.
    pub provider_id: Option<String>,
    /// What the provider says about it.
    pub provider_data: Option<Value>,
    /// All accounts.
    #[serde(default)]
    pub all_credentials: Vec<Credential>,
    /// Settings by input id.
    #[serde(default)]
    pub shared_settings: Map<String, Value>,
    /// Workflows by id.
    #[serde(default)]
    pub workflow_settings: HashMap<String, WorkflowState>,
}

/// A workflow of a user's.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct WorkflowState {
    /// It is on.
    #[serde(default)]
    pub enabled: bool,
    /// Settings by input id.
    #[serde(default)]
    pub settings: Map<String, Value>,
}

/// How an account fares.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum CredentialStatus {
    /// It waits for answers.
    Pending,
    /// The provider accepts it no more.
    Invalid,
    /// It works.
    Valid,
}

/// An account.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// Its id.
    pub id: String,
    /// How it fares.
    pub status: CredentialStatus,
    /// The app's own id of it.
    pub external_id: Option<String>,
    /// The provider's id of it.
    pub provider_id: Option<String>,
    /// What the provider says about it.
    pub provider_data: Option<Value>,
    /// Its configurations; one is the default.
    #[serde(default)]
    pub configurations: Vec<Configuration>,
}

/// Settings of an account.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Configuration {
    /// Its id.
    pub id: String,
    /// The app's own id of it.
    pub external_id: Option<String>,
    /// The one that is meant where none is named.
    #[serde(default)]
    pub is_default: bool,
    /// Settings by input id.
    #[serde(default)]
    pub shared_settings: Map<String, Value>,
    /// Workflows by id.
    #[serde(default)]
    pub workflow_settings: HashMap<String, WorkflowState>,
}

/// An integration of the project.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct IntegrationMetadata {
    /// Its name for calls.
    pub r#type: String,
    /// Its name for people.
    pub name: String,
    /// CSS colour.
    pub brand_color: String,
    /// Address of an image.
    pub icon: String,
}
