//! The catalogue of triggers: what can happen at the providers.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::{IntoParams, ToSchema};

use super::select;
use crate::app::App;
use crate::auth::User;
use crate::config::{Integration, TriggerType};
use crate::http::ApiError;
use crate::store::credential::Status;

/// Query of `GET triggers`.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Names with commas between them; missing: all that the user has connected.
    integrations: Option<String>,
}

/// What can happen at the providers.
#[derive(Serialize, ToSchema)]
pub struct Catalogue {
    /// By integration.
    #[schema(value_type = HashMap<String, Vec<TriggerType>>)]
    triggers: Map<String, Value>,
    /// Integrations that could not be looked at.
    errors: Vec<Problem>,
}

/// Why an integration is missing.
#[derive(Serialize, ToSchema)]
#[schema(as = CatalogueProblem)]
pub struct Problem {
    /// Name of the integration.
    #[serde(rename = "type")]
    kind: String,
    message: String,
}

/// What can happen at the providers that the user has connected.
#[utoipa::path(
    get, path = "/triggers", tag = "Integrations", operation_id = "listTriggers", params(Wanted, select::NamedAccount),
    responses((status = 200, body = Catalogue))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    User(person): User,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<axum::Json<Catalogue>, ApiError> {
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
            Err(error) => errors.push(Problem { kind: name, message: error.message_text() }),
        }
    }
    Ok(axum::Json(Catalogue { triggers, errors }))
}
