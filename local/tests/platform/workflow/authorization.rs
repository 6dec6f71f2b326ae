//! How API requests prove themselves.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::json;

use super::support::{Arrived, KEY, Receiver, connect, go, on_event, platform};
use crate::harness::Platform;

fn api(authorization: &str) -> String {
    format!(
        "[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = 'RECEIVER/api?a=1'\nauthorization = {{ {authorization} }}\n"
    )
}

async fn start(receiver: &Receiver, steps: &str) -> Platform {
    let platform = platform(&on_event(receiver, steps)).await;
    connect(&platform.user("ada")).await;
    go(&platform.user("ada"), json!({"user": "u:1", "n": "{{secrets.API}}"})).await;
    platform
}

#[tokio::test]
async fn simple_proofs_are_sent_and_not_kept() {
    let cases = [
        ("kind = 'none'", "authorization", ""),
        ("kind = 'bearer', token = '{{secrets.API}}'", "authorization", "Bearer project-secret-value"),
        (
            "kind = 'basic', username = 'me', password = '{{secrets.API}}'",
            "authorization",
            "Basic bWU6cHJvamVjdC1zZWNyZXQtdmFsdWU=",
        ),
        ("kind = 'header', name = 'X-Key', value = 'k {{secrets.API}}'", "x-key", "k project-secret-value"),
        ("kind = 'query', name = 'key', value = '{{secrets.API}}'", "", ""),
    ];
    for (authorization, name, value) in cases {
        let receiver = Receiver::start().await;
        // A server that tells what it was sent must not put it into the history.
        receiver.always(|arrived| {
            let headers: Vec<_> = arrived.headers.values().map(|value| value.to_str().unwrap().to_owned()).collect();
            axum::Json(json!({"headers": headers, "uri": arrived.uri.to_string()})).into_response()
        });
        let platform = start(&receiver, &api(authorization)).await;
        let run = &platform.ended(1).await[0];
        let arrived = &receiver.all()[0];
        if name.is_empty() {
            assert_eq!(arrived.uri.query(), Some("a=1&key=project-secret-value"));
        } else {
            assert_eq!(arrived.header(name), value);
        }
        assert!(!arrived.header("authorization").contains(KEY), "the account's key is not for others");
        let step = platform.step(run, "2").await.to_string();
        assert!(!step.contains("project-secret") && !step.contains("bWU6cHJv"), "{step}");
        assert_eq!(step.contains("[redacted]"), authorization != "kind = 'none'");
    }
}

fn form(arrived: &Arrived) -> Vec<(String, String)> {
    url::form_urlencoded::parse(&arrived.body).into_owned().collect()
}

fn value(form: &[(String, String)], name: &str) -> String {
    form.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

fn token(receiver: &Receiver, token: &str, refresh: Option<&str>) {
    receiver.next_json(
        200,
        json!({"access_token": token, "token_type": "Bearer", "expires_in": 3600, "refresh_token": refresh}),
    );
}

#[tokio::test]
async fn client_credentials_go_in_the_header_or_in_the_body_and_the_token_is_used_until_it_ends() {
    for place in ["basic", "body"] {
        let receiver = Receiver::start().await;
        token(&receiver, "first-access-token", None);
        let authorization = format!(
            "kind = 'clientCredentials', client = {{ tokenUrl = 'RECEIVER/token', clientId = 'me', clientSecret = '{{{{secrets.API}}}}', scopes = ['a', 'b'], clientAuth = '{place}' }}"
        );
        let platform = start(&receiver, &api(&authorization)).await;
        platform.ended(1).await;
        let ada = platform.user("ada");
        go(&ada, json!({})).await;
        platform.ended(2).await;
        let all = receiver.all();
        let paths: Vec<_> = all.iter().map(|one| one.uri.path()).collect();
        assert_eq!(paths, ["/token", "/api", "/api"], "{place}");
        let sent = form(&all[0]);
        assert_eq!((value(&sent, "grant_type"), value(&sent, "scope")), ("client_credentials".into(), "a b".into()));
        if place == "basic" {
            assert_eq!(all[0].header("authorization"), "Basic bWU6cHJvamVjdC1zZWNyZXQtdmFsdWU=");
            assert_eq!(value(&sent, "client_secret"), "");
        } else {
            assert_eq!(
                (all[0].header("authorization"), value(&sent, "client_secret")),
                ("", "project-secret-value".into())
            );
        }
        assert!(all[1..].iter().all(|one| one.header("authorization") == "Bearer first-access-token"));

        platform.running.app.clock.advance_ms(3_600_000);
        token(&receiver, "second-access-token", None);
        go(&platform.user("ada"), json!({})).await;
        platform.ended(3).await;
        assert_eq!(receiver.all()[4].header("authorization"), "Bearer second-access-token");
        for run in platform.ended(3).await {
            assert!(!platform.step(&run, "2").await.to_string().contains("access-token"));
        }
    }
}

#[tokio::test]
async fn a_refused_token_is_asked_for_anew_once() {
    let receiver = Receiver::start().await;
    token(&receiver, "first-access-token", None);
    receiver.next(|_| StatusCode::UNAUTHORIZED.into_response());
    token(&receiver, "second-access-token", None);
    let authorization =
        "kind = 'clientCredentials', client = { tokenUrl = 'RECEIVER/token', clientId = 'me', clientSecret = 's' }";
    let platform = start(&receiver, &api(authorization)).await;
    assert_eq!(platform.ended(1).await[0]["status"], "SUCCEEDED");
    assert_eq!(receiver.all()[3].header("authorization"), "Bearer second-access-token");
}

#[tokio::test]
async fn a_rotated_refresh_token_is_kept() {
    let receiver = Receiver::start().await;
    token(&receiver, "first-access-token", Some("rotated-refresh-token"));
    let authorization = "kind = 'refreshToken', client = { tokenUrl = 'RECEIVER/token', clientId = 'me', clientSecret = 's' }, refreshToken = 'original-refresh'";
    let platform = start(&receiver, &api(authorization)).await;
    platform.ended(1).await;
    platform.running.app.clock.advance_ms(3_600_000);
    token(&receiver, "second-access-token", None);
    go(&platform.user("ada"), json!({})).await;
    platform.ended(2).await;
    let all = receiver.all();
    for (index, refresh) in [(0, "original-refresh"), (2, "rotated-refresh-token")] {
        let sent = form(&all[index]);
        assert_eq!(
            (value(&sent, "grant_type"), value(&sent, "refresh_token")),
            ("refresh_token".into(), refresh.into())
        );
    }
    assert_eq!(all[3].header("authorization"), "Bearer second-access-token");
}

#[tokio::test]
async fn a_resource_owners_password_is_exchanged() {
    let receiver = Receiver::start().await;
    token(&receiver, "owner-access-token", None);
    let authorization = "kind = 'password', client = { tokenUrl = 'RECEIVER/token', clientId = 'me' }, username = '{{1.event.user}}', password = '{{1.event.n}}'";
    let platform = start(&receiver, &api(authorization)).await;
    platform.ended(1).await;
    let all = receiver.all();
    let sent = form(&all[0]);
    assert_eq!(value(&sent, "grant_type"), "password");
    assert_eq!((value(&sent, "username"), value(&sent, "password")), ("u:1".into(), "{{secrets.API}}".into()));
    assert_eq!((value(&sent, "client_id"), all[1].header("authorization")), ("me".into(), "Bearer owner-access-token"));
}

#[tokio::test]
async fn a_token_endpoint_that_refuses_fails_the_step_and_says_why() {
    let receiver = Receiver::start().await;
    receiver.next_json(401, json!({"error": "invalid_client", "error_description": "no such client"}));
    let authorization = "kind = 'clientCredentials', client = { tokenUrl = 'RECEIVER/token', clientId = 'me', clientSecret = '{{secrets.API}}' }";
    let platform = start(&receiver, &api(authorization)).await;
    let run = &platform.ended(1).await[0];
    assert_eq!(run["status"], "FAILED");
    let error = platform.step(run, "2").await["output"]["response"]["error"].clone();
    assert!(error.as_str().unwrap().contains("invalid_client"), "{error}");
}
