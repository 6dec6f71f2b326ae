//! The popup's first page: leaves a random cookie in this browser, and tells the app that it has loaded.
//!
//! Only a browser that came here from the app's own page gets the cookie at once. Otherwise anybody could begin an attempt,
//! and lead another person's browser through this page to the provider: that person's account would end up with the
//! first one's user. Who comes from elsewhere is told what is going on, and must press a button.

use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN, REFERER};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;
use uuid::Uuid;

use super::{ATTEMPT_MS, attempt, hash, random_text};
use crate::app::App;
use crate::auth::{check_project, person_of_call};
use crate::http::ApiError;
use crate::pages;
use crate::store;
use crate::store::nonce::{self, Nonce};
use crate::store::person::Person;

/// Cookies of attempts begin with this.
pub const COOKIE: &str = "paragon_oauth_";

/// Query of the page.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    integration_id: Uuid,
    origin_for_post_message: String,
    oauth_meta_key_id: Option<String>,
    /// As the cloud's protocol has it; the page works without.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_token: Option<String>,
}

/// The user, if the address names one, after the project was checked.
pub struct Caller(Option<Person>);

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        check_project(parts, app).await?;
        // The form of the confirmation carries the token in its body, see `confirm`.
        Ok(Self(person_of_call(parts, app).await?))
    }
}

/// `GET oauth-nonce`.
pub async fn page(
    State(app): State<Arc<App>>,
    caller: Result<Caller, ApiError>,
    headers: HeaderMap,
    jar: CookieJar,
    query: Result<Query<Page>, QueryRejection>,
) -> Response {
    let shown = async {
        let Caller(person) = caller?;
        let Query(page) = query.map_err(|error| ApiError::bad("query_invalid", error.body_text()))?;
        show(&app, person, &headers, jar, page).await
    };
    // A person is looking at this window.
    shown.await.unwrap_or_else(|error| pages::failure("This connection cannot begin", &error.message_text()))
}

async fn show(
    app: &Arc<App>,
    person: Option<Person>,
    headers: &HeaderMap,
    jar: CookieJar,
    page: Page,
) -> Result<Response, ApiError> {
    attempt::allowed_origin(app, &page.origin_for_post_message)?;
    let integration = app.integration_by_id(page.integration_id)?;
    let from_app = headers
        .get(REFERER)
        .and_then(|value| Url::parse(value.to_str().ok()?).ok())
        .is_some_and(|url| url.origin().ascii_serialization() == page.origin_for_post_message);
    if !from_app {
        return Ok(pages::confirm(
            &integration.name,
            &page.origin_for_post_message,
            &serde_json::to_value(&page).unwrap_or_default(),
        ));
    }
    leave_cookie(app, person, jar, page).await
}

/// `POST oauth-nonce`: the button was pressed, on this platform's own page.
pub async fn confirm(
    State(app): State<Arc<App>>,
    Caller(_): Caller,
    headers: HeaderMap,
    jar: CookieJar,
    Form(page): Form<Page>,
) -> Result<Response, ApiError> {
    // `Host` was checked to be an own name, so an origin equal to it is this page.
    let host = headers.get(HOST).map(|value| value.as_bytes()).unwrap_or_default();
    let origin = headers.get(ORIGIN).map(|value| value.as_bytes()).unwrap_or_default();
    if origin.strip_prefix(b"http://") != Some(host) {
        return Err(ApiError::bad("origin_refused", "Only the platform's own page may send this form."));
    }
    attempt::allowed_origin(&app, &page.origin_for_post_message)?;
    app.integration_by_id(page.integration_id)?;
    let person = match page.user_token.as_deref() {
        Some(token) if !token.is_empty() => Some(crate::auth::person_of(&app, token).await?),
        _ => None,
    };
    leave_cookie(&app, person, jar, page).await
}

async fn leave_cookie(
    app: &Arc<App>,
    person: Option<Person>,
    jar: CookieJar,
    page: Page,
) -> Result<Response, ApiError> {
    let now = app.clock.now_ms();
    let key = page.oauth_meta_key_id.filter(|key| !key.is_empty());
    if key.is_none() && person.is_none() {
        return Err(ApiError::bad(
            "attempt_unknown",
            "This page needs the attempt's oauthMetaKeyId, or a userToken, to know what it belongs to.",
        ));
    }
    let message = json!({
        "type": "oauth-nonce-loaded", "oauthMetaKeyId": key, "integrationId": page.integration_id,
    });
    let alone = match key.clone() {
        Some(key) => app.store.read(move |db| store::attempt::is_without_popup(db, &key)).await?,
        None => false,
    };
    let answer = pages::tell(&pages::Tell {
        title: "Connecting",
        text: "One moment: the provider's page opens here.",
        message: (!alone).then_some((&message, page.origin_for_post_message.as_str())),
        close: false,
        next: key.as_ref().map(|key| format!("oauth-next/{}", utf8_percent_encode(key, NON_ALPHANUMERIC))),
    });
    if let Some(key) = &key {
        // The same browser again: a reload.
        for cookie in jar.iter().filter(|cookie| cookie.name().starts_with(COOKIE)) {
            let (key, value) = (key.clone(), hash(cookie.value()));
            if app.store.read(move |db| nonce::holds(db, &key, &value)).await? {
                return Ok(answer);
            }
        }
    }
    let value = random_text()?;
    let nonce = Nonce {
        hash: hash(&value),
        key,
        person_id: person.map(|person| person.id),
        integration_id: page.integration_id,
        expires: now + ATTEMPT_MS,
    };
    let name = format!("{COOKIE}{}", &nonce.hash[..12]);
    if !app.store.write(move |db| nonce::add(db, &nonce, now)).await? {
        return Ok(pages::failure(
            "This connection was begun in another browser",
            "It can only be finished there. Go back to the app and start again.",
        ));
    }
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::milliseconds(ATTEMPT_MS));
    Ok((jar.add(cookie), answer).into_response())
}
