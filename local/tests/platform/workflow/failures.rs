//! Requests that fail: the run stops, goes on, or tries again.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::json;
use tokio::sync::{Semaphore, watch};

use super::support::{PATIENCE, Receiver, connect, go, on_event, platform};

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
async fn whatever_may_pass_is_tried_again() {
    let receiver = Receiver::start().await;
    let dead = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    receiver.always(|asked| {
        let status = asked.uri.path().rsplit('/').next().unwrap().parse().unwrap();
        StatusCode::from_u16(status).unwrap().into_response()
    });
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = '{{1.event.url}}'\nautoRetry = true\n";
    let platform = platform(&on_event(&receiver, steps).replace("\nPROJECT", "\nrunsPerAccount = 20")).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let statuses = [400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504];
    for status in statuses {
        go(&ada, json!({"url": format!("{}/{status}", receiver.address)})).await;
    }
    go(&ada, json!({"url": format!("http://{dead}/x")})).await;
    let all_wait = async {
        while platform.history("?status=DELAYED").await["total"] != statuses.len() + 1 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, all_wait).await.expect("all of them wait for their second try");
    assert_eq!(receiver.all().len(), statuses.len());
    receiver.always(|_| StatusCode::OK.into_response());
    platform.running.app.clock.advance_ms(10_000);
    let succeeded = async {
        while platform.history("?status=SUCCEEDED").await["total"] != statuses.len() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, succeeded).await.expect("the second try is good");
    assert_eq!(receiver.all().len(), 2 * statuses.len());
}

#[tokio::test]
async fn a_mistake_is_not_tried_again() {
    let receiver = Receiver::start().await;
    let request = |rest: &str| {
        format!(
            "[[integrations.workflows.steps]]\nkind = 'request'\nautoRetry = true\ncontinueOnFailure = true\n{rest}\n"
        )
    };
    let mistakes = [
        ("url = '/x'\nheaders = { X-A = '{{1.event.split}}' }", "line breaks"),
        ("url = '{{1.event.elsewhere}}'", "This domain is invalid"),
        ("target = 'api'\nurl = '{{1.event.nothing}}'", "needs a whole address"),
        ("method = 'POST'\nurl = '/x'\nbody = { kind = 'xml', text = '<a>{{1.event.nul}}</a>' }", "cannot be built"),
    ];
    let steps: String = mistakes.iter().map(|(step, _)| request(step)).collect();
    let platform = platform(&on_event(&receiver, &steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({"split": "a\nb", "elsewhere": "http://evil.test/", "nul": "\u{0}"})).await;
    let run = platform.ended(1).await.remove(0);
    for (index, (_, why)) in mistakes.iter().enumerate() {
        let step = platform.step(&run, &(index + 2).to_string()).await;
        let error = step["output"]["response"]["error"].as_str().unwrap_or_default();
        assert!(error.contains(why), "{why}: {step}");
    }
    assert!(run["stepExecutions"].as_array().unwrap().iter().skip(1).all(|step| step["attempts"] == 1), "{run}");
    assert_eq!(receiver.all().len(), 0);
}

/// A server that keeps what it is asked open until a test lets it go.
struct Gate {
    address: String,
    open: watch::Receiver<usize>,
    let_go: Arc<Semaphore>,
}

impl Gate {
    async fn start() -> Self {
        let (count, open) = watch::channel(0);
        let let_go = Arc::new(Semaphore::new(0));
        let (count, shared) = (Arc::new(count), let_go.clone());
        let router = axum::Router::new().fallback(move || {
            let (count, shared) = (count.clone(), shared.clone());
            async move {
                count.send_modify(|open| *open += 1);
                shared.acquire().await.unwrap().forget();
                count.send_modify(|open| *open -= 1);
            }
        });
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, open, let_go }
    }

    async fn wait(&mut self, count: usize) {
        let reached = self.open.wait_for(|open| *open == count);
        tokio::time::timeout(PATIENCE, reached).await.unwrap_or_else(|_| panic!("never {count} at once")).unwrap();
    }
}

#[tokio::test]
async fn one_account_has_so_many_runs_under_way_and_others_do_not_wait_for_it() {
    let receiver = Receiver::start().await;
    let mut gate = Gate::start().await;
    let text =
        on_event(&receiver, "[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = 'GATE/x'\n");
    let platform = platform(&text.replace("GATE", &gate.address).replace("\nPROJECT", "\nrunsPerAccount = 2")).await;
    let (ada, grace) = (platform.user("ada"), platform.user("grace"));
    connect(&ada).await;
    connect(&grace).await;
    for _ in 0..6 {
        go(&ada, json!({})).await;
    }
    gate.wait(2).await;
    // Her runs come later, and begin all the same: the engine has looked at all of Ada's by then and begun two.
    for all in [3, 4] {
        go(&grace, json!({})).await;
        gate.wait(all).await;
    }
    go(&grace, json!({})).await;
    for ended in 1..=9 {
        gate.let_go.add_permits(1);
        platform.ended(ended).await;
        assert!(*gate.open.borrow() <= 4);
    }
    let runs = platform.ended(9).await;
    assert!(runs.iter().all(|run| run["status"] == "SUCCEEDED"));
}
