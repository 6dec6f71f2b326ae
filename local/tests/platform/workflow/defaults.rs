//! The workflows of the default project, at the sandbox providers.

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::harness::{Platform, User, expect};

async fn workflow(user: &User<'_>, integration: &str, description: &str) -> String {
    let all = user.get("/integrations").await;
    let found = all.as_array().unwrap().iter().find(|one| one["type"] == integration).unwrap();
    let workflows = found["workflows"].as_array().unwrap();
    let one = workflows.iter().find(|one| one["description"] == description).unwrap();
    one["id"].as_str().unwrap().to_owned()
}

async fn enable(user: &User<'_>, id: &str) {
    expect(user.post(&format!("/workflows/{id}"), json!({})).await, 200).await;
}

#[tokio::test]
async fn a_task_becomes_a_message_and_the_morning_a_summary() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let account = ada.connect("slack", &[]).await;
    let path = format!("/credentials/{}", account["id"].as_str().unwrap());
    let tasks = workflow(&ada, "slack", "Post new tasks").await;
    let settings = json!({"config": {"sharedSettings": {"channel": "C000000001"},
        "workflowSettings": {tasks.clone(): {"settings": {"priority": "important"}}}}});
    expect(ada.call(Method::PATCH, &path, Some(settings), HeaderMap::new()).await, 200).await;
    enable(&ada, &tasks).await;
    for (title, priority) in [("Tidy up", "low"), ("Mend the lamp", "urgent")] {
        let event = json!({"name": "Task Created", "payload": {"title": title, "priority": priority}});
        expect(ada.post("/events/trigger", event).await, 201).await;
    }
    let runs = platform.ended(2).await;
    assert!(runs.iter().all(|run| run["status"] == "SUCCEEDED"));
    let posted = async |text: &str| {
        let read =
            ada.call(Method::GET, "/proxy/slack/conversations.history?channel=C000000001", None, HeaderMap::new());
        let messages = expect(read.await, 200).await["output"]["messages"].clone();
        messages.as_array().unwrap().iter().any(|one| one["text"].as_str().unwrap().contains(text))
    };
    assert!(posted("New task: Mend the lamp").await && !posted("Tidy up").await);

    enable(&ada, &workflow(&ada, "slack", "Daily summary").await).await;
    super::triggers::scheduled(&platform, 1).await;
    platform.running.app.clock.advance_ms(24 * 3_600_000 + 1000);
    let runs = platform.ended(3).await;
    let step = platform.step(&runs[2], "2").await;
    assert_eq!(step["output"]["response"]["body"]["ok"], true, "{step}");
}

#[tokio::test]
async fn a_contact_goes_to_the_crm() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    ada.connect("salesforce", &[("parameters", r#"{"environment":"salesforce"}"#)]).await;
    enable(&ada, &workflow(&ada, "salesforce", "Sync contacts").await).await;
    let contact = json!({"firstName": "Mira", "lastName": "Okafor-Lind", "email": "mira@example.com"});
    expect(ada.post("/events/trigger", json!({"name": "Contact Created", "payload": contact})).await, 201).await;
    let run = &platform.ended(1).await[0];
    let id = platform.step(run, "2").await["output"]["response"]["body"]["id"].clone();
    let path = format!("/proxy/salesforce/sobjects/Contact/{}", id.as_str().unwrap());
    let stored = expect(ada.call(Method::GET, &path, None, HeaderMap::new()).await, 200).await;
    assert_eq!(stored["output"]["LastName"], "Okafor-Lind");
}

#[tokio::test]
async fn feedback_becomes_an_issue_and_the_call_is_told_which() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let account = ada.connect("jira", &[]).await;
    let read = |source: &'static str, parameters: Value| {
        let ada = &ada;
        async move {
            let body = json!({"action": "jira", "sourceKey": source, "parameters": parameters});
            let answer = expect(ada.post("/actions", body).await, 200).await;
            answer["output"]["records"][0]["value"].clone()
        }
    };
    let site = read("sites", json!([])).await;
    let project = read("projects", json!([{"key": "site", "source": {"type": "VALUE", "value": site}}])).await;
    let path = format!("/credentials/{}/complete-setup", account["id"].as_str().unwrap());
    expect(ada.post(&path, json!({"payload": {"site": site, "project": project}})).await, 200).await;
    let id = workflow(&ada, "jira", "Create issues from feedback").await;
    enable(&ada, &id).await;
    let answer = expect(ada.post(&format!("/triggers/{id}"), json!({"text": "The door sticks"})).await, 201).await;
    let key = answer["issue"].as_str().unwrap();
    assert!(key.starts_with(project.as_str().unwrap()), "{key}");
    let stored = ada.call(Method::GET, &format!("/proxy/jira/issue/{key}"), None, HeaderMap::new()).await;
    assert_eq!(expect(stored, 200).await["output"]["fields"]["summary"], "The door sticks");
    let refused = expect(ada.post(&format!("/triggers/{id}"), json!({"text": ""})).await, 502).await;
    assert!(refused["details"]["errors"]["summary"].is_string(), "{refused}");
}

#[tokio::test]
async fn a_webhook_of_the_mailer_becomes_a_mail_about_each_bounce() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let account = expect(ada.connect_mailer(crate::harness::MAIL_KEY, json!({})).await, 200).await;
    let path = format!("/credentials/{}/complete-setup", account["id"].as_str().unwrap());
    expect(ada.post(&path, json!({"payload": {"list": "x"}})).await, 200).await;
    let id = workflow(&ada, "sendgrid", "Tell me about bounces").await;
    enable(&ada, &id).await;
    let all = ada.get("/integrations").await;
    let mailer = all.as_array().unwrap().iter().find(|one| one["type"] == "sendgrid").unwrap();
    let trigger = mailer["workflows"][0]["customWebhookTriggerId"].as_str().unwrap();
    let address = format!(
        "{}/triggers/connect/{}/{}/custom-triggers/{trigger}?id={}",
        platform.base(),
        platform.project,
        mailer["id"].as_str().unwrap(),
        account["id"].as_str().unwrap()
    );
    let events = json!([
        {"event": "delivered", "email": "a@example.com"},
        {"event": "bounce", "email": "gone@example.com", "reason": "550 no such user"},
    ]);
    let answer = reqwest::Client::new().post(address).json(&events).send().await.unwrap();
    assert_eq!(answer.status(), 202);
    let run = &platform.ended(1).await[0];
    assert_eq!(run["status"], "SUCCEEDED");
    let step = platform.step(run, "2[1]/4").await;
    assert_eq!(step["output"]["response"]["statusCode"], 202, "{step}");
    let outbox = reqwest::get(format!("{}/sendgrid/outbox", platform.sandbox())).await.unwrap().text().await.unwrap();
    assert!(outbox.contains("A mail to gone@example.com came back") && !outbox.contains("a@example.com"), "{outbox}");
}

#[tokio::test]
async fn a_new_record_of_the_crm_is_noticed() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let account = ada.connect("salesforce", &[("parameters", r#"{"environment":"salesforce"}"#)]).await;
    let path = format!("/credentials/{}", account["id"].as_str().unwrap());
    let settings = json!({"config": {"sharedSettings": {"object": "Contact"}}});
    expect(ada.call(Method::PATCH, &path, Some(settings), HeaderMap::new()).await, 200).await;
    enable(&ada, &workflow(&ada, "salesforce", "Follow new records").await).await;
    super::listens::ready(&platform, 1).await;
    let contact = json!({"LastName": "Okafor-Lind"});
    let made = expect(ada.post("/proxy/salesforce/sobjects/Contact", contact).await, 201).await;
    platform.running.app.clock.advance_ms(61_000);
    let run = &platform.ended(1).await[0];
    let read = platform.step(run, "2").await["output"]["response"]["body"].clone();
    assert_eq!((&read["Id"], &read["LastName"]), (&made["output"]["id"], &json!("Okafor-Lind")), "{read}");
}

#[tokio::test]
async fn a_shop_tells_of_a_new_product() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let shop = [("endUserSuppliedValues", r#"{"shop":"tea-house"}"#)];
    ada.connect("shopify", &shop).await;
    let id = workflow(&ada, "shopify", "Follow new products").await;
    enable(&ada, &id).await;
    super::listens::ready(&platform, 1).await;
    let listed = async || {
        let read = ada.call(Method::GET, "/proxy/shopify/webhooks.json", None, HeaderMap::new()).await;
        expect(read, 200).await["output"]["webhooks"].as_array().unwrap().len()
    };
    assert_eq!(listed().await, 1);
    let product = json!({"product": {"title": "Smoked tea"}});
    let made = expect(ada.post("/proxy/shopify/products.json", product).await, 201).await;
    let run = &platform.ended(1).await[0];
    let read = platform.step(run, "2").await["output"]["response"]["body"]["product"].clone();
    assert_eq!((&read["id"], &read["title"]), (&made["output"]["product"]["id"], &json!("Smoked tea")), "{read}");
    ada.call(Method::DELETE, &format!("/workflows/{id}"), None, HeaderMap::new()).await;
    super::listens::ready(&platform, 0).await;
    assert_eq!(listed().await, 0);
}
