//! The apps' APIs: lists to their last page, what is written is read back, errors in the originals' forms.

mod common;

use std::collections::HashSet;

use common::*;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// The values of `field`, which must all be there and differ.
fn distinct(items: &[Value], field: &str) -> HashSet<String> {
    let values: HashSet<String> = items.iter().map(|item| item[field].to_string()).collect();
    assert_eq!(values.len(), items.len(), "every {field} once");
    assert!(!values.contains("null"));
    values
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().expect("a list").clone()
}

#[tokio::test]
async fn chat_channels_have_three_pages_and_messages_are_kept() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.connect(&SLACK).await.access;
    let (mut channels, mut pages, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let page = sandbox.get_json(&format!("/slack/api/conversations.list?cursor={cursor}"), &token).await;
        assert_eq!(page["ok"], true);
        channels.extend(list(&page["channels"]));
        pages += 1;
        cursor = page["response_metadata"]["next_cursor"].as_str().expect("a cursor").to_owned();
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!((pages, distinct(&channels, "id").len()), (3, 250));
    assert_eq!(distinct(&channels, "name").len(), 250);

    for text in ["one", "two", "<b>three</b>"] {
        let message = json!({ "channel": "#general", "text": text });
        let (status, answer) = sandbox.post_json("/slack/api/chat.postMessage", &token, &message).await;
        assert_eq!((status, &answer["message"]["text"]), (StatusCode::OK, &json!(text)));
    }
    let first = sandbox.get_json("/slack/api/conversations.history?channel=C000000001&limit=4", &token).await;
    assert_eq!((&first["messages"][0]["text"], &first["has_more"]), (&json!("<b>three</b>"), &json!(true)));
    sandbox.post_json("/slack/api/chat.postMessage", &token, &json!({ "channel": "C000000001", "text": "late" })).await;
    let cursor = first["response_metadata"]["next_cursor"].as_str().expect("a cursor");
    let path = format!("/slack/api/conversations.history?channel=C000000001&limit=4&cursor={cursor}");
    let second = sandbox.get_json(&path, &token).await;
    assert_eq!(
        (list(&second["messages"]).len(), &second["has_more"]),
        (2, &json!(false)),
        "a new message moves nothing"
    );
}

#[tokio::test]
async fn chat_errors_are_in_the_body() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.connect(&SLACK).await.access;
    let post =
        async |body: Value| sandbox.post_json("/slack/api/chat.postMessage", &token, &body).await.1["error"].clone();
    assert_eq!(post(json!({ "channel": "nowhere", "text": "x" })).await, "channel_not_found");
    assert_eq!(post(json!({ "text": "x" })).await, "channel_not_found");
    assert_eq!(post(json!({ "channel": "general" })).await, "no_text");
    assert_eq!(post(json!({ "channel": "C000000250", "text": "x" })).await, "is_archived");
    assert_eq!(post(json!({ "channel": "general", "text": "x".repeat(40_001) })).await, "msg_too_long");
    assert_eq!(post(json!([1])).await, "invalid_json");
    let get = async |path: &str, token: &str| sandbox.get_json(path, token).await["error"].clone();
    assert_eq!(get("/slack/api/conversations.list?cursor=junk", &token).await, "invalid_cursor");
    assert_eq!(get("/slack/api/conversations.list?limit=0", &token).await, "invalid_limit");
    assert_eq!(get("/slack/api/no.such", &token).await, "unknown_method");
    assert_eq!(get("/slack/api/auth.test", "wrong").await, "invalid_auth");
    let bare = http().get(sandbox.url("/slack/api/auth.test")).send().await.expect("an answer");
    assert_eq!(bare.json::<Value>().await.expect("JSON")["error"], "not_authed");
    assert_eq!(get("/slack/api/auth.revoke", &token).await, Value::Null);
    assert_eq!(get("/slack/api/auth.test", &token).await, "token_revoked");
}

#[tokio::test]
async fn crm_queries_page_and_records_are_written() {
    let sandbox = Sandbox::start().await;
    let tokens = sandbox.connect(&SALESFORCE).await;
    let data = format!("{}/services/data/v62.0", tokens.all["instance_url"].as_str().expect("an instance"));
    let query = format!("{data}/query?q=SELECT+Id,+Name+FROM+Account+ORDER+BY+Name");
    let mut page = sandbox.get_json(&query, &tokens.access).await;
    let (mut records, mut pages) = (list(&page["records"]), 1);
    while page["done"] == false {
        page = sandbox.get_json(page["nextRecordsUrl"].as_str().expect("a next page"), &tokens.access).await;
        records.extend(list(&page["records"]));
        pages += 1;
    }
    assert_eq!((pages, distinct(&records, "Id").len(), &page["totalSize"]), (3, 230, &json!(230)));
    let mut names: Vec<String> = records.iter().map(|record| record["Name"].to_string()).collect();
    assert!(names.is_sorted());
    names.dedup();
    assert_eq!(names.len(), 230);

    let objects = sandbox.get_json(&format!("{data}/sobjects"), &tokens.access).await;
    for object in list(&objects["sobjects"]) {
        let described =
            sandbox.get_json(object["urls"]["describe"].as_str().expect("an address"), &tokens.access).await;
        assert!(list(&described["fields"]).iter().any(|field| field["nillable"] == false));
    }

    let address = format!("{data}/sobjects/Account");
    let (status, made) =
        sandbox.post_json(&address, &tokens.access, &json!({ "name": "Zebra's", "AnnualRevenue": 7 })).await;
    assert_eq!((status, &made["success"]), (StatusCode::CREATED, &json!(true)));
    let id = made["id"].as_str().expect("an id");
    let one = format!("{address}/{id}");
    let patched = http()
        .patch(&one)
        .bearer_auth(&tokens.access)
        .json(&json!({ "Phone": "123" }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(patched.status(), StatusCode::NO_CONTENT);
    let found = sandbox
        .get_json(&format!("{data}/query?q=SELECT+Id,Phone+FROM+Account+WHERE+Name='Zebra\\'s'"), &tokens.access)
        .await;
    assert_eq!((&found["records"][0]["Id"], &found["records"][0]["Phone"]), (&json!(id), &json!("123")));
    let deleted = http().delete(&one).bearer_auth(&tokens.access).send().await.expect("an answer");
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    assert_eq!(sandbox.get(&one, &tokens.access).await.status(), StatusCode::NOT_FOUND);

    for (body, code) in [
        (json!({}), "REQUIRED_FIELD_MISSING"),
        (json!({ "Name": "x", "Nope": 1 }), "INVALID_FIELD"),
        (json!({ "Name": "x", "Id": "1" }), "INVALID_FIELD_FOR_INSERT_UPDATE"),
        (json!({ "Name": 5 }), "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        (json!("text"), "JSON_PARSER_ERROR"),
    ] {
        let (status, answer) = sandbox.post_json(&address, &tokens.access, &body).await;
        assert_eq!((status, &answer[0]["errorCode"]), (StatusCode::BAD_REQUEST, &json!(code)));
    }
    let wrong = sandbox.get(&format!("{data}/query/01gjunk"), &tokens.access).await;
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
    let other = Tokens::of(sandbox.connect(&SALESFORCE_TEST).await.all);
    let count = "/salesforce-test/services/data/v62.0/query?q=SELECT+COUNT()+FROM+Account";
    assert_eq!(sandbox.get_json(count, &other.access).await["totalSize"], 12, "two stores");
}

#[tokio::test]
async fn tracker_sites_projects_and_issues() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.connect(&JIRA).await.access;
    let sites = list(&sandbox.get_json(JIRA.probe, &token).await);
    assert_eq!(distinct(&sites, "id").len(), 2);
    let guest = Browser::new().connect(&sandbox, &JIRA, "alan").await.access;
    assert_eq!(list(&sandbox.get_json(JIRA.probe, &guest).await).len(), 1);
    let hidden = format!("/jira/ex/jira/{}/rest/api/3/project/search", sites[1]["id"].as_str().expect("an id"));
    assert_eq!(sandbox.get(&hidden, &guest).await.status(), StatusCode::NOT_FOUND);

    let api = format!("/jira/ex/jira/{}/rest/api/3", sites[0]["id"].as_str().expect("an id"));
    let (mut projects, mut pages) = (Vec::new(), 0);
    loop {
        let path = format!("{api}/project/search?startAt={}", projects.len());
        let page = sandbox.get_json(&path, &token).await;
        projects.extend(list(&page["values"]));
        pages += 1;
        if page["isLast"] == true {
            assert!(page.get("nextPage").is_none());
            break;
        }
        let by_address = sandbox.get_json(page["nextPage"].as_str().expect("an address"), &token).await;
        assert_eq!(by_address["startAt"], projects.len());
    }
    assert_eq!((pages, distinct(&projects, "key").len()), (3, 120));
    let filtered = sandbox.get_json(&format!("{api}/project/search?query=amber&maxResults=2"), &token).await;
    assert!(
        list(&filtered["values"])
            .iter()
            .all(|project| { project["name"].as_str().is_some_and(|name| name.contains("Amber")) })
    );
    assert!(filtered["nextPage"].as_str().is_some_and(|address| address.ends_with("&query=amber")), "{filtered}");

    let key = projects[7]["key"].as_str().expect("a key");
    let types = sandbox.get_json(&format!("{api}/project/{key}/statuses"), &token).await;
    assert_eq!(distinct(&list(&types[0]["statuses"]), "name").len(), 4);
    let issue =
        json!({ "fields": { "project": { "key": key }, "summary": "Mend the bell", "issuetype": { "name": "Bug" } } });
    let (status, made) = sandbox.post_json(&format!("{api}/issue"), &token, &issue).await;
    assert_eq!((status, &made["key"]), (StatusCode::CREATED, &json!(format!("{key}-1"))));
    let read = sandbox.get_json(made["self"].as_str().expect("an address"), &token).await;
    assert_eq!(read["fields"]["reporter"]["displayName"], "Ada Lovelace");
    let search = json!({ "jql": format!("project = {key} AND summary ~ \"bell\"") });
    assert_eq!(sandbox.post_json(&format!("{api}/search"), &token, &search).await.1["issues"][0]["key"], made["key"]);
    let mut found = Vec::new();
    loop {
        let path = format!("{api}/search?jql=ORDER+BY+created&maxResults=25&startAt={}", found.len());
        let page = sandbox.get_json(&path, &token).await;
        found.extend(list(&page["issues"]));
        if found.len() == page["total"] {
            break;
        }
    }
    assert_eq!(distinct(&found, "key").len(), 61);
    let (status, errors) = sandbox.post_json(&format!("{api}/issue"), &token, &json!({ "fields": {} })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(errors["errors"].as_object().map(serde_json::Map::len), Some(3));
    assert_eq!(sandbox.get(&format!("{api}/search?jql=nope+%3D+1"), &token).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn shop_products_page_by_link_header_both_ways() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.connect(&SHOPIFY).await.access;
    let link = |response: &reqwest::Response, rel: &str| -> Option<String> {
        let header = response.headers().get("link")?.to_str().ok()?.to_owned();
        let part = header.split(", ").find(|part| part.ends_with(&format!("rel=\"{rel}\"")))?.to_owned();
        Some(part.split(['<', '>']).nth(1)?.to_owned())
    };
    for (plural, amount, pages) in [("products", 130, 3), ("orders", 60, 2)] {
        let mut next = Some(format!("/shopify/night-market/admin/api/2025-01/{plural}.json"));
        let (mut items, mut count, mut last_previous) = (Vec::new(), 0, None);
        while let Some(address) = next {
            // The original's own header works too.
            let request = http().get(sandbox.url(&address)).header("x-shopify-access-token", &token);
            let response = request.send().await.expect("an answer");
            assert_eq!(response.status(), StatusCode::OK);
            next = link(&response, "next");
            last_previous = link(&response, "previous");
            items.extend(list(&response.json::<Value>().await.expect("JSON")[plural]));
            count += 1;
        }
        assert_eq!((count, distinct(&items, "id").len()), (pages, amount), "{plural}");
        let before = sandbox.get_json(&last_previous.expect("a page before"), &token).await;
        assert_eq!(before[plural][0], items[(pages - 2) * 50]);
    }
    let base = "/shopify/Night-Market.myshopify.com/admin/api/2025-01";
    let (status, made) =
        sandbox.post_json(&format!("{base}/products.json"), &token, &json!({ "product": { "title": "Lamp" } })).await;
    assert_eq!(status, StatusCode::CREATED);
    let read = sandbox.get_json(&format!("{base}/products/{}.json", made["product"]["id"]), &token).await;
    assert_eq!(read["product"]["title"], "Lamp");
    let closed = sandbox.get_json(&format!("{base}/orders.json?status=closed"), &token).await;
    assert_eq!(list(&closed["orders"]).len(), 15);
    for (path, status) in [
        ("/shopify/night-market/admin/api/2025-01/products.json?limit=0", StatusCode::BAD_REQUEST),
        ("/shopify/night-market/admin/api/2025-01/products.json?page_info=junk", StatusCode::BAD_REQUEST),
        ("/shopify/night-market/admin/api/2025-01/products/1.json", StatusCode::NOT_FOUND),
        ("/shopify/tea-house/admin/api/2025-01/products.json", StatusCode::UNAUTHORIZED),
        ("/shopify/nowhere/admin/api/2025-01/products.json", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(sandbox.get(path, &token).await.status(), status, "{path}");
    }
    let page = http().get(sandbox.url("/shopify/nowhere/admin/oauth/authorize")).send().await.expect("an answer");
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert!(page.text().await.expect("a page").contains("night-market"), "says which shops there are");
}

#[tokio::test]
async fn mailer_keys_lists_and_outbox() {
    let sandbox = Sandbox::start().await;
    let browser = Browser::new();
    let address = sandbox.url("/sendgrid/keys");
    let page = browser.0.get(&address).send().await.expect("an answer").text().await.expect("a page");
    let form = [("csrf", hidden(&page, "csrf")), ("name", "<i>mine</i>".into())];
    let forged = Browser::new().0.post(&address).form(&form).send().await.expect("an answer");
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let page = browser.0.post(&address).form(&form).send().await.expect("an answer").text().await.expect("a page");
    assert!(page.contains("&lt;i&gt;mine&lt;/i&gt;"));
    let key = page
        .split_once("readonly value=\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .expect("the new key")
        .to_owned();
    assert!(key.starts_with("SG."));
    let again = browser.0.get(&address).send().await.expect("an answer").text().await.expect("a page");
    assert!(!again.contains(&key), "shown once");

    let (mut lists, mut pages, mut next) = (Vec::new(), 0, Some("/sendgrid/v3/marketing/lists".to_owned()));
    while let Some(path) = next {
        let page = sandbox.get_json(&path, &key).await;
        lists.extend(list(&page["result"]));
        pages += 1;
        next = page["_metadata"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!((pages, distinct(&lists, "id").len()), (3, 12));

    let mail = json!({
        "personalizations": [{ "to": [{ "email": "grace@lighthouse.test" }] }], "from": { "email": "ada@lighthouse.test" },
        "subject": "Hello <script>", "content": [{ "type": "text/html", "value": "<img src=x onerror=alert(1)>" }],
    });
    let sent = http()
        .post(sandbox.url("/sendgrid/v3/mail/send"))
        .bearer_auth(&key)
        .json(&mail)
        .send()
        .await
        .expect("an answer");
    assert_eq!(sent.status(), StatusCode::ACCEPTED);
    assert!(sent.headers().contains_key("x-message-id"));
    let outbox =
        http().get(sandbox.url("/sendgrid/outbox")).send().await.expect("an answer").text().await.expect("a page");
    assert!(outbox.contains("Hello &lt;script&gt;") && outbox.contains("&lt;img src=x") && !outbox.contains("<img"));

    for field in ["personalizations", "from", "subject", "content"] {
        let mut wrong = mail.clone();
        wrong[field] = Value::Null;
        let (status, answer) = sandbox.post_json("/sendgrid/v3/mail/send", &key, &wrong).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(answer["errors"][0]["field"].as_str().is_some_and(|named| named.starts_with(field)), "{answer}");
    }
    assert_eq!(sandbox.get("/sendgrid/v3/scopes", "SG.wrong").await.status(), StatusCode::UNAUTHORIZED);
    let local = "SG.local-only.paragon-sandbox-mailer-key";
    assert_eq!(sandbox.get_json("/sendgrid/v3/user/profile", local).await["first_name"], "Ada");

    let form = [("csrf", hidden(&again, "csrf")), ("id", hidden(&again, "id"))];
    browser.0.post(sandbox.url("/sendgrid/keys/delete")).form(&form).send().await.expect("an answer");
    assert_eq!(sandbox.get("/sendgrid/v3/scopes", &key).await.status(), StatusCode::UNAUTHORIZED, "a deleted key");
}
