//! Issue tracker (`jira`): sites, projects, issues.

mod issues;
mod jql;
mod projects;

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use crate::{
    fault::Fault,
    oauth::{
        self, Endpoints,
        bearer::{self, Access},
        realm::{App, Realm, Refresh, Scope},
    },
    people::Person,
    state::AppState,
};

/// One site with its own projects.
pub struct Site {
    pub id: &'static str,
    name: &'static str,
    projects: usize,
    /// Whether guests may see it.
    open: bool,
}

pub const SITES: [Site; 2] = [
    Site { id: "5f0c1a52-7c3e-4b1c-9d0e-1a2b3c4d5e6f", name: "Lighthouse", projects: 120, open: true },
    Site { id: "8a6e2d17-20b4-4f5a-8c9b-6f5e4d3c2b1a", name: "Harbour", projects: 3, open: false },
];

pub static APP: App = App {
    key: "jira",
    name: "Issue Tracker",
    stands_for: "Jira",
    about: "Two sites with projects, statuses and issues. Choose a site after connecting.",
    drawing: include_str!("../../../assets/drawings/tracker.svg"),
    scopes: &[
        Scope { name: "read:jira-work", words: "See projects and issues", default: true },
        Scope { name: "read:jira-user", words: "See your name and e-mail address", default: true },
        Scope { name: "write:jira-work", words: "Create and change issues as you", default: false },
        Scope { name: "offline_access", words: "Keep the access while you are away", default: false },
    ],
    refresh: Refresh::WithScope(&["offline_access"]),
    audience: Some("api.atlassian.com"),
    token_prefix: "",
    token_extras: |_, _, _| Map::new(),
};

pub fn routes() -> Router<AppState> {
    const API: &str = "/jira/ex/jira/{site}/rest/api/3";
    oauth::routes(&Endpoints { authorize: "/jira/authorize", token: "/jira/oauth/token", revoke: "/jira/oauth/revoke" })
        .route("/jira/oauth/token/accessible-resources", get(accessible_resources))
        .route(&format!("{API}/myself"), get(myself))
        .route(&format!("{API}/project/search"), get(projects::search))
        .route(&format!("{API}/project/{{project}}"), get(projects::one))
        .route(&format!("{API}/project/{{project}}/statuses"), get(projects::statuses))
        .route(&format!("{API}/issue"), post(issues::create))
        .route(&format!("{API}/issue/{{issue}}"), get(issues::one))
        .route(&format!("{API}/search"), get(issues::search_by_query).post(issues::search_by_body))
}

pub fn seed(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    SITES.iter().try_for_each(|site| {
        projects::seed(tx, site)?;
        issues::seed(tx, site)
    })
}

/// The store of a site.
fn store(site: &Site) -> String {
    format!("jira/{}", site.id)
}

fn refuse(status: StatusCode, message: impl Into<String>) -> Response {
    (status, Json(json!({ "errorMessages": [message.into()], "errors": {} }))).into_response()
}

/// A body that cannot be taken, by field.
fn refuse_fields(errors: Map<String, Value>) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "errorMessages": [], "errors": errors }))).into_response()
}

fn access(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    scope: Option<&str>,
) -> Result<Result<Access, Box<Response>>, Fault> {
    let refused = |status: StatusCode, message: &str| {
        Ok(Err(Box::new((status, Json(json!({ "code": status.as_u16(), "message": message }))).into_response())))
    };
    match bearer::check(state, realm, bearer::token(headers))? {
        Ok(access) => match scope.filter(|scope| !access.has(scope)) {
            None => Ok(Ok(access)),
            Some(scope) => refused(StatusCode::FORBIDDEN, &format!("The token lacks the scope {scope}.")),
        },
        Err(denied) => refused(StatusCode::UNAUTHORIZED, &format!("The access token cannot be used: {denied:?}.")),
    }
}

/// The caller and the site, if the caller may see it. To others the site does not exist.
fn enter(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    site: &str,
    scope: &str,
) -> Result<Result<(Access, &'static Site), Box<Response>>, Fault> {
    Ok(access(state, realm, headers, Some(scope))?.and_then(|access| {
        match SITES.iter().find(|known| known.id == site && sees(access.person, known)) {
            Some(site) => Ok((access, site)),
            None => Err(Box::new(refuse(StatusCode::NOT_FOUND, format!("No site has the id {site}.")))),
        }
    }))
}

fn sees(person: &Person, site: &Site) -> bool {
    site.open || person.role != "Guest"
}

fn account_id(person: &Person) -> String {
    format!("557058:{}", person.id)
}

async fn accessible_resources(
    State(state): State<AppState>,
    realm: Realm,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let access = match access(&state, &realm, &headers, None)? {
        Ok(access) => access,
        Err(refusal) => return Ok(*refusal),
    };
    let scopes: Vec<&str> = access.scopes().filter(|scope| *scope != "offline_access").collect();
    let sites: Vec<Value> = SITES
        .iter()
        .filter(|site| sees(access.person, site))
        .map(|site| {
            let url = format!("{}/jira/{}", state.base(), site.name.to_lowercase());
            json!({ "id": site.id, "name": site.name, "url": url, "scopes": scopes, "avatarUrl": null })
        })
        .collect();
    Ok(Json(sites).into_response())
}

async fn myself(
    State(state): State<AppState>,
    realm: Realm,
    axum::extract::Path(site): axum::extract::Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    Ok(match enter(&state, &realm, &headers, &site, "read:jira-user")? {
        Ok((access, _)) => Json(user(access.person)).into_response(),
        Err(refusal) => *refusal,
    })
}

fn user(person: &Person) -> Value {
    json!({
        "accountId": account_id(person), "displayName": person.name(), "emailAddress": person.email, "active": true,
        "accountType": "atlassian", "timeZone": "Europe/London",
    })
}
