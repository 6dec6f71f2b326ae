//! Content (`box`): one folder with files, told as Box tells them. To read only.

use axum::{
    Json, Router,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Map, Value, json};

use super::{input, names};
use crate::{
    fault::Fault,
    oauth::{
        self, Endpoints,
        bearer::{self, Access},
        realm::{App, Realm, Refresh, Scope},
    },
    page_token,
    state::AppState,
};

const REPORT: &[u8] = include_bytes!("../../assets/files/report.pdf");
const FILES: usize = 130;
const READ: &str = "root_readonly";

pub static APP: App = App {
    key: "box",
    name: "Content",
    stands_for: "Box",
    about: "One folder with 130 files, one of them with bytes to download.",
    drawing: include_str!("../../assets/drawings/content.svg"),
    scopes: &[
        Scope { name: READ, words: "See and download all your files", default: true },
        Scope { name: "root_readwrite", words: "See, change, add and delete all your files", default: false },
    ],
    refresh: Refresh::Always,
    audience: None,
    token_prefix: "bx.",
    token_extras: |_, _, _| Map::new(),
};

pub fn routes() -> Router<AppState> {
    oauth::routes(&Endpoints {
        authorize: "/box/api/oauth2/authorize",
        token: "/box/oauth2/token",
        revoke: "/box/oauth2/revoke",
    })
    .route("/box/2.0/users/me", get(me))
    .route("/box/2.0/folders/{id}/items", get(items))
    .route("/box/2.0/files/{id}", get(file))
    .route("/box/2.0/files/{id}/content", get(content))
}

fn refuse(status: StatusCode, code: &str, message: &str) -> Response {
    let body = json!({ "type": "error", "status": status.as_u16(), "code": code, "message": message });
    (status, Json(body)).into_response()
}

fn not_found() -> Response {
    refuse(StatusCode::NOT_FOUND, "not_found", "Not Found")
}

fn for_reader(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    answer: impl FnOnce(&Access) -> Response,
) -> Result<Response, Fault> {
    Ok(match bearer::check(state, realm, bearer::token(headers))? {
        Ok(access) if access.has(READ) || access.has("root_readwrite") => answer(&access),
        Ok(_) => refuse(StatusCode::FORBIDDEN, "insufficient_scope", "The token lacks the scope for this."),
        Err(_) => refuse(StatusCode::UNAUTHORIZED, "unauthorized", "The access token is missing or not valid."),
    })
}

async fn me(State(state): State<AppState>, realm: Realm, headers: HeaderMap) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |access| {
        let person = access.person;
        let body = json!({ "type": "user", "id": format!("person-{}", person.id), "name": person.name(), "login": person.email });
        Json(body).into_response()
    })
}

/// The files, made anew each time: nothing here can be changed.
fn files() -> Vec<Value> {
    (0..FILES)
        .map(|n| {
            let name = if n == 0 { "report.pdf".to_owned() } else { format!("{}.pdf", names::title(n)) };
            json!({ "type": "file", "id": (1001 + n).to_string(), "etag": "0", "name": name, "size": REPORT.len() })
        })
        .collect()
}

async fn items(
    State(state): State<AppState>,
    realm: Realm,
    Path(folder): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |_| {
        let arguments = input::query(query.as_deref());
        let limit = input::number(&arguments, "limit", 100, 1..=1000);
        let offset = input::number(&arguments, "offset", 0, 0..=FILES);
        match (folder.as_str(), limit, offset) {
            ("0", Some(limit), Some(offset)) => {
                let (entries, _) = page_token::slice(files(), offset, limit);
                Json(json!({ "total_count": FILES, "entries": entries, "offset": offset, "limit": limit }))
                    .into_response()
            }
            ("0", ..) => refuse(StatusCode::BAD_REQUEST, "bad_request", "limit or offset is not valid."),
            _ => not_found(),
        }
    })
}

fn find(id: &str) -> Option<Value> {
    files().into_iter().find(|file| file["id"] == id)
}

async fn file(
    State(state): State<AppState>,
    realm: Realm,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |_| find(&id).map_or_else(not_found, |file| Json(file).into_response()))
}

async fn content(
    State(state): State<AppState>,
    realm: Realm,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |_| match find(&id) {
        Some(_) => ([(header::CONTENT_TYPE, "application/pdf")], REPORT).into_response(),
        None => not_found(),
    })
}
