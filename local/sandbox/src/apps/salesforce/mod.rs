//! CRM (`salesforce`): two hosts (production, test), each with its own objects and records.

mod objects;
mod package;
mod records;
mod soql;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use crate::{
    fault::Fault,
    oauth::{
        self, Endpoints,
        bearer::{self, Access, Denied},
        realm::{App, Realm, Refresh, Scope},
    },
    people::Person,
    state::AppState,
};

pub static APP: App = App {
    key: "salesforce",
    name: "CRM",
    stands_for: "Salesforce",
    about: "Accounts, contacts, leads, opportunities and a custom object, on a production and a test host.",
    drawing: include_str!("../../../assets/drawings/crm.svg"),
    scopes: &[
        Scope { name: "api", words: "Read and change records by the API", default: true },
        Scope { name: "id", words: "See your name and e-mail address", default: true },
        Scope { name: "refresh_token", words: "Keep the access while you are away", default: false },
        Scope { name: "offline_access", words: "Keep the access while you are away", default: false },
    ],
    refresh: Refresh::WithScope(&["refresh_token", "offline_access"]),
    audience: None,
    token_prefix: "00D0sandbox!",
    token_extras: |state, realm, person| {
        let instance = instance_url(state, realm);
        Map::from_iter([
            ("id".to_owned(), identity_url(&instance, realm, person).into()),
            ("instance_url".to_owned(), instance.into()),
            ("issued_at".to_owned(), state.now().to_string().into()),
        ])
    },
};

pub fn realm(test: bool) -> Realm {
    let (key, detail) = if test { ("salesforce-test", "Test host") } else { ("salesforce", "Production host") };
    Realm { app: &APP, key: key.to_owned(), detail: Some(detail.to_owned()) }
}

pub fn routes() -> Router<AppState> {
    Router::new()
        .merge(oauth::routes(&Endpoints {
            authorize: "/salesforce/services/oauth2/authorize",
            token: "/salesforce/services/oauth2/token",
            revoke: "/salesforce/services/oauth2/revoke",
        }))
        .merge(oauth::routes(&Endpoints {
            authorize: "/salesforce-test/services/oauth2/authorize",
            token: "/salesforce-test/services/oauth2/token",
            revoke: "/salesforce-test/services/oauth2/revoke",
        }))
        .nest("/salesforce", host())
        .nest("/salesforce-test", host())
        .merge(package::routes())
}

/// What both hosts serve.
fn host() -> Router<AppState> {
    const DATA: &str = "/services/data/v62.0";
    Router::new()
        .route("/services/oauth2/userinfo", get(userinfo))
        .route("/id/{organization}/{user}", get(identity))
        .route(&format!("{DATA}/sobjects"), get(objects::list))
        .route(&format!("{DATA}/sobjects/{{object}}/describe"), get(objects::describe))
        .route(&format!("{DATA}/query"), get(records::query))
        .route(&format!("{DATA}/query/{{locator}}"), get(records::query_more))
        .route(&format!("{DATA}/sobjects/{{object}}"), axum::routing::post(records::create))
        .route(
            &format!("{DATA}/sobjects/{{object}}/{{id}}"),
            get(records::read).patch(records::update).delete(records::delete),
        )
}

pub fn seed(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    ["salesforce", "salesforce-test"].into_iter().try_for_each(|store| records::seed(tx, store))
}

/// An error in the original's form.
fn refuse(status: StatusCode, code: &str, message: impl Into<String>) -> Response {
    (status, Json(json!([{ "message": message.into(), "errorCode": code }]))).into_response()
}

/// The caller, if its token holds `scope`.
fn access(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    scope: &str,
) -> Result<Result<Access, Box<Response>>, Fault> {
    let refused = |status, code, message: &str| Ok(Err(Box::new(refuse(status, code, message))));
    match bearer::check(state, realm, bearer::token(headers))? {
        Ok(access) if access.has(scope) => Ok(Ok(access)),
        Ok(_) => {
            refused(StatusCode::FORBIDDEN, "INSUFFICIENT_SCOPE", &format!("The token lacks the scope \"{scope}\"."))
        }
        Err(Denied::Missing) => {
            refused(StatusCode::UNAUTHORIZED, "INVALID_AUTH_HEADER", "An Authorization: Bearer header is needed.")
        }
        Err(Denied::Expired) => {
            refused(StatusCode::UNAUTHORIZED, "INVALID_SESSION_ID", "The access token has expired.")
        }
        Err(_) => {
            refused(StatusCode::UNAUTHORIZED, "INVALID_SESSION_ID", "The access token is not valid on this host.")
        }
    }
}

fn instance_url(state: &AppState, realm: &Realm) -> String {
    format!("{}/{}", state.base(), realm.key)
}

fn organization(realm: &Realm) -> &'static str {
    if realm.key == "salesforce" { "00D0sandbox0000001" } else { "00D0sandbox0000002" }
}

fn user_id(person: &Person) -> String {
    format!("0050sandbox0{:0>6}", person.id)
}

fn identity_url(instance: &str, realm: &Realm, person: &Person) -> String {
    format!("{instance}/id/{}/{}", organization(realm), user_id(person))
}

async fn userinfo(State(state): State<AppState>, realm: Realm, headers: HeaderMap) -> Result<Response, Fault> {
    Ok(match access(&state, &realm, &headers, "id")? {
        Ok(access) => Json(profile(&state, &realm, access.person)).into_response(),
        Err(refusal) => *refusal,
    })
}

async fn identity(
    State(state): State<AppState>,
    realm: Realm,
    Path((asked_organization, asked_user)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    Ok(match access(&state, &realm, &headers, "id")? {
        Ok(access) if asked_organization == organization(&realm) && asked_user == user_id(access.person) => {
            Json(profile(&state, &realm, access.person)).into_response()
        }
        Ok(_) => refuse(StatusCode::NOT_FOUND, "NOT_FOUND", "This is not the identity of the token's user."),
        Err(refusal) => *refusal,
    })
}

fn profile(state: &AppState, realm: &Realm, person: &Person) -> Value {
    let instance = instance_url(state, realm);
    json!({
        "sub": identity_url(&instance, realm, person), "user_id": user_id(person), "organization_id": organization(realm),
        "preferred_username": person.email, "name": person.name(), "given_name": person.first_name,
        "family_name": person.last_name, "email": person.email, "urls": { "rest": format!("{instance}/services/data/v62.0/") },
    })
}
