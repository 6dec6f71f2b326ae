//! The catalogue of triggers: what can happen at the providers.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::select;
use crate::app::App;
use crate::auth::User;
use crate::config::Integration;
use crate::http::ApiError;
use crate::store::credential::Status;

/// Query of `GET triggers`.
#[derive(Deserialize)]
pub struct Wanted {
    /// Names with commas between them; missing: all that the user has connected.
    integrations: Option<String>,
}

/// `GET triggers`: `{triggers: {<integration>: […]}, errors: [{type, message}]}`.
pub async fn list(
    State(app): State<Arc<App>>,
    User(person): User,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<axum::Json<Value>, ApiError> {
    let mut triggers = Map::new();
    let mut errors = Vec::new();
    let names: Vec<String> = match &wanted.integrations {
        Some(text) => text.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect(),
        None => app.config.integrations.iter().filter(|one| one.active).map(Integration::key).collect(),
    };
    // An account that is named must be there; one wrong integration of several is told beside the others.
    let alone = names.len() == 1;
    for name in names {
        let found = async {
            let integration = app.integration(&name)?;
            let account = select::credential_for(&app, &person, integration, &headers).await?;
            if account.status != Status::Valid {
                return Err(select::not_enabled(integration));
            }
            Ok(integration)
        };
        match found.await {
            Ok(integration) => {
                triggers.insert(name, json!(integration.triggers));
            }
            Err(error) if alone => return Err(error),
            Err(_) if wanted.integrations.is_none() => {}
            Err(error) => errors.push(json!({"type": name, "message": error.message_text()})),
        }
    }
    Ok(axum::Json(json!({"triggers": triggers, "errors": errors})))
}
