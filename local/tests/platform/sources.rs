//! Data sources: what is asked of the provider, and that a page's words stay words.

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::custom::Provider;
use crate::harness::{Platform, User, expect};
use crate::raw::{BOUNDLESS, BROKEN, Raw, SILENT};

/// Reads a page of choices; the whole answer.
async fn read(user: &User<'_>, source: &str, parameters: Value, page: Value) -> reqwest::Response {
    let integration = user.get("/integrations").await[0]["customIntegration"]["slug"].clone();
    let body =
        json!({"action": integration, "sourceKey": source, "parameters": parameters, "paginationParameters": page});
    user.post("/actions", body).await
}

/// An integration by key at this address, with these sources.
fn keyed(base: &str, rest: &str) -> String {
    format!(
        "{rest}\n[[integrations]]\ntype = 'custom'\nname = 'S'\nbaseUrl = '{base}'\n\
         authorization = {{ kind = 'bearer', token = '{{{{inputs.key}}}}' }}\n\
         preOptions = [{{ id = 'key', title = 'Key', type = 'PASSWORD' }}]\n"
    )
}

async fn connect(user: &User<'_>) {
    let id = user.integration_id("custom").await;
    expect(user.post("/credentials", json!({"integrationId": id, "payload": {"key": "the-key"}})).await, 200).await;
}

const DYNAMIC: &str = "[integrations.dataSources.things]\nkind = 'dynamic'\ntitle = 'Things'\nsupportPagination = true\n\
    [integrations.dataSources.things.options]\nrecords = 'items[].{value: id, label: name}'\nnextCursor = 'next'\n\
    request = { method = 'POST', url = '/things/{{parameters.kind}}', query = { q = '{{search}}', after = '{{cursor}}' }, body = { kind = '{{parameters.kind}}' } }\n";

#[tokio::test]
async fn search_cursor_and_what_was_chosen_before_are_sent_as_they_are() {
    let server = MockServer::start().await;
    let list = json!({"items": [{"id": 1, "name": "One {{inputs.key}}"}], "next": "c&d"});
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200).set_body_json(list)).mount(&server).await;
    let platform = Platform::with_config(&(keyed(&server.uri(), "") + DYNAMIC)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let evil = "a/../b?c#d&e={{inputs.key}}";
    let wanted = json!({"output": {"records": [{"value": 1, "label": "One {{inputs.key}}"}], "nextPageCursor": "c&d"}});
    for (parameters, page, query) in [
        (json!([{"key": "kind", "source": {"type": "VALUE", "value": evil}}]), json!({}), vec![]),
        (json!({"kind": evil}), json!({"pageCursor": 0, "search": ""}), vec![]),
        (json!({"kind": evil}), json!({"pageCursor": "c&d", "search": evil}), vec![("after", "c&d"), ("q", evil)]),
    ] {
        assert_eq!(expect(read(&ada, "things", parameters, page).await, 200).await, wanted);
        let asked = server.received_requests().await.unwrap().pop().unwrap();
        assert_eq!(asked.url.path(), "/things/a%2F..%2Fb%3Fc%23d%26e%3D%7B%7Binputs.key%7D%7D");
        let mut sent: Vec<_> = asked.url.query_pairs().into_owned().collect();
        sent.sort();
        assert_eq!(sent, query.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>());
        assert_eq!(asked.headers["authorization"], "Bearer the-key");
        assert_eq!(asked.body_json::<Value>().unwrap(), json!({"kind": evil}));
    }
}

#[tokio::test]
async fn a_page_cannot_say_where_the_accounts_token_goes() {
    let mock = Provider::start().await;
    let tell = |asked: &Request| {
        let key = asked.headers.get("x-key").map(|value| value.to_str().unwrap().to_owned());
        ResponseTemplate::new(200).set_body_json(json!({"items": [asked.url.path(), key], "next": "/more"}))
    };
    Mock::given(method("GET")).respond_with(tell).with_priority(9).mount(&mock.server).await;
    let more = "authorization = { kind = 'header', name = 'X-Key', value = '{{parameters.region}} {{token.access_token}}' }\n\
        accountTypes = [{ id = 'eu', scheme = 'oauth', description = 'EU', oauthParameters = { region = 'eu' } }]";
    let text = mock.config(more).replace("/api'", "/{{parameters.region}}/api'")
        + "[integrations.dataSources.cursors]\nkind = 'dynamic'\ntitle = 'C'\noptions = { request = { url = '/list/{{parameters.region}}' }, records = 'items' }\n\
           [integrations.dataSources.links]\nkind = 'dynamic'\ntitle = 'L'\noptions = { request = { url = '/list' }, records = 'items', nextUrl = 'next' }\n";
    let platform = Platform::with_config(&text).await;
    let ada = platform.user("ada");
    let attempt = ada.begin("custom", &[("parameters", r#"{"region":"eu"}"#)]).await;
    let state = attempt.redirect.split("state=").nth(1).unwrap().split('&').next().unwrap();
    ada.finish(&format!("{}/oauth/callback?code=good&state={state}", platform.base())).await;
    let bent = json!({"region": "elsewhere"});
    let read_items = async |source: &str, page: Value| {
        expect(read(&ada, source, bent.clone(), page).await, 200).await["output"]["records"].clone()
    };
    assert_eq!(read_items("cursors", json!({})).await, json!(["/eu/api/list/elsewhere", "eu token-1"]));
    assert_eq!(read_items("links", json!({"pageCursor": "/more"})).await, json!(["/more", "eu token-1"]));
    for elsewhere in
        ["http://127.0.0.1:1/x", "//evil.test/x", "https://evil.test/", "http://me@evil.test/", "\\\\evil.test\\x"]
    {
        let refused = read(&ada, "links", bent.clone(), json!({"pageCursor": elsewhere})).await;
        assert_eq!(expect(refused, 400).await["code"], "cursor_invalid", "{elsewhere}");
    }
}

#[tokio::test]
async fn fixed_lists_are_read_and_pairs_are_not() {
    let rest = DYNAMIC.to_owned()
        + "[integrations.dataSources.fixed]\nkind = 'static'\ntitle = 'F'\nvalues = [{ value = 1, label = '{{inputs.key}}' }]\n\
           [integrations.dataSources.both]\nkind = 'combo'\ntitle = 'B'\nmain = 'things'\ndependent = 'things'\n\
           [integrations.dataSources.mapper]\nkind = 'fieldMapper'\ntitle = 'M'\nrecords = 'things'\nfields = 'things'\n";
    let platform = Platform::with_config(&(keyed("http://127.0.0.1:9", "") + &rest)).await;
    let ada = platform.user("ada");
    // A fixed list needs no account, the others do.
    let fixed = expect(read(&ada, "fixed", json!([]), json!({})).await, 200).await;
    assert_eq!(fixed["output"], json!({"records": [{"value": 1, "label": "{{inputs.key}}"}], "nextPageCursor": null}));
    assert_eq!(expect(read(&ada, "things", json!([]), json!({})).await, 400).await["code"], "integration_not_enabled");
    for none in ["both", "mapper", "nothing", "__proto__"] {
        assert_eq!(expect(read(&ada, none, json!([]), json!({})).await, 404).await["code"], "data_source_unknown");
    }
    let grace = platform.user("grace");
    connect(&grace).await;
    let named = crate::harness::headers(&[("x-paragon-credential", "of-ada")]);
    let body = json!({"action": "custom.s", "sourceKey": "things"});
    assert_eq!(
        expect(grace.call(Method::POST, "/actions", Some(body), named).await, 404).await["code"],
        "credential_unknown"
    );
    expect(grace.call(Method::GET, "/credentials", None, HeaderMap::new()).await, 200).await;
}

#[tokio::test]
async fn what_a_provider_answers_is_bounded() {
    for (paths, project, status, code) in [
        (BOUNDLESS, "", 502, "answer_too_long"),
        (BROKEN, "", 502, "provider_unreachable"),
        (SILENT, "[project]\nproviderTimeoutSeconds = 1", 504, "provider_unreachable"),
    ] {
        let provider = Raw::start(paths).await;
        let source = |path: &str| {
            format!(
                "[integrations.dataSources.{}]\nkind = 'dynamic'\ntitle = 'T'\noptions = {{ request = {{ url = '{path}' }}, records = 'items' }}\n",
                &path[1..]
            )
        };
        let sources: String = paths.iter().map(|(path, _)| source(path)).collect();
        let platform = Platform::with_config(&(keyed(&provider.address, project) + &sources)).await;
        let ada = platform.user("ada");
        connect(&ada).await;
        for (path, _) in paths {
            let error = expect(read(&ada, &path[1..], json!([]), json!({})).await, status).await;
            assert_eq!(error["code"], code, "{path}");
        }
    }
    let refused =
        Mock::given(path("/things/x")).respond_with(ResponseTemplate::new(403).set_body_json(json!({"why": "no"})));
    let server = MockServer::start().await;
    refused.mount(&server).await;
    let platform = Platform::with_config(&(keyed(&server.uri(), "") + DYNAMIC)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let error = expect(read(&ada, "things", json!({"kind": "x"}), json!({})).await, 403).await;
    assert_eq!((&error["code"], &error["output"]), (&json!("provider_failed"), &json!({"why": "no"})));
}
