//! Installing, through the whole core: what the app is told, what is sent, and how every flow ends.

use paragon_connect::core::method::Method;
use serde_json::{Value as Json, json};

use crate::driver::Driver;
use crate::project::{SLACK, credential, integration, slack, state, uuid};

const API: &str = "https://zeus.paragon.example";
const PASSPORT: &str = "https://passport.paragon.example";
const CONSENT: &str = "https://provider.example/authorize?x=1";

fn callbacks() -> Json {
    json!({"onNext": "<onNext>", "onComplete": "<onComplete>", "onError": "<onError>"})
}

fn with(options: Json) -> Json {
    let mut all = callbacks();
    for (key, value) in options.as_object().into_iter().flatten() {
        all[key] = value.clone();
    }
    all
}

fn start(driver: &mut Driver, name: &str, options: Json) {
    driver.ok(Method::FlowStart, json!([name, with(options)]));
}

/// The popup's pages load, and the provider is reached.
fn reach_provider(driver: &mut Driver) {
    driver.answer("GET /v2/projects/.../sdk/actions/build-oauth", 200, json!({"redirectUrl": CONSENT}));
    driver.message(API, json!({"type": "oauth-nonce-loaded"}));
    assert_eq!(driver.popups.last().map(|(_, urls)| urls.last().cloned()), Some(Some(CONSENT.to_owned())));
}

/// The provider said yes, and the callback page reports it.
fn allow(driver: &mut Driver, credential: &Json) {
    driver.message(PASSPORT, json!({"type": "oauth_success_callback", "credential": credential}));
}

/// Nothing is left: no popup, no timer, and no answer is awaited but that of the attempt's own removal.
fn assert_at_rest(driver: &mut Driver) {
    assert!(driver.popups.is_empty(), "a popup is left");
    while let Some(sent) = driver.requests.front() {
        let line = sent.line();
        assert!(line.starts_with("DELETE") && line.contains("session-id"), "{line} is left");
        driver.answer("DELETE", 200, json!(null));
    }
    assert_eq!(driver.core.awaited(), 0);
    assert!(driver.timers.is_empty(), "a timer is left");
}

#[test]
fn a_plain_oauth_install() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    start(&mut driver, "slack", json!({}));
    assert_eq!(driver.told(), ["onNext oauth"]);
    let popup = driver.popups[0].1[0].clone();
    assert!(popup.starts_with(&format!("{API}/projects/")) && popup.contains("/sdk/actions/oauth-nonce?"), "{popup}");
    assert!(popup.contains("originForPostMessage=https%3A%2F%2Fapp.example"), "{popup}");
    reach_provider(&mut driver);
    allow(&mut driver, &credential(1, "VALID"));
    assert_eq!(driver.ok(Method::FlowNext, json!([])), json!({"stage": "done", "done": true}));
    let (name, arguments) = driver.seen.pop().expect("onComplete is called");
    assert_eq!((name.as_str(), &arguments[0]["credentialId"]), ("onComplete", &json!(uuid(1))));
    assert_eq!(arguments[0]["integrationType"], "slack");
    assert_eq!(
        driver.events,
        [("onIntegrationInstall".to_owned(), json!({"integrationId": SLACK, "integrationType": "slack"}))]
    );
    assert_eq!(driver.user()["integrations"]["slack"]["enabled"], true);
    assert_at_rest(&mut driver);
}

#[test]
fn a_local_platform_gets_no_token_in_an_address() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    start(&mut driver, "slack", json!({}));
    let build = driver.requests[0].url.clone();
    assert!(build.contains("userToken=") && driver.popups[0].1[0].contains("userToken="), "the cloud wants it there");

    driver.ok(Method::ConfigureGlobal, json!([{"host": "http://127.0.0.1:9400"}]));
    driver.requests.clear();
    let call = driver.call(Method::Authenticate, json!([crate::driver::PROJECT, crate::driver::token("u", 60)]));
    driver.answer("GET /projects/.../sdk/me", 200, crate::driver::me(json!({})));
    driver.answer("GET /projects/.../sdk/integrations", 200, json!([slack()]));
    assert!(driver.outcome(call).is_some());
    start(&mut driver, "slack", json!({}));
    let build = &driver.requests.back().expect("the address is asked for").url;
    assert!(build.contains("build-oauth") && !build.contains("userToken"), "{build}");
    assert!(!driver.popups[0].1[0].contains("userToken"));
}

/// Everything that an integration may ask for, in all combinations.
struct Ask {
    account_types: usize,
    instruction: bool,
    pre: bool,
    oauth: bool,
    post: bool,
    skip: bool,
    custom: bool,
}

fn asks() -> impl Iterator<Item = Ask> {
    (0..3usize).flat_map(|account_types| {
        (0..64u8).map(move |bits| {
            let bit = |index: u8| bits >> index & 1 == 1;
            Ask {
                account_types,
                instruction: bit(0),
                pre: bit(1),
                oauth: bit(2),
                post: bit(3),
                skip: bit(4),
                custom: bit(5),
            }
        })
    })
}

impl Ask {
    fn integration(&self) -> Json {
        let inputs = if self.pre { json!([{"id": "KEY", "type": "PASSWORD", "title": "Key"}]) } else { json!([]) };
        let scheme = if self.oauth { "oauth" } else { "basic" };
        let types: Vec<Json> = ["production", "sandbox"][..self.account_types]
            .iter()
            .map(|id| {
                json!({"id": id, "scheme": scheme, "endUserSuppliedValues": inputs, "skipPostOAuthInputs": self.skip})
            })
            .collect();
        let mut config = json!({"accountTypes": types, "authConfigInputs": inputs});
        if self.post {
            config["postOauthInputs"] = json!([{"id": "LIST", "type": "DYNAMIC_ENUM", "title": "List"}]);
        }
        if self.instruction {
            let url = "login.salesforce.com/packaging/installPackage.apexp?p0=04t";
            config["authSchemeOptions"] = json!({"packageInstallUrl": url});
        }
        let mut integration = integration(if self.custom { "custom" } else { "salesforce" }, config);
        integration["authenticationType"] = json!(scheme);
        if self.custom {
            integration["customIntegration"] = json!({"name": "Mine", "slug": "custom.mine", "inputFields": inputs});
        }
        integration
    }

    fn name(&self) -> &'static str {
        if self.custom { "custom.mine" } else { "salesforce" }
    }

    fn expected(&self) -> Vec<&'static str> {
        let mut stages = vec![];
        let chosen = self.account_types > 0;
        for (shown, stage) in [
            (chosen, "accountType"),
            (self.instruction && chosen && !self.custom, "instruction"),
            (self.pre, "preOptions"),
            (self.oauth, "oauth"),
            (self.post && !(self.skip && chosen), "postOptions"),
        ] {
            if shown {
                stages.push(stage);
            }
        }
        stages
    }
}

#[test]
fn every_combination_of_what_an_integration_may_ask() {
    for ask in asks() {
        let mut driver = Driver::authenticated(json!([ask.integration()]), json!({}));
        start(&mut driver, ask.name(), json!({}));
        let post = ask.expected().contains(&"postOptions");
        let saved = credential(1, if post { "PENDING" } else { "VALID" });
        let mut shown = vec![];
        for _ in 0..10 {
            if let Some((name, arguments)) = driver.seen.first().cloned() {
                driver.seen.remove(0);
                match (name.as_str(), arguments[0]["stage"].as_str()) {
                    ("onComplete", _) => break,
                    ("onNext", Some(stage)) => {
                        shown.push(stage.to_owned());
                        assert_eq!(driver.ok(Method::FlowNext, json!([]))["stage"], stage);
                        match stage {
                            "accountType" => {
                                assert_eq!(arguments[0]["options"].as_array().map(Vec::len), Some(ask.account_types));
                                driver.call(Method::FlowSetAccountType, json!(["production"]));
                            }
                            "instruction" => {
                                let url = "https://login.salesforce.com/packaging/installPackage.apexp?p0=04t";
                                assert_eq!(arguments[0]["packageInstallUrl"], url);
                                let click = arguments[0]["finish"]["onClick"].as_str().unwrap_or_default();
                                let id: u32 =
                                    click.trim_matches(['<', '>']).split(':').nth(1).unwrap().parse().unwrap();
                                driver.ok(Method::InstructionFinished, json!([id]));
                            }
                            "preOptions" => {
                                driver.call(Method::FlowSetPreOptions, json!([{"KEY": "k"}]));
                            }
                            "oauth" => {
                                reach_provider(&mut driver);
                                allow(&mut driver, &saved);
                                if post {
                                    driver.answer(
                                        &format!("GET /projects/.../sdk/credentials/{}", uuid(1)),
                                        200,
                                        saved.clone(),
                                    );
                                }
                            }
                            "postOptions" => {
                                driver.call(Method::FlowSetPostOptions, json!([{"LIST": "l"}]));
                                let complete = format!("POST /projects/.../sdk/credentials/{}/complete-setup", uuid(1));
                                let sent = driver.answer(&complete, 200, credential(1, "VALID"));
                                assert_eq!(sent.body["payload"], json!({"LIST": "l", "skipPostOAuthInputs": false}));
                            }
                            other => panic!("unknown stage {other}"),
                        }
                    }
                    other => panic!("the app was told {other:?}: {arguments}"),
                }
            } else {
                // Nothing to show: then the credential is being saved.
                let sent = driver.answer("POST /projects/.../sdk/credentials", 200, saved.clone());
                assert_eq!(sent.body["integrationId"], SLACK);
                assert_eq!(sent.body["payload"].get("KEY").is_some(), ask.pre);
            }
        }
        assert_eq!(shown, ask.expected());
        assert_eq!(driver.user()["integrations"][ask.name()]["enabled"], true);
        assert_eq!(driver.events.len(), 1);
        assert_at_rest(&mut driver);
    }
}

#[test]
fn the_sandbox_account_type_installs_its_package_at_the_test_host() {
    let ask =
        Ask { account_types: 2, instruction: true, pre: false, oauth: true, post: false, skip: false, custom: false };
    let mut driver = Driver::authenticated(json!([ask.integration()]), json!({}));
    start(&mut driver, "salesforce", json!({"accountType": "sandbox"}));
    let url = "https://test.salesforce.com/packaging/installPackage.apexp?p0=04t";
    assert_eq!(driver.seen[0].1[0]["packageInstallUrl"], url);
    assert_eq!(driver.seen[0].1[0]["ctas"][0]["href"], url);
}

#[test]
fn only_packages_of_salesforce_itself_and_of_this_machine_are_offered() {
    for (url, account_type, shown) in [
        ("https://login.salesforce.com/packaging/installPackage.apexp?p0=1", "production", true),
        ("https://appexchange.salesforce.com/appxListingDetail?listingId=1", "sandbox", true),
        ("appexchange.salesforce.com/appxListingDetail?listingId=1", "production", true),
        ("http://127.0.0.1:9401/login.salesforce.com/packaging/installPackage.apexp", "production", true),
        ("https://login.salesforce.com.evil.example/packaging/installPackage.apexp", "production", false),
        ("https://evil.example/login.salesforce.com/packaging/installPackage.apexp", "production", false),
        ("https://login.salesforce.com/elsewhere", "production", false),
        ("javascript:alert(1)//packaging/installPackage.apexp", "production", false),
    ] {
        let ask = Ask {
            account_types: 2,
            instruction: true,
            pre: false,
            oauth: true,
            post: false,
            skip: false,
            custom: false,
        };
        let mut project = ask.integration();
        project["sdkIntegrationConfig"]["authSchemeOptions"]["packageInstallUrl"] = json!(url);
        let mut driver = Driver::authenticated(json!([project]), json!({}));
        start(&mut driver, "salesforce", json!({"accountType": account_type}));
        let expected = if shown { "instruction" } else { "oauth" };
        assert_eq!(driver.seen[0].1[0]["stage"], expected, "{url}");
    }
}

#[test]
fn what_stands_in_the_way_of_a_flow_goes_to_on_error_and_changes_nothing() {
    let states = json!({"slack": state(&[{
        let mut named = credential(1, "VALID");
        named["externalId"] = json!("taken");
        named
    }])});
    for (options, code) in [
        (json!({}), "INTEGRATION_ALREADY_INSTALLED"),
        (json!({"allowMultipleCredentials": true, "externalId": "taken"}), "EXTERNAL_ID_TAKEN"),
        (json!({"allowMultipleCredentials": true, "externalId": " "}), "EXTERNAL_ID_EMPTY"),
        (json!({"externalId": "new", "selectedCredentialId": uuid(1)}), "EXTERNAL_ID_AND_CREDENTIAL"),
        (json!({"selectedCredentialId": uuid(5)}), "CREDENTIAL_UNKNOWN"),
        (json!({"allowMultipleCredentials": true, "accountType": "none"}), "ACCOUNT_TYPE_UNKNOWN"),
    ] {
        let mut driver = Driver::authenticated(json!([slack()]), states.clone());
        start(&mut driver, "slack", options.clone());
        assert_eq!(driver.seen.len(), 1, "{options}");
        assert_eq!((&driver.seen[0].1[0]["code"], &driver.seen[0].1[1]), (&json!(code), &json!(null)));
        assert!(driver.popups.is_empty() && driver.requests.is_empty());
        assert!(driver.now(Method::FlowNext, json!([])).is_err());
    }
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    driver.ok(Method::SetHeadless, json!([false]));
    start(&mut driver, "slack", json!({}));
    assert_eq!(driver.told(), ["onError HeadlessModeNotEnabledError"]);
    driver.ok(Method::SetHeadless, json!([true]));
    start(&mut driver, "nope", json!({}));
    assert_eq!(driver.told(), ["onError IntegrationNotFoundError"]);
    driver.ok(Method::Logout, json!([]));
    start(&mut driver, "slack", json!({}));
    assert_eq!(driver.told(), ["onError UserNotAuthenticatedError"]);
    assert!(driver.now(Method::FlowStart, json!(["slack"])).is_err(), "without onError it throws");
}

#[test]
fn the_plan_must_have_the_feature() {
    let mut driver = Driver::new();
    driver.ok(Method::SetHeadless, json!([true]));
    driver.call(Method::Authenticate, json!([crate::driver::PROJECT, crate::driver::token("u", 60)]));
    let mut me = crate::driver::me(json!({"slack": state(&[credential(1, "VALID")])}));
    me["project"]["accessibleFeatures"] = json!(["byo"]);
    driver.answer("GET /projects/.../sdk/me", 200, me);
    driver.answer("GET /projects/.../sdk/integrations", 200, json!([slack()]));
    for (method, arguments) in
        [(Method::InstallIntegration, json!(["slack"])), (Method::UninstallIntegration, json!(["slack"]))]
    {
        let call = driver.call(method, arguments);
        assert_eq!(driver.error(call)["code"], "FEATURE_NOT_AVAILABLE");
    }
    start(&mut driver, "slack", json!({}));
    assert_eq!(driver.told(), ["onError FeatureNotAvailableError"]);
}

#[test]
fn every_way_a_popup_can_fail_is_told_once_and_can_be_retried() {
    let deny = json!({"type": "oauth_error_callback", "error": "access_denied", "errorResponse": {"why": "no"}});
    type Way = (&'static str, fn(&mut Driver, &Json));
    let ways: [Way; 5] = [
        ("OAuthDeniedError", |driver, deny| driver.message(PASSPORT, deny.clone())),
        ("OAuthTimeoutError", |driver, _| driver.pass(30_000.0)),
        ("OAuthPopupClosedError", |driver, _| {
            driver.pass(2_000.0);
            driver.page.popup_closed.set(true);
            for _ in 0..2 {
                driver.pass(250.0);
                driver.answer("GET /projects/.../sdk/actions/session-id/", 200, json!({}));
            }
        }),
        ("OAuthDeniedError", |driver, _| {
            driver.pass(3_000.0);
            driver.answer("GET /projects/.../sdk/actions/session-id/", 200, json!({"error": "server_error"}));
        }),
        ("OAuthTimeoutError", |driver, _| {
            driver.page.elsewhere.set(true);
            driver.page.popup_closed.set(true);
            driver.pass(30_000.0);
        }),
    ];
    for (name, fail) in ways {
        let mut driver = Driver::authenticated(json!([slack()]), json!({}));
        start(&mut driver, "slack", json!({"oauthTimeout": 20_000}));
        reach_provider(&mut driver);
        driver.told();
        fail(&mut driver, &deny);
        assert_eq!(driver.told(), [format!("onError {name} oauth")], "{name}");
        assert!(driver.popups.is_empty());
        driver.requests.clear();

        driver.page.popup_closed.set(false);
        driver.page.elsewhere.set(false);
        driver.call(Method::FlowRetry, json!([]));
        reach_provider(&mut driver);
        allow(&mut driver, &credential(1, "VALID"));
        assert_eq!(driver.told(), ["onComplete"]);
    }
}

#[test]
fn a_blocked_popup_is_told_and_nothing_is_asked_for_it() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    driver.block_popups = true;
    start(&mut driver, "slack", json!({}));
    assert_eq!(driver.told(), ["onNext oauth", "onError OAuthBlockedError oauth"]);
    assert!(driver.requests.is_empty());
    driver.block_popups = false;
    driver.call(Method::FlowRetry, json!([]));
    assert_eq!(driver.popups.len(), 1);
}

#[test]
fn a_provider_address_that_cannot_be_had_or_is_unsafe_is_an_error_at_once() {
    for (status, body, code) in [
        (500, json!({"message": "broken"}), "API_ERROR"),
        (0, json!({"name": "TypeError"}), "NETWORK_ERROR"),
        (200, json!({"redirectUrl": "javascript:alert(1)"}), "OAUTH_ADDRESS_UNSAFE"),
        (200, json!({"redirectUrl": "data:text/html,x"}), "OAUTH_ADDRESS_UNSAFE"),
        (200, json!({"redirectUrl": "http://provider.example"}), "OAUTH_ADDRESS_UNSAFE"),
        (200, json!({}), "OAUTH_ADDRESS_UNSAFE"),
    ] {
        let mut driver = Driver::authenticated(json!([slack()]), json!({}));
        start(&mut driver, "slack", json!({}));
        driver.seen.clear();
        driver.answer("GET /v2/projects/.../sdk/actions/build-oauth", status, body);
        assert_eq!(driver.seen.len(), 1);
        assert_eq!(driver.seen[0].1[0]["code"], code);
        assert!(driver.popups.is_empty(), "the popup does not stay");
    }
}

#[test]
fn messages_from_elsewhere_or_for_another_attempt_change_nothing() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    start(&mut driver, "slack", json!({}));
    reach_provider(&mut driver);
    driver.told();
    let good = json!({"type": "oauth_success_callback", "credential": credential(1, "VALID")});
    for origin in [
        "https://evil.example",
        "https://passport.paragon.example.evil.example",
        "http://passport.paragon.example",
        "https://passport.paragon.example:444",
        "https://passport.paragon.example.",
        "null",
        API,
        "",
    ] {
        driver.message(origin, good.clone());
    }
    let mut other = good.clone();
    other["oauthMetaKeyId"] = json!("another");
    driver.message(PASSPORT, other);
    let id = driver.popups[0].0;
    driver.message_to(id + 1, PASSPORT, good);
    for junk in [json!(null), json!("x"), json!([]), json!({"type": "oauth_success_callback"}), json!({"type": 1})] {
        driver.message(PASSPORT, junk);
    }
    assert!(driver.seen.is_empty() && driver.requests.is_empty());
    assert_eq!(driver.user()["integrations"], json!({}));
    allow(&mut driver, &credential(1, "VALID"));
    assert_eq!(driver.told(), ["onComplete"]);
}

#[test]
fn the_platform_is_asked_when_no_message_comes() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    start(&mut driver, "slack", json!({}));
    reach_provider(&mut driver);
    driver.pass(3_000.0);
    driver.answer("GET /projects/.../sdk/actions/session-id/", 503, json!({"message": "later"}));
    driver.pass(3_000.0);
    driver.answer("GET /projects/.../sdk/actions/session-id/", 200, json!({"connectCredentialId": uuid(1)}));
    driver.answer(&format!("GET /projects/.../sdk/credentials/{}", uuid(1)), 200, credential(1, "VALID"));
    assert_eq!(driver.told(), ["onNext oauth", "onComplete"]);
    assert_at_rest(&mut driver);
}

#[test]
fn a_second_start_ends_the_first_without_a_word() {
    let mut driver = Driver::authenticated(json!([slack(), integration("jira", json!({}))]), json!({}));
    start(&mut driver, "slack", json!({}));
    let first = driver.popups[0].0;
    start(&mut driver, "jira", json!({}));
    assert_eq!(driver.popups.len(), 1);
    driver.message_to(first, PASSPORT, json!({"type": "oauth_success_callback", "credential": credential(1, "VALID")}));
    assert_eq!(driver.told(), ["onNext oauth", "onNext oauth"]);
    driver.answer("GET /v2/projects/.../sdk/actions/build-oauth", 200, json!({"redirectUrl": CONSENT}));
    driver.answer("GET /v2/projects/.../sdk/actions/build-oauth", 200, json!({"redirectUrl": CONSENT}));
    driver.message(API, json!({"type": "oauth-nonce-loaded"}));
    allow(&mut driver, &credential(2, "VALID"));
    assert_eq!(driver.told(), ["onComplete"]);
    let user = driver.user();
    assert_eq!(user["integrations"]["jira"]["credentialId"], uuid(2));
    assert_eq!(user["integrations"].get("slack"), None);
}

#[test]
fn cancelling_at_each_stage() {
    // During the popup: it closes, and nothing is told any more.
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    start(&mut driver, "slack", json!({"oauthTimeout": 5_000}));
    reach_provider(&mut driver);
    driver.told();
    let call = driver.call(Method::FlowCancel, json!([]));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    assert_at_rest(&mut driver);
    assert!(driver.told().is_empty());

    // While the account still needs its setup: it is removed at the platform.
    let asking = integration("slack", json!({"postOauthInputs": [{"id": "a", "type": "ENUM"}]}));
    let mut driver = Driver::authenticated(json!([asking]), json!({}));
    start(&mut driver, "slack", json!({}));
    reach_provider(&mut driver);
    allow(&mut driver, &credential(1, "PENDING"));
    driver.answer(&format!("GET /projects/.../sdk/credentials/{}", uuid(1)), 200, credential(1, "PENDING"));
    assert_eq!(driver.told(), ["onNext oauth", "onNext postOptions"]);
    driver.call(Method::FlowCancel, json!([]));
    driver.answer(&format!("DELETE /projects/.../sdk/integrations/{SLACK}"), 200, json!(null));
    assert_eq!(driver.user()["integrations"]["slack"]["allCredentials"], json!([]));
    assert_at_rest(&mut driver);

    // While it is being saved: it is removed when it comes.
    let mut keyed = integration("slack", json!({"authConfigInputs": [{"id": "KEY", "type": "PASSWORD"}]}));
    keyed["authenticationType"] = json!("basic");
    let mut driver = Driver::authenticated(json!([keyed]), json!({}));
    start(&mut driver, "slack", json!({}));
    driver.call(Method::FlowSetPreOptions, json!([{"KEY": "k"}]));
    driver.call(Method::FlowCancel, json!([]));
    driver.answer("POST /projects/.../sdk/credentials", 200, credential(1, "VALID"));
    driver.answer(&format!("DELETE /projects/.../sdk/integrations/{SLACK}"), 200, json!(null));
    assert_eq!(driver.told(), ["onNext preOptions"]);
    assert_at_rest(&mut driver);
}

#[test]
fn logging_out_ends_the_flow_and_its_popup() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    start(&mut driver, "slack", json!({}));
    reach_provider(&mut driver);
    driver.told();
    driver.ok(Method::Logout, json!([]));
    assert_at_rest(&mut driver);
    assert!(driver.told().is_empty());
}

#[test]
fn a_wrong_key_can_be_corrected() {
    let mut keyed = integration("slack", json!({"authConfigInputs": [{"id": "KEY", "type": "PASSWORD"}]}));
    keyed["authenticationType"] = json!("basic");
    let mut driver = Driver::authenticated(json!([keyed]), json!({}));
    start(&mut driver, "slack", json!({}));
    let call = driver.call(Method::FlowSetPreOptions, json!([{"KEY": "wrong"}]));
    driver.answer("POST /projects/.../sdk/credentials", 400, json!({"message": "The key is wrong.", "code": 7003}));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))), "errors go to onError");
    assert_eq!(driver.told(), ["onNext preOptions", "onError ApiError preOptions"]);
    driver.call(Method::FlowSetPreOptions, json!([{"KEY": "right"}]));
    driver.answer("POST /projects/.../sdk/credentials", 200, credential(1, "VALID"));
    assert_eq!(driver.told(), ["onComplete"]);
}

#[test]
fn calls_without_a_flow_or_out_of_turn() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    for (method, arguments) in [
        (Method::FlowSetAccountType, json!(["x"])),
        (Method::FlowSetPreOptions, json!([{}])),
        (Method::FlowSetPostOptions, json!([{}])),
        (Method::FlowRetry, json!([])),
        (Method::FlowNext, json!([])),
    ] {
        let call = driver.call(method, arguments);
        assert_eq!(driver.error(call)["name"], "NoActiveInstallFlowError", "{method:?}");
    }
    let call = driver.call(Method::FlowCancel, json!([]));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    for method in [Method::FlowAccountTypeValue, Method::FlowPreOptionsValue, Method::FlowPostOptionsValue] {
        assert_eq!(driver.ok(method, json!([])), json!(null));
    }
    start(&mut driver, "slack", json!({}));
    driver.told();
    driver.call(Method::FlowSetPostOptions, json!([{"a": 1}]));
    assert_eq!(driver.told(), ["onError InstallFlowStageError oauth"]);
    assert_eq!(driver.ok(Method::FlowPostOptionsValue, json!([])), json!(null));
}

#[test]
fn a_second_account_that_waits_for_its_setup_does_not_switch_off_the_first() {
    let asking = integration("slack", json!({"postOauthInputs": [{"id": "a", "type": "ENUM"}]}));
    let mut driver = Driver::authenticated(json!([asking]), json!({"slack": state(&[credential(1, "VALID")])}));
    start(&mut driver, "slack", json!({"allowMultipleCredentials": true}));
    reach_provider(&mut driver);
    allow(&mut driver, &credential(2, "PENDING"));
    driver.answer(&format!("GET /projects/.../sdk/credentials/{}", uuid(2)), 200, credential(2, "PENDING"));
    let slack = driver.user()["integrations"]["slack"].clone();
    assert_eq!((&slack["enabled"], &slack["credentialId"]), (&json!(true), &json!(uuid(1))));
    driver.call(Method::GetFieldOptions, json!([{"integration": "slack", "action": "lists"}]));
    assert_eq!(driver.requests.back().expect("options are asked").headers["X-Paragon-Credential"], uuid(2));
    driver.call(Method::FlowSetPostOptions, json!([{"a": "1"}]));
    driver.answer("POST /projects/.../sdk/credentials/", 200, credential(2, "VALID"));
    assert_eq!(driver.told().last().map(String::as_str), Some("onComplete"));
}

#[test]
fn install_integration_resolves_with_the_event_after_its_callbacks() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    let options = json!({"onSuccess": "<onSuccess>", "onInstall": "<onInstall>", "onError": "<onError>"});
    let call = driver.call(Method::InstallIntegration, json!(["slack", options]));
    reach_provider(&mut driver);
    allow(&mut driver, &credential(1, "VALID"));
    assert_eq!(driver.told(), ["onInstall"], "onSuccess is for apps that give no onInstall");
    let event = driver.outcome(call).and_then(|result| result.as_ref().ok()).expect("it resolves");
    assert_eq!(event["credentialId"], uuid(1));

    let call = driver.call(Method::InstallIntegration, json!(["slack"]));
    assert_eq!(driver.error(call)["code"], "INTEGRATION_ALREADY_INSTALLED");
}

#[test]
fn install_integration_rejects_once_when_the_user_says_no() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    let call = driver.call(Method::InstallIntegration, json!(["slack", {"onError": "<onError>"}]));
    reach_provider(&mut driver);
    driver.message(PASSPORT, json!({"type": "oauth_error_callback", "error": "access_denied"}));
    assert_eq!(driver.error(call)["name"], "OAuthDeniedError");
    assert_eq!(driver.told(), ["onError OAuthDeniedError oauth"]);
    assert_at_rest(&mut driver);
}

#[test]
fn install_integration_refuses_what_it_would_have_to_ask() {
    for (config, stage) in [
        (json!({"accountTypes": [{"id": "a", "scheme": "oauth"}]}), "accountType"),
        (json!({"authConfigInputs": [{"id": "KEY"}]}), "preOptions"),
        (json!({"postOauthInputs": [{"id": "LIST"}]}), "postOptions"),
    ] {
        let mut driver = Driver::authenticated(json!([integration("slack", config)]), json!({}));
        let call = driver.call(Method::InstallIntegration, json!(["slack"]));
        let error = driver.error(call);
        assert_eq!((&error["code"], &error["stage"]), (&json!("INSTALL_NEEDS_INPUT"), &json!(stage)));
        assert!(driver.popups.is_empty());
    }
}

#[test]
fn without_a_random_source_no_popup_opens() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    driver.page.without_random.set(true);
    start(&mut driver, "slack", json!({}));
    assert!(driver.popups.is_empty());
    assert_eq!(driver.seen.iter().filter(|(name, _)| name == "onError").count(), 1);
}
