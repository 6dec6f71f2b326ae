//! What starts a run.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::support::{Receiver, acme, connect, on_event, platform, workflow, workflow_id};
use crate::harness::{Platform, expect, headers};

const ECHO: &str = "[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/x'\nbody = { kind = 'json', content = '{{1}}' }\n";

#[tokio::test]
async fn a_request_without_a_response_step_is_accepted_at_once() {
    let receiver = Receiver::start().await;
    let platform = platform(&workflow(&receiver, "trigger = { kind = 'request' }", ECHO)).await;
    let ada = platform.user("ada");
    let id = workflow_id(&ada).await;
    let path = format!("/triggers/{id}?a=1&b=x%20y");
    let early = expect(ada.post(&path, json!({})).await, 400).await;
    assert_eq!(early["code"], "integration_not_enabled");
    connect(&ada).await;
    let answer = ada.call(Method::POST, &path, Some(json!({"n": 1})), headers(&[("x-mine", "yes")])).await;
    let accepted = expect(answer, 202).await;
    let run = &platform.ended(1).await[0];
    assert_eq!(run["id"], accepted["workflowExecutionId"]);
    assert_eq!(run["stepExecutions"][0]["type"], "TRIGGER/ENDPOINT");
    let request = receiver.all()[0].json()["request"].clone();
    assert_eq!((&request["body"], &request["query"]), (&json!({"n": 1}), &json!({"a": "1", "b": "x y"})));
    assert_eq!((&request["headers"]["x-mine"], &request["headers"]["authorization"]), (&json!("yes"), &Value::Null));

    ada.call(Method::DELETE, &format!("/workflows/{id}"), None, HeaderMap::new()).await;
    assert_eq!(expect(ada.post(&path, json!({})).await, 403).await["code"], "workflow_off");
    let nobody = ada.post("/triggers/00000000-0000-4000-8000-000000000000", json!({})).await;
    assert_eq!(expect(nobody, 404).await["code"], "workflow_unknown");
}

#[tokio::test]
async fn a_response_step_answers_and_the_run_goes_on() {
    let receiver = Receiver::start().await;
    let steps = "[[integrations.workflows.steps]]\nkind = 'response'\nstatus = 201\nbody = { got = '{{1.request.body.n}}', list = ['{{1.request.query.a}}'] }\n";
    let platform = platform(&workflow(&receiver, "trigger = { kind = 'request' }", &format!("{steps}{ECHO}"))).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let path = format!("/triggers/{}?a=1", workflow_id(&ada).await);
    let answer = expect(ada.post(&path, json!({"n": 7})).await, 201).await;
    assert_eq!(answer, json!({"got": 7, "list": ["1"]}));
    assert_eq!(platform.ended(1).await[0]["status"], "SUCCEEDED");
    receiver.wait(1).await;
}

#[tokio::test]
async fn no_answer_within_55_seconds_is_542_and_the_run_goes_on() {
    let receiver = Receiver::start().await;
    receiver.next_json(503, json!({}));
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/x'\nautoRetry = true\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nurl = '/y'\nautoRetry = true\n\
        [[integrations.workflows.steps]]\nkind = 'response'\nbody = 'late'\n";
    let platform = platform(&workflow(&receiver, "trigger = { kind = 'request' }", steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    receiver.next_json(503, json!({}));
    let path = format!("/triggers/{}", workflow_id(&ada).await);
    let (answer, ()) = tokio::join!(ada.post(&path, json!({})), async {
        // The clock, not the machine, decides when the 55 seconds are over: each try waits for its time.
        for _ in 0..2 {
            platform.reaches("DELAYED").await;
            platform.running.app.clock.advance_ms(30_000);
            receiver.wait(2).await;
        }
    });
    let late = expect(answer, 542).await;
    for key in ["message", "dateSubmitted", "projectId", "workflowId", "executionId"] {
        assert!(late[key].is_string(), "{key}: {late}");
    }
    let run = &platform.ended(1).await[0];
    assert_eq!((&run["id"], &run["status"]), (&late["executionId"], &json!("SUCCEEDED")));
}

#[tokio::test]
async fn integration_enabled_runs_once_when_the_settings_are_complete() {
    let receiver = Receiver::start().await;
    let text = workflow(&receiver, "trigger = { kind = 'integrationEnabled' }", ECHO)
        .replace("SETTINGS", "settings = [{ id = 'team', title = 'Team', type = 'TEXT_NO_VARS' }]");
    let platform = platform(&text).await;
    let ada = platform.user("ada");
    let account = connect(&ada).await;
    let path = format!("/credentials/{}", account["id"].as_str().unwrap());
    let save = |team: &'static str| {
        let body = json!({"config": {"sharedSettings": {"team": team}}});
        ada.call(Method::PATCH, &path, Some(body), HeaderMap::new())
    };
    assert_eq!(save(" ").await.status(), 200);
    assert_eq!(save("blue").await.status(), 200);
    platform.ended(1).await;
    assert_eq!(save("red").await.status(), 200);
    connect(&ada).await;
    // An event after it shows that the engine has looked again and found nothing more to do.
    let other = platform.user("grace");
    connect(&other).await;
    let path = format!("/credentials/{}", other.get("/credentials").await[0]["id"].as_str().unwrap());
    let body = json!({"config": {"sharedSettings": {"team": "green"}}});
    other.call(Method::PATCH, &path, Some(body), HeaderMap::new()).await;
    let runs = platform.ended(2).await;
    assert_eq!(runs.len(), 2);
    assert_eq!(runs[0]["stepExecutions"][0]["type"], "TRIGGER/INTEGRATION_ENABLED");
    assert_eq!(receiver.all()[0].json()["integration"]["credentialId"], account["id"]);
}

#[tokio::test]
async fn a_schedule_follows_the_platforms_clock() {
    let receiver = Receiver::start().await;
    let trigger = "trigger = { kind = 'scheduler', intervalSeconds = 600 }";
    let platform = platform(&workflow(&receiver, trigger, ECHO)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    // Until the engine has seen the account, moving the clock would move the first time too.
    scheduled(&platform, 1).await;
    platform.running.app.clock.advance_ms(601_000);
    let runs = platform.ended(1).await;
    assert_eq!(runs[0]["stepExecutions"][0]["type"], "TRIGGER/CRON");
    platform.running.app.clock.advance_ms(3 * 600_000);
    let runs = platform.ended(4).await;
    assert_eq!(runs.len(), 4);
    let mut times: Vec<String> =
        receiver.all().iter().map(|one| one.json()["time"].as_str().unwrap().to_owned()).collect();
    times.sort();
    times.dedup();
    assert_eq!(times.len(), 4, "each time runs once");

    let id = workflow_id(&ada).await;
    ada.call(Method::DELETE, &format!("/workflows/{id}"), None, HeaderMap::new()).await;
    scheduled(&platform, 0).await;
    platform.running.app.clock.advance_ms(6_000_000);
    // Her token ended meanwhile.
    let ada = platform.user("ada");
    ada.call(Method::POST, &format!("/workflows/{id}"), None, HeaderMap::new()).await;
    scheduled(&platform, 1).await;
    platform.running.app.clock.advance_ms(601_000);
    assert_eq!(platform.ended(5).await.len(), 5, "what was due while it was off is not made up for");
}

/// Waits until so many next times stand in the database.
pub async fn scheduled(platform: &Platform, count: i64) {
    let store = &platform.running.app.store;
    let waiting = async {
        let times = "SELECT count(*) FROM workflow_watch WHERE next IS NOT NULL";
        while store.read(move |db| db.query_row(times, [], |row| row.get::<_, i64>(0))).await.unwrap() != count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(super::support::PATIENCE, waiting).await.unwrap();
}

#[tokio::test]
async fn cron_and_its_zone_decide_the_time() {
    let receiver = Receiver::start().await;
    let trigger = "trigger = { kind = 'scheduler', cron = '0 0 9 * * *' }";
    let platform = platform(&workflow(&receiver, trigger, ECHO)).await;
    connect(&platform.user("ada")).await;
    scheduled(&platform, 1).await;
    platform.running.app.clock.advance_ms(24 * 3_600_000 + 1000);
    platform.ended(1).await;
    let time = receiver.all()[0].json()["time"].as_str().unwrap().to_owned();
    // Nine in the morning in California is 16 or 17 o'clock UTC.
    assert!(time.ends_with("T16:00:00Z") || time.ends_with("T17:00:00Z"), "{time}");
}

#[tokio::test]
async fn a_provider_calls_the_webhook_of_an_account() {
    let receiver = Receiver::start().await;
    let event = "[[integrations.workflows]]\nkey = 'tell'\ndescription = 'Tell'\ndefaultEnabled = true\n\
        trigger = { kind = 'webhook' }\n\
        steps = [{ kind = 'request', method = 'POST', url = '/x', body = { kind = 'json', content = ['{{1.request.body}}', '{{settings.webhookURL}}'] } }]\n";
    let platform = platform(&acme(&receiver, event)).await;
    let ada = platform.user("ada");
    let account = connect(&ada).await;
    let shown = ada.get("/integrations").await;
    let id = shown[0]["workflows"][0]["customWebhookTriggerId"].as_str().unwrap().to_owned();
    let address = format!(
        "{}/triggers/connect/{}/{}/custom-triggers/{id}?id={}",
        platform.base(),
        platform.project,
        shown[0]["id"].as_str().unwrap(),
        account["id"].as_str().unwrap()
    );
    let sent = Client::new().post(&address).form(&[("a", "1"), ("b", "x y")]).send().await.unwrap();
    expect(sent, 202).await;
    let arrived = receiver.wait(1).await[0].json();
    assert_eq!(arrived, json!([{"a": "1", "b": "x y"}, address]));
    for wrong in [
        address.replace(account["id"].as_str().unwrap(), "00000000-0000-4000-8000-000000000000"),
        address.replace(&id, "00000000-0000-4000-8000-000000000000"),
        address.split('?').next().unwrap().to_owned(),
        address.replace(&platform.project, "00000000-0000-4000-8000-000000000000"),
    ] {
        assert_eq!(Client::new().post(wrong).send().await.unwrap().status(), 404);
    }
}

#[tokio::test]
async fn permissions_decide_who_may_enable_and_trigger() {
    let receiver = Receiver::start().await;
    let text = on_event(&receiver, ECHO)
        .replace("defaultEnabled = true", "permissions = [[{ variable = '{{userMetadata.plan}}', operator = '$stringIsIn', argument = 'pro, team' }]]")
        .replace("trigger = { kind = 'appEvent', event = 'go' }", "trigger = { kind = 'request' }");
    let platform = platform(&text).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let id = workflow_id(&ada).await;
    let (enable, trigger) = (format!("/workflows/{id}"), format!("/triggers/{id}"));
    assert_eq!(ada.get("/integrations").await[0]["noPermissionWorkflows"], json!([id]));
    for path in [&enable, &trigger] {
        assert_eq!(expect(ada.post(path, json!({})).await, 403).await["code"], "workflow_not_permitted");
    }
    let plan = |plan: &str| json!({"meta": {"plan": plan}});
    ada.call(Method::PATCH, "/me", Some(plan("pro")), HeaderMap::new()).await;
    assert_eq!(ada.get("/integrations").await[0]["noPermissionWorkflows"], json!([]));
    assert_eq!(ada.post(&enable, json!({})).await.status(), 200);
    assert_eq!(ada.post(&trigger, json!({})).await.status(), 202);
    // When the conditions stop being met, it is switched off.
    ada.call(Method::PATCH, "/me", Some(plan("free")), HeaderMap::new()).await;
    ada.call(Method::PATCH, "/me", Some(plan("pro")), HeaderMap::new()).await;
    assert_eq!(expect(ada.post(&trigger, json!({})).await, 403).await["code"], "workflow_off");
}
