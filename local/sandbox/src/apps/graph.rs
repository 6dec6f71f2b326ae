//! Files as Microsoft Graph tells them, twice: a person's own (`onedrive`), and a team's (`sharepoint`). To read only.

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
    people::Person,
    state::AppState,
};

const REPORT: &[u8] = include_bytes!("../../assets/files/report.pdf");
const READ: &str = "Files.Read.All";
const SITES: &str = "Sites.Read.All";
const FILES: usize = 45;

pub static ONEDRIVE: App = App {
    key: "onedrive",
    name: "Cabinet",
    stands_for: "OneDrive",
    about: "45 files of your own, one of them with bytes to download.",
    drawing: include_str!("../../assets/drawings/cabinet.svg"),
    scopes: &[
        Scope { name: READ, words: "See and download all files that you can see", default: true },
        Scope { name: "User.Read", words: "See your name and e-mail address", default: true },
        Scope { name: "offline_access", words: "Keep this access while you are away", default: false },
    ],
    refresh: Refresh::WithScope(&["offline_access"]),
    audience: None,
    token_prefix: "eyJvZA.",
    token_extras: |_, _, _| Map::new(),
};

pub static SHAREPOINT: App = App {
    key: "sharepoint",
    name: "Team site",
    stands_for: "SharePoint",
    about: "The site of a team, and 45 files in its library.",
    drawing: include_str!("../../assets/drawings/site.svg"),
    scopes: &[
        Scope { name: SITES, words: "See the sites that you can see, and their files", default: true },
        Scope { name: "User.Read", words: "See your name and e-mail address", default: true },
        Scope { name: "offline_access", words: "Keep this access while you are away", default: false },
    ],
    refresh: Refresh::WithScope(&["offline_access"]),
    audience: None,
    token_prefix: "eyJzcA.",
    token_extras: |_, _, _| Map::new(),
};

pub fn routes() -> Router<AppState> {
    oauth::routes(&Endpoints {
        authorize: "/onedrive/oauth2/v2.0/authorize",
        token: "/onedrive/oauth2/v2.0/token",
        revoke: "/onedrive/oauth2/v2.0/revoke",
    })
    .merge(oauth::routes(&Endpoints {
        authorize: "/sharepoint/oauth2/v2.0/authorize",
        token: "/sharepoint/oauth2/v2.0/token",
        revoke: "/sharepoint/oauth2/v2.0/revoke",
    }))
    .merge(library("/onedrive/v1.0", "/me/drive"))
    .merge(library("/sharepoint/v1.0", "/sites/root/drive"))
    .route("/sharepoint/v1.0/sites/root", get(site))
}

/// The calls about one store of files.
fn library(base: &str, drive: &str) -> Router<AppState> {
    Router::new()
        .route(&format!("{base}/me"), get(me))
        .route(&format!("{base}{drive}"), get(describe))
        .route(&format!("{base}{drive}/root/children"), get(children))
        .route(&format!("{base}{drive}/items/{{id}}"), get(item))
        .route(&format!("{base}{drive}/items/{{id}}/content"), get(content))
}

fn refuse(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({ "error": { "code": code, "message": message } }))).into_response()
}

fn not_found() -> Response {
    refuse(StatusCode::NOT_FOUND, "itemNotFound", "The resource could not be found.")
}

/// Answers for a caller whose token is good, and may read files.
fn for_reader(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    answer: impl FnOnce(&Access) -> Response,
) -> Result<Response, Fault> {
    Ok(match bearer::check(state, realm, bearer::token(headers))? {
        Ok(access) if access.has(READ) || access.has(SITES) => answer(&access),
        Ok(_) => refuse(StatusCode::FORBIDDEN, "accessDenied", "The token lacks the scope for this."),
        Err(_) => {
            refuse(StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken", "The access token is missing or not valid.")
        }
    })
}

async fn me(State(state): State<AppState>, realm: Realm, headers: HeaderMap) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |access| Json(user(access.person)).into_response())
}

fn user(person: &Person) -> Value {
    json!({ "id": format!("person-{}", person.id), "displayName": person.name(), "mail": person.email, "userPrincipalName": person.email })
}

async fn describe(State(state): State<AppState>, realm: Realm, headers: HeaderMap) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |access| {
        let url = format!("{}/{}", state.base(), realm.app.key);
        Json(json!({ "id": drive_id(&realm), "driveType": "business", "webUrl": url, "owner": { "user": user(access.person) } }))
            .into_response()
    })
}

async fn site(State(state): State<AppState>, realm: Realm, headers: HeaderMap) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |_| {
        let url = format!("{}/sharepoint", state.base());
        Json(json!({ "id": "lighthouse.sharepoint.test,1,2", "displayName": "Lighthouse", "name": "lighthouse", "webUrl": url }))
            .into_response()
    })
}

fn drive_id(realm: &Realm) -> String {
    format!("b!{}", realm.app.key)
}

/// The files, made anew each time: nothing here can be changed.
fn files(state: &AppState, realm: &Realm) -> Vec<Value> {
    (0..FILES)
        .map(|n| {
            let (id, name) = match n {
                0 => ("01REPORT".to_owned(), "report.pdf".to_owned()),
                _ => (format!("01FILE{n:03}"), format!("{}.pdf", names::title(n))),
            };
            json!({
                "id": id, "name": name, "size": REPORT.len(), "file": { "mimeType": "application/pdf" },
                "createdDateTime": "2025-01-01T00:00:00Z", "lastModifiedDateTime": "2025-01-01T00:00:00Z",
                "parentReference": { "driveId": drive_id(realm), "id": "01ROOT", "path": "/drive/root:" },
                "webUrl": format!("{}/{}/{}", state.base(), realm.app.key, id),
            })
        })
        .collect()
}

async fn children(
    State(state): State<AppState>,
    realm: Realm,
    RawQuery(query): RawQuery,
    uri: axum::http::Uri,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |_| {
        let arguments = input::query(query.as_deref());
        let size = input::number(&arguments, "$top", 20, 1..=200);
        let offset =
            input::text(&arguments, "$skiptoken").map_or(Some(0), |token| page_token::decode("children", token));
        let (Some(size), Some(offset)) = (size, offset) else {
            return refuse(StatusCode::BAD_REQUEST, "invalidRequest", "$top or $skiptoken is not valid.");
        };
        let (page, next) = page_token::slice(files(&state, &realm), offset, size);
        let mut body = json!({ "value": page });
        if let Some(next) = next {
            let token = page_token::encode("children", next);
            body["@odata.nextLink"] = json!(format!("{}{}?$top={size}&$skiptoken={token}", state.base(), uri.path()));
        }
        Json(body).into_response()
    })
}

fn find(state: &AppState, realm: &Realm, id: &str) -> Option<Value> {
    files(state, realm).into_iter().find(|file| file["id"] == id)
}

async fn item(
    State(state): State<AppState>,
    realm: Realm,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |_| {
        find(&state, &realm, &id).map_or_else(not_found, |file| Json(file).into_response())
    })
}

async fn content(
    State(state): State<AppState>,
    realm: Realm,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    for_reader(&state, &realm, &headers, |_| match find(&state, &realm, &id) {
        Some(_) => ([(header::CONTENT_TYPE, "application/pdf")], REPORT).into_response(),
        None => not_found(),
    })
}
