//! Installs that begin at a provider's marketplace, and the catalogue of triggers.

use reqwest::header::HeaderMap;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::harness::{Platform, User, attribute, expect, expect_text, headers};

const PAGE: &str = "https://app.example.com/from-slack";

/// Installs at the sandbox's marketplace; the code that the app's page gets.
async fn code(user: &User<'_>) -> String {
    let listing = user.browser.get(format!("{}/slack/marketplace", user.platform.sandbox())).send().await.unwrap();
    let listing = expect_text(listing, 200).await;
    let links = listing.split("<a").skip(1).map(|rest| attribute(rest, "href"));
    let link = links.into_iter().find(|link| link.contains("app.example.com")).unwrap();
    let link = Url::parse(user.platform.sandbox()).unwrap().join(&link).unwrap();
    let back = Url::parse(&user.decide(link.as_str(), "ada", "allow").await).unwrap();
    assert!(back.as_str().starts_with(PAGE), "{back}");
    back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
}

async fn install(user: &User<'_>, code: &str, redirect: Option<&str>, options: Value) -> reqwest::Response {
    let id = user.integration_id("slack").await;
    let mut body = json!({"integrationId": id, "code": code, "integrationOptions": {"installOptions": options}});
    if let Some(redirect) = redirect {
        body["redirectUrl"] = redirect.into();
    }
    user.post("/credentials", body).await
}

#[tokio::test]
async fn a_code_of_the_marketplace_becomes_an_account() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let given = code(&ada).await;
    let account = expect(install(&ada, &given, Some(PAGE), json!({"externalId": "team"})).await, 200).await;
    assert_eq!((&account["status"], &account["externalId"]), (&json!("VALID"), &json!("team")));
    assert_eq!(account["providerData"]["team"], "Lighthouse");
    let read = ada.call(Method::GET, "/proxy/slack/auth.test", None, HeaderMap::new()).await;
    assert_eq!(expect(read, 200).await["output"]["ok"], true);
    // It works once; what it gave is revoked when it comes again, as RFC 6749 has it.
    let again = expect(install(&ada, &given, Some(PAGE), json!({"allowMultipleCredentials": true})).await, 400).await;
    assert_eq!(again["meta"]["isIntegrationError"], true);
    assert_eq!(ada.get("/credentials").await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_code_for_another_page_or_after_its_time_is_no_account() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    for redirect in [None, Some("https://evil.test/")] {
        let given = code(&ada).await;
        expect(install(&ada, &given, redirect, json!({})).await, 400).await;
    }
    let given = code(&ada).await;
    platform.running.app.clock.advance_ms(61_000);
    expect(install(&ada, &given, Some(PAGE), json!({})).await, 400).await;
    assert_eq!(ada.get("/credentials").await, json!([]));
}

impl User<'_> {
    /// The catalogue of triggers.
    async fn triggers(&self, query: &str, headers: HeaderMap) -> reqwest::Response {
        let address = self.address(&format!("/triggers{query}")).replace("/sdk/", "/");
        self.browser.get(address).bearer_auth(&self.token).headers(headers).send().await.unwrap()
    }
}

#[tokio::test]
async fn the_catalogue_of_triggers_is_that_of_the_project_file() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let refused = ada.triggers("?integrations=salesforce", HeaderMap::new()).await;
    assert_eq!(expect(refused, 400).await["code"], "integration_not_enabled");
    ada.connect("salesforce", &[("parameters", r#"{"environment":"salesforce"}"#)]).await;
    let slack = ada.connect("slack", &[]).await;
    let all = expect(ada.triggers("?integrations=salesforce", HeaderMap::new()).await, 200).await;
    assert_eq!((all["errors"].clone(), all["triggers"].as_object().unwrap().len()), (json!([]), 1));
    let types = all["triggers"]["salesforce"].as_array().unwrap();
    assert_eq!(
        types[1]["parameters"][1],
        json!({"id": "field", "title": "Field", "type": "EDITABLE_ENUM", "required": true, "values": [],
            "valuesSource": {"sourceType": "fields", "dependencies": ["recordType"]}})
    );
    assert_eq!((&types[0]["triggerModel"], &types[0]["title"]), (&json!("POLLING"), &json!("Record created")));
    // Without names: those of all connected integrations. With a wrong one among others: told beside them.
    let all = expect(ada.triggers("", HeaderMap::new()).await, 200).await;
    assert_eq!(all["triggers"].as_object().unwrap().keys().collect::<Vec<_>>(), ["slack", "salesforce"]);
    let mixed = expect(ada.triggers("?integrations=slack,jira,nonsense", HeaderMap::new()).await, 200).await;
    let told: Vec<&Value> = mixed["errors"].as_array().unwrap().iter().map(|error| &error["type"]).collect();
    assert_eq!((mixed["triggers"].as_object().unwrap().len(), told), (1, vec![&json!("jira"), &json!("nonsense")]));
    // An account that is named must be one of the integration.
    let named = headers(&[("x-paragon-credential", slack["id"].as_str().unwrap())]);
    expect(ada.triggers("?integrations=slack", named.clone()).await, 200).await;
    assert_eq!(expect(ada.triggers("?integrations=salesforce", named).await, 404).await["code"], "credential_unknown");
}

#[tokio::test]
async fn project_files_with_impossible_triggers_and_resources_are_told() {
    let start = "[[integrations]]\ntype = 'a'\nname = 'A'\nbaseUrl = 'http://x.test'\nauthorization = { kind = 'bearer', token = '{{inputs.k}}' }\n";
    let resource = "[[resources]]\nslug = 'r'\nbaseUrl = 'http://x.test'\n";
    let cases = [
        (format!("{start}[[integrations.triggers]]\ntype = 'T'\ntriggerModel = 'PUSH'\ntitle = 'T'"), "PUSH"),
        (
            format!(
                "{start}[[integrations.triggers]]\ntype = 'T'\ntriggerModel = 'POLLING'\ntitle = 'T'\nparameters = [{{ id = 'p', title = 'P', type = 'ENUM', valuesSource = {{ sourceType = 'none' }} }}]"
            ),
            "not below dataSources",
        ),
        (
            format!(
                "{start}[[integrations.triggers]]\ntype = 'T'\ntriggerModel = 'POLLING'\ntitle = 'T'\nparameters = [{{ id = 'p', title = 'P', type = 'TEXT', colour = 1 }}]"
            ),
            "unknown key",
        ),
        (
            format!("{resource}authorization = {{ kind = 'bearer', token = '{{{{secrets.NONE}}}}' }}"),
            "[project.secrets]",
        ),
        (
            format!("{resource}authorization = {{ kind = 'bearer', token = '{{{{token.access_token}}}}' }}"),
            "key scheme",
        ),
        (resource.replace("'r'", "'a b'") + "authorization = { kind = 'bearer', token = 'x' }", "slug"),
        (
            format!(
                "{start}[[integrations.workflows]]\nkey = 'w'\ndescription = 'W'\ntrigger = {{ kind = 'appEvent', event = 'E' }}\nsteps = [{{ kind = 'request', url = '/x', resource = 'none' }}]"
            ),
            "not below [[resources]]",
        ),
        (
            format!(
                "{start}[[integrations.workflows]]\nkey = 'w'\ndescription = 'W'\ntrigger = {{ kind = 'appEvent', event = 'E' }}\nsteps = [{{ kind = 'request', url = '/{{{{resources.none.x}}}}' }}]"
            ),
            "not below [[resources]]",
        ),
        ("[project]\ninstallPages = ['/here']".to_owned(), "installPages"),
    ];
    for (text, why) in cases {
        let error = paragon_local::config::Config::parse(&text, std::path::Path::new("paragon.toml")).unwrap_err();
        assert!(error.to_string().contains(why), "{why}: {error}");
    }
}
