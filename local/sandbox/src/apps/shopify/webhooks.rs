//! Webhooks: a client says where a shop is to call when something happens there.

use aws_lc_rs::hmac;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::{Value, json};
use url::Url;

use super::{File, Version, enter, refuse};
use crate::{
    apps::input, db::rfc3339, documents::Collection, fault::Fault, oauth::realm::Realm, secret, state::AppState,
};

/// Topics, and the scope that each needs.
const TOPICS: [(&str, &str); 1] = [("products/create", "read_products")];
/// Webhooks of one shop.
const MOST: i64 = 1000;

fn kept(realm: &Realm) -> Collection<'_> {
    Collection { store: &realm.key, kind: "webhook" }
}

/// What others see of a webhook.
fn shown(webhook: &Value) -> Value {
    json!({
        "id": webhook["id"], "topic": webhook["topic"], "address": webhook["address"], "format": "json",
        "created_at": webhook["created_at"], "updated_at": webhook["created_at"],
    })
}

/// The client of a connection that has not been revoked.
fn client(tx: &Transaction<'_>, grant: &Value) -> rusqlite::Result<Option<String>> {
    tx.query_row("SELECT client FROM grants WHERE id = ?1 AND revoked IS NULL", params![grant.as_i64()], |row| {
        row.get(0)
    })
    .optional()
}

pub async fn create(
    State(state): State<AppState>,
    realm: Realm,
    Path(_): Version,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let access = match enter(&state, &realm, &headers, None)? {
        Ok(access) => access,
        Err(refusal) => return Ok(*refusal),
    };
    let members = match input::object(&body) {
        Ok(members) => members,
        Err(reason) => return Ok(refuse(StatusCode::BAD_REQUEST, reason)),
    };
    let given = &members.get("webhook").cloned().unwrap_or_default();
    let wrong = |field: &str, what: &str| {
        let errors = serde_json::Map::from_iter([(field.to_owned(), json!([what]))]);
        Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, Value::Object(errors)))
    };
    let Some((topic, scope)) = TOPICS.into_iter().find(|(topic, _)| given["topic"] == *topic) else {
        return wrong("topic", "Invalid topic specified. The sandbox has products/create.");
    };
    if !access.has(scope) {
        return Ok(refuse(StatusCode::FORBIDDEN, format!("The topic {topic} needs the scope {scope}.")));
    }
    let stored = state.db().with(|tx| {
        let owner = client(tx, &access.grant.into())?;
        let address = given["address"].as_str().and_then(|text| Url::parse(text).ok());
        // The original calls any https address. Here a client is only called at its own origin.
        let own = |url: &Url| {
            let client = owner.as_deref().and_then(|id| state.client(id));
            client.is_some_and(|client| {
                client.redirect_uris.iter().any(|uri| Url::parse(uri).is_ok_and(|uri| uri.origin() == url.origin()))
            })
        };
        let Some(address) = address.filter(own) else {
            return Ok(Err("is not an address of the app: its origin must be that of a redirect address"));
        };
        let all = kept(&realm).all(tx)?;
        let taken = |one: &&Value| one["topic"] == topic && one["address"] == address.as_str();
        if all.iter().any(|one| taken(&one) && one["grant"] == access.grant) {
            return Ok(Err("for this topic has already been taken"));
        }
        if kept(&realm).count(tx)? >= MOST {
            return Ok(Err("is one too many"));
        }
        let id = all.iter().filter_map(|one| one["id"].as_i64()).max().unwrap_or(9000) + 1;
        let webhook = json!({
            "id": id, "topic": topic, "address": address.as_str(), "created_at": rfc3339(state.now()), "grant": access.grant,
        });
        kept(&realm).put(tx, &id.to_string(), &webhook).map(|()| Ok(webhook))
    })?;
    match stored {
        Ok(webhook) => Ok((StatusCode::CREATED, Json(json!({ "webhook": shown(&webhook) }))).into_response()),
        Err(what) => wrong("address", what),
    }
}

pub async fn list(
    State(state): State<AppState>,
    realm: Realm,
    Path(_): Version,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let access = match enter(&state, &realm, &headers, None)? {
        Ok(access) => access,
        Err(refusal) => return Ok(*refusal),
    };
    let mut webhooks = state.db().with(|tx| kept(&realm).all(tx))?;
    webhooks.retain(|one| one["grant"] == access.grant);
    let webhooks: Vec<Value> = webhooks.iter().map(shown).collect();
    Ok(Json(json!({ "webhooks": webhooks })).into_response())
}

pub async fn remove(
    State(state): State<AppState>,
    realm: Realm,
    Path((.., file)): File,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let access = match enter(&state, &realm, &headers, None)? {
        Ok(access) => access,
        Err(refusal) => return Ok(*refusal),
    };
    let id = file.strip_suffix(".json").unwrap_or_default();
    let removed = state.db().with(|tx| match kept(&realm).get(tx, id)? {
        Some(webhook) if webhook["grant"] == access.grant => kept(&realm).delete(tx, id),
        _ => Ok(false),
    })?;
    Ok(if removed { Json(json!({})).into_response() } else { refuse(StatusCode::NOT_FOUND, "Not Found") })
}

/// Calls everybody who wants to hear of it. The call is made once: unlike the original, the sandbox does not try again.
pub fn tell(state: &AppState, realm: &Realm, version: &str, topic: &str, what: &Value) -> Result<(), Fault> {
    let webhooks = state.db().with(|tx| {
        let all = kept(realm).all(tx)?.into_iter().filter(|one| one["topic"] == topic);
        all.map(|one| Ok((client(tx, &one["grant"])?, one))).collect::<rusqlite::Result<Vec<_>>>()
    })?;
    let event = secret::random();
    let body = what.to_string();
    let shop = realm.key.trim_start_matches("shopify/");
    for (client, webhook) in webhooks {
        let (Some(client), Some(address)) = (client.and_then(|id| state.client(&id)), webhook["address"].as_str())
        else {
            continue;
        };
        let key = hmac::Key::new(hmac::HMAC_SHA256, client.secret.as_bytes());
        let call = state
            .http()
            .post(address)
            .header("content-type", "application/json")
            .header("x-shopify-topic", topic)
            .header("x-shopify-hmac-sha256", STANDARD.encode(hmac::sign(&key, body.as_bytes())))
            .header("x-shopify-shop-domain", format!("{shop}.myshopify.com"))
            .header("x-shopify-api-version", version)
            .header("x-shopify-webhook-id", secret::random())
            .header("x-shopify-event-id", &event)
            .header("x-shopify-triggered-at", rfc3339(state.now()))
            .body(body.clone());
        tokio::spawn(async move {
            let answer = call.send().await.and_then(reqwest::Response::error_for_status);
            if let Err(error) = answer {
                tracing::warn!(error = %error.without_url(), "a webhook of the shop was not taken");
            }
        });
    }
    Ok(())
}
