//! The task history.

use reqwest::Client;
use serde_json::{Value, json};

use super::support::{Receiver, connect, go, on_event, platform, workflow_id};
use crate::harness::expect;

const STEP: &str = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/{{1.event.n}}'\n";

#[tokio::test]
async fn it_is_for_the_apps_server_only() {
    let receiver = Receiver::start().await;
    let platform = platform(&on_event(&receiver, STEP)).await;
    let address = format!("{}/projects/{}/task-history/workflow-executions", platform.base(), platform.project);
    for key in [platform.user("ada").token, String::new(), "local-only-0".into()] {
        let refused = expect(Client::new().get(&address).bearer_auth(key).send().await.unwrap(), 401).await;
        assert_eq!(refused["code"], "api_key_invalid");
    }
}

#[tokio::test]
async fn runs_are_filtered_and_come_in_pages() {
    let receiver = Receiver::start().await;
    receiver.always(|arrived| {
        use axum::response::IntoResponse;
        let status = if arrived.uri.path() == "/v1/3" { 400 } else { 200 };
        axum::http::StatusCode::from_u16(status).unwrap().into_response()
    });
    let platform = platform(&on_event(&receiver, STEP)).await;
    let (ada, grace) = (platform.user("ada"), platform.user("grace"));
    connect(&ada).await;
    connect(&grace).await;
    for n in 0..104 {
        go(&ada, json!({"n": n})).await;
    }
    go(&grace, json!({"n": 200})).await;
    while platform.history("?status=EXECUTING").await["total"] != 0 {
        tokio::task::yield_now().await;
    }
    let first = platform.history("?sortBy=ASC&userId=ada").await;
    assert_eq!((first["total"].clone(), first["workflowExecutions"].as_array().unwrap().len()), (json!(104), 100));
    let key = &platform.running.app.project.api_key;
    let link = first["nextLink"].as_str().unwrap();
    let second = expect(Client::new().get(link).bearer_auth(key).send().await.unwrap(), 200).await;
    assert_eq!((second["workflowExecutions"].as_array().unwrap().len(), &second["nextLink"]), (4, &json!(null)));

    let total = async |query: &str| platform.history(query).await["total"].as_i64().unwrap();
    assert_eq!(total("?userId=grace").await, 1);
    assert_eq!(total("?status=FAILED").await, 1);
    assert_eq!(total("?status=SUCCEEDED&userId=ada").await, 103);
    assert_eq!(total("?integration=custom.acme").await, 105);
    assert_eq!(total(&format!("?workflowId={}", workflow_id(&ada).await)).await, 105);
    assert_eq!(total("?workflowId=00000000-0000-4000-8000-000000000000").await, 0);
    assert_eq!(total("?afterDate=2023-02-16T00:00:00&beforeDate=2023-02-23").await, 0);
    assert_eq!(total("?afterDate=2023-02-16").await, 105);
    let last = platform.history("").await["workflowExecutions"][0].clone();
    assert_eq!(last["userId"], "grace", "the newest comes first");
    for bad in ["?status=NONE", "?afterDate=yesterday", "?workflowId=1", "?offset=-1"] {
        let address =
            format!("{}/projects/{}/task-history/workflow-executions{bad}", platform.base(), platform.project);
        assert_eq!(Client::new().get(address).bearer_auth(key).send().await.unwrap().status(), 400, "{bad}");
    }
}

#[tokio::test]
async fn a_run_shows_its_steps_and_is_replayed_with_its_own_trigger() {
    let receiver = Receiver::start().await;
    receiver.next_json(500, json!({"message": "down"}));
    let platform = platform(&on_event(&receiver, STEP)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({"n": 7})).await;
    let run = platform.ended(1).await.remove(0);
    let steps = run["stepExecutions"].as_array().unwrap();
    assert_eq!((&steps[0]["type"], &steps[1]["type"]), (&json!("TRIGGER/EVENT"), &json!("ACTION/REQUEST")));
    assert_eq!((&steps[0]["next"], &steps[1]["prev"]), (&json!([steps[1]["id"]]), &steps[0]["id"]));
    assert_eq!((&steps[0]["prev"], &steps[1]["next"]), (&json!(null), &json!([])));
    assert!(run["runDuration"].is_i64() && run["dateEnded"].is_string(), "{run}");
    let detail = platform.step(&run, "2").await;
    assert_eq!((&detail["isLargeInput"], &detail["isLargeOutput"]), (&json!(false), &json!(false)));
    assert_eq!(detail["output"]["response"]["body"]["message"], "down");

    let id = run["id"].as_str().unwrap();
    let address =
        format!("{}/projects/{}/task-history/workflow-executions/{id}/replay", platform.base(), platform.project);
    let key = &platform.running.app.project.api_key;
    let again = expect(Client::new().post(&address).bearer_auth(key).send().await.unwrap(), 201).await;
    assert_eq!((&again["status"], &again["userId"]), (&json!("EXECUTING"), &json!("ada")));
    let runs = platform.ended(2).await;
    assert_eq!((&runs[1]["id"], &runs[1]["status"]), (&again["id"], &json!("SUCCEEDED")));
    assert_eq!(receiver.all()[1].uri.path(), "/v1/7");
    let unknown = address.replace(id, "00000000-0000-4000-8000-000000000000");
    assert_eq!(Client::new().post(unknown).bearer_auth(key).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn only_the_last_runs_are_kept() {
    let receiver = Receiver::start().await;
    let text = on_event(&receiver, STEP).replace("\nPROJECT", "\nkeepRuns = 3");
    let platform = platform(&text).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for n in 0..6 {
        go(&ada, json!({"n": n})).await;
        receiver.wait(n + 1).await;
        while platform.history("?status=EXECUTING").await["total"] != 0 {
            tokio::task::yield_now().await;
        }
    }
    let kept = platform.history("?sortBy=ASC").await;
    assert_eq!(kept["total"], 3);
    let first = platform.history(&format!("/{}", kept["workflowExecutions"][0]["id"].as_str().unwrap())).await;
    assert_eq!(platform.step(&first, "2").await["input"]["url"], "/3");
    // Their steps and events went with them; the version of the steps that is still in use stays.
    let count = async |table: &'static str| {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        platform.running.app.store.read(move |db| db.query_row(&sql, [], |row| row.get::<_, i64>(0))).await.unwrap()
    };
    assert_eq!((count("step_execution").await, count("app_event").await), (6, 3));
    assert_eq!(count("workflow_version").await, 1);
}

#[tokio::test]
async fn a_run_that_waits_is_kept_however_many_come_after_it() {
    let receiver = Receiver::start().await;
    let step = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/{{1.event.n}}'\nautoRetry = true\n";
    let text = on_event(&receiver, step).replace("\nPROJECT", "\nkeepRuns = 2");
    let platform = platform(&text).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    receiver.next_json(503, json!({}));
    go(&ada, json!({"n": "waits"})).await;
    let waiting = platform.reaches("DELAYED").await["id"].clone();
    for n in 0..5 {
        go(&ada, json!({"n": n})).await;
        receiver.wait(n + 2).await;
        while platform.history("?status=EXECUTING").await["total"] != 0 {
            tokio::task::yield_now().await;
        }
    }
    let total = |kept: &Value| kept["total"].clone();
    assert_eq!(total(&platform.history("?status=SUCCEEDED").await), 2);
    assert_eq!(platform.history("?status=DELAYED").await["workflowExecutions"][0]["id"], waiting);
    // It goes on, and goes when its turn has come.
    platform.running.app.clock.advance_ms(11_000);
    receiver.wait(7).await;
    while platform.history("").await["total"] != 2 {
        tokio::task::yield_now().await;
    }
    let retried = receiver.all().into_iter().filter(|one| one.uri.path() == "/v1/waits").count();
    assert_eq!(retried, 2);
}
