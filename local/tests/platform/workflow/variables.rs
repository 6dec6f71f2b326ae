//! What variables can name, and that nothing which they hold is ever read as a variable.

use axum::response::IntoResponse;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use wiremock::matchers::{header, path};
use wiremock::{Mock, ResponseTemplate};

use super::support::{Receiver, connect, go, on_event, platform, workflow, workflow_id};
use crate::custom::Provider;
use crate::harness::{Platform, expect};

/// Would be the project's secret, if anybody read it as a variable.
const TEMPLATE: &str = "{{secrets.API}}";

#[tokio::test]
async fn whatever_a_step_can_name_arrives_as_it_is() {
    let receiver = Receiver::start().await;
    receiver.always(|asked| match asked.uri.path() {
        "/v1/me" => axum::Json(json!({"id": TEMPLATE, "name": {"a": TEMPLATE}, "team": TEMPLATE})).into_response(),
        "/v1/first" => ([("x-told", TEMPLATE)], axum::Json(json!({"a": [TEMPLATE, 1]}))).into_response(),
        _ => axum::Json(json!({})).into_response(),
    });
    let names = [
        ("event", "1.event.t"),
        ("shared", "settings.team"),
        ("own", "settings.room"),
        ("answer", "settings.color"),
        ("user", "settings.userId"),
        ("providerId", "settings.providerId"),
        ("providerData", "settings.providerData.team"),
        ("metadata", "userMetadata.plan"),
        ("header", "first.response.headers.x-told"),
        ("body", "2.response.body.a[0]"),
        ("list", "2.response.body.a"),
        ("status", "2.response.statusCode"),
        ("gone", "2.response.body.b.c"),
        ("secret", "secrets.API"),
        ("sandbox", "sandbox"),
        ("platform", "platform"),
    ];
    let content: Vec<String> = names.iter().map(|(key, name)| format!("{key} = '{{{{{name}}}}}'")).collect();
    let steps = format!(
        "settings = [{{ id = 'room', title = 'Room', type = 'TEXT_NO_VARS' }}]\n\
         [[integrations.workflows.steps]]\nkind = 'request'\nname = 'first'\nurl = '/first'\n\
         [[integrations.workflows.steps]]\nkind = 'fanOut'\nover = '{{{{2.response.body.a}}}}'\n\
         steps = [{{ kind = 'request', method = 'POST', url = '/item', body = {{ kind = 'json', content = '{{{{3.instance}}}}' }} }}]\n\
         [[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/all'\n\
         query = {{ text = 'it is {{{{1.event.t}}}}' }}\nheaders = {{ X-Told = '{{{{1.event.t}}}}' }}\n\
         body = {{ kind = 'json', content = {{ {} }} }}\n",
        content.join(", ")
    );
    let text = on_event(&receiver, &steps).replace(
        "SETTINGS",
        "settings = [{ id = 'team', title = 'Team', type = 'TEXT_NO_VARS' }]\n\
         postOptions = [{ id = 'color', title = 'Colour', type = 'TEXT_NO_VARS' }]\n\
         account = { request = { url = '/me' }, id = 'id', data = { team = 'team' } }",
    );
    let platform = platform(&text).await;
    let ada = platform.user("ada {{secrets.API}}");
    let account = connect(&ada).await;
    let credential = format!("/credentials/{}", account["id"].as_str().unwrap());
    let answer = json!({"payload": {"color": TEMPLATE}});
    expect(ada.post(&format!("{credential}/complete-setup"), answer).await, 200).await;
    let id = workflow_id(&ada).await;
    let settings = json!({"config": {"sharedSettings": {"team": TEMPLATE, "userId": "somebody else"},
        "workflowSettings": {id: {"settings": {"room": TEMPLATE}}}}});
    expect(ada.call(Method::PATCH, &credential, Some(settings), HeaderMap::new()).await, 200).await;
    let meta = json!({"meta": {"plan": TEMPLATE}});
    expect(ada.call(Method::PATCH, "/me", Some(meta), HeaderMap::new()).await, 200).await;
    expect(ada.post(&format!("/workflows/{}", workflow_id(&ada).await), json!({})).await, 200).await;
    go(&ada, json!({"t": TEMPLATE})).await;
    assert_eq!(platform.ended(1).await[0]["status"], "SUCCEEDED");

    let all = receiver.all();
    let last = all.last().unwrap();
    assert_eq!(last.query(), [("text".to_owned(), format!("it is {TEMPLATE}"))]);
    assert_eq!(last.header("x-told"), TEMPLATE);
    let mut wanted: Value = names.iter().map(|(key, _)| ((*key).to_owned(), json!(TEMPLATE))).collect();
    wanted["user"] = json!("ada {{secrets.API}}");
    wanted["list"] = json!([TEMPLATE, 1]);
    wanted["status"] = json!(200);
    wanted["gone"] = Value::Null;
    wanted["secret"] = json!("project-secret-value");
    (wanted["sandbox"], wanted["platform"]) = (json!(platform.sandbox()), json!(platform.base()));
    assert_eq!(last.json(), wanted);
    let mut items: Vec<_> = all.iter().filter(|one| one.uri.path() == "/v1/item").map(|one| one.json()).collect();
    items.sort_by_key(ToString::to_string);
    assert_eq!(items, [json!(TEMPLATE), json!(1)]);
}

#[tokio::test]
async fn what_a_call_brings_is_no_template_either() {
    let receiver = Receiver::start().await;
    let steps = "[[integrations.workflows.steps]]\nkind = 'response'\nbody = ['{{1.request.body.t}}', '{{1.request.query.t}}', '{{1.request.headers.x-t}}', 'in {{1.request.body.t}}']\n";
    let platform = platform(&workflow(&receiver, "trigger = { kind = 'request' }", steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let path = format!("/triggers/{}?t=%7B%7Bsecrets.API%7D%7D", workflow_id(&ada).await);
    let sent = crate::harness::headers(&[("x-t", TEMPLATE)]);
    let answer = ada.call(Method::POST, &path, Some(json!({"t": TEMPLATE})), sent).await;
    assert_eq!(expect(answer, 200).await, json!([TEMPLATE, TEMPLATE, TEMPLATE, format!("in {TEMPLATE}")]));
}

#[tokio::test]
async fn the_accounts_own_token_is_there_and_always_a_good_one() {
    let mock = Provider::start().await;
    mock.renewals("token-2", 1).await;
    for token in ["token-1", "token-2"] {
        Mock::given(path("/seen"))
            .and(header("x-token", token))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({"you sent": token})))
            .expect(1)
            .mount(&mock.server)
            .await;
    }
    let text = mock.config("")
        + "[[integrations.workflows]]\nkey = 'w'\ndescription = 'W'\ndefaultEnabled = true\ntrigger = { kind = 'appEvent', event = 'go' }\n";
    let text = format!(
        "{text}[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = '{}/seen'\nheaders = {{ X-Token = '{{{{settings.oauthAccessToken}}}}' }}\n",
        mock.server.uri()
    );
    let platform = Platform::with_config(&text).await;
    mock.connect(&platform.user("ada")).await;
    go(&platform.user("ada"), json!({})).await;
    platform.ended(1).await;
    platform.running.app.clock.advance_ms(3_590_000);
    go(&platform.user("ada"), json!({})).await;
    for run in platform.ended(2).await {
        let step = platform.step(&run, "2").await;
        assert_eq!(run["status"], "SUCCEEDED", "{step}");
        assert!(!step.to_string().contains("token-"), "{step}");
    }
    let kept = platform.journal(json!({"kind": "provider"})).await;
    assert!(kept.len() >= 2 && !json!(kept).to_string().contains("token-1"));
}
