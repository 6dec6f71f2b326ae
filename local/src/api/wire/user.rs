//! The user, with what is connected.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::account::{Credential, credential};
use crate::api::select;
use crate::app::App;
use crate::store::credential::{Credential as Account, Status};

/// The user of the token.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Always true.
    pub authenticated: bool,
    /// `sub` of the token.
    pub user_id: String,
    /// What the app stored about the user.
    #[schema(value_type = Object)]
    pub meta: Map<String, Value>,
    /// APIs of the app's own.
    pub resources: Vec<Resource>,
    /// The project.
    pub project: Project,
    /// By name.
    #[schema(value_type = HashMap<String, IntegrationState>)]
    pub integrations: Map<String, Value>,
}

/// The project and its plan.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Project {
    /// Id.
    pub id: Uuid,
    /// Name of the plan.
    pub billing_plan: String,
    /// What it includes.
    pub accessible_features: Vec<String>,
}

/// An API of the app's own, and the user's account of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// Id.
    pub id: Uuid,
    /// Name in calls.
    pub slug: String,
    /// What its account names as integration.
    pub integration_id: Uuid,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<Uuid>,
    /// Its state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_status: Option<Status>,
}

/// An integration with the user's accounts; the members beside `allCredentials` are those of the current one.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IntegrationState {
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    provider_data: Option<Map<String, Value>>,
    all_credentials: Vec<Credential>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_config_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    shared_settings: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    workflow_settings: Option<Map<String, Value>>,
    /// The same in the form of older SDKs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    configured_workflows: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    config_meta: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
}

/// The user's accounts at one integration.
pub fn state(app: &App, own: &[&Account]) -> IntegrationState {
    let current = select::current(own.iter().copied());
    let settings = current.and_then(|one| one.configurations.first());
    IntegrationState {
        enabled: current.is_some_and(|one| one.status == Status::Valid),
        credential_id: current.map(|one| one.id),
        credential_status: current.map(|one| one.status),
        provider_id: current.map(|one| one.provider_id.clone()),
        provider_data: current.map(|one| one.provider_data.clone()),
        all_credentials: own.iter().map(|one| credential(app, one)).collect(),
        credential_config_id: settings.map(|one| one.id),
        shared_settings: settings.map(|one| one.shared_settings.clone()),
        workflow_settings: settings.map(|one| one.workflow_settings.clone()),
        configured_workflows: settings.map(|one| one.workflow_settings.clone()),
        config_meta: settings.map(|one| one.meta.clone()),
        external_id: settings.and_then(|one| one.external_id.clone()),
    }
}
