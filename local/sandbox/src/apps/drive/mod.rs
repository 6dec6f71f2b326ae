//! Drive (`googledrive`): folders and files, downloads with ranges, uploads.

mod download;
mod files;
mod filter;
mod seeds;
mod upload;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Map, Value, json};

pub use seeds::seed;

use crate::{
    documents::Collection,
    fault::Fault,
    oauth::{
        self, Endpoints,
        bearer::{self, Access, Denied},
        realm::{App, Realm, Refresh, Scope},
    },
    people::Person,
    state::AppState,
};

const FILES: Collection<'static> = Collection { store: "google", kind: "file" };
const FOLDER_TYPE: &str = "application/vnd.google-apps.folder";
/// What an upload may weigh, in bytes.
const UPLOAD_LIMIT: usize = 16 * 1024 * 1024;

const FULL: &str = "https://www.googleapis.com/auth/drive";
const READ: &str = "https://www.googleapis.com/auth/drive.readonly";
const OWN: &str = "https://www.googleapis.com/auth/drive.file";
const EMAIL: &str = "https://www.googleapis.com/auth/userinfo.email";

pub static APP: App = App {
    key: "google",
    name: "Drive",
    stands_for: "Google Drive",
    about: "230 files and folders, with real bytes to download: a picture, a PDF, a megabyte. Uploads too.",
    drawing: include_str!("../../../assets/drawings/drive.svg"),
    scopes: &[
        Scope { name: READ, words: "See and download all your files", default: true },
        Scope { name: FULL, words: "See, change, add and delete all your files", default: false },
        Scope { name: OWN, words: "Add files, and change the ones that you choose", default: false },
        Scope { name: EMAIL, words: "See your e-mail address", default: false },
    ],
    refresh: Refresh::WhenOffline,
    audience: None,
    token_prefix: "ya29.",
    token_extras: |_, _, _| Map::new(),
};

pub fn routes() -> Router<AppState> {
    oauth::routes(&Endpoints {
        authorize: "/google/o/oauth2/v2/auth",
        token: "/google/token",
        revoke: "/google/revoke",
    })
    .route("/google/drive/v3/about", get(about))
    .route("/google/drive/v3/files", get(files::list))
    .route("/google/drive/v3/files/{id}", get(files::one).patch(files::update).delete(files::delete))
    .merge(
        Router::new()
            .route("/google/upload/drive/v3/files", post(upload::upload))
            .layer(DefaultBodyLimit::max(UPLOAD_LIMIT)),
    )
}

fn refuse(status: StatusCode, reason: &str, message: impl Into<String>) -> Response {
    let message = message.into();
    let word = match status {
        StatusCode::UNAUTHORIZED => "UNAUTHENTICATED",
        StatusCode::FORBIDDEN => "PERMISSION_DENIED",
        StatusCode::NOT_FOUND => "NOT_FOUND",
        _ => "INVALID_ARGUMENT",
    };
    let errors = json!([{ "domain": "global", "reason": reason, "message": message }]);
    let body = json!({ "error": { "code": status.as_u16(), "message": message, "errors": errors, "status": word } });
    (status, Json(body)).into_response()
}

/// The caller, if its token holds one of `scopes`.
fn access(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    scopes: &[&str],
) -> Result<Result<Access, Box<Response>>, Fault> {
    let refused = |status, reason, message| Ok(Err(Box::new(refuse(status, reason, message))));
    match bearer::check(state, realm, bearer::token(headers))? {
        Ok(access) if scopes.iter().any(|scope| access.has(scope)) => Ok(Ok(access)),
        Ok(_) => refused(StatusCode::FORBIDDEN, "insufficientPermissions", "The token lacks the scope for this."),
        Err(Denied::Missing) => {
            refused(StatusCode::UNAUTHORIZED, "required", "An Authorization: Bearer header is needed.")
        }
        Err(_) => refused(StatusCode::UNAUTHORIZED, "authError", "The access token is unknown, expired or revoked."),
    }
}

fn user(person: &Person) -> Value {
    json!({
        "kind": "drive#user", "displayName": person.name(), "emailAddress": person.email, "me": true,
        "permissionId": format!("person-{}", person.id),
    })
}

async fn about(State(state): State<AppState>, realm: Realm, headers: HeaderMap) -> Result<Response, Fault> {
    Ok(match access(&state, &realm, &headers, &[FULL, READ, OWN, EMAIL])? {
        Ok(access) => Json(json!({ "kind": "drive#about", "user": user(access.person) })).into_response(),
        Err(refusal) => *refusal,
    })
}
