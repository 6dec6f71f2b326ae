//! Projects and their statuses.

use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::{
    super::{input, names},
    Site, enter, refuse, store,
};
use crate::{documents::Collection, fault::Fault, oauth::realm::Realm, page_token, state::AppState};

/// Id, name, category of every status.
pub const STATUSES: [(&str, &str, &str); 4] = [
    ("1", "To Do", "new"),
    ("3", "In Progress", "indeterminate"),
    ("4", "In Review", "indeterminate"),
    ("5", "Done", "done"),
];
/// Id and name of every issue type.
pub const ISSUE_TYPES: [(&str, &str); 3] = [("10001", "Task"), ("10002", "Bug"), ("10003", "Story")];

pub fn seed(tx: &Transaction<'_>, site: &Site) -> rusqlite::Result<()> {
    let store = store(site);
    for n in 0..site.projects {
        let key = key(n);
        let project = json!({
            "id": (10_000 + n).to_string(), "key": key, "name": names::title(n), "projectTypeKey": "software",
            "simplified": false, "style": "classic", "isPrivate": false,
        });
        Collection { store: &store, kind: "project" }.put(tx, &key, &project)?;
    }
    Ok(())
}

/// Letters only, as with the original: `PAA`, `PAB`, …
pub fn key(n: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    ['P', letter(n / 26), letter(n)].iter().collect()
}

/// By key in any case, or by id.
pub fn find(tx: &Transaction<'_>, store: &str, wanted: &str) -> rusqlite::Result<Option<Value>> {
    let mut projects = Collection { store, kind: "project" }.all(tx)?.into_iter();
    Ok(projects.find(|project| {
        project["id"] == wanted || project["key"].as_str().is_some_and(|key| key.eq_ignore_ascii_case(wanted))
    }))
}

pub async fn search(
    State(state): State<AppState>,
    realm: Realm,
    Path(site): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let site = match enter(&state, &realm, &headers, &site, "read:jira-work")? {
        Ok((_, site)) => site,
        Err(refusal) => return Ok(*refusal),
    };
    let query = input::query(query.as_deref());
    let start = input::number(&query, "startAt", 0, 0..=usize::MAX);
    let (Some(start), Some(size)) = (start, input::number(&query, "maxResults", 50, 1..=100)) else {
        return Ok(refuse(StatusCode::BAD_REQUEST, "startAt must be 0 or more, maxResults from 1 to 100."));
    };
    let store = store(site);
    let mut projects = state.db().with(|tx| Collection { store: &store, kind: "project" }.all(tx))?;
    if let Some(words) = input::text(&query, "query").map(str::to_lowercase) {
        let has = |value: &Value| value.as_str().is_some_and(|text| text.to_lowercase().contains(&words));
        projects.retain(|project| has(&project["name"]) || has(&project["key"]));
    }
    let total = projects.len();
    let (values, next) = page_token::slice(projects, start, size);
    let here = format!("{}/jira/ex/jira/{}/rest/api/3/project/search", state.base(), site.id);
    let mut body = json!({
        "self": format!("{here}?startAt={start}&maxResults={size}"), "startAt": start, "maxResults": size, "total": total,
        "isLast": next.is_none(), "values": values,
    });
    if let Some(next) = next {
        let filter: String = input::text(&query, "query")
            .map(|words| url::form_urlencoded::Serializer::new(String::from("&")).append_pair("query", words).finish())
            .unwrap_or_default();
        body["nextPage"] = format!("{here}?startAt={next}&maxResults={size}{filter}").into();
    }
    Ok(Json(body).into_response())
}

pub async fn one(
    State(state): State<AppState>,
    realm: Realm,
    Path((site, wanted)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let site = match enter(&state, &realm, &headers, &site, "read:jira-work")? {
        Ok((_, site)) => site,
        Err(refusal) => return Ok(*refusal),
    };
    let found = state.db().with(|tx| find(tx, &store(site), &wanted))?;
    Ok(found.map_or_else(|| no_project(&wanted), |project| Json(project).into_response()))
}

pub async fn statuses(
    State(state): State<AppState>,
    realm: Realm,
    Path((site, wanted)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let site = match enter(&state, &realm, &headers, &site, "read:jira-work")? {
        Ok((_, site)) => site,
        Err(refusal) => return Ok(*refusal),
    };
    if state.db().with(|tx| find(tx, &store(site), &wanted))?.is_none() {
        return Ok(no_project(&wanted));
    }
    let statuses: Vec<Value> = STATUSES.iter().map(|(_, name, _)| status(name)).collect();
    let types: Vec<Value> = ISSUE_TYPES
        .iter()
        .map(|(id, name)| json!({ "id": id, "name": name, "subtask": false, "statuses": statuses }))
        .collect();
    Ok(Json(types).into_response())
}

/// A status as the API writes it.
pub fn status(name: &str) -> Value {
    let (id, name, category) = STATUSES.into_iter().find(|(_, known, _)| *known == name).unwrap_or(STATUSES[0]);
    json!({ "id": id, "name": name, "statusCategory": { "key": category } })
}

fn no_project(wanted: &str) -> Response {
    refuse(StatusCode::NOT_FOUND, format!("No project could be found with key or id '{wanted}'."))
}
