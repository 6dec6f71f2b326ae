//! The authorize endpoint: shows the consent page, and takes the person's decision.

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rusqlite::{OptionalExtension, params};
use url::Url;

use super::{
    grants,
    params::Params,
    realm::{Realm, Refresh},
    request::{self, AuthorizeRequest, Refused},
};
use crate::{
    apps,
    fault::Fault,
    pages::{self, consent, session::Session},
    people, secret,
    state::AppState,
};

/// How long a consent page can be left open, in milliseconds.
const PAGE_LIFETIME: i64 = 10 * 60 * 1000;

pub async fn ask(
    State(state): State<AppState>,
    realm: Realm,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let request = match request::read(&state, &realm, &query.unwrap_or_default()) {
        Ok(request) => request,
        Err(Refused::Redirect(address)) => return Ok(see_other(&address)),
        Err(Refused::Here(reason)) => {
            let title = "This request to connect cannot be used";
            return Ok(severed(&state, pages::error::page(StatusCode::BAD_REQUEST, Some(realm.app), title, &reason)));
        }
    };
    show(&state, &realm, &request, &headers)
}

/// The same for an install that begins at the app's marketplace page.
pub async fn ask_install(
    State(state): State<AppState>,
    realm: Realm,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    match request::install(&state, &realm, &query.unwrap_or_default()) {
        Ok(request) => show(&state, &realm, &request, &headers),
        Err(reason) => {
            let title = "This request to install cannot be used";
            Ok(pages::error::page(StatusCode::BAD_REQUEST, Some(realm.app), title, &reason))
        }
    }
}

fn show(state: &AppState, realm: &Realm, request: &AuthorizeRequest, headers: &HeaderMap) -> Result<Response, Fault> {
    let session = Session::read_or_begin(state, headers)?;
    let id = secret::random();
    state.db().with(|tx| {
        tx.execute("DELETE FROM pending WHERE expires <= ?1", [state.now()])?;
        tx.execute(
            "INSERT INTO pending (hash, session, realm, request, expires) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                secret::hash(&id),
                secret::hash(&session.token),
                realm.key,
                serde_json::json!(request).to_string(),
                state.now() + PAGE_LIFETIME
            ],
        )
    })?;
    let csrf = session.form_token(&id);
    let page = consent::page(realm, request, session.person.as_deref(), &id, &csrf);
    Ok(severed(state, session.attach(page)))
}

pub async fn decide(
    State(state): State<AppState>,
    realm: Realm,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Fault> {
    let refuse = |status, reason: &str| {
        severed(&state, pages::error::page(status, Some(realm.app), "This page is out of date", reason))
    };
    let form = match Params::parse(body.as_bytes()) {
        Ok(form) => form,
        Err(reason) => return Ok(refuse(StatusCode::BAD_REQUEST, &reason)),
    };
    let (Some(id), Some(csrf), Some(session)) =
        (form.get("request"), form.get("csrf"), Session::read(&state, &headers)?)
    else {
        return Ok(refuse(
            StatusCode::FORBIDDEN,
            "It was not opened in this browser, or cookies are blocked. Go back to the app and connect again.",
        ));
    };
    if !secret::equal(csrf, &session.form_token(id)) {
        return Ok(refuse(
            StatusCode::FORBIDDEN,
            "The form does not belong to this browser. Go back to the app and connect again.",
        ));
    }
    let person = form.get("person").and_then(people::find);
    let allowed = match (form.get("decision"), person) {
        (Some("deny"), _) => None,
        (Some("allow"), Some(person)) => Some(person),
        _ => {
            return Ok(refuse(
                StatusCode::BAD_REQUEST,
                "Choose who to sign in as, then Allow or Deny. Nothing was decided.",
            ));
        }
    };
    let Some(request) = take_pending(&state, &realm, id, &session)? else {
        return Ok(refuse(
            StatusCode::GONE,
            "It was answered before, or was open for more than ten minutes. Go back to the app and connect again.",
        ));
    };
    let Some(person) = allowed else {
        let answer = [("error", "access_denied"), ("error_description", "The person did not allow the access.")];
        return Ok(see_other(&request::redirect(&request.redirect_uri, &answer, request.state.as_deref())));
    };
    session.remember(&state, person.id)?;
    let code = grants::grant(state.db(), &realm.key, person.id, &request, refreshable(&realm, &request))?;
    Ok(see_other(&request::redirect(&request.redirect_uri, &[("code", &code)], request.state.as_deref())))
}

/// Allows a request without a page; gives the code.
pub fn allow(state: &AppState, address: &str, person: &str) -> Result<String, String> {
    let url = Url::parse(address).map_err(|_| format!("\"{address}\" is no address."))?;
    if url.origin().ascii_serialization() != state.base() {
        return Err(format!(
            "{} is not one of the sandbox's apps, and only those can be connected without a browser.",
            url.origin().ascii_serialization()
        ));
    }
    let person = people::find(person)
        .ok_or_else(|| format!("There is no person \"{person}\" in the sandbox; there are ada, grace and alan."))?;
    let realm = apps::realm(url.path()).map_err(|unknown| unknown.title)?;
    let request = request::read(state, &realm, url.query().unwrap_or_default()).map_err(|refused| match refused {
        Refused::Here(reason) => reason,
        Refused::Redirect(address) => Url::parse(&address)
            .ok()
            .and_then(|url| url.query_pairs().find(|(key, _)| key == "error_description").map(|(_, text)| text.into()))
            .unwrap_or_else(|| "The app refused the request.".into()),
    })?;
    grants::grant(state.db(), &realm.key, person.id, &request, refreshable(&realm, &request))
        .map_err(|error| format!("The sandbox's database failed: {error}"))
}

/// Takes the request that the page was for, once.
fn take_pending(
    state: &AppState,
    realm: &Realm,
    id: &str,
    session: &Session,
) -> rusqlite::Result<Option<AuthorizeRequest>> {
    let stored: Option<String> = state.db().with(|tx| {
        tx.query_row(
            "DELETE FROM pending WHERE hash = ?1 AND session = ?2 AND realm = ?3 AND expires > ?4 RETURNING request",
            params![secret::hash(id), secret::hash(&session.token), realm.key, state.now()],
            |row| row.get(0),
        )
        .optional()
    })?;
    Ok(stored.and_then(|json| serde_json::from_str(&json).ok()))
}

fn refreshable(realm: &Realm, request: &AuthorizeRequest) -> bool {
    match realm.app.refresh {
        Refresh::Always => true,
        Refresh::WhenOffline => request.offline,
        Refresh::WithScope(scopes) => request.scopes.iter().any(|scope| scopes.contains(&scope.as_str())),
    }
}

fn see_other(address: &str) -> Response {
    super::no_store((StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response())
}

/// Adds what `coop` asks for: the page cuts itself off from the window that opened it.
fn severed(state: &AppState, mut page: Response) -> Response {
    if state.settings().coop {
        page.headers_mut().insert("cross-origin-opener-policy", header::HeaderValue::from_static("same-origin"));
    }
    page
}
