//! A run from its trigger to its end.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::json;

use super::support::{KEY, Receiver, connect, go, on_event, platform};

#[tokio::test]
async fn an_app_event_becomes_a_request_in_the_accounts_name() {
    let receiver = Receiver::start().await;
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/contacts/{{1.event.id}}'\n\
        query = { dry = '{{1.event.dry}}', none = '{{1.event.gone}}', tag = ['a', '{{1.event.id}}'] }\n\
        headers = { X-Who = '{{settings.userId}}', X-Gone = '{{1.event.gone}}' }\n\
        body = { kind = 'json', content = { name = '{{1.event.name}}', n = '{{1.event.n}}', text = '{{1.event.n}} of {{1.event.list}}' } }\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({"id": "a/b ?", "name": "Ada {{secrets.API}}", "n": 3, "dry": true, "list": [1, "x"]})).await;

    let arrived = &receiver.wait(1).await[0];
    assert_eq!(arrived.method, "POST");
    assert_eq!(arrived.uri.path(), "/v1/contacts/a%2Fb%20%3F");
    let pairs = [("dry", "true"), ("tag", "a"), ("tag", "a/b ?")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(arrived.query(), pairs);
    assert_eq!(arrived.header("authorization"), format!("Bearer {KEY}"));
    assert_eq!((arrived.header("x-who"), arrived.headers.get("x-gone")), ("ada", None));
    assert_eq!(arrived.json(), json!({"name": "Ada {{secrets.API}}", "n": 3, "text": "3 of [1,\"x\"]"}));

    let run = &platform.ended(1).await[0];
    assert_eq!((&run["status"], &run["userId"], &run["taskCount"]), (&json!("SUCCEEDED"), &json!("ada"), &json!(1)));
    let step = platform.step(run, "2").await;
    assert_eq!(step["output"]["response"]["body"], json!({"ok": true}));
    assert_eq!(step["output"]["response"]["statusCode"], 200);
    assert_eq!(step["output"]["response"]["headers"]["content-type"], "application/json");
    assert!(!step.to_string().contains(KEY));
}

#[tokio::test]
async fn an_event_starts_every_workflow_that_listens_for_every_account_that_has_it_on() {
    let receiver = Receiver::start().await;
    let one = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/one'\n";
    let two = "[[integrations.workflows]]\nkey = 'two'\ndescription = 'Two'\ndefaultEnabled = true\n\
        trigger = { kind = 'appEvent', event = 'go' }\nsteps = [{ kind = 'request', url = '/two' }]\n\
        [[integrations.workflows]]\nkey = 'other'\ndescription = 'Other'\ndefaultEnabled = true\n\
        trigger = { kind = 'appEvent', event = 'stop' }\nsteps = [{ kind = 'request', url = '/other' }]\n\
        [[integrations.workflows]]\nkey = 'off'\ndescription = 'Off'\n\
        trigger = { kind = 'appEvent', event = 'go' }\nsteps = [{ kind = 'request', url = '/off' }]\n\
        [[integrations.workflows]]\nkey = 'refused'\ndescription = 'Refused'\ndefaultEnabled = true\n\
        permissions = [[{ variable = '{{userMetadata.plan}}', operator = '$stringExactlyMatches', argument = 'pro' }]]\n\
        trigger = { kind = 'appEvent', event = 'go' }\nsteps = [{ kind = 'request', url = '/pro' }]\n";
    let platform = platform(&on_event(&receiver, &format!("{one}{two}"))).await;
    let (ada, grace) = (platform.user("ada"), platform.user("grace"));
    connect(&ada).await;
    connect(&grace).await;
    let id = ada.integration_id("custom").await;
    let second =
        json!({"integrationId": id, "payload": {"key": KEY}, "installOptions": {"allowMultipleCredentials": true}});
    assert_eq!(ada.post("/credentials", second).await.status(), 200);
    go(&ada, json!({})).await;
    let runs = platform.ended(4).await;
    assert_eq!(runs.len(), 4);
    assert!(runs.iter().all(|run| run["userId"] == "ada" && run["status"] == "SUCCEEDED"));
    let mut paths: Vec<_> = receiver.all().iter().map(|one| one.uri.path().to_owned()).collect();
    paths.sort();
    assert_eq!(paths, ["/v1/one", "/v1/one", "/v1/two", "/v1/two"]);
}

#[tokio::test]
async fn a_conditional_goes_one_way_and_the_steps_after_it_follow() {
    let receiver = Receiver::start().await;
    let steps = "[[integrations.workflows.steps]]\nkind = 'conditional'\nname = 'big'\n\
        if = [[{ variable = '{{1.event.n}}', operator = '$numberGreaterThan', argument = 10 }], [{ variable = '{{1.event.vip}}', operator = '$booleanTrue' }]]\n\
        then = [{ kind = 'request', url = '/big' }, { kind = 'request', url = '/big/{{3.response.body.ok}}' }]\n\
        else = [{ kind = 'request', url = '/small' }]\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nurl = '/after/{{big.result}}/{{5.response.statusCode}}'\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for (count, payload, paths) in [
        (1, json!({"n": 11}), vec!["/v1/big", "/v1/big/true", "/v1/after/true/"]),
        (2, json!({"n": 1, "vip": true}), vec!["/v1/big", "/v1/big/true", "/v1/after/true/"]),
        (3, json!({"n": 1}), vec!["/v1/small", "/v1/after/false/200"]),
    ] {
        let before = receiver.all().len();
        go(&ada, payload).await;
        let runs = platform.ended(count).await;
        assert_eq!(runs.last().unwrap()["status"], "SUCCEEDED");
        let got: Vec<_> = receiver.all()[before..].iter().map(|one| one.uri.path().to_owned()).collect();
        assert_eq!(got, paths);
    }
}

#[tokio::test]
async fn a_fan_out_takes_its_steps_for_each_item_and_one_that_fails_holds_no_other_up() {
    let receiver = Receiver::start().await;
    receiver.always(|arrived| {
        let status = if arrived.uri.path().ends_with("/bad") { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        (status, axum::Json(json!({"path": arrived.uri.path()}))).into_response()
    });
    let steps = "[[integrations.workflows.steps]]\nkind = 'fanOut'\nover = '{{1.event.list}}'\n\
        steps = [{ kind = 'request', url = '/a/{{2.instance.id}}' }, { kind = 'request', method = 'POST', url = '/b', body = { kind = 'json', content = '{{3.response.body.path}}' } }]\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nurl = '/after/{{2.count}}'\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({"list": (0..10).map(|id| json!({"id": id})).collect::<Vec<_>>()})).await;
    let run = &platform.ended(1).await[0];
    assert_eq!((&run["status"], &run["taskCount"]), (&json!("SUCCEEDED"), &json!(22)));
    let all = receiver.all();
    assert_eq!(all.len(), 21);
    assert_eq!(all[20].uri.path(), "/v1/after/10");
    let mut sent: Vec<_> = all.iter().filter(|one| one.uri.path() == "/v1/b").map(|one| one.json()).collect();
    sent.sort_by_key(ToString::to_string);
    assert_eq!(sent, (0..10).map(|id| json!(format!("/v1/a/{id}"))).collect::<Vec<_>>());
    let step = platform.step(run, "2[7]/4").await;
    assert_eq!(step["input"]["body"], "/v1/a/7");

    go(&ada, json!({"list": [{"id": "bad"}, {"id": "good"}]})).await;
    let run = platform.ended(2).await.pop().unwrap();
    assert_eq!(run["status"], "FAILED");
    let places: Vec<_> = run["stepExecutions"].as_array().unwrap().iter().map(|step| step["step"].clone()).collect();
    assert!(places.contains(&json!("2[1]/4")) && !places.contains(&json!("2[0]/4")) && places.contains(&json!("5")));

    go(&ada, json!({"list": "no list"})).await;
    let run = platform.ended(3).await.pop().unwrap();
    assert_eq!(run["status"], "FAILED");
    assert!(platform.step(&run, "2").await["output"]["error"].as_str().unwrap().contains("not a list"));
}

#[tokio::test]
async fn an_item_that_waits_is_waited_for_and_the_others_are_not_done_again() {
    let receiver = Receiver::start().await;
    receiver.always(|asked| match asked.uri.path() {
        "/v1/item/1" => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ => StatusCode::OK.into_response(),
    });
    let steps = "[[integrations.workflows.steps]]\nkind = 'fanOut'\nover = '{{1.event.list}}'\n\
        steps = [{ kind = 'request', url = '/item/{{2.instance}}', autoRetry = true }, { kind = 'request', url = '/done/{{2.instance}}/{{2.index}}' }]\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nurl = '/after'\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({"list": [0, 1, 2]})).await;
    platform.reaches("DELAYED").await;
    receiver.always(|_| StatusCode::OK.into_response());
    platform.running.app.clock.advance_ms(10_000);
    assert_eq!(platform.ended(1).await[0]["status"], "SUCCEEDED");
    let mut paths: Vec<_> = receiver.all().iter().map(|one| one.uri.path().replace("/v1/", "")).collect();
    assert_eq!(paths.pop().as_deref(), Some("after"));
    paths.sort();
    assert_eq!(paths, ["done/0/0", "done/1/1", "done/2/2", "item/0", "item/1", "item/1", "item/2"]);
}
