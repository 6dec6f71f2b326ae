//! Project files that mean harm: each is refused with its line or works; none takes the platform down.

use std::time::Duration;

use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

use crate::harness::{Platform, expect};

const PATIENCE: Duration = Duration::from_secs(60);
const ONE: &str = "[[integrations]]\ntype = 'custom'\nname = 'A'\nbaseUrl = 'http://x.test'\nauthorization = { kind = 'bearer', token = '{{inputs.k}}' }\n";

async fn create(platform: &Platform, file: &str) -> Response {
    let made = platform.admin_call(Method::POST, "/projects", json!({"projectFile": file}));
    tokio::time::timeout(PATIENCE, made).await.expect("it is read in time")
}

fn source(expression: &str) -> String {
    format!(
        "{ONE}[integrations.dataSources.s]\nkind = 'dynamic'\ntitle = 'S'\noptions = {{ request = {{ url = '/x' }}, records = '''{expression}''' }}\n"
    )
}

fn workflow(rest: &str) -> String {
    format!("{ONE}[[integrations.workflows]]\nkey = 'w'\ndescription = 'W'\n{rest}\n")
}

fn step(rest: &str) -> String {
    workflow(&format!("trigger = {{ kind = 'appEvent', event = 'E' }}\nsteps = [{{ kind = 'request', {rest} }}]"))
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused() {
    let platform = Platform::start().await;
    let (open, close) = (|text: &str| text.repeat(50_000), |text: &str| text.repeat(50_000));
    let nested = "{ kind = 'conditional', if = [], then = [";
    for (file, why) in [
        (format!("x = {}{}", open("["), close("]")), "recursion"),
        (format!("x = {}1{}", open("{ a = "), close(" }")), "recursion"),
        (format!("{}a = 1", open("a.")), "recursion"),
        (format!("[{}a]", open("a.")), "recursion"),
        (
            workflow(&format!(
                "trigger = {{ kind = 'request' }}\nsteps = [{}{}]",
                nested.repeat(5_000),
                "] }".repeat(5_000)
            )),
            "recursion",
        ),
        (source(&format!("{}a{}", open("("), close(")"))), "expression"),
        (source(&format!("{}a{}", open("["), close("]"))), "expression"),
        (source(&open("!")), "expression"),
        (source(&format!("a{}", open(".a"))), "expression"),
        (source(&format!("a{}", open(" | a"))), "expression"),
        (source(&format!("a{}", open(" || a"))), "expression"),
        (source(&format!("a{}", open("[0]"))), "expression"),
        (source(&format!("{}a{}", open("{a: "), close("}"))), "expression"),
        (step(&format!("url = '/x', body = {{ kind = 'raw', text = '{}{}' }}", open("["), close("]"))), "not JSON"),
        (step(&format!("url = '/x', body = {{ kind = 'xml', text = '{}' }}", open("<a>"))), "not closed"),
        (
            step(
                "url = '/x', body = { kind = 'xml', text = '<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>' }",
            ),
            "DOCTYPE",
        ),
        (step("url = '/x', headers = { \"a\\r\\nb\" = 'c' }"), "no name of a header"),
        (workflow("trigger = { kind = 'scheduler', intervalSeconds = 0 }"), "intervalSeconds"),
        (workflow("trigger = { kind = 'scheduler', intervalSeconds = -1 }"), "intervalSeconds"),
        (workflow("trigger = { kind = 'scheduler', cron = '* * * * * *', timeZone = '../../etc/localtime' }"), "zone"),
        (workflow("trigger = { kind = 'scheduler', cron = '0 0 0 30 2 *' }"), "never"),
        (ONE.replace("http://x.test", "file:///etc/passwd"), "no address of the web"),
        (ONE.replace("http://x.test", "javascript:alert(1)"), "no address of the web"),
        (
            format!(
                "{ONE}[integrations.oauth]\nauthorizeUrl = 'javascript:alert(1)'\ntokenUrl = 'http://x.test'\nclientId = 'x'\n"
            ),
            "no address of the web",
        ),
        (ONE.replace("'custom'", "'../x'"), "type"),
        ("[project]\nsecrets = { A = { file = '/etc/passwd' } }".to_owned(), "secrets"),
        ("[project]\nkeepCalls = -1".to_owned(), "keepCalls"),
        ("[project]\nrunsPerAccount = 0".to_owned(), "runsPerAccount"),
        ("[project]\nallowedOrigins = ['*']".to_owned(), "allowedOrigins"),
        ("[project]\nallowedOrigins = ['https://*.example.com']".to_owned(), "allowedOrigins"),
        ("[project]\nallowedOrigins = ['null']".to_owned(), "allowedOrigins"),
        ("\u{feff}\u{0}".to_owned(), ""),
    ] {
        let start: String = file.chars().take(300).collect();
        let answer = create(&platform, &file).await;
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        let told = text.contains("project_file_invalid") && text.to_lowercase().contains(&why.to_lowercase());
        assert!(status == 400 && told, "{why}: {start}\n{status} {}", text.chars().take(400).collect::<String>());
    }
    expect(platform.admin_call(Method::GET, "/projects", Value::Null).await, 200).await;
}

#[tokio::test]
async fn what_is_only_odd_works() {
    let platform = Platform::start().await;
    let most = "[project]\nkeepCalls = 9223372036854775807\nkeepRuns = 4294967295\nrunsPerAccount = 9223372036854775807\nproviderTimeoutSeconds = 4294967295\n";
    let many = |count: usize| -> String {
        (0..count).map(|n| ONE.replace("name = 'A'", &format!("name = '{{{{secrets.X}}}} <b>{n}</b>'"))).collect()
    };
    let icon = ONE.replace("type = 'custom'", "type = 'custom'\nicon = '../../../../etc/passwd'");
    let endless = workflow("trigger = { kind = 'scheduler', intervalSeconds = 4294967295 }\ndefaultEnabled = true");
    for file in [format!("{most}{ONE}"), many(300), icon, endless, String::new(), "# nothing\r\n".repeat(10_000)] {
        let made = expect(create(&platform, &file).await, 201).await;
        let id = made["id"].as_str().unwrap();
        let at = |end: &str| format!("/projects/{id}{end}");
        let token = expect(platform.admin_call(Method::POST, &at("/token"), json!({"user": "ada"})).await, 200).await;
        let get = async |path: &str| {
            let address = format!("{}/projects/{id}/sdk{path}", platform.base());
            let answer = Client::new().get(address).bearer_auth(token["token"].as_str().unwrap()).send().await.unwrap();
            expect(answer, 200).await
        };
        get("/me").await;
        let shown = get("/integrations").await;
        assert_eq!(shown.as_array().unwrap().len(), file.matches("[[integrations]]").count());
        assert!(!shown.to_string().contains("root:"), "{shown}");
        // An account too: its workflows are looked at, and its provider is not there.
        if let Some(integration) = shown[0]["id"].as_str().filter(|_| !file.contains("<b>")) {
            let address = format!("{}/projects/{id}/sdk/credentials", platform.base());
            let body = json!({"integrationId": integration, "payload": {"k": "k"}});
            let saved = Client::new().post(address).bearer_auth(token["token"].as_str().unwrap()).json(&body).send();
            expect(saved.await.unwrap(), 200).await;
            get("/integrations").await;
        }
        assert_eq!(platform.admin_call(Method::DELETE, &at(""), Value::Null).await.status(), 204);
    }
    let long = create(&platform, &"# nothing\n".repeat(300_000)).await;
    assert_eq!(expect(long, 413).await["code"], "body_unreadable");
}
