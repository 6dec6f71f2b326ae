//! Chat (`slack`): channels, messages. Every answer is status 200 and says `ok`.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, Uri},
    response::{IntoResponse, Response},
    routing::any,
};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::{input, names};
use crate::{
    documents::Collection,
    fault::Fault,
    oauth::{
        self, Endpoints,
        bearer::{self, Access, Denied},
        realm::{App, Realm, Refresh, Scope},
    },
    page_token,
    people::{PEOPLE, Person},
    state::AppState,
};

const TEAM: &str = "T0SANDBOX1";
const TEXT_LIMIT: usize = 40_000;
const CHANNELS: Collection<'static> = Collection { store: "slack", kind: "channel" };
const MESSAGES: Collection<'static> = Collection { store: "slack", kind: "message" };

pub static APP: App = App {
    key: "slack",
    name: "Chat",
    stands_for: "Slack",
    about: "250 channels, messages, people. Post a message and read it back.",
    drawing: include_str!("../../assets/drawings/chat.svg"),
    scopes: &[
        Scope { name: "chat:write", words: "Post messages as you", default: true },
        Scope { name: "channels:read", words: "See the names of the channels in your workspace", default: true },
        Scope { name: "channels:history", words: "Read messages in public channels", default: true },
        Scope { name: "users:read", words: "See the people in your workspace", default: true },
    ],
    refresh: Refresh::Always,
    audience: None,
    token_prefix: "xoxe.xoxb-",
    token_extras: |_, _, person| {
        members(json!({
            "ok": true,
            "app_id": "A0SANDBOX1",
            "bot_user_id": "B0SANDBOX1",
            "team": { "id": TEAM, "name": "Lighthouse" },
            "authed_user": { "id": user_id(person) },
        }))
    },
};

pub fn routes() -> Router<AppState> {
    oauth::routes(&Endpoints {
        authorize: "/slack/oauth/v2/authorize",
        token: "/slack/api/oauth.v2.access",
        revoke: "/slack/oauth/v2/revoke",
    })
    .merge(oauth::marketplace("/slack/marketplace"))
    .route("/slack/api/{method}", any(call))
}

pub fn seed(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    for n in 0..250 {
        let id = format!("C{:09}", n + 1);
        let name = match n {
            0 => "general".to_owned(),
            1 => "random".to_owned(),
            _ => {
                let (first, second) = names::pair(n);
                format!("{first}-{second}")
            }
        };
        let channel = json!({
            "id": id, "name": name, "is_channel": true, "is_private": false, "is_archived": n == 249,
            "is_general": n == 0, "is_member": true, "created": 1_735_689_600 + n * 3600, "creator": "U0ADA",
            "num_members": 3, "topic": { "value": "" }, "purpose": { "value": format!("All about {name}") },
        });
        CHANNELS.put(tx, &id, &channel)?;
    }
    for (n, text) in ["Good morning, everyone", "The lamp is lit", "Tea at four"].into_iter().enumerate() {
        let user = user_id(&PEOPLE[n % PEOPLE.len()]);
        store_message(tx, "C000000001", &user, text, 1_735_700_000_000 + n as i64 * 60_000)?;
    }
    Ok(())
}

/// Why a call is not `ok`.
struct Failure(Value);

fn fail<T>(error: &str) -> Result<T, Failure> {
    Err(Failure(json!({ "ok": false, "error": error })))
}

type Outcome = Result<Value, Failure>;
type Arguments = Map<String, Value>;

async fn call(
    State(state): State<AppState>,
    realm: Realm,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    let mut arguments = input::query(query.as_deref());
    let outcome = match input::body(&headers, &body) {
        Ok(more) => {
            arguments.extend(more);
            answer(&state, &realm, name, &headers, &arguments)?
        }
        Err(_) => fail("invalid_json"),
    };
    let body = outcome.unwrap_or_else(|Failure(body)| body);
    Ok(Json(body).into_response())
}

fn answer(
    state: &AppState,
    realm: &Realm,
    name: &str,
    headers: &HeaderMap,
    arguments: &Arguments,
) -> Result<Outcome, Fault> {
    // The original takes the token as an argument too.
    let token = bearer::token(headers).or_else(|| input::text(arguments, "token"));
    let access = match bearer::check(state, realm, token)? {
        Ok(access) => access,
        Err(denied) => {
            return Ok(fail(match denied {
                Denied::Missing => "not_authed",
                Denied::Unknown => "invalid_auth",
                Denied::Expired => "token_expired",
                Denied::Revoked => "token_revoked",
            }));
        }
    };
    let needed = match name {
        "auth.test" | "auth.revoke" => None,
        "chat.postMessage" => Some("chat:write"),
        "conversations.list" | "conversations.info" => Some("channels:read"),
        "conversations.history" => Some("channels:history"),
        "users.list" => Some("users:read"),
        _ => return Ok(fail("unknown_method")),
    };
    if let Some(scope) = needed.filter(|scope| !access.has(scope)) {
        let provided = access.scopes().collect::<Vec<_>>().join(",");
        let body = json!({ "ok": false, "error": "missing_scope", "needed": scope, "provided": provided });
        return Ok(Err(Failure(body)));
    }
    Ok(match name {
        "auth.revoke" => {
            oauth::revoke_grant(state.db(), access.grant)?;
            Ok(json!({ "ok": true, "revoked": true }))
        }
        "auth.test" => Ok(json!({
            "ok": true, "url": format!("{}/slack/", state.base()), "team": "Lighthouse", "user": access.person.id,
            "team_id": TEAM, "user_id": user_id(access.person), "bot_id": "B0SANDBOX1",
        })),
        "users.list" => Ok(users()),
        "chat.postMessage" => post(state, &access, arguments)?,
        "conversations.list" => list(state, arguments)?,
        "conversations.info" => match channel(state, arguments)? {
            Some(channel) => Ok(json!({ "ok": true, "channel": channel })),
            None => fail("channel_not_found"),
        },
        _ => history(state, arguments)?,
    })
}

fn users() -> Value {
    let members: Vec<Value> = PEOPLE
        .iter()
        .map(|person| {
            json!({
                "id": user_id(person), "team_id": TEAM, "name": person.id, "real_name": person.name(), "deleted": false,
                "profile": { "real_name": person.name(), "email": person.email },
            })
        })
        .collect();
    json!({ "ok": true, "members": members, "response_metadata": { "next_cursor": "" } })
}

/// The channel that the argument names, by id or `#name`.
fn channel(state: &AppState, arguments: &Arguments) -> Result<Option<Value>, Fault> {
    let Some(wanted) = input::text(arguments, "channel") else {
        return Ok(None);
    };
    let name = wanted.strip_prefix('#').unwrap_or(wanted);
    let channels = state.db().with(|tx| CHANNELS.all(tx))?;
    Ok(channels.into_iter().find(|channel| channel["id"] == wanted || channel["name"] == name))
}

fn post(state: &AppState, access: &Access, arguments: &Arguments) -> Result<Outcome, Fault> {
    let Some(channel) = channel(state, arguments)? else {
        return Ok(fail("channel_not_found"));
    };
    if channel["is_archived"] == true {
        return Ok(fail("is_archived"));
    }
    let Some(text) = input::text(arguments, "text") else {
        return Ok(fail("no_text"));
    };
    if text.chars().count() > TEXT_LIMIT {
        return Ok(fail("msg_too_long"));
    }
    let id = channel["id"].as_str().unwrap_or_default();
    let message = state.db().with(|tx| store_message(tx, id, &user_id(access.person), text, state.now()))?;
    Ok(Ok(json!({ "ok": true, "channel": id, "ts": message["ts"], "message": message })))
}

/// Stores a message under a time stamp that no other message has.
fn store_message(tx: &Transaction<'_>, channel: &str, user: &str, text: &str, at: i64) -> rusqlite::Result<Value> {
    let ts = format!("{}.{:06}", at / 1000, MESSAGES.count(tx)? % 1_000_000);
    let message = json!({ "type": "message", "channel": channel, "user": user, "text": text, "ts": ts, "team": TEAM });
    MESSAGES.put(tx, &format!("{channel}/{ts}"), &message)?;
    Ok(message)
}

fn list(state: &AppState, arguments: &Arguments) -> Result<Outcome, Fault> {
    let Some(limit) = input::number(arguments, "limit", 100, 1..=1000) else {
        return Ok(fail("invalid_limit"));
    };
    let Some(offset) = cursor(arguments, "channels") else {
        return Ok(fail("invalid_cursor"));
    };
    let mut channels = state.db().with(|tx| CHANNELS.all(tx))?;
    if arguments.get("exclude_archived").is_some_and(|value| *value == "true" || *value == true) {
        channels.retain(|channel| channel["is_archived"] != true);
    }
    let (page, next) = page_token::slice(channels, offset, limit);
    Ok(Ok(
        json!({ "ok": true, "channels": page, "response_metadata": { "next_cursor": next_cursor("channels", next) } }),
    ))
}

fn history(state: &AppState, arguments: &Arguments) -> Result<Outcome, Fault> {
    let Some(channel) = channel(state, arguments)? else {
        return Ok(fail("channel_not_found"));
    };
    let Some(limit) = input::number(arguments, "limit", 100, 1..=999) else {
        return Ok(fail("invalid_limit"));
    };
    let list = format!("history {}", channel["id"]);
    // Newest first. A token holds how many older messages are left, so that new ones move nothing.
    let mut messages = state.db().with(|tx| MESSAGES.all(tx))?;
    messages.retain(|message| message["channel"] == channel["id"]);
    let Some(left) =
        input::text(arguments, "cursor").map_or(Some(messages.len()), |token| page_token::decode(&list, token))
    else {
        return Ok(fail("invalid_cursor"));
    };
    messages.truncate(left);
    let rest = messages.len().saturating_sub(limit);
    let page: Vec<Value> = messages.drain(rest..).rev().collect();
    let next = (rest > 0).then_some(rest);
    Ok(Ok(json!({
        "ok": true, "messages": page, "has_more": rest > 0,
        "response_metadata": { "next_cursor": next_cursor(&list, next) },
    })))
}

fn cursor(arguments: &Arguments, list: &str) -> Option<usize> {
    input::text(arguments, "cursor").map_or(Some(0), |token| page_token::decode(list, token))
}

fn next_cursor(list: &str, next: Option<usize>) -> String {
    next.map(|offset| page_token::encode(list, offset)).unwrap_or_default()
}

fn user_id(person: &Person) -> String {
    format!("U0{}", person.id.to_uppercase())
}

fn members(value: Value) -> Map<String, Value> {
    if let Value::Object(members) = value { members } else { Map::new() }
}
