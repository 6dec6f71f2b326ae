//! Resources: the user's account of an API of the app's own.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{install, select, setup, wire};
use crate::app::App;
use crate::auth::User;
use crate::config::{Resource, Scheme};
use crate::http::{ApiError, Json};
use crate::store::credential::{Credential, Secrets};

/// Members of the payload that are tokens, not answers.
const TOKENS: [&str; 5] = ["access_token", "refresh_token", "token_type", "expires_in", "id_token"];

/// The resources as `me` lists them.
pub fn state(app: &App, credentials: &[Credential]) -> Vec<wire::Resource> {
    let one = |resource: &Resource| {
        let id = app.id_of(&resource.provider);
        let account = select::current(credentials.iter().filter(|one| one.integration_id == id));
        wire::Resource {
            id: resource.id(app.project.id),
            slug: resource.slug.clone(),
            integration_id: id,
            credential_id: account.map(|one| one.id),
            credential_status: account.map(|one| one.status),
        }
    };
    app.config.resources.iter().map(one).collect()
}

/// Stores what proves the user to an API of the app's own. Connecting again replaces it.
#[utoipa::path(
    post, path = "/sdk/resources/{id}/connect", tag = "Resources", operation_id = "connectResource",
    params(("id" = Uuid, Path, description = "The resource's id, as getUser tells it")),
    request_body(content = Object, description = "The resource's inputs, or the tokens of its OAuth server"),
    responses((status = 200, body = wire::Credential))
)]
pub async fn connect(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    Json(mut payload): Json<Map<String, Value>>,
) -> Result<axum::Json<wire::Credential>, ApiError> {
    let found = Uuid::parse_str(&id)
        .ok()
        .and_then(|id| app.config.resources.iter().find(|resource| resource.id(app.project.id) == id));
    let resource = found.ok_or_else(|| {
        ApiError::not_found("resource_unknown", format!("There is no resource {id} in this project."))
    })?;
    if !resource.is_of_users() {
        return Err(ApiError::bad(
            "resource_of_project",
            format!("The resource \"{}\" has keys of the project, so there is nothing to connect.", resource.slug),
        ));
    }
    let provider = &resource.provider;
    let mut options = install::Options::default();
    let account = if provider.scheme() == Scheme::Oauth {
        let token: Map<String, Value> =
            TOKENS.iter().filter_map(|name| Some(((*name).to_owned(), payload.shift_remove(*name)?))).collect();
        if token.get("access_token").and_then(Value::as_str).unwrap_or_default().is_empty() {
            return Err(ApiError::validation(vec![("access_token".into(), "access_token is required".into())]));
        }
        install::check(&app, &person, provider, &mut options).await?;
        install::require(&provider.pre_options, &payload)?;
        let secrets = Secrets { inputs: payload, token, ..Secrets::default() };
        install::store(&app, &person, provider, secrets, options, true).await?
    } else {
        setup::by_key(&app, &person, provider, payload, options).await?
    };
    Ok(axum::Json(wire::credential(&app, &account)))
}
