//! Requests that fail: the run stops, goes on, or tries again.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::json;

use super::support::{Receiver, connect, go, on_event, platform};

#[tokio::test]
async fn a_failure_stops_the_run_unless_it_may_go_on() {
    let receiver = Receiver::start().await;
    receiver.next_json(404, json!({"message": "none"}));
    receiver.next_json(500, json!({}));
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nname = 'find'\nurl = '/find'\ncontinueOnFailure = true\n\
        [[integrations.workflows.steps]]\nkind = 'conditional'\nif = [[{ variable = '{{find.response.statusCode}}', operator = '$numberEquals', argument = 404 }]]\n\
        then = [{ kind = 'request', method = 'POST', url = '/make/{{find.response.body.message}}' }]\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nurl = '/never'\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let run = &platform.ended(1).await[0];
    let paths: Vec<_> = receiver.all().iter().map(|one| one.uri.path().to_owned()).collect();
    assert_eq!(paths, ["/v1/find", "/v1/make/none"]);
    assert_eq!(run["status"], "FAILED");
    let statuses: Vec<_> =
        run["stepExecutions"].as_array().unwrap().iter().map(|step| step["status"].clone()).collect();
    assert_eq!(statuses, ["SUCCEEDED", "FAILED", "SUCCEEDED", "FAILED"]);
    assert_eq!(platform.step(run, "4").await["output"]["response"]["statusCode"], 500);
}

#[tokio::test]
async fn who_cannot_be_reached_is_a_failure_to_branch_on() {
    let receiver = Receiver::start().await;
    let dead = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    let steps = format!(
        "[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = 'http://{dead}/x'\ncontinueOnFailure = true\n\
         [[integrations.workflows.steps]]\nkind = 'conditional'\nif = [[{{ variable = '{{{{2.response.statusCode}}}}', operator = '$isUndefinedOrNull' }}]]\n\
         then = [{{ kind = 'request', url = '/told' }}]\n"
    );
    let platform = platform(&on_event(&receiver, &steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let run = &platform.ended(1).await[0];
    assert_eq!(run["status"], "SUCCEEDED");
    assert_eq!(receiver.all()[0].uri.path(), "/v1/told");
    let error = platform.step(run, "2").await["output"]["response"]["error"].clone();
    assert!(error.as_str().unwrap().contains("could not be reached"), "{error}");
}

#[tokio::test]
async fn five_more_tries_come_at_their_times() {
    let receiver = Receiver::start().await;
    receiver.always(|_| StatusCode::BAD_GATEWAY.into_response());
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/x'\nautoRetry = true\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let clock = &platform.running.app.clock;
    for (tries, seconds) in [(1, 10), (2, 20), (3, 30), (4, 50), (5, 80)] {
        receiver.wait(tries).await;
        let run = platform.reaches("DELAYED").await;
        let step = &run["stepExecutions"][1];
        assert_eq!((&step["status"], &step["attempts"]), (&json!("DELAYED"), &json!(tries)));
        let at = chrono::DateTime::parse_from_rfc3339(step["retryAt"].as_str().unwrap()).unwrap().timestamp_millis();
        let left = at - clock.now_ms();
        assert!(left <= seconds * 1000, "try {tries}: {left} ms");
        // A second before its time nothing is sent.
        clock.advance_ms(left - 1000.min(left));
        assert_eq!(receiver.all().len(), tries);
        clock.advance_ms(1000);
    }
    let run = &platform.ended(1).await[0];
    assert_eq!((&run["status"], receiver.all().len()), (&json!("FAILED"), 6));
}

#[tokio::test]
async fn retry_after_is_honoured_and_the_run_goes_on() {
    let receiver = Receiver::start().await;
    receiver.next(|_| (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "3600")], "slow down").into_response());
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/x'\nautoRetry = true\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nurl = '/after/{{2.response.body.ok}}'\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let run = platform.reaches("DELAYED").await;
    let step = &run["stepExecutions"][1];
    let at = chrono::DateTime::parse_from_rfc3339(step["retryAt"].as_str().unwrap()).unwrap().timestamp_millis();
    let left = at - platform.running.app.clock.now_ms();
    assert!((3_400_000..=3_600_000).contains(&left), "{left}");
    platform.running.app.clock.advance_ms(3_600_000);
    let run = &platform.ended(1).await[0];
    assert_eq!(run["status"], "SUCCEEDED");
    assert_eq!(receiver.all()[2].uri.path(), "/v1/after/true");
}

#[tokio::test]
async fn without_auto_retry_there_is_one_try() {
    let receiver = Receiver::start().await;
    receiver.always(|_| StatusCode::SERVICE_UNAVAILABLE.into_response());
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/x'\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    assert_eq!(platform.ended(1).await[0]["status"], "FAILED");
    assert_eq!(receiver.all().len(), 1);
}

#[tokio::test]
async fn one_account_has_so_many_runs_under_way() {
    let receiver = Receiver::start().await;
    let gate = std::sync::Arc::new((std::sync::Mutex::new(0), std::sync::Mutex::new(0)));
    let text =
        on_event(&receiver, "[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = 'GATE/x'\n");
    // A server of its own that counts how many requests are open at once.
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let shared = gate.clone();
    let router = axum::Router::new().fallback(move || {
        let gate = shared.clone();
        async move {
            {
                let mut open = gate.0.lock().unwrap();
                *open += 1;
                let mut most = gate.1.lock().unwrap();
                *most = (*most).max(*open);
            }
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            *gate.0.lock().unwrap() -= 1;
            "done"
        }
    });
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let platform = platform(&text.replace("GATE", &address).replace("\nPROJECT", "\nrunsPerAccount = 2")).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for _ in 0..8 {
        go(&ada, json!({})).await;
    }
    let runs = platform.ended(8).await;
    assert!(runs.iter().all(|run| run["status"] == "SUCCEEDED"));
    assert!((1..=2).contains(&*gate.1.lock().unwrap()));
}
