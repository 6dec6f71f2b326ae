//! Where requests may go, and what may go with them.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;

use super::support::{KEY, Receiver, connect, go, on_event, platform};
use crate::harness::THIS_MACHINE;

#[tokio::test]
async fn api_requests_reach_no_private_address_when_that_is_off() {
    let receiver = Receiver::start().await;
    let port = receiver.address.rsplit(':').next().unwrap().to_owned();
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = '{{1.event.url}}'\ncontinueOnFailure = true\n";
    let text = on_event(&receiver, steps).replace("\nPROJECT", "\nprivateTargets = false");
    let platform = platform(&text).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let hosts = [&THIS_MACHINE[..], &["127.0.0.1.", "localhost."]].concat();
    for host in &hosts {
        go(&ada, json!({"url": format!("http://{host}:{port}/x")})).await;
    }
    for run in platform.ended(hosts.len()).await {
        let step = platform.step(&run, "2").await;
        let error = step["output"]["response"]["error"].as_str().unwrap();
        // Whether a resolver knows the name with a dot at its end differs; that nothing arrives does not.
        let unknown = error.starts_with("localhost. could not be reached");
        assert!(error.contains("privateTargets") || unknown, "{step}");
    }
    assert_eq!(receiver.all().len(), 0);
}

#[tokio::test]
async fn a_redirect_to_another_origin_carries_no_secret() {
    let (receiver, other) = (Receiver::start().await, Receiver::start().await);
    let target = format!("{}/stolen", other.address);
    receiver.always(move |_| (StatusCode::FOUND, [(header::LOCATION, target.clone())]).into_response());
    let headers = "headers = { X-Api-Token = 'mine', Cookie = 'session=1', Accept = 'text/plain' }\n";
    let ways = [
        "kind = 'query', name = 'key', value = '{{secrets.API}}'",
        "kind = 'bearer', token = '{{secrets.API}}'",
        "kind = 'basic', username = 'me', password = '{{secrets.API}}'",
        "kind = 'header', name = 'X-Key', value = '{{secrets.API}}'",
    ];
    let mut steps = format!("[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/x'\n{headers}");
    for way in ways {
        steps += &format!(
            "[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = 'RECEIVER/x'\n{headers}authorization = {{ {way} }}\n"
        );
    }
    let platform = platform(&on_event(&receiver, &steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    platform.ended(1).await;
    assert_eq!(receiver.all()[0].header("authorization"), format!("Bearer {KEY}"));
    assert!(receiver.all().iter().all(|one| one.header("cookie") == "session=1"));
    let stolen = other.all();
    assert_eq!(stolen.len(), 1 + ways.len());
    for one in stolen {
        let mut names: Vec<_> = one.headers.keys().map(|name| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!((names, one.uri.query()), (vec!["accept", "accept-encoding", "host", "user-agent"], None));
    }
}

#[tokio::test]
async fn redirects_lead_nowhere_else() {
    let (receiver, inside) = (Receiver::start().await, Receiver::start().await);
    let port = inside.address.rsplit(':').next().unwrap().to_owned();
    receiver.always(|asked| {
        let to = asked.query().first().map(|(_, to)| to.clone()).unwrap_or_else(|| asked.uri.to_string());
        (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
    });
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/x'\nquery = { to = '{{1.event.to}}' }\ncontinueOnFailure = true\n";
    let text = on_event(&receiver, steps).replace("\nPROJECT", "\nprivateTargets = false");
    let platform = platform(&text).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let mut cases: Vec<(String, &str)> =
        THIS_MACHINE.iter().map(|host| (format!("http://{host}:{port}/x"), "privateTargets")).collect();
    // What is no address of the web, or has a name in it, is not followed: the redirect itself is the answer.
    for other in
        ["file:///etc/passwd", "ftp://a.test/x", "javascript:alert(1)", "http://me:pw@a.test/", "http://", "\u{e9}://"]
    {
        cases.push((other.to_owned(), "302"));
    }
    for (to, _) in &cases {
        go(&ada, json!({"to": to})).await;
    }
    go(&ada, json!({})).await;
    cases.push((String::new(), "did not end"));
    let runs = platform.ended(cases.len()).await;
    for (run, (to, why)) in runs.iter().zip(&cases) {
        let response = platform.step(run, "2").await["output"]["response"].clone();
        let shown = response["error"].as_str().map_or_else(|| response["statusCode"].to_string(), str::to_owned);
        assert!(shown.contains(why), "{to}: {shown}");
    }
    assert_eq!(inside.all().len(), 0);
}

#[tokio::test]
async fn integration_requests_stay_at_the_integrations_hosts() {
    let (receiver, other) = (Receiver::start().await, Receiver::start().await);
    let steps =
        "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '{{1.event.url}}'\ncontinueOnFailure = true\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let same = format!("{}/other", receiver.address);
    let bad = [
        format!("{}/x", other.address),
        "//evil.test/x".into(),
        "/../admin".into(),
        "/%2e%2e/admin".into(),
        "/a\\b".into(),
    ];
    for url in &bad {
        go(&ada, json!({"url": url})).await;
    }
    go(&ada, json!({"url": same})).await;
    let runs = platform.ended(bad.len() + 1).await;
    assert_eq!(other.all().len(), 0);
    let paths: Vec<_> = receiver.all().iter().map(|one| one.uri.path().to_owned()).collect();
    assert_eq!(paths, ["/other"]);
    for run in &runs[..1] {
        let error = platform.step(run, "2").await["output"]["response"]["error"].clone();
        assert!(error.as_str().unwrap().contains("This domain is invalid"), "{error}");
    }
}

#[tokio::test]
async fn a_header_cannot_be_split() {
    let receiver = Receiver::start().await;
    let steps =
        "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/x'\nheaders = { X-Name = '{{1.event.name}}' }\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({"name": "a\r\nX-Evil: 1"})).await;
    assert_eq!(platform.ended(1).await[0]["status"], "FAILED");
    assert_eq!(receiver.all().len(), 0);
}

#[tokio::test]
async fn answers_are_bounded_and_secrets_stay_out_of_the_history() {
    let receiver = Receiver::start().await;
    receiver.next(|_| vec![b' '; 33 * 1024 * 1024].into_response());
    let key = KEY.to_owned();
    receiver.next(move |_| {
        ([(header::SET_COOKIE, "s=1")], axum::Json(json!({"echo": key, "password": "p"}))).into_response()
    });
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/x'\ncontinueOnFailure = true\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nurl = '/y'\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/z'\nbody = { kind = 'json', content = ['{{3.response.body}}', '{{secrets.API}}'] }\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let run = &platform.ended(1).await[0];
    assert!(platform.step(run, "2").await["output"]["response"]["error"].as_str().unwrap().contains("longer than"));
    // The next step gets the value itself; only what is kept for people is without it.
    assert_eq!(receiver.all()[2].json(), json!([{"echo": KEY, "password": "p"}, "project-secret-value"]));
    for place in ["3", "4"] {
        let step = platform.step(run, place).await.to_string();
        assert!(!step.contains(KEY) && !step.contains("project-secret") && !step.contains("s=1"), "{step}");
    }
    let kept: i64 = platform
        .running
        .app
        .store
        .read(|db| {
            db.query_row("SELECT count(*) FROM step_execution WHERE place <> '1' AND exact IS NOT NULL", [], |row| {
                row.get(0)
            })
        })
        .await
        .unwrap();
    assert_eq!(kept, 0, "exact outputs are forgotten when the run has ended");
}

#[tokio::test]
async fn the_journal_shows_no_secret_of_a_run_in_any_form() {
    let receiver = Receiver::start().await;
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/{{secrets.API}}/x'\n\
        query = { q = 'a {{secrets.API}}' }\nbody = { kind = 'json', content = { say = 'it is {{secrets.API}}!', n = 1 } }\n\
        [[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nmethod = 'POST'\nurl = 'RECEIVER/api'\n\
        authorization = { kind = 'basic', username = 'me', password = '{{secrets.API}}' }\n\
        body = { kind = 'urlencoded', fields = { say = '{{secrets.API}} & more' } }\n";
    let text = on_event(&receiver, steps).replace("project-secret-value", "project secret/value");
    let platform = platform(&text).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    // A provider may give back what it was sent.
    receiver.always(|sent| String::from_utf8_lossy(&sent.body).into_owned().into_response());
    go(&ada, json!({})).await;
    assert_eq!(platform.ended(1).await[0]["status"], "SUCCEEDED");
    let arrived = receiver.all();
    assert_eq!(arrived[0].json()["say"], "it is project secret/value!");
    let calls = platform.journal(json!({"kind": "provider"})).await;
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0]["request"]["body"], json!({"say": "it is [redacted]!", "n": 1}));
    assert_eq!(calls[0]["response"]["body"], calls[0]["request"]["body"]);
    for form in ["project secret/value", "project+secret%2Fvalue", "project%20secret%2Fvalue", KEY] {
        assert!(calls.iter().all(|call| !call.to_string().contains(form)), "{form}: {calls:?}");
    }
}
