//! Accounts and their settings.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::clock::iso;
use crate::store::configuration::Configuration as Settings;
use crate::store::credential::{Credential as Account, Status};

/// An account, without its secrets.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// Id.
    pub id: Uuid,
    project_id: Uuid,
    integration_id: Uuid,
    /// The platform's id of the user.
    persona_id: Uuid,
    is_preview_credential: bool,
    /// Id of the account at the provider.
    provider_id: String,
    /// Facts about the account at the provider.
    #[schema(value_type = Object)]
    provider_data: Map<String, Value>,
    status: Status,
    /// The first is the default one.
    configurations: Vec<Configuration>,
    /// The settings of the default one.
    config: Option<OldConfig>,
    date_created: String,
    date_updated: String,
    date_refreshed: String,
    refresh_failure_count: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_valid_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    /// What was refused of a change of settings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<String>,
}

/// One set of settings.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Configuration {
    /// Id.
    pub id: Uuid,
    connect_credential_id: Uuid,
    /// `{<workflow id>: {enabled, settings}}`.
    #[schema(value_type = Object)]
    workflow_settings: Map<String, Value>,
    #[schema(value_type = Object)]
    shared_settings: Map<String, Value>,
    #[schema(value_type = Object)]
    config_meta: Map<String, Value>,
    is_default: bool,
    date_created: String,
    date_updated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
}

/// Settings in the form of older SDKs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OldConfig {
    #[schema(value_type = Object)]
    shared_settings: Map<String, Value>,
    #[schema(value_type = Object)]
    workflow_settings: Map<String, Value>,
    #[schema(value_type = Object)]
    config_meta: Map<String, Value>,
}

/// An account as it is shown.
pub fn credential(app: &App, one: &Account) -> Credential {
    Credential {
        id: one.id,
        project_id: app.project.id,
        integration_id: one.integration_id,
        persona_id: one.person_id,
        is_preview_credential: false,
        provider_id: one.provider_id.clone(),
        provider_data: one.provider_data.clone(),
        status: one.status,
        configurations: one.configurations.iter().map(configuration).collect(),
        config: one.configurations.first().map(|settings| OldConfig {
            shared_settings: settings.shared_settings.clone(),
            workflow_settings: settings.workflow_settings.clone(),
            config_meta: settings.meta.clone(),
        }),
        date_created: iso(one.created),
        date_updated: iso(one.updated),
        date_refreshed: iso(one.refreshed),
        refresh_failure_count: one.refresh_failures,
        date_valid_until: one.valid_until.map(iso),
        external_id: one.external_id.clone(),
        errors: Vec::new(),
    }
}

/// Settings as they are shown.
pub fn configuration(one: &Settings) -> Configuration {
    Configuration {
        id: one.id,
        connect_credential_id: one.credential_id,
        workflow_settings: one.workflow_settings.clone(),
        shared_settings: one.shared_settings.clone(),
        config_meta: one.meta.clone(),
        is_default: one.is_default,
        date_created: iso(one.created),
        date_updated: iso(one.updated),
        external_id: one.external_id.clone(),
    }
}
