//! The callback: the provider sends the browser back. The code is exchanged, the account stored, the app told.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{client, hash, nonce};
use crate::api::{install, wire};
use crate::app::App;
use crate::http::ApiError;
use crate::journal;
use crate::pages::{self, Tell};
use crate::provider::context;
use crate::store::attempt::{self, Attempt};
use crate::store::credential::{Credential, Secrets};
use crate::store::person::Person;

/// Query of the callback.
#[derive(Deserialize)]
pub struct Callback {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// `GET /oauth/callback`.
pub async fn callback(
    State(app): State<Arc<App>>,
    jar: CookieJar,
    Query(query): Query<Callback>,
) -> Result<Response, ApiError> {
    let Some(state) = query.state.as_deref().filter(|state| !state.is_empty()) else {
        return Ok(unknown());
    };
    let state_hash = hash(state);
    let Some(attempt) = app.store.read(move |db| attempt::by_state(db, &state_hash)).await? else {
        return Ok(unknown());
    };
    if let Some(call) = journal::current() {
        // The page that answers names the attempt in its script.
        call.rest().secrets.push(attempt.key.clone());
    }
    if let (true, Some(address)) = (attempt.used, &attempt.request.return_url) {
        // Back, and once more: the app's page is the only one that can go on. The address says nothing.
        return Ok(Redirect::to(address).into_response());
    }
    let Some(cookie) = own_cookie(&jar, &attempt) else {
        // Nothing is used up: the browser that began may still come.
        return Ok(pages::failure(
            "This connection was begun in another browser",
            "It can only be finished in the browser where it was begun. Nothing was connected. Go back to the app and start again.",
        ));
    };
    let jar = jar.remove(Cookie::build((cookie, "")).path("/"));
    let (key, now) = (attempt.key.clone(), app.clock.now_ms());
    if !app.store.write(move |db| attempt::take(db, &key, now)).await? {
        return Ok((
            jar,
            pages::failure(
                "This connection was finished before",
                "Close this window and look at the app; start again if nothing is connected there.",
            ),
        )
            .into_response());
    }
    // Goes on if the window is closed now: the code is used up, and the app is still asking.
    let task = tokio::spawn(finish(app, attempt, query));
    let page = task.await.map_err(ApiError::internal)??;
    Ok((jar, page).into_response())
}

fn own_cookie(jar: &CookieJar, attempt: &Attempt) -> Option<String> {
    let expected = attempt.nonce_hash.as_deref()?;
    jar.iter()
        .find(|cookie| cookie.name().starts_with(nonce::COOKIE) && hash(cookie.value()) == expected)
        .map(|cookie| cookie.name().to_owned())
}

async fn finish(app: Arc<App>, attempt: Attempt, query: Callback) -> Result<Response, ApiError> {
    let key = attempt.key.clone();
    let result = connect(&app, &attempt, query).await;
    let page = match result {
        Ok(credential) => {
            let id = credential.id;
            app.store.write(move |db| attempt::succeed(db, &key, id)).await?;
            let mut told = json!(wire::credential(&app, &credential));
            // An app that saves what it is told gets the stored account back, see `POST credentials`.
            told["payload"] = json!({"connectCredentialId": credential.id});
            let message = json!({
                "type": "oauth_success_callback",
                "credential": told,
                "integrationId": attempt.integration_id,
                "oauthMetaKeyId": attempt.key,
            });
            shown(
                &attempt,
                &Tell {
                    title: "Connected",
                    text: "You can close this window.",
                    message: tell_where(&message, &attempt),
                    close: true,
                    next: None,
                },
            )
        }
        Err(error) => {
            let failure = error.to_json();
            let message = json!({
                "type": "oauth_error_callback",
                "error": error.message_text(),
                "errorResponse": failure,
                "integrationId": attempt.integration_id,
                "oauthMetaKeyId": attempt.key,
            });
            app.store.write(move |db| attempt::fail(db, &key, &failure)).await?;
            shown(
                &attempt,
                &Tell {
                    title: "Not connected",
                    text: &error.message_text(),
                    message: tell_where(&message, &attempt),
                    close: true,
                    next: None,
                },
            )
        }
    };
    app.attempt_changed.notify_waiters();
    Ok(page)
}

/// What the browser gets in the end: the page that tells the app, or the way back to the app's own page, which asks how it
/// ended.
fn shown(attempt: &Attempt, page: &Tell<'_>) -> Response {
    match &attempt.request.return_url {
        Some(address) => Redirect::to(address).into_response(),
        None => pages::tell(page),
    }
}

fn tell_where<'a>(message: &'a Value, attempt: &'a Attempt) -> Option<(&'a Value, &'a str)> {
    attempt.request.origin.as_deref().map(|origin| (message, origin))
}

async fn connect(app: &Arc<App>, attempt: &Attempt, query: Callback) -> Result<Credential, ApiError> {
    let integration = app.integration_by_id(attempt.integration_id)?;
    let oauth = integration
        .oauth
        .as_ref()
        .ok_or_else(|| ApiError::bad("oauth_missing", format!("{} has no OAuth server any more.", integration.name)))?;
    if let Some(error) = query.error {
        let denied = error == "access_denied";
        let code = if denied { "oauth_denied" } else { "oauth_failed" };
        let mut message = if denied {
            format!("The connection to {} was not allowed.", integration.name)
        } else {
            format!("{} could not connect the account ({error}).", integration.name)
        };
        if let Some(text) = query.error_description.filter(|text| !text.is_empty()) {
            message = format!("{message} {text}");
        }
        return Err(ApiError::bad(code, message).from_integration().with_meta("oauthError", error.into()));
    }
    let Some(code) = query.code else {
        return Err(ApiError::bad(
            "oauth_failed",
            format!("{} sent neither a code nor an error back.", integration.name),
        )
        .from_integration());
    };
    let request = attempt.request.clone();
    let mut secrets = Secrets {
        inputs: request.inputs,
        parameters: request.parameters,
        account_type: request.account_type,
        token: Map::new(),
    };
    secrets.token = client::exchange(
        app,
        integration,
        oauth,
        &context(app, &secrets),
        code,
        request.verifier,
        &request.redirect_uri,
    )
    .await
    .map_err(|failure| failure.into_error(integration))?;
    // Only the id of the user is needed from here on.
    let person =
        Person { id: attempt.person_id, user_id: String::new(), meta: Map::new(), permissions: Default::default() };
    install::store(app, &person, integration, secrets, request.install, false).await
}

fn unknown() -> Response {
    pages::failure(
        "This connection is not known",
        "It was begun too long ago, or finished before, or the address is not complete. Nothing was connected. Go back to the app and start again.",
    )
}
