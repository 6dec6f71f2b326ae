//! The signed-in user of a call.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use std::collections::HashMap;
use std::sync::Arc;

use super::token::Tokens;
use crate::app::App;
use crate::http::ApiError;
use crate::journal;
use crate::store::person::{self, Person};

/// The user that the token names. Taking it as a handler's argument makes the call need a valid token of this project.
#[derive(Clone, Debug)]
pub struct User(pub Person);

impl FromRequestParts<Arc<App>> for User {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        check_project(parts, app).await?;
        let token = bearer(parts).ok_or_else(|| {
            ApiError::unauthorized(
                "token_missing",
                "This call needs a user token. Send it as \"Authorization: Bearer <token>\".",
            )
        })?;
        Ok(Self(person_of(app, token).await?))
    }
}

/// The token of the `Authorization` header.
pub(crate) fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The user of a token; added at the first call.
pub(crate) async fn person_of(app: &App, token: &str) -> Result<Person, ApiError> {
    let now = app.clock.now_ms();
    let claims = app.tokens.check(token, now)?;
    let user_id = claims.sub.clone();
    if let Some(call) = journal::current() {
        call.rest().user = Some(user_id.clone());
    }
    let permissions = Tokens::permissions(&claims)?;
    let person = match app.store.glance(move |db| person::find(db, &user_id)).await? {
        Some(known) => known,
        None => app.store.write(move |db| person::find_or_add(db, &claims.sub, now)).await?,
    };
    Ok(Person { permissions, ..person })
}

/// A call of the app's server, with the project's API key. Taking it as a handler's argument makes the call need one.
#[derive(Clone, Copy, Debug)]
pub struct Server;

impl FromRequestParts<Arc<App>> for Server {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        check_project(parts, app).await?;
        let given = bearer(parts).unwrap_or_default();
        if verify_slices_are_equal(given.as_bytes(), app.project.api_key.as_bytes()).is_err() {
            return Err(ApiError::unauthorized(
                "api_key_invalid",
                "This call needs the project's API key. Print it with \"paragon-local api-key\", and send it as \"Authorization: Bearer <key>\".",
            ));
        }
        Ok(Self)
    }
}

/// The address must name this project.
pub(crate) async fn check_project(parts: &mut Parts, app: &App) -> Result<(), ApiError> {
    let named = Path::<HashMap<String, String>>::from_request_parts(parts, &())
        .await
        .ok()
        .and_then(|Path(map)| map.get("project").cloned())
        .unwrap_or_default();
    if named.eq_ignore_ascii_case(&app.project.id.to_string()) {
        return Ok(());
    }
    Err(ApiError::not_found(
        "project_unknown",
        format!(
            "This platform has no project \"{named}\"; its project is {}. Give that id to authenticate().",
            app.project.id
        ),
    ))
}

/// The user of a call that may carry its token in the query, as the OAuth pages of the cloud's protocol do.
pub(crate) async fn person_of_call(parts: &mut Parts, app: &App) -> Result<Option<Person>, ApiError> {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct InQuery {
        user_token: Option<String>,
    }
    if let Some(token) = bearer(parts) {
        return person_of(app, token).await.map(Some);
    }
    let Query(query) = Query::<InQuery>::from_request_parts(parts, &())
        .await
        .map_err(|_| ApiError::bad("query_invalid", "The query of this address cannot be read."))?;
    match query.user_token.filter(|token| !token.is_empty()) {
        Some(token) => person_of(app, &token).await.map(Some),
        None => Ok(None),
    }
}
