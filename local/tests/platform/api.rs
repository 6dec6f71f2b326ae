//! The calls of the SDK: users, accounts, settings, options, and what every call has in common.

use reqwest::header::{HOST, HeaderMap, ORIGIN};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::harness::{MAIL_KEY, Platform, User, browser, expect, headers};

#[tokio::test]
async fn tokens_and_projects_are_checked() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let app = &platform.running.app;
    let late = app.tokens.sign("ada", app.clock.now_ms() - 10_000, 5).unwrap();
    for (token, code) in
        [(None, "token_missing"), (Some("nonsense"), "token_invalid"), (Some(late.as_str()), "token_expired")]
    {
        for path in ["/me", "/integrations", "/credentials", "/proxy/slack/x"] {
            let mut request = Client::new().get(ada.address(path));
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            let error = expect(request.send().await.unwrap(), 401).await;
            assert_eq!((&error["code"], &error["status"]), (&json!(code), &json!(401)));
            assert!(error["message"].is_string() && error["meta"] == json!({}));
            assert!(!error.to_string().contains(&late));
        }
    }
    let other = ada.address("/me").replace(&platform.project, "00000000-0000-0000-0000-000000000000");
    let error = expect(ada.browser.get(other).bearer_auth(&ada.token).send().await.unwrap(), 404).await;
    assert!(error["message"].as_str().unwrap().contains(&platform.project));
    // A token of another platform's key.
    let stranger = Platform::start().await;
    let foreign = stranger.user("ada").token;
    let refused = ada.browser.get(ada.address("/me")).bearer_auth(foreign).send().await.unwrap();
    assert_eq!(expect(refused, 401).await["code"], "token_invalid");
}

#[tokio::test]
async fn pages_of_this_machine_may_call_and_others_not() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let preflight = |origin: &'static str| {
        browser()
            .request(Method::OPTIONS, ada.address("/me"))
            .header(ORIGIN, origin)
            .header("access-control-request-method", "PATCH")
            .header("access-control-request-headers", "authorization,x-anything")
            .send()
    };
    let allowed = preflight("http://localhost:3000").await.unwrap();
    assert_eq!(allowed.headers()["access-control-allow-origin"], "http://localhost:3000");
    assert!(allowed.headers()["access-control-allow-headers"].to_str().unwrap().contains("x-anything"));
    assert!(allowed.headers().get("access-control-allow-credentials").is_none());
    let refused = preflight("https://evil.test").await.unwrap();
    assert!(refused.headers().get("access-control-allow-origin").is_none());
    // Errors can be read by the page too.
    let error = browser().get(ada.address("/me")).header(ORIGIN, "http://localhost:3000").send().await.unwrap();
    assert_eq!(error.headers()["access-control-allow-origin"], "http://localhost:3000");
}

#[tokio::test]
async fn names_that_lead_here_by_rebinding_are_refused() {
    let platform = Platform::start().await;
    let addresses = &platform.running.addresses;
    for origin in [&addresses.base, &addresses.sandbox, &addresses.demo] {
        let refused = browser().get(format!("{origin}/")).header(HOST, "evil.test").send().await.unwrap();
        assert_eq!(refused.status(), 421, "{origin}");
    }
    let session = format!("{}/api/session?user=eve", addresses.demo);
    for header in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "http://localhost:1")]
    {
        let refused = browser().get(&session).header(header.0, header.1).send().await.unwrap();
        assert_eq!(refused.status(), 403, "{header:?}");
    }
    let own = browser().get(&session).header("sec-fetch-site", "same-origin").send().await.unwrap();
    let own = expect(own, 200).await;
    assert_eq!((&own["userId"], &own["projectId"]), (&json!("eve"), &json!(platform.project)));
    let user = User { token: own["token"].as_str().unwrap().to_owned(), ..platform.user("x") };
    assert_eq!(user.get("/me").await["userId"], "eve");
}

#[tokio::test]
async fn metadata_is_merged() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let patch = async |meta: Value| {
        expect(ada.call(Method::PATCH, "/me", Some(json!({"meta": meta})), HeaderMap::new()).await, 200).await
    };
    patch(json!({"Name": "Ada", "plan": {"a": 1}})).await;
    let me = patch(json!({"Email": "a@b.c", "plan": null})).await;
    assert_eq!(me["meta"], json!({"Name": "Ada", "Email": "a@b.c"}));
    assert_eq!(ada.get("/me").await["meta"], me["meta"]);
    assert_eq!(platform.user("grace").get("/me").await["meta"], json!({}));
}

#[tokio::test]
async fn a_key_is_checked_and_the_setup_goes_on() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    assert_eq!(expect(ada.connect_mailer("SG.wrong", json!({})).await, 400).await["code"], "7003");
    let empty = expect(ada.connect_mailer(" ", json!({})).await, 400).await;
    assert_eq!(empty["message"][0]["constraints"]["isDefined"], "API key is required");
    assert_eq!(ada.get("/credentials").await, json!([]));

    let created = expect(ada.connect_mailer(MAIL_KEY, json!({})).await, 200).await;
    assert_eq!(created["status"], "PENDING");
    assert!(created["configurations"][0]["isDefault"].as_bool().unwrap());
    let id = created["id"].as_str().unwrap();
    let lists = expect(ada.post("/actions", json!({"action": "sendgrid", "sourceKey": "lists", "parameters": [], "paginationParameters": {"pageCursor": 0}})).await, 200).await;
    let (first, next) = (&lists["output"]["records"], &lists["output"]["nextPageCursor"]);
    assert_eq!(first.as_array().unwrap().len(), 5);
    let more = json!({"action": "sendgrid", "sourceKey": "lists", "paginationParameters": {"pageCursor": next}});
    assert_ne!(&expect(ada.post("/actions", more).await, 200).await["output"]["records"], first);
    for elsewhere in ["http://127.0.0.1:1/x", "nonsense", "https://evil.test/"] {
        let bent =
            json!({"action": "sendgrid", "sourceKey": "lists", "paginationParameters": {"pageCursor": elsewhere}});
        assert_eq!(expect(ada.post("/actions", bent).await, 400).await["code"], "cursor_invalid");
    }
    let setup = format!("/credentials/{id}/complete-setup");
    expect(ada.post(&setup, json!({"payload": {}})).await, 400).await;
    let done = expect(ada.post(&setup, json!({"payload": {"list": first[0]["value"]}})).await, 200).await;
    assert_eq!((&done["status"], &done["id"]), (&json!("VALID"), &created["id"]));
    assert!(!ada.get("/me").await.to_string().contains(MAIL_KEY));
    // Another user's account is out of reach.
    let grace = platform.user("grace");
    let foreign = grace.call(Method::GET, &format!("/credentials/{id}"), None, HeaderMap::new()).await;
    assert_eq!(expect(foreign, 404).await["code"], "credential_unknown");
    // The same key again keeps id and answers.
    let again = expect(ada.connect_mailer(MAIL_KEY, json!({})).await, 200).await;
    assert_eq!((&again["id"], &again["status"]), (&created["id"], &json!("VALID")));
}

#[tokio::test]
async fn settings_workflows_and_configurations() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let account = ada.connect("slack", &[]).await;
    let path = format!("/credentials/{}", account["id"].as_str().unwrap());
    let slack = ada.get("/integrations").await[0].clone();
    let workflow = slack["workflows"][0]["id"].as_str().unwrap().to_owned();
    let patch = async |config: Value, headers: HeaderMap| {
        expect(ada.call(Method::PATCH, &path, Some(json!({"config": config})), headers).await, 200).await
    };
    patch(json!({"sharedSettings": {"channel": "C1"}}), HeaderMap::new()).await;
    let saved = patch(
        json!({"workflowSettings": {&workflow: {"settings": {"priority": "all"}}, "none": {}}}),
        HeaderMap::new(),
    )
    .await;
    assert_eq!(saved["config"]["sharedSettings"]["channel"], "C1");
    assert_eq!(
        saved["config"]["workflowSettings"][&workflow],
        json!({"enabled": false, "settings": {"priority": "all"}})
    );
    assert_eq!(saved["errors"].as_array().unwrap().len(), 1);

    let switch = async |method: Method| {
        expect(ada.call(method, &format!("/workflows/{workflow}"), None, HeaderMap::new()).await, 200).await
    };
    assert_eq!(switch(Method::POST).await["config"]["workflowSettings"][&workflow]["enabled"], true);
    assert_eq!(switch(Method::DELETE).await["config"]["workflowSettings"][&workflow]["enabled"], false);

    let more = format!("{path}/configurations");
    let added = expect(ada.post(&more, json!({"externalId": "team"})).await, 200).await;
    let second = &added["configurations"][1];
    assert_eq!((&second["externalId"], &second["isDefault"]), (&json!("team"), &json!(false)));
    assert_eq!(expect(ada.post(&more, json!({"externalId": "team"})).await, 400).await["code"], "external_id_taken");
    let named = headers(&[("x-paragon-configuration-id", second["id"].as_str().unwrap())]);
    let changed = patch(json!({"sharedSettings": {"channel": "C2"}}), named.clone()).await;
    assert_eq!(changed["configurations"][1]["sharedSettings"]["channel"], "C2");
    assert_eq!(changed["configurations"][0]["sharedSettings"]["channel"], "C1");
    let gone = expect(ada.call(Method::DELETE, &more, None, named).await, 200).await;
    assert_eq!(gone["configurations"].as_array().unwrap().len(), 1);
    let default = expect(ada.call(Method::DELETE, &more, None, HeaderMap::new()).await, 400).await;
    assert_eq!(default["code"], "configuration_default");
}

#[tokio::test]
async fn events_metadata_icons_and_addresses() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    for prefix in ["/projects/", "/v2/projects/"] {
        let address = ada.address("/events/trigger").replace("/projects/", prefix);
        let sent = ada.browser.post(address).bearer_auth(&ada.token).json(&json!({"name": "x", "payload": {"a": 1}}));
        assert!(expect(sent.send().await.unwrap(), 201).await["id"].is_string());
    }
    assert_eq!(ada.post("/events/trigger", json!({"name": "", "payload": {}})).await.status(), 400);
    assert_eq!(ada.post("/events/trigger", json!({"name": "x", "payload": 1})).await.status(), 400);
    let metadata = ada.get("/metadata").await;
    for one in metadata.as_array().unwrap() {
        let icon = browser().get(one["icon"].as_str().unwrap()).send().await.unwrap();
        assert_eq!(
            (icon.status().as_u16(), icon.headers()["content-type"].as_bytes()),
            (200, b"image/svg+xml".as_slice())
        );
    }
    let known =
        browser().get(format!("{}/.well-known/paragon-local", platform.base())).header(ORIGIN, "http://localhost:1");
    let known = known.send().await.unwrap();
    assert_eq!(known.headers()["access-control-allow-origin"], "http://localhost:1");
    let known = expect(known, 200).await;
    assert_eq!(known["environments"]["ZEUS_PUBLIC_URL"], platform.base());
    assert_eq!(known["projectId"], platform.project);
    let nowhere = browser().get(format!("{}/nothing", platform.base())).send().await.unwrap();
    assert_eq!(expect(nowhere, 404).await["code"], "address_unknown");
    let home = browser().get(format!("{}/", platform.base())).send().await.unwrap();
    assert!(home.headers()["content-security-policy"].to_str().unwrap().contains("script-src 'none'"));
}

#[tokio::test]
async fn pages_get_of_an_account_what_the_project_file_lets_them() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    for kind in ["onedrive", "sharepoint", "box", "slack"] {
        ada.connect(kind, &[]).await;
    }
    let account = async |kind: &str| ada.get(&format!("/credentials?integration={kind}&includeAccountAuth=true")).await;
    let onedrive = account("onedrive").await;
    assert_eq!(onedrive["accountAuth"]["DOMAIN"], format!("{}/onedrive", platform.sandbox()));
    assert!(onedrive["accountAuth"]["OAUTH_ACCESS_TOKEN"].is_string());
    let sharepoint = account("sharepoint").await;
    assert_eq!(sharepoint["providerData"]["webUrl"], format!("{}/sharepoint", platform.sandbox()));
    let names = account("box").await["accountAuth"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names, ["OAUTH_ACCESS_TOKEN"]);
    let refused =
        ada.call(Method::GET, "/credentials?integration=slack&includeAccountAuth=true", None, HeaderMap::new());
    assert_eq!(expect(refused.await, 400).await["code"], "account_token_private");
    assert!(ada.get("/credentials?integration=onedrive").await.get("accountAuth").is_none());
    for (kind, path) in [("onedrive", "me/drive/items/01REPORT"), ("box", "files/1001")] {
        let file = ada.call(Method::GET, &format!("/proxy/{kind}/{path}"), None, HeaderMap::new()).await;
        assert_eq!(expect(file, 200).await["output"]["name"], "report.pdf", "{kind}");
    }
}
