//! Connected accounts: list them, read one.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use utoipa::{IntoParams, ToSchema};

use super::{select, wire};
use crate::app::App;
use crate::auth::User;
use crate::config::template;
use crate::http::ApiError;
use crate::oauth::renew;
use crate::provider;
use crate::store::credential;

/// Query of `GET credentials`.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Name of an integration: the answer is it, with the facts of its account.
    integration: Option<String>,
    /// `true`: with the account's token, if the project file lets pages have it.
    include_account_auth: Option<String>,
}

/// All accounts, or one integration.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Accounts)]
pub enum Listed {
    /// Without `integration`.
    All(Vec<wire::Credential>),
    /// With it.
    One(Box<wire::Integration>),
}

/// All accounts of the user; with `integration`, that integration with its account.
#[utoipa::path(
    get, path = "/sdk/credentials", tag = "Credentials", operation_id = "listCredentials",
    params(Filter, select::NamedAccount), responses((status = 200, body = Listed))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    User(person): User,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Result<axum::Json<Listed>, ApiError> {
    let Some(name) = filter.integration else {
        let id = person.id;
        let all = app.store.read(move |db| credential::of_person(db, id)).await?;
        let all = select::visible(&app, &person, all);
        return Ok(axum::Json(Listed::All(all.iter().map(|one| wire::credential(&app, one)).collect())));
    };
    let integration = app.integration(&name)?;
    let chosen = select::credential_for(&app, &person, integration, &headers).await?;
    let id = app.id_of(integration);
    let users = app.store.read(move |db| credential::users_of(db, id)).await?.len();
    let mut value = wire::integration(&app, integration, &person, true, users);
    value.provider_data = Some(chosen.provider_data.clone());
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
        let mut auth = Map::new();
        for (key, given) in &integration.account_auth {
            let given =
                template::text(given, &context).map_err(|missing| provider::incomplete(integration, key, &missing))?;
            auth.insert(key.clone(), given.into());
        }
        auth.insert("OAUTH_ACCESS_TOKEN".into(), json!(chosen.secrets.token_text("access_token")));
        value.account_auth = Some(auth);
    }
    Ok(axum::Json(Listed::One(Box::new(value))))
}

/// One account.
#[utoipa::path(
    get, path = "/sdk/credentials/{id}", tag = "Credentials", operation_id = "getCredential",
    params(("id" = Uuid, Path, description = "The account's id")), responses((status = 200, body = wire::Credential))
)]
pub async fn read(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<wire::Credential>, ApiError> {
    Ok(axum::Json(wire::credential(&app, &select::by_id(&app, &person, &id).await?)))
}
