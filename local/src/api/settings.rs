//! Settings of an account: those of the integration and those of its workflows.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{select, wire};
use crate::app::App;
use crate::auth::User;
use crate::auth::permissions::Act;
use crate::config::Integration;
use crate::http::{ApiError, Json, nullable};
use crate::store::configuration::{self, Configuration};
use crate::store::credential::{self, Credential};

/// Body of `PATCH credentials/<id>`.
#[derive(Deserialize)]
pub struct Update {
    config: Changes,
}

/// What changes; a null removes a setting.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Changes {
    #[serde(deserialize_with = "nullable")]
    shared_settings: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    workflow_settings: Map<String, Value>,
}

/// `PATCH credentials/<id>`: the account, and `errors` if a part was refused.
pub async fn update(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    Json(body): Json<Update>,
) -> Result<axum::Json<Value>, ApiError> {
    let current = select::by_id(&app, &person, &id).await?;
    let integration = app.integration_by_id(current.integration_id)?;
    let settings = select::configuration_of(&current, &headers)?;
    select::require(&app, &person, Act::Write, &current, Some(&settings))?;
    let mut changes = body.config;
    let errors = refuse_unknown(&app, integration, &mut changes.workflow_settings);
    let now = app.clock.now_ms();
    let saved = change(&app, &current, settings.id, move |settings| {
        merge(&mut settings.shared_settings, changes.shared_settings);
        for (workflow, change) in changes.workflow_settings {
            let stored = settings.workflow_settings.entry(workflow).or_insert_with(off);
            if let Some(enabled) = change.get("enabled").and_then(Value::as_bool) {
                stored["enabled"] = enabled.into();
            }
            if let (Some(Value::Object(new)), Some(old)) =
                (change.get("settings"), stored.get_mut("settings").and_then(Value::as_object_mut))
            {
                merge(old, new.clone());
            }
        }
        settings.updated = now;
    })
    .await?;
    let mut answer = wire::credential(&app, &select::shown(&app, &person, saved));
    if !errors.is_empty() {
        answer["errors"] = json!(errors);
    }
    Ok(axum::Json(answer))
}

/// A workflow that is off and has no settings.
pub(super) fn off() -> Value {
    json!({"enabled": false, "settings": {}})
}

/// Changes one set of settings as it stands in the database at that moment, and reads the account again.
pub(super) async fn change(
    app: &Arc<App>,
    credential: &Credential,
    id: Uuid,
    edit: impl FnOnce(&mut Configuration) + Send + 'static,
) -> Result<Credential, ApiError> {
    let (owner, credential_id) = (credential.person_id, credential.id);
    let saved = app
        .store
        .write(move |db| {
            let mut all = configuration::of_credential(db, credential_id)?;
            let Some(settings) = all.iter_mut().find(|one| one.id == id) else {
                return Ok(None);
            };
            edit(settings);
            configuration::save(db, settings)?;
            credential::find(db, owner, credential_id)
        })
        .await?;
    app.workflows.changed.notify_one();
    saved.ok_or_else(|| {
        ApiError::not_found(
            "configuration_unknown",
            "The account or its settings were removed meanwhile. Read the user again.",
        )
    })
}

fn merge(stored: &mut Map<String, Value>, changes: Map<String, Value>) {
    for (key, value) in changes {
        if value.is_null() {
            stored.shift_remove(&key);
        } else {
            stored.insert(key, value);
        }
    }
}

fn refuse_unknown(app: &App, integration: &Integration, changes: &mut Map<String, Value>) -> Vec<String> {
    let known: Vec<String> =
        integration.workflows.iter().map(|one| integration.workflow_id(app.project.id, &one.key).to_string()).collect();
    let mut errors = Vec::new();
    changes.retain(|id, change| {
        let fits = known.contains(id) && change.is_object();
        if !fits {
            errors.push(format!("There is no workflow {id} in {}; its settings were not saved.", integration.name));
        }
        fits
    });
    errors
}
