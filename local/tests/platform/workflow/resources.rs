//! Resources: APIs of the app's own, with keys of each user or of the project.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::support::{Receiver, connect, go, on_event, platform};
use crate::harness::{Platform, User, expect};

/// The `custom.acme` platform with these resources, and one step that goes to the first of them.
async fn with(receiver: &Receiver, resources: &str, step: &str) -> Platform {
    let steps = format!("[[integrations.workflows.steps]]\nkind = 'request'\n{step}\n{resources}");
    platform(&on_event(receiver, &steps)).await
}

async fn resource(user: &User<'_>, slug: &str) -> Value {
    let all = user.get("/me").await["resources"].clone();
    all.as_array().unwrap().iter().find(|one| one["slug"] == slug).unwrap().clone()
}

async fn give(user: &User<'_>, slug: &str, payload: Value) -> reqwest::Response {
    let id = resource(user, slug).await["id"].as_str().unwrap().to_owned();
    user.post(&format!("/resources/{id}/connect"), payload).await
}

const KEYED: &str = "[[resources]]\nslug = 'warehouse'\nname = 'Warehouse'\nbaseUrl = 'RECEIVER/w/{{inputs.region}}'\n\
    authorization = { kind = 'header', name = 'X-Key', value = '{{inputs.apiKey}}' }\n\
    inputs = [{ id = 'apiKey', title = 'Key', type = 'PASSWORD' }, { id = 'region', title = 'Region', type = 'TEXT_NO_VARS' }]\n\
    account = { request = { url = '/me' }, id = 'id', data = { name = 'name' } }\n";

#[tokio::test]
async fn a_step_goes_to_a_resource_with_the_users_own_keys() {
    let receiver = Receiver::start().await;
    let step = "method = 'POST'\nurl = '/items/{{1.event.id}}'\nresource = 'warehouse'\n\
        body = { kind = 'json', content = { in = '{{resources.warehouse.region}}', of = '{{resources.warehouse.providerId}}', key = '{{resources.warehouse.apiKey}}' } }";
    let platform = with(&receiver, KEYED, step).await;
    let (ada, grace) = (platform.user("ada"), platform.user("grace"));
    connect(&ada).await;
    connect(&grace).await;
    let before = resource(&ada, "warehouse").await;
    assert!(before["id"].is_string() && before["integrationId"].is_string());
    assert!(before.get("credentialId").is_none());

    receiver.always(|sent| match (sent.uri.path(), sent.header("x-key")) {
        ("/w/north/me", "key-of-ada") => axum::Json(json!({"id": 7, "name": "Ada's"})).into_response(),
        ("/w/north/me", _) => StatusCode::UNAUTHORIZED.into_response(),
        _ => axum::Json(json!({"ok": true})).into_response(),
    });
    let missing = expect(give(&ada, "warehouse", json!({"apiKey": "key-of-ada"})).await, 400).await;
    assert_eq!(missing["message"][0]["property"], "region");
    let wrong = json!({"apiKey": "nonsense", "region": "north"});
    assert_eq!(expect(give(&ada, "warehouse", wrong).await, 400).await["code"], "7003");
    let given = expect(give(&ada, "warehouse", json!({"apiKey": "key-of-ada", "region": "north"})).await, 200).await;
    assert_eq!((&given["status"], &given["providerId"]), (&json!("VALID"), &json!("7")));
    let after = resource(&ada, "warehouse").await;
    assert_eq!((&after["credentialId"], &after["credentialStatus"]), (&given["id"], &json!("VALID")));
    assert_eq!(after["integrationId"], given["integrationId"]);
    assert!(resource(&grace, "warehouse").await.get("credentialId").is_none());
    assert!(!ada.get("/me").await.to_string().contains("key-of-ada"));

    let seen = receiver.all().len();
    go(&ada, json!({"id": "a/1"})).await;
    let arrived = receiver.wait(seen + 1).await[seen].clone();
    assert_eq!((arrived.uri.path(), arrived.header("x-key")), ("/w/north/items/a%2F1", "key-of-ada"));
    assert_eq!(arrived.json(), json!({"in": "north", "of": "7", "key": "key-of-ada"}));
    let run = &platform.ended(1).await[0];
    assert_eq!(run["status"], "SUCCEEDED");
    let step = platform.step(run, "2").await;
    assert_eq!(step["input"]["body"], json!({"in": "north", "of": "7", "key": "[redacted]"}));
    assert!(!step.to_string().contains("key-of-ada"));

    // Another user has no keys; the error says what to do.
    go(&grace, json!({"id": 1})).await;
    let runs = platform.ended(2).await;
    assert_eq!(runs[1]["status"], "FAILED");
    let error = platform.step(&runs[1], "2").await["output"]["response"]["error"].to_string();
    assert!(error.contains("connectAction"), "{error}");

    // Again with another key: the same account, the new key.
    let again = expect(give(&ada, "warehouse", json!({"apiKey": "key-of-ada", "region": "north"})).await, 200).await;
    assert_eq!(again["id"], given["id"]);
}

#[tokio::test]
async fn tokens_of_a_resource_are_renewed_and_a_refused_one_is_too() {
    let receiver = Receiver::start().await;
    let oauth = "[[resources]]\nslug = 'lab'\nbaseUrl = 'RECEIVER/lab'\n\
        authorization = { kind = 'bearer', token = '{{token.access_token}}' }\n\
        oauth = { tokenUrl = 'RECEIVER/token', clientId = 'me', clientSecret = 'hush-hush' }\n";
    let platform = with(&receiver, oauth, "url = '/x'\nresource = 'lab'").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    expect(give(&ada, "lab", json!({"refresh_token": "r"})).await, 400).await;
    let tokens = json!({"access_token": "first-token", "refresh_token": "refresh-1", "expires_in": 600});
    assert_eq!(expect(give(&ada, "lab", tokens).await, 200).await["status"], "VALID");
    receiver.always(|sent| match (sent.uri.path(), sent.header("authorization")) {
        ("/token", _) => {
            let body = String::from_utf8_lossy(&sent.body);
            assert!(body.contains("refresh_token=refresh-1") && body.contains("client_secret=hush-hush"), "{body}");
            axum::Json(json!({"access_token": "second-token", "expires_in": 600})).into_response()
        }
        ("/lab/x", "Bearer second-token") => axum::Json(json!({"ok": true})).into_response(),
        _ => StatusCode::UNAUTHORIZED.into_response(),
    });
    // The first token is refused, so another one is fetched, once.
    go(&ada, json!({})).await;
    assert_eq!(platform.ended(1).await[0]["status"], "SUCCEEDED");
    let paths = |all: Vec<super::support::Arrived>| all.iter().map(|one| one.uri.path().to_owned()).collect::<Vec<_>>();
    assert_eq!(paths(receiver.all()), ["/lab/x", "/token", "/lab/x"]);
    // And one that ends is renewed before it is used.
    platform.running.app.clock.advance_ms(590_000);
    go(&ada, json!({})).await;
    assert_eq!(platform.ended(2).await[1]["status"], "SUCCEEDED");
    assert_eq!(paths(receiver.all())[3..], ["/token", "/lab/x"]);
}

#[tokio::test]
async fn a_resource_of_the_project_has_nothing_to_connect() {
    let receiver = Receiver::start().await;
    let own = "[[resources]]\nslug = 'own'\nbaseUrl = 'RECEIVER/own'\n\
        authorization = { kind = 'basic', username = 'app', password = '{{secrets.API}}' }\n";
    let platform = with(&receiver, own, "url = '/x'\nresource = 'own'").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    assert_eq!(expect(give(&ada, "own", json!({})).await, 400).await["code"], "resource_of_project");
    let unknown = ada.post("/resources/00000000-0000-0000-0000-000000000000/connect", json!({})).await;
    assert_eq!(expect(unknown, 404).await["code"], "resource_unknown");
    go(&ada, json!({})).await;
    let arrived = &receiver.wait(1).await[0];
    assert_eq!(arrived.uri.path(), "/own/x");
    assert_eq!(arrived.header("authorization"), "Basic YXBwOnByb2plY3Qtc2VjcmV0LXZhbHVl");
    assert_eq!(platform.ended(1).await[0]["status"], "SUCCEEDED");
}
