//! What fails tells no secret: not in the step's error, not in the journal, not in the program's log.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use reqwest::Client;
use serde_json::{Value, json};

use super::support::{KEY, Receiver, connect, go, on_event, platform};
use crate::binary::{Server, project, token};
use crate::harness::expect;

const SECRET: &str = "project-secret-value";

#[tokio::test]
async fn errors_tell_no_secret() {
    let receiver = Receiver::start().await;
    let dead = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    // A server that complains about what it was sent, with all of it.
    receiver.always(|sent| {
        let headers: Vec<_> = sent.headers.values().map(|value| value.to_str().unwrap()).collect();
        let all = format!("{} {headers:?} {}", sent.uri, String::from_utf8_lossy(&sent.body));
        (StatusCode::BAD_REQUEST, axum::Json(json!({"error": "invalid_client", "error_description": all})))
            .into_response()
    });
    let client = |auth: &str| {
        format!(
            "client = {{ tokenUrl = 'RECEIVER/{{{{secrets.API}}}}', clientId = 'me', clientSecret = '{{{{secrets.API}}}}', clientAuth = '{auth}' }}"
        )
    };
    let api = |rest: &str| format!("target = 'api'\nurl = 'RECEIVER/x'\n{rest}");
    let requests = [
        api(&format!("authorization = {{ kind = 'clientCredentials', {} }}", client("basic"))),
        api(&format!("authorization = {{ kind = 'clientCredentials', {} }}", client("body"))),
        api(&format!(
            "authorization = {{ kind = 'password', {}, username = 'u', password = 'owner-password' }}",
            client("body")
        )),
        api(&format!(
            "authorization = {{ kind = 'refreshToken', {}, refreshToken = 'refresh-token-1' }}",
            client("basic")
        )),
        api("authorization = { kind = 'basic', username = 'me', password = '{{secrets.API}}' }"),
        api("headers = { X-Split = '{{secrets.API}}{{1.event.split}}' }"),
        api(
            "method = 'POST'\nbody = { kind = 'raw', text = '{{secrets.API}}', contentType = '{{secrets.API}}{{1.event.split}}' }",
        ),
        api(
            "method = 'POST'\nheaders = { X-Paragon-Encoding = '{{secrets.API}}' }\nbody = { kind = 'raw', text = '{{secrets.API}}' }",
        ),
        format!("target = 'api'\nurl = 'http://{dead}/{{{{secrets.API}}}}?q={{{{secrets.API}}}}'"),
        "target = 'api'\nurl = 'http://{{secrets.API}}.invalid/x'".to_owned(),
        "target = 'api'\nurl = 'nowhere:{{secrets.API}}'".to_owned(),
        "url = 'http://{{secrets.API}}.test/x'".to_owned(),
        "url = '/{{secrets.API}}'".to_owned(),
    ];
    let steps: String = requests
        .iter()
        .map(|one| format!("[[integrations.workflows.steps]]\nkind = 'request'\ncontinueOnFailure = true\n{one}\n"))
        .collect();
    let platform = platform(&on_event(&receiver, &steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({"split": "\n"})).await;
    let run = platform.ended(1).await.remove(0);
    let mut told = vec![run.to_string()];
    for (index, request) in requests.iter().enumerate() {
        let step = platform.step(&run, &(index + 2).to_string()).await;
        let response = &step["output"]["response"];
        assert!(response["error"].is_string() || response["statusCode"] == 400, "{request}: {step}");
        told.push(step.to_string());
    }
    told.extend(platform.journal(json!({})).await.iter().map(Value::to_string));
    for secret in [SECRET, "cHJvamVjdC1zZWNyZXQ", "bWU6cHJvamVjdC", "owner-password", "refresh-token-1", KEY] {
        for text in &told {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_programs_log_tells_none_either() {
    let receiver = Receiver::start().await;
    let dead = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    receiver.always(|_| (StatusCode::UNAUTHORIZED, "no").into_response());
    let steps = format!(
        "[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = 'http://{dead}/{{{{secrets.API}}}}?q={{{{secrets.API}}}}'\ncontinueOnFailure = true\n\
         [[integrations.workflows.steps]]\nkind = 'request'\nurl = '/refused'\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let text = on_event(&receiver, &steps).replace("\nPROJECT", "").replace("SETTINGS", "");
    let text = format!(
        "{text}\n[[integrations]]\ntype = 'custom'\nname = 'Dead'\nbaseUrl = 'http://{dead}/in/{{{{inputs.key}}}}'\n\
         authorization = {{ kind = 'query', name = 'key', value = '{{{{inputs.key}}}}' }}\npreOptions = [{{ id = 'key', title = 'Key', type = 'PASSWORD' }}]\n"
    );
    std::fs::write(folder.path().join("paragon.toml"), text).unwrap();
    let log = folder.path().join("log");
    let server = Server::start_as(folder.path(), |command| {
        command
            .env("RUST_LOG", "warn,paragon_local=trace,paragon_sandbox=trace")
            .stderr(std::fs::File::create(&log).unwrap());
    });
    let sdk = format!("{}/projects/{}/sdk", server.base(), project(server.base()).await);
    let token = token(folder.path());
    let client = Client::new();
    let get = |path: &str| client.get(format!("{sdk}{path}")).bearer_auth(&token).send();
    let post = |path: &str, body: Value| client.post(format!("{sdk}{path}")).bearer_auth(&token).json(&body).send();
    let all = expect(get("/integrations").await.unwrap(), 200).await;
    for one in all.as_array().unwrap() {
        let body = json!({"integrationId": one["id"], "payload": {"key": KEY}});
        expect(post("/credentials", body).await.unwrap(), 200).await;
    }
    expect(get("/proxy/custom.dead/x?mine=1").await.unwrap(), 502).await;
    expect(get("/proxy/custom.acme/x").await.unwrap(), 401).await;
    expect(post("/events/trigger", json!({"name": "go", "payload": {}})).await.unwrap(), 201).await;
    receiver.wait(2).await;
    let wrong =
        client.get(format!("{sdk}/me?userToken={token}")).bearer_auth(format!("{token}x")).send().await.unwrap();
    expect(wrong, 401).await;
    let secret = server.secret().to_owned();
    server.kill();
    let text = std::fs::read_to_string(&log).unwrap();
    assert!(text.contains("provider unreachable"), "{text}");
    for hidden in [SECRET, KEY, &token, token.rsplit('.').next().unwrap(), &secret] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
}
