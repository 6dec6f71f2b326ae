//! Resources: the user's account of an API of the app's own.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Map, Value, json};
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
pub fn state(app: &App, credentials: &[Credential]) -> Vec<Value> {
    let one = |resource: &Resource| {
        let id = app.id_of(&resource.provider);
        let mut value = json!({"id": resource.id(app.project.id), "slug": resource.slug, "integrationId": id});
        if let Some(account) = select::current(credentials.iter().filter(|one| one.integration_id == id)) {
            value["credentialId"] = json!(account.id);
            value["credentialStatus"] = account.status.name().into();
        }
        value
    };
    app.config.resources.iter().map(one).collect()
}

/// `POST resources/<id>/connect`: the body is what proves the user. Connecting again replaces it.
pub async fn connect(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    Json(mut payload): Json<Map<String, Value>>,
) -> Result<axum::Json<Value>, ApiError> {
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
        if !token.get("access_token").is_some_and(|token| token.as_str().is_some_and(|text| !text.is_empty())) {
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
