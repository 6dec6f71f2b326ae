//! The mailer's API.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{super::input, LISTS, MAILS, keys};
use crate::{db::rfc3339, fault::Fault, oauth::bearer, page_token, people::PEOPLE, secret, state::AppState};

fn refuse(status: StatusCode, message: &str, field: Option<&str>) -> Response {
    (status, Json(json!({ "errors": [{ "message": message, "field": field, "help": null }] }))).into_response()
}

fn bad(message: &str, field: &str) -> Response {
    refuse(StatusCode::BAD_REQUEST, message, Some(field))
}

/// The refusal, unless the call carries a key.
fn refusal(state: &AppState, headers: &HeaderMap) -> Result<Option<Response>, Fault> {
    let message = match bearer::token(headers) {
        Some(key) if keys::is_known(state, key)? => return Ok(None),
        Some(_) => "The provided authorization grant is invalid, expired, or revoked",
        None => "An API key is needed: Authorization: Bearer SG.…",
    };
    Ok(Some(refuse(StatusCode::UNAUTHORIZED, message, None)))
}

pub async fn lists(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if let Some(refusal) = refusal(&state, &headers)? {
        return Ok(refusal);
    }
    let query = input::query(query.as_deref());
    let Some(size) = input::number(&query, "page_size", 5, 1..=1000) else {
        return Ok(bad("page_size must be from 1 to 1000", "page_size"));
    };
    let Some(offset) = input::text(&query, "page_token").map_or(Some(0), |token| page_token::decode("lists", token))
    else {
        return Ok(bad("page_token is not one of this list", "page_token"));
    };
    let lists = state.db().with(|tx| LISTS.all(tx))?;
    let count = lists.len();
    let (page, next) = page_token::slice(lists, offset, size);
    let address = |offset: usize| {
        let token = page_token::encode("lists", offset);
        format!("{}/sendgrid/v3/marketing/lists?page_size={size}&page_token={token}", state.base())
    };
    let mut metadata = json!({ "self": address(offset), "count": count });
    if let Some(next) = next {
        metadata["next"] = address(next).into();
    }
    Ok(Json(json!({ "result": page, "_metadata": metadata })).into_response())
}

pub async fn list(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if let Some(refusal) = refusal(&state, &headers)? {
        return Ok(refusal);
    }
    let found = state.db().with(|tx| LISTS.get(tx, &id))?;
    Ok(found.map_or_else(
        || refuse(StatusCode::NOT_FOUND, "There is no list with this id", Some("id")),
        |list| Json(list).into_response(),
    ))
}

pub async fn profile(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    if let Some(refusal) = refusal(&state, &headers)? {
        return Ok(refusal);
    }
    let owner = &PEOPLE[0];
    let profile = json!({
        "first_name": owner.first_name, "last_name": owner.last_name, "email": owner.email, "company": "Lighthouse",
    });
    Ok(Json(profile).into_response())
}

pub async fn scopes(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    if let Some(refusal) = refusal(&state, &headers)? {
        return Ok(refusal);
    }
    Ok(Json(json!({ "scopes": ["mail.send", "marketing.read", "user.profile.read"] })).into_response())
}

pub async fn send(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<Response, Fault> {
    if let Some(refusal) = refusal(&state, &headers)? {
        return Ok(refusal);
    }
    let mail = match input::object(&body) {
        Ok(members) => Value::Object(members),
        Err(reason) => return Ok(refuse(StatusCode::BAD_REQUEST, &reason, None)),
    };
    if let Some((message, field)) = fault_of(&mail) {
        return Ok(bad(message, field));
    }
    let id = secret::random();
    let stored = json!({ "id": id, "sent": rfc3339(state.now()), "mail": mail });
    state.db().with(|tx| MAILS.put(tx, &id, &stored))?;
    Ok((StatusCode::ACCEPTED, [("x-message-id", id)]).into_response())
}

/// What is wrong with a mail, and in which field.
fn fault_of(mail: &Value) -> Option<(&'static str, &'static str)> {
    let filled = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    let address = |value: &Value| value.as_str().is_some_and(|text| text.contains('@'));
    let items = |value: &Value| value.as_array().filter(|items| !items.is_empty()).cloned();
    let Some(personalizations) = items(&mail["personalizations"]) else {
        return Some((
            "The personalizations field is required and must have at least one personalization.",
            "personalizations",
        ));
    };
    for one in &personalizations {
        let receivers = items(&one["to"]).filter(|to| to.iter().all(|receiver| address(&receiver["email"])));
        if receivers.is_none() {
            return Some((
                "Every personalization needs a to list of objects with a valid email.",
                "personalizations.to",
            ));
        }
    }
    if !address(&mail["from"]["email"]) {
        return Some(("The from object must be provided with a valid email.", "from.email"));
    }
    if !filled(&mail["subject"]) && !personalizations.iter().all(|one| filled(&one["subject"])) {
        return Some(("The subject is required.", "subject"));
    }
    let whole = |part: &Value| filled(&part["type"]) && filled(&part["value"]);
    if items(&mail["content"]).is_none_or(|parts| !parts.iter().all(whole)) {
        return Some(("The content needs at least one part with a type and a value.", "content"));
    }
    None
}
