//! Files: list, metadata, rename, delete.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{super::input, FILES, FULL, OWN, READ, access, download, filter, refuse};
use crate::{db::rfc3339, fault::Fault, oauth::realm::Realm, page_token, state::AppState};

pub async fn list(
    State(state): State<AppState>,
    realm: Realm,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if let Err(refusal) = access(&state, &realm, &headers, &[READ, FULL, OWN])? {
        return Ok(*refusal);
    }
    let query = input::query(query.as_deref());
    let bad = |message: String| Ok(refuse(StatusCode::BAD_REQUEST, "invalid", message));
    let Some(size) = input::number(&query, "pageSize", 100, 1..=1000) else {
        return bad("pageSize must be from 1 to 1000.".into());
    };
    let wanted = input::text(&query, "q").unwrap_or_default();
    let tests = match filter::parse(wanted) {
        Ok(tests) => tests,
        Err(reason) => return bad(format!("The query q cannot be read: {reason}.")),
    };
    let order = input::text(&query, "orderBy").unwrap_or_default();
    if !["", "name", "name desc", "modifiedTime", "modifiedTime desc"].contains(&order) {
        return bad("orderBy must be name or modifiedTime, with or without desc.".into());
    }
    // A page token holds only for the query it came from.
    let list = format!("{order}|{wanted}");
    let Some(offset) = input::text(&query, "pageToken").map_or(Some(0), |token| page_token::decode(&list, token))
    else {
        return bad("pageToken is not one of this list; send the same q and orderBy with it.".into());
    };
    let mut files = state.db().with(|tx| FILES.all(tx))?;
    files.retain(|file| tests.iter().all(|test| test.holds(file)));
    if let Some(key) = order.split(' ').next().filter(|key| !key.is_empty()) {
        files.sort_by(|a, b| a[key].as_str().cmp(&b[key].as_str()));
        if order.ends_with("desc") {
            files.reverse();
        }
    }
    let (page, next) = page_token::slice(files, offset, size);
    let mut body = json!({ "kind": "drive#fileList", "incompleteSearch": false, "files": page });
    if let Some(next) = next {
        body["nextPageToken"] = page_token::encode(&list, next).into();
    }
    Ok(Json(body).into_response())
}

pub async fn one(
    State(state): State<AppState>,
    realm: Realm,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if let Err(refusal) = access(&state, &realm, &headers, &[READ, FULL, OWN])? {
        return Ok(*refusal);
    }
    let Some(file) = state.db().with(|tx| FILES.get(tx, &id))? else {
        return Ok(no_file(&id));
    };
    match input::text(&input::query(query.as_deref()), "alt") {
        Some("media") => download::answer(&state, &file, &headers),
        None | Some("json") => Ok(Json(file).into_response()),
        Some(_) => Ok(refuse(StatusCode::BAD_REQUEST, "invalid", "alt must be json or media.")),
    }
}

pub async fn update(
    State(state): State<AppState>,
    realm: Realm,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    if let Err(refusal) = access(&state, &realm, &headers, &[FULL, OWN])? {
        return Ok(*refusal);
    }
    let members = match input::object(&body) {
        Ok(members) => members,
        Err(reason) => return Ok(refuse(StatusCode::BAD_REQUEST, "parseError", reason)),
    };
    let fits = |(name, value): (&String, &Value)| match name.as_str() {
        "name" | "mimeType" => value.as_str().is_some_and(|text| !text.is_empty()),
        "trashed" => value.is_boolean(),
        _ => false,
    };
    if !members.iter().all(fits) {
        let message = "Only name and mimeType (text) and trashed (true or false) can be changed.";
        return Ok(refuse(StatusCode::BAD_REQUEST, "invalid", message));
    }
    let updated = state.db().with(|tx| {
        let Some(mut file) = FILES.get(tx, &id)? else {
            return Ok(None);
        };
        for (name, value) in members {
            file[name] = value;
        }
        file["modifiedTime"] = rfc3339(state.now()).into();
        FILES.put(tx, &id, &file).map(|()| Some(file))
    })?;
    Ok(updated.map_or_else(|| no_file(&id), |file| Json(file).into_response()))
}

pub async fn delete(
    State(state): State<AppState>,
    realm: Realm,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if let Err(refusal) = access(&state, &realm, &headers, &[FULL, OWN])? {
        return Ok(*refusal);
    }
    let there = state.db().with(|tx| {
        tx.execute("DELETE FROM blobs WHERE id = ?1", [&id])?;
        FILES.delete(tx, &id)
    })?;
    Ok(if there { StatusCode::NO_CONTENT.into_response() } else { no_file(&id) })
}

fn no_file(id: &str) -> Response {
    refuse(StatusCode::NOT_FOUND, "notFound", format!("File not found: {id}."))
}
