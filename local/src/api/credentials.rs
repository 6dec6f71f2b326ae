//! Connected accounts: list them, read one.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{select, wire};
use crate::app::App;
use crate::auth::User;
use crate::config::template;
use crate::http::ApiError;
use crate::oauth::renew;
use crate::provider;
use crate::store::credential;

/// Query of `GET credentials`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    integration: Option<String>,
    include_account_auth: Option<String>,
}

/// `GET credentials`: all of the user; with `integration`, that integration with its account.
pub async fn list(
    State(app): State<Arc<App>>,
    User(person): User,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Result<axum::Json<Value>, ApiError> {
    let Some(name) = filter.integration else {
        let id = person.id;
        let all = app.store.read(move |db| credential::of_person(db, id)).await?;
        let all = select::visible(&app, &person, all);
        return Ok(axum::Json(all.iter().map(|one| wire::credential(&app, one)).collect()));
    };
    let integration = app.integration(&name)?;
    let chosen = select::credential_for(&app, &person, integration, &headers).await?;
    let id = app.id_of(integration);
    let users = app.store.read(move |db| credential::users_of(db, id)).await?.len();
    let mut value = wire::integration(&app, integration, &person, true, users);
    value["providerData"] = json!(chosen.provider_data);
    if filter.include_account_auth.as_deref() == Some("true") {
        select::require_use(&app, &person, &chosen, &headers)?;
        if !integration.expose_account_token {
            return Err(ApiError::bad(
                "account_token_private",
                format!(
                    "The account's token of \"{name}\" is not given to pages. Set exposeAccountToken = true for this integration in the project file if a file picker needs it."
                ),
            ));
        }
        let chosen = renew::fresh(&app, integration, chosen).await?;
        let context = provider::context(&app, &chosen.secrets);
        for (key, given) in &integration.account_auth {
            let given =
                template::text(given, &context).map_err(|missing| provider::incomplete(integration, key, &missing))?;
            value["accountAuth"][key] = given.into();
        }
        value["accountAuth"]["OAUTH_ACCESS_TOKEN"] = json!(chosen.secrets.token_text("access_token"));
    }
    Ok(axum::Json(value))
}

/// `GET credentials/<id>`.
pub async fn read(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<Value>, ApiError> {
    Ok(axum::Json(wire::credential(&app, &select::by_id(&app, &person, &id).await?)))
}
