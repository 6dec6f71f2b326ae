//! The user: what is connected, and what the app stored about the user.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{resources, select, wire};
use crate::app::App;
use crate::auth::User;
use crate::http::{ApiError, Json};
use crate::store::credential::{self, Credential, Status};
use crate::store::person::{self, Person};
use crate::workflow;

/// `GET me`.
pub async fn read(State(app): State<Arc<App>>, User(person): User) -> Result<axum::Json<Value>, ApiError> {
    answer(&app, &person).await
}

/// Body of `PATCH me`.
#[derive(Deserialize)]
pub struct Update {
    #[serde(default)]
    meta: Map<String, Value>,
}

/// `PATCH me`.
pub async fn update(
    State(app): State<Arc<App>>,
    User(person): User,
    Json(update): Json<Update>,
) -> Result<axum::Json<Value>, ApiError> {
    if !update.meta.is_empty() {
        app.require_feature("user-metadata")?;
    }
    let now = app.clock.now_ms();
    let inside = app.clone();
    let (id, permissions) = (person.id, person.permissions);
    let write = app.store.write(move |db| {
        let person = person::merge_meta(db, id, update.meta, now)?;
        workflow::switch_off_refused(&inside, db, &person, now)?;
        Ok(person)
    });
    let person = Person { permissions, ..write.await? };
    app.workflows.changed.notify_one();
    answer(&app, &person).await
}

async fn answer(app: &Arc<App>, person: &Person) -> Result<axum::Json<Value>, ApiError> {
    let id = person.id;
    let credentials = app.store.read(move |db| credential::of_person(db, id)).await?;
    let credentials = select::visible(app, person, credentials);
    let integrations: Map<String, Value> = app
        .config
        .integrations
        .iter()
        .map(|integration| {
            let id = app.id_of(integration);
            let own: Vec<&Credential> = credentials.iter().filter(|one| one.integration_id == id).collect();
            (integration.key(), state(app, &own))
        })
        .collect();
    Ok(axum::Json(json!({
        "authenticated": true,
        "userId": person.user_id,
        "meta": person.meta,
        "resources": resources::state(app, &credentials),
        "project": {
            "id": app.project.id,
            "billingPlan": app.config.project.billing_plan,
            "accessibleFeatures": app.config.project.features,
        },
        "integrations": integrations,
    })))
}

fn state(app: &App, own: &[&Credential]) -> Value {
    let all: Vec<Value> = own.iter().map(|one| wire::credential(app, one)).collect();
    let Some(current) = select::current(own.iter().copied()) else {
        return json!({"enabled": false, "allCredentials": all});
    };
    let mut value = json!({
        "enabled": current.status == Status::Valid,
        "credentialId": current.id,
        "credentialStatus": current.status.name(),
        "providerId": current.provider_id,
        "providerData": current.provider_data,
        "allCredentials": all,
    });
    if let Some(settings) = current.configurations.first() {
        value["credentialConfigId"] = json!(settings.id);
        value["sharedSettings"] = json!(settings.shared_settings);
        value["workflowSettings"] = json!(settings.workflow_settings);
        value["configuredWorkflows"] = json!(settings.workflow_settings);
        value["configMeta"] = json!(settings.meta);
        if let Some(external) = &settings.external_id {
            value["externalId"] = json!(external);
        }
    }
    value
}
