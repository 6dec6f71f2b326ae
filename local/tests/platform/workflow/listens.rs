//! What happens at a provider starts runs: the platform asks, or the provider calls.

use std::sync::{Arc, Mutex};

use aws_lc_rs::hmac;
use axum::response::IntoResponse;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

use super::support::{PATIENCE, Receiver, connect, platform, workflow, workflow_id};
use crate::binary::{Server, project, token};
use crate::harness::{Platform, User, expect};

const TELL: &str = "[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/told'\nbody = { kind = 'json', content = '{{1.event}}' }\n";

/// A provider whose items can be added to: two on a page, pages by cursor.
fn with_items(receiver: &Receiver) -> Arc<Mutex<Vec<Value>>> {
    let items = Arc::new(Mutex::new(vec![json!({"id": 1, "at": "t1"})]));
    let shown = items.clone();
    receiver.always(move |arrived| {
        let query = arrived.query();
        let from = query.iter().find(|(name, _)| name == "cursor").map_or(0, |(_, text)| text.parse().unwrap());
        let all = shown.lock().unwrap();
        let page = &all[from.min(all.len())..all.len().min(from + 2)];
        let next = if all.len() > from + 2 { json!((from + 2).to_string()) } else { Value::Null };
        axum::Json(json!({"items": page, "next": next})).into_response()
    });
    items
}

fn polling(receiver: &Receiver) -> String {
    let trigger = "trigger = { kind = 'integration', type = 'NEW', parameters = { list = '{{settings.list}}' } }";
    let list = "settings = [{ id = 'list', title = 'List', type = 'TEXT_NO_VARS' }]";
    let poll = "[[integrations.triggers]]\ntype = 'NEW'\ntriggerModel = 'POLLING'\ntitle = 'New'\n\
        parameters = [{ id = 'list', title = 'List', type = 'TEXT' }]\n\
        [integrations.triggers.poll]\nintervalSeconds = 60\nid = 'id'\nsince = '[-1].at'\n\
        list = { request = { url = '/lists/{{parameters.list}}', query = { since = '{{since}}', cursor = '{{cursor}}' } }, records = 'items', nextCursor = 'next' }\n";
    let text = workflow(receiver, trigger, &format!("{TELL}{poll}"));
    text.replace("SETTINGS", list)
}

/// Waits until so many entries know their provider.
pub async fn ready(platform: &Platform, count: i64) {
    let store = &platform.running.app.store;
    let sql = "SELECT count(*) FROM workflow_watch WHERE json_extract(memory, '$.ready')";
    let waiting = async {
        while store.read(move |db| db.query_row(sql, [], |row| row.get::<_, i64>(0))).await.unwrap() != count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap();
}

async fn choose(user: &User<'_>, account: &Value, list: &str) {
    let path = format!("/credentials/{}", account["id"].as_str().unwrap());
    let body = json!({"config": {"sharedSettings": {"list": list}}});
    expect(user.call(Method::PATCH, &path, Some(body), HeaderMap::new()).await, 200).await;
}

fn told(receiver: &Receiver) -> Vec<i64> {
    let all = receiver.all();
    let told = all.iter().filter(|one| one.uri.path() == "/v1/told");
    let mut ids: Vec<i64> = told.map(|one| one.json()["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    ids
}

fn polls(receiver: &Receiver) -> usize {
    receiver.all().iter().filter(|one| one.uri.path().starts_with("/v1/lists/") && one.query().len() < 2).count()
}

/// Moves the clock past the next time, and waits until the provider has been asked and the answer is stored.
async fn poll_again(platform: &Platform, receiver: &Receiver) {
    let before = polls(receiver);
    platform.running.app.clock.advance_ms(61_000);
    let store = &platform.running.app.store;
    let waiting = async {
        loop {
            let now = platform.running.app.clock.now_ms();
            let sql = "SELECT count(*) FROM workflow_watch WHERE next <= ?1";
            let due = store.read(move |db| db.query_row(sql, [now], |row| row.get::<_, i64>(0))).await.unwrap();
            if polls(receiver) > before && due == 0 {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("the provider is asked again");
}

#[tokio::test]
async fn what_is_new_at_a_provider_starts_one_run_each() {
    let receiver = Receiver::start().await;
    let items = with_items(&receiver);
    let platform = platform(&polling(&receiver)).await;
    let ada = platform.user("ada");
    let account = connect(&ada).await;
    // Without the list it is not known what to ask.
    choose(&ada, &account, "a").await;
    ready(&platform, 1).await;
    let first = &receiver.all()[0];
    assert_eq!((first.uri.path(), first.header("authorization")), ("/v1/lists/a", "Bearer secret-key-of-acme"));
    let since = first.query()[0].1.clone();
    assert!(since.contains('T') && since.ends_with('Z'), "the time when it was turned on: {since}");

    items.lock().unwrap().extend([json!({"id": 2, "at": "t2"}), json!({"id": 3, "at": "t3"})]);
    poll_again(&platform, &receiver).await;
    let runs = platform.ended(2).await;
    assert_eq!(runs[0]["stepExecutions"][0]["type"], "TRIGGER/INTEGRATION");
    assert_eq!(told(&receiver), [2, 3], "what was there before starts nothing");
    let asked: Vec<_> = receiver.all().into_iter().filter(|one| one.uri.path() == "/v1/lists/a").collect();
    assert!(asked.iter().any(|one| one.uri.query() == Some("cursor=2&since=t1")), "the second page is read too");

    // The same list again starts nothing, and the next time begins where the last one ended.
    poll_again(&platform, &receiver).await;
    items.lock().unwrap().push(json!({"id": 4, "at": "t4"}));
    poll_again(&platform, &receiver).await;
    platform.ended(3).await;
    assert_eq!(told(&receiver), [2, 3, 4]);
    assert!(receiver.all().iter().any(|one| one.uri.query() == Some("since=t3")));

    // Another list is another beginning.
    let ada = platform.user("ada");
    choose(&ada, &account, "b").await;
    let asked = async {
        while !receiver.all().iter().any(|one| one.uri.path() == "/v1/lists/b") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, asked).await.unwrap();
    ready(&platform, 1).await;
    // What is off is not asked for.
    let path = format!("/workflows/{}", workflow_id(&ada).await);
    ada.call(Method::DELETE, &path, None, HeaderMap::new()).await;
    ready(&platform, 0).await;
    let before = polls(&receiver);
    items.lock().unwrap().push(json!({"id": 5, "at": "t5"}));
    platform.running.app.clock.advance_ms(600_000);
    let ada = platform.user("ada");
    ada.call(Method::POST, &path, None, HeaderMap::new()).await;
    ready(&platform, 1).await;
    assert_eq!(polls(&receiver), before + 1, "asked when it was turned on again, and not before");
    assert_eq!(told(&receiver), [2, 3, 4]);
}

#[tokio::test]
async fn a_provider_that_fails_is_asked_again_and_nothing_is_lost() {
    let receiver = Receiver::start().await;
    let items = with_items(&receiver);
    receiver.next_json(503, json!({}));
    let platform = platform(&polling(&receiver)).await;
    let ada = platform.user("ada");
    let account = connect(&ada).await;
    choose(&ada, &account, "a").await;
    receiver.wait(1).await;
    // The first answer that comes is the beginning, however late.
    poll_again(&platform, &receiver).await;
    ready(&platform, 1).await;
    items.lock().unwrap().push(json!({"id": 2, "at": "t2"}));
    receiver.next_json(500, json!({}));
    poll_again(&platform, &receiver).await;
    poll_again(&platform, &receiver).await;
    platform.ended(1).await;
    assert_eq!(told(&receiver), [2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_kill_polling_goes_on_where_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::start().await;
    let items = with_items(&receiver);
    let config = polling(&receiver).replace("\nPROJECT", "").replace("SETTINGS", "");
    std::fs::write(folder.path().join("paragon.toml"), config).unwrap();
    let token = token(folder.path());
    let client = Client::new();
    for round in 0..4 {
        let server = Server::start(folder.path());
        let address = format!("{}/projects/{}/sdk", server.base(), project(server.base()).await);
        if round == 0 {
            let get = client.get(format!("{address}/integrations")).bearer_auth(&token).send().await.unwrap();
            let id = expect(get, 200).await[0]["id"].clone();
            let post = client.post(format!("{address}/credentials")).bearer_auth(&token);
            let body = json!({"integrationId": id, "payload": {"key": super::support::KEY}});
            let account = expect(post.json(&body).send().await.unwrap(), 200).await;
            let patch = client.patch(format!("{address}/credentials/{}", account["id"].as_str().unwrap()));
            let body = json!({"config": {"sharedSettings": {"list": "a"}}});
            expect(patch.bearer_auth(&token).json(&body).send().await.unwrap(), 200).await;
            let database = rusqlite::Connection::open(folder.path().join("platform.db")).unwrap();
            let begun = async {
                let sql = "SELECT 1 FROM workflow_watch WHERE json_extract(memory, '$.ready')";
                while !database.prepare(sql).unwrap().exists([]).unwrap() {
                    tokio::task::yield_now().await;
                }
            };
            tokio::time::timeout(PATIENCE, begun).await.unwrap();
        } else {
            items.lock().unwrap().push(json!({"id": round + 1, "at": format!("t{}", round + 1)}));
            let clock = format!("{}/_admin/projects/default/clock", server.base());
            let moved = client.patch(clock).bearer_auth(server.secret()).json(&json!({"advanceMs": 61_000}));
            assert_eq!(moved.send().await.unwrap().status(), 200);
            let arrived = async {
                while !told(&receiver).contains(&(round + 1)) {
                    tokio::task::yield_now().await;
                }
            };
            tokio::time::timeout(PATIENCE, arrived).await.unwrap();
        }
        server.kill();
    }
    let mut told = told(&receiver);
    // A request that was under way at the kill may be sent again; a run is never started twice.
    told.dedup();
    assert_eq!(told, [2, 3, 4]);
    let database = rusqlite::Connection::open(folder.path().join("platform.db")).unwrap();
    let runs: i64 = database.query_row("SELECT count(*) FROM execution", [], |row| row.get(0)).unwrap();
    assert_eq!(runs, 3);
}

fn hooked(receiver: &Receiver) -> String {
    let trigger = "trigger = { kind = 'integration', type = 'TOLD' }";
    let hook = "[[integrations.triggers]]\ntype = 'TOLD'\ntriggerModel = 'WEBHOOK'\ntitle = 'Told'\n\
        [integrations.triggers.webhook]\nid = 'id'\nevents = 'events'\ndelivery = 'x-delivery'\n\
        register = { method = 'POST', url = '/hooks', body = { to = '{{webhook.url}}', sharedKey = '{{webhook.secret}}' } }\n\
        unregister = { method = 'DELETE', url = '/hooks/{{webhook.id}}' }\n\
        signature = { header = 'x-signature', prefix = 'v0=', timestamp = 'x-time', payload = 'v0:{{timestamp}}:{{body}}' }\n";
    workflow(receiver, trigger, &format!("{TELL}{hook}"))
}

/// What the provider was told: where to call, and the key.
struct Hook {
    address: String,
    key: String,
}

impl Hook {
    fn of(registration: &Value) -> Self {
        let text = |name: &str| registration[name].as_str().unwrap().to_owned();
        Self { address: text("to"), key: text("sharedKey") }
    }

    /// A call as the provider makes it, with one thing about it changed.
    async fn call(&self, platform: &Platform, delivery: &str, body: &str, wrong: &str) -> Response {
        let now = platform.running.app.clock.now_ms() / 1000;
        let time = match wrong {
            "old" => now - 301,
            "early" => now + 301,
            _ => now,
        };
        let key = if wrong == "key" { "another key" } else { &self.key };
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
        let signed = hmac::sign(&key, format!("v0:{time}:{body}").as_bytes());
        let prefix = if wrong == "prefix" { "v1=" } else { "v0=" };
        let sent = if wrong == "body" { body.replace('1', "2") } else { body.to_owned() };
        let mut call = Client::new().post(&self.address).header("x-delivery", delivery).body(sent);
        if wrong != "none" {
            call = call.header("x-signature", format!("{prefix}{}", hex::encode(signed)));
        }
        if wrong != "timeless" {
            call = call.header("x-time", time.to_string());
        }
        call.send().await.unwrap()
    }
}

#[tokio::test]
async fn a_provider_is_told_where_to_call_and_must_sign() {
    let receiver = Receiver::start().await;
    receiver.next_json(201, json!({"id": 77}));
    let platform = platform(&hooked(&receiver)).await;
    let ada = platform.user("ada");
    let account = connect(&ada).await;
    ready(&platform, 1).await;
    let registered = receiver.all()[0].clone();
    assert_eq!((registered.method.as_str(), registered.uri.path()), ("POST", "/v1/hooks"));
    let hook = Hook::of(&registered.json());
    assert!(hook.address.starts_with(platform.base()) && hook.key.len() >= 43, "{}", hook.address);

    let body = r#"{"events": [{"id": 1}, {"id": 11}]}"#;
    for wrong in ["none", "key", "body", "prefix", "old", "early", "timeless"] {
        let refused = expect(hook.call(&platform, "d1", body, wrong).await, 401).await;
        assert_eq!(refused["code"], "signature_invalid", "{wrong}");
    }
    assert_eq!(expect(hook.call(&platform, "d1", body, "").await, 200).await, json!({"runs": 2}));
    assert_eq!(expect(hook.call(&platform, "d1", body, "").await, 200).await, json!({"runs": 0}), "told twice");
    assert_eq!(expect(hook.call(&platform, "d2", body, "").await, 200).await, json!({"runs": 2}), "another event");
    assert_eq!(expect(hook.call(&platform, "d3", "{}", "").await, 200).await, json!({"runs": 0}), "nothing in it");
    assert_eq!(hook.call(&platform, "d4", "no JSON", "").await.status(), 400);
    platform.ended(4).await;
    assert_eq!(told(&receiver), [1, 1, 11, 11]);
    // The key is nowhere to be seen.
    let journal = json!(platform.journal(json!({})).await).to_string();
    assert!(journal.contains("/v1/hooks") && !journal.contains(&hook.key));

    // Other settings, another workflow, another account: nobody listens.
    let (place, id) = hook.address.split_once("?id=").unwrap();
    for address in [
        format!("{place}?id=00000000-0000-4000-8000-000000000000"),
        format!("{}/00000000-0000-4000-8000-000000000000?id={id}", place.rsplit_once('/').unwrap().0),
    ] {
        let elsewhere = Hook { address, key: hook.key.clone() };
        assert_eq!(expect(elsewhere.call(&platform, "d5", body, "").await, 410).await["code"], "webhook_gone");
    }

    // Off: the provider is told, with the id that it gave.
    let path = format!("/workflows/{}", workflow_id(&ada).await);
    ada.call(Method::DELETE, &path, None, HeaderMap::new()).await;
    ready(&platform, 0).await;
    let ended = |receiver: &Receiver| {
        receiver.all().iter().filter(|one| one.method == "DELETE" && one.uri.path() == "/v1/hooks/77").count()
    };
    assert_eq!(ended(&receiver), 1);
    assert_eq!(hook.call(&platform, "d6", body, "").await.status(), 410);

    // On again it is registered anew with another key; disconnecting ends that too.
    receiver.next_json(201, json!({"id": 77}));
    ada.call(Method::POST, &path, None, HeaderMap::new()).await;
    ready(&platform, 1).await;
    let again = receiver.all().into_iter().rfind(|one| one.method == "POST" && one.uri.path() == "/v1/hooks").unwrap();
    assert_ne!(Hook::of(&again.json()).key, hook.key);
    let path = format!("/integrations/{}", account["integrationId"].as_str().unwrap());
    expect(ada.call(Method::DELETE, &path, None, HeaderMap::new()).await, 200).await;
    assert_eq!(ended(&receiver), 2);
}

#[tokio::test]
async fn a_provider_that_cannot_be_told_is_told_again() {
    let receiver = Receiver::start().await;
    receiver.next_json(500, json!({}));
    receiver.next_json(201, json!({"id": "x"}));
    let platform = platform(&hooked(&receiver)).await;
    connect(&platform.user("ada")).await;
    receiver.wait(1).await;
    super::triggers::scheduled(&platform, 1).await;
    platform.running.app.clock.advance_ms(61_000);
    ready(&platform, 1).await;
    let keys: Vec<Value> = receiver.all().iter().map(|one| one.json()["sharedKey"].clone()).collect();
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn triggers_that_cannot_work_are_told_when_the_platform_starts() {
    use paragon_local::config::Config;
    let start = |change: &dyn Fn(String) -> String| {
        let text = "[[integrations]]\ntype = 'custom'\nname = 'A'\nbaseUrl = 'https://a.test'\nauthorization = { kind = 'bearer', token = 'x' }\n\
            [[integrations.triggers]]\ntype = 'P'\ntriggerModel = 'POLLING'\ntitle = 'P'\nparameters = [{ id = 'list', title = 'L', type = 'TEXT' }]\n\
            [integrations.triggers.poll]\nid = 'id'\nlist = { request = { url = '/x' }, records = 'items' }\n\
            [[integrations.triggers]]\ntype = 'W'\ntriggerModel = 'WEBHOOK'\ntitle = 'W'\n\
            [integrations.triggers.webhook]\nregister = { url = '/x' }\nsignature = { header = 'x-s' }\n\
            [[integrations.triggers]]\ntype = 'C'\ntriggerModel = 'WEBHOOK'\ntitle = 'C'\n\
            [[integrations.workflows]]\nkey = 'w'\ndescription = 'w'\ntrigger = { kind = 'integration', type = 'P', parameters = { list = '{{settings.x}}' } }\n";
        Config::parse(&change(text.into()), std::path::Path::new("t")).map_err(|error| error.to_string())
    };
    start(&|text| text).unwrap();
    for (from, to, told) in [
        ("type = 'P', parameters", "type = 'X', parameters", "is not below triggers"),
        ("type = 'P', parameters = { list = '{{settings.x}}' }", "type = 'C'", "only stands in the catalogue"),
        (", parameters = { list = '{{settings.x}}' }", "", "needs the parameter \"list\""),
        ("{ list = '{{settings.x}}' }", "{ list = 'a', other = 'b' }", "has no parameter \"other\""),
        ("{ list = '{{settings.x}}' }", "{ list = '{{setings.x}}' }", "is no variable"),
        ("id = 'id'", "id = 'id['", "JMESPath"),
        ("id = 'id'", "id = 'id'\nintervalSeconds = 0", "at least 1"),
        ("{ url = '/x' }, records", "{ url = '/{{webhook.id}}' }, records", "is no variable"),
        ("{ header = 'x-s' }", "{ header = 'x s' }", "is no name of a header"),
        ("{ header = 'x-s' }", "{ header = 'x-s', payload = 'a' }", "{{body}}"),
        ("{ header = 'x-s' }", "{ header = 'x-s', payload = '{{timestamp}}{{body}}' }", "{{body}}"),
        ("{ header = 'x-s' }", "{ header = 'x-s', secret = '{{nothing}}' }", "is no variable"),
    ] {
        let error = start(&|text| text.replace(from, to)).map(drop).unwrap_err();
        assert!(error.contains(told), "{to}: {error}");
    }
}
