//! The portal: when its frame is there, what its page is told, and what its page may ask.

use paragon_connect::core::effect::Input;
use paragon_connect::core::frame::is_for_the_page;
use paragon_connect::core::method::Method;
use paragon_connect::core::value::Value;
use paragon_connect::host::fake::Fake;
use serde_json::{Value as Json, json};

use crate::driver::{Driver, PROJECT, me, token};
use crate::project::{SLACK, credential, integration, slack, state, uuid};

const PORTAL: &str = "https://connect.paragon.example";

/// Signed in without headless mode, with the portal's page loaded. Slack has one account.
fn driver() -> Driver {
    let mut jira = integration("jira", json!({}));
    jira["id"] = json!("jira-id");
    driver_of(json!([slack(), jira]), json!({"slack": state(&[credential(1, "VALID")])}))
}

fn driver_of(integrations: Json, states: Json) -> Driver {
    driver_with(integrations, me(states))
}

fn driver_with(integrations: Json, me: Json) -> Driver {
    let mut driver = Driver::new();
    driver.ok(Method::ConfigureGlobal, json!([{"host": "https://paragon.example"}]));
    driver.call(Method::Authenticate, json!([PROJECT, token("user-1", 3600)]));
    driver.answer("GET /projects/.../sdk/me", 200, me);
    driver.answer("GET /projects/.../sdk/integrations", 200, integrations);
    driver.core.input(Input::FrameLoaded);
    driver.perform();
    driver
}

/// The portal's page sends a message; `method` is what the face found for its `type`.
fn say(driver: &mut Driver, method: Option<Method>, origin: &str, parameters: Json) -> u32 {
    let data = json!({"messageType": "SDK_FUNCTION_INVOCATION", "type": "x", "id": "1", "parameters": parameters});
    driver.core.frame_message(9_000, method, Fake::from(origin), Fake::from(data));
    driver.perform();
    9_000
}

fn page(driver: &mut Driver, method: Method, parameters: Json) -> Result<Json, Json> {
    driver.settled.clear();
    let call = say(driver, Some(method), PORTAL, parameters);
    driver.outcome(call).cloned().expect("the page is answered")
}

fn told(driver: &Driver) -> &Json {
    driver.posted.last().expect("the page was told something")
}

#[test]
fn the_frame_is_there_for_a_user_and_goes_with_it() {
    let mut driver = driver();
    assert_eq!(driver.portal.as_deref(), Some(format!("{PORTAL}/ui?projectId={PROJECT}").as_str()));
    let context = &told(&driver)["nextContext"];
    assert_eq!(context["projectId"], PROJECT);
    assert_eq!(context["user"]["token"], token("user-1", 3600));
    assert_eq!(context["environments"]["CONNECT_PUBLIC_URL"], PORTAL);
    assert_eq!(driver.user().get("token"), None);
    driver.ok(Method::Logout, json!([]));
    assert_eq!((driver.portal, driver.style), (None, (false, false)));
}

#[test]
fn in_headless_mode_there_is_none_and_connect_says_so() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    let call = driver.call(Method::Connect, json!(["slack"]));
    assert_eq!(driver.portal, None);
    assert_eq!(driver.warnings[0]["code"], "PORTAL_IN_HEADLESS_MODE");
    assert_eq!((driver.outcome(call), driver.dropped.as_slice()), (None, [call].as_slice()));
}

#[test]
fn connect_refuses_what_it_cannot_show() {
    let mut nobody = Driver::new();
    let call = nobody.call(Method::Connect, json!(["slack"]));
    assert_eq!(nobody.error(call)["code"], "USER_NOT_AUTHENTICATED");
    let mut driver = driver();
    for (name, options, code) in [
        ("nope", json!({}), "INTEGRATION_UNKNOWN"),
        ("slack", json!({"mapObjectFields": {}}), "FEATURE_NOT_AVAILABLE"),
        ("slack", json!({"selectedCredentialId": "nope"}), "CREDENTIAL_UNKNOWN"),
        ("slack", json!({"selectedConfigurationId": "nope"}), "CONFIGURATION_UNKNOWN"),
        ("slack", json!({"externalId": " "}), "EXTERNAL_ID_EMPTY"),
        ("slack", json!({"externalId": "a", "selectedCredentialId": uuid(1)}), "EXTERNAL_ID_AND_CREDENTIAL"),
    ] {
        let call = driver.call(Method::Connect, json!([name, options]));
        assert_eq!(driver.error(call)["code"], code);
    }
    assert_eq!(told(&driver)["nextModalState"]["integration"], json!(null));
    // What is wrong with the options, the callback hears as well.
    driver.call(Method::Connect, json!(["slack", {"selectedCredentialId": "nope", "onError": "<onError>"}]));
    assert_eq!(driver.told(), ["onError CredentialNotFoundError"]);
}

#[test]
fn the_page_is_told_of_every_change_and_of_nothing_else() {
    let mut driver = driver();
    let before = driver.posted.len();
    driver.ok(Method::GetUser, json!([]));
    assert_eq!(driver.posted.len(), before);
    let options = json!({"accountType": "nope", "selectedCredentialId": format!(" {} ", uuid(1)), "other": 1});
    driver.call(Method::Connect, json!(["slack", options]));
    assert_eq!(driver.warnings[0]["code"], "ACCOUNT_TYPE_UNKNOWN");
    let state = &told(&driver)["nextModalState"];
    assert_eq!((&state["integration"]["id"], &state["selectedCredentialId"]), (&json!(SLACK), &json!(uuid(1))));
    let expected = json!({"isApiInstallation": false, "accountType": "nope", "selectedCredentialId": uuid(1)});
    assert_eq!(state["apiInstallationOptions"], expected);
    assert_eq!(driver.posted.len(), before + 1);
    page(&mut driver, Method::SetModalState, json!([{"tabView": "overview"}])).expect("it may");
    assert_eq!(told(&driver)["nextModalState"]["tabView"], "overview");
    let change = json!([{"meta": {"a": 1}, "token": "stolen", "userId": "other", "authenticated": false}]);
    page(&mut driver, Method::UpdateAuthenticatedUser, change).expect("it may");
    let user = &told(&driver)["nextContext"]["user"];
    assert_eq!((&user["meta"], &user["userId"]), (&json!({"a": 1}), &json!("user-1")));
    assert_eq!(user["token"], token("user-1", 3600));
    assert_eq!(driver.user()["authenticated"], true);
}

#[test]
fn nothing_is_told_before_the_page_is_there_and_all_when_it_loads_anew() {
    let mut driver = driver();
    driver.core.input(Input::FrameLost);
    driver.perform();
    let before = driver.posted.len();
    driver.call(Method::Connect, json!(["slack"]));
    assert_eq!(driver.posted.len(), before);
    // A page may speak before its load event.
    page(&mut driver, Method::GetVersion, json!([])).expect("it may");
    assert_eq!(driver.posted.len(), before + 1);
    driver.core.input(Input::FrameLoaded);
    driver.perform();
    assert_eq!(driver.posted.len(), before + 2);
    assert_eq!(told(&driver)["nextModalState"]["integration"]["type"], "slack");
}

#[test]
fn callbacks_run_once_and_only_for_their_integration() {
    let mut driver = driver();
    let options = json!({"onOpen": "<onOpen>", "onClose": "<onClose>", "onWorkflowChange": "<onWorkflowChange>"});
    driver.call(Method::Connect, json!(["slack", options]));
    page(&mut driver, Method::UpdateContainerStyle, json!([{"isModalShown": true}])).expect("it may");
    assert_eq!(driver.style, (true, false));
    for _ in 0..2 {
        page(&mut driver, Method::OnOpen, json!([])).expect("it may");
    }
    assert_eq!(driver.style, (true, true));
    assert_eq!(driver.told(), ["onOpen"]);
    for kind in ["jira", "slack", "slack"] {
        let info =
            json!({"type": "onWorkflowChange", "integrationType": kind, "workflowId": "w", "workflowStateChange": {}});
        page(&mut driver, Method::TriggerSDKEvent, json!([info])).expect("it may");
    }
    assert_eq!(driver.told(), ["onWorkflowChange"]);
    page(&mut driver, Method::OnClose, json!([true])).expect("it may");
    page(&mut driver, Method::OnClose, json!([true])).expect("it may");
    assert_eq!(driver.told(), ["onClose"]);
    let names: Vec<_> = driver.events.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["onPortalOpen", "onWorkflowChange", "onWorkflowChange", "onWorkflowChange", "onPortalClose"]);
    assert_eq!(driver.events[1].1, json!({"workflowId": "w", "workflowStateChange": {}}));
    // The page has a second to take its leave.
    assert_eq!(driver.style, (true, false));
    driver.pass(1_000.0);
    assert_eq!(driver.style, (false, false));
    assert!(driver.timers.is_empty());
    let unknown = page(&mut driver, Method::TriggerSDKEvent, json!([{"type": "nope"}]));
    assert_eq!(unknown.expect_err("there is no such event")["code"], "ARGUMENT_INVALID");
}

#[test]
fn who_opened_the_portal_hears_that_it_is_closed_even_if_it_never_showed() {
    let mut driver = driver();
    driver.call(Method::Connect, json!(["slack", {"onOpen": "<onOpen>", "onClose": "<onClose>"}]));
    driver.ok(Method::ClosePortal, json!([]));
    driver.ok(Method::ClosePortal, json!([]));
    assert_eq!(driver.told(), ["onClose"]);
    assert_eq!(driver.events.len(), 1);
    // What nobody has asked for is not told.
    driver.call(Method::Connect, json!(["slack", {"onClose": "<onClose>"}]));
    driver.ok(Method::Logout, json!([]));
    assert!(driver.told().is_empty());
}

#[test]
fn a_page_that_never_comes_is_reported() {
    let mut driver = driver();
    driver.core.input(Input::FrameLost);
    driver.perform();
    driver.call(Method::Connect, json!(["slack"]));
    driver.pass(15_000.0);
    assert_eq!(driver.warnings[0]["code"], "PORTAL_SILENT");
}

#[test]
fn a_second_connect_takes_the_place_of_the_first() {
    let mut driver = driver();
    let first = driver.call(Method::Connect, json!(["slack"]));
    let second = driver.call(Method::Connect, json!(["jira"]));
    assert_eq!(driver.dropped, [first]);
    assert_eq!(told(&driver)["nextModalState"]["integration"]["type"], "jira");
    let done = json!([{"integrationId": "jira-id", "payload": {"key": "k"}}, null, {"installOptions": {"a": 1}}]);
    say(&mut driver, Some(Method::OauthCallback), PORTAL, done);
    let sent = driver.answer("POST /projects/.../sdk/credentials", 200, credential(7, "VALID"));
    let body = json!({"integrationId": "jira-id", "config": {}, "payload": {"key": "k"}, "installOptions": {"a": 1}});
    assert_eq!(sent.body, body);
    let event = driver.outcome(second).cloned().expect("it settles").expect("it resolves");
    assert_eq!((&event["integrationType"], &event["credentialId"]), (&json!("jira"), &json!(uuid(7))));
    assert_eq!(driver.outcome(9_000), Some(&Ok(event)));
    assert_eq!(driver.user()["integrations"]["jira"]["enabled"], true);
}

#[test]
fn an_install_that_the_page_tells_of_is_the_end_of_connect() {
    let mut driver = driver();
    let call = driver.call(Method::Connect, json!(["slack", {"onInstall": "<onInstall>"}]));
    let info = |kind: &str| json!([{"type": "onIntegrationInstall", "integrationId": "i", "integrationType": kind}]);
    page(&mut driver, Method::TriggerSDKEvent, info("slack")).expect("it may");
    let event = driver.outcome(call).cloned().expect("it settles").expect("it resolves");
    assert_eq!(event["credentialId"], uuid(1));
    assert_eq!(driver.events[0].1, event);
    // Nobody waits any more; and an integration without an account has none to tell of.
    page(&mut driver, Method::TriggerSDKEvent, info("slack")).expect("it may");
    page(&mut driver, Method::TriggerSDKEvent, info("jira")).expect("it may");
    let told: Vec<_> = driver.events[1..].iter().map(|(_, payload)| payload.get("credentialId")).collect();
    assert_eq!(told, [None, None]);
}

#[test]
fn an_account_that_waits_for_its_setup_is_for_the_page_to_complete() {
    let mut driver = driver();
    driver.call(Method::Connect, json!(["jira"]));
    say(&mut driver, Some(Method::OauthCallback), PORTAL, json!([{"integrationId": "jira-id", "payload": {}}]));
    driver.answer("POST /projects/.../sdk/credentials", 200, credential(7, "PENDING"));
    let answer = driver.outcome(9_000).cloned().expect("it settles").expect("it resolves");
    assert_eq!((&answer["credentialId"], &answer["credential"]["status"]), (&json!(uuid(7)), &json!("PENDING")));
    assert!(driver.events.is_empty());
}

#[test]
fn what_fails_in_the_portal_is_told_once_and_shown() {
    let mut driver = driver();
    let call = driver.call(Method::Connect, json!(["jira", {"onError": "<onError>"}]));
    for _ in 0..2 {
        let parameters = json!([{"integrationId": "jira-id", "payload": {}}, uuid(5)]);
        say(&mut driver, Some(Method::OauthCallback), PORTAL, parameters);
        let path = format!("POST /projects/.../sdk/credentials/{}/complete-setup", uuid(5));
        let sent = driver.answer(&path, 400, json!({"message": "no", "code": "x"}));
        assert_eq!(sent.headers["X-Paragon-Credential"], uuid(5));
    }
    assert_eq!(driver.error(call)["code"], "API_ERROR");
    assert_eq!(driver.told(), ["onError ApiError"]);
    assert_eq!(told(&driver)["nextModalState"]["connectionError"]["status"], 400);
    assert_eq!(driver.outcome(9_000), Some(&Ok(json!(null))));
}

#[test]
fn the_popup_for_the_page_has_what_it_was_given() {
    let mut shop = integration(
        "shopify",
        json!({"accountTypes": [{"id": "a", "scheme": "oauth", "oauthParameters": [
            {"key": "k", "source": {"type": "VALUE", "value": "v"}}]}]}),
    );
    shop["authenticationType"] = json!("oauth");
    let mut driver = driver_of(json!([shop]), json!({}));
    driver.call(Method::Connect, json!(["shopify", {"overrideRedirectUrl": "https://app.example/back"}]));
    let given = json!({"endUserSuppliedValues": {"shop": "x"}, "selectedAccountConfig": {"id": "a"}});
    page(&mut driver, Method::StartOAuthFlow, json!(["shopify", given])).expect("it may");
    assert_eq!(driver.popups.len(), 1);
    let sent = driver.requests.iter().find(|sent| sent.url.contains("build-oauth")).expect("the address is asked for");
    for part in [
        "endUserSuppliedValues=%7B%22shop%22%3A%22x%22%7D",
        "parameters=%7B%22k%22%3A%22v%22%7D",
        "redirectUrl=https%3A%2F%2Fapp.example%2Fback",
        // Its own options go as they are.
        "installOptions=%7B%22endUserSuppliedValues%22%3A%7B%22shop%22%3A%22x%22%7D%2C%22selectedAccountConfig%22",
    ] {
        assert!(sent.url.contains(part), "{} has no {part}", sent.url);
    }
    let unknown = json!({"selectedAccountConfig": {"id": "nope"}});
    let refused = page(&mut driver, Method::StartOAuthFlow, json!(["shopify", unknown]));
    assert_eq!(refused.expect_err("there is no such account type")["code"], "ACCOUNT_TYPE_UNKNOWN");
}

#[test]
fn a_popup_without_a_portal_tells_its_own_handlers_or_the_developer() {
    let mut driver = driver();
    driver.block_popups = true;
    let handlers = json!({"onError": "<onError>"});
    driver.ok(Method::StartOAuthFlow, json!(["slack", {}, handlers]));
    assert_eq!(driver.told(), ["onError OAuthBlockedError oauth"]);
    assert!(driver.warnings.is_empty());
    driver.ok(Method::StartOAuthFlow, json!(["slack", {}]));
    assert_eq!(driver.warnings[0]["code"], "OAUTH_BLOCKED");
    driver.block_popups = false;
    driver.ok(Method::StartOAuthFlow, json!(["slack", {}, {"onSuccess": "<onSuccess>"}]));
    let account = json!({"type": "oauth_success_callback", "credential": credential(3, "VALID")});
    driver.message("https://passport.paragon.example", account);
    assert_eq!(driver.told(), ["onSuccess"]);
    assert_eq!(driver.popups.len(), 0);
}

#[test]
fn the_pages_own_requests_carry_the_account_that_the_portal_is_open_for() {
    let accounts = state(&[credential(1, "VALID"), credential(2, "VALID")]);
    let mut driver = driver_of(json!([slack()]), json!({"slack": accounts}));
    let headers = |driver: &mut Driver, init: Json| {
        say(driver, Some(Method::SendConnectRequest), PORTAL, json!(["/sdk/x", init]));
        driver.answer("GET /projects/.../sdk/x", 200, json!({})).headers["X-Paragon-Credential"].clone()
    };
    assert_eq!(headers(&mut driver, json!({})), json!(null));
    driver.call(Method::Connect, json!(["slack"]));
    assert_eq!(headers(&mut driver, json!({})), uuid(1));
    assert_eq!(headers(&mut driver, json!({"skipDefaultCredentialIdHeader": true})), json!(null));
    driver.call(Method::Connect, json!(["slack", {"selectedCredentialId": uuid(2)}]));
    assert_eq!(headers(&mut driver, json!({})), uuid(2));
    driver.call(Method::GetTriggers, json!(["slack"]));
    let sent = driver.answer("GET /projects/.../triggers", 200, json!({}));
    assert_eq!(sent.headers["X-Paragon-Credential"], uuid(2));
}

#[test]
fn origins_are_compared_exactly() {
    for origin in [
        "http://connect.paragon.example",
        "https://connect.paragon.example:444",
        "https://connect.paragon.example.",
        "https://connect.paragon.example.evil.example",
        "https://evil-connect.paragon.example",
        "https://paragon.example",
        "https://zeus.paragon.example",
        "https://connect.paragon.example/",
        "https://connect.xn--paragon-x.example",
        "null",
        "",
    ] {
        let mut driver = driver();
        driver.posted.clear();
        let call = say(&mut driver, Some(Method::ClosePortal), origin, json!([]));
        assert_eq!((driver.outcome(call), driver.dropped.as_slice()), (None, [call].as_slice()), "{origin}");
    }
}

#[test]
fn the_page_may_call_what_is_on_the_list_and_nothing_else() {
    const MAY: [&str; 38] = [
        "ClosePortal",
        "CreateConfiguration",
        "DestroyConfiguration",
        "DisableWorkflow",
        "EnableWorkflow",
        "FetchBYOFieldMappingOptions",
        "GetAccountTypeOptions",
        "GetAssetUrl",
        "GetCustomWebhookUserManualUrl",
        "GetDataSourceOptions",
        "GetFieldOptions",
        "GetIntegrationAccount",
        "GetIntegrationBySlug",
        "GetIntegrationConfig",
        "GetIntegrationId",
        "GetIntegrationMetadata",
        "GetPostOptions",
        "GetPreOptions",
        "GetSourcesForInput",
        "GetTriggers",
        "GetUser",
        "GetVersion",
        "LoadCustomDropdownOptions",
        "OauthCallback",
        "OauthErrorCallback",
        "OnClose",
        "OnOpen",
        "SendConnectRequest",
        "SetModalState",
        "StartOAuthFlow",
        "TriggerSDKEvent",
        "UninstallIntegration",
        "UpdateAuthenticatedUser",
        "UpdateConfiguration",
        "UpdateContainerStyle",
        "UpdateIntegrationUserSettings",
        "UpdateWorkflowState",
        "UpdateWorkflowUserSettings",
    ];
    let mut may: Vec<_> =
        Method::ALL.iter().filter(|method| is_for_the_page(**method)).map(|m| format!("{m:?}")).collect();
    may.sort();
    assert_eq!(may, MAY);
    let mut driver = driver();
    for method in Method::ALL.iter().filter(|method| !is_for_the_page(**method)) {
        let refused = page(&mut driver, *method, json!([{"host": "https://evil.example"}, "x"]));
        assert_eq!(refused.expect_err("it may not")["code"], "FRAME_CALL_REFUSED", "{method:?}");
    }
    driver.settled.clear();
    let call = say(&mut driver, None, PORTAL, json!([]));
    assert_eq!(driver.error(call)["code"], "FRAME_CALL_REFUSED");
    assert_eq!(driver.user()["userId"], "user-1");
    assert!(driver.requests.is_empty());
}

#[test]
fn messages_that_call_nothing_are_dropped() {
    let mut driver = driver();
    for data in [
        json!(null),
        json!("x"),
        json!([]),
        json!({}),
        json!({"messageType": "UI_UPDATE", "id": "1"}),
        json!({"messageType": "SDK_FUNCTION_INVOCATION"}),
        json!({"messageType": ["SDK_FUNCTION_INVOCATION"], "id": "1"}),
    ] {
        driver.dropped.clear();
        driver.settled.clear();
        driver.core.frame_message(9_000, Some(Method::ClosePortal), Fake::from(PORTAL), Fake::from(data));
        driver.perform();
        assert_eq!((driver.dropped.as_slice(), driver.settled.len()), ([9_000].as_slice(), 0));
    }
    let undefined = Fake::undefined();
    driver.core.frame_message(9_001, None, undefined, undefined);
    driver.perform();
    assert_eq!(driver.dropped.last(), Some(&9_001));
}

#[test]
fn the_apps_functions_answer_the_page() {
    let mut me = me(json!({}));
    me["project"]["accessibleFeatures"] = json!(["dfm"]);
    let mut driver = driver_with(json!([slack()]), me);
    let options = json!({
        "dropdowns": {"dyn": {"loadOptions": "<load>"}, "list": []},
        "mapObjectFields": {"Deal": {"objectTypes": {"get": "<types>"}, "integrationFields": {"get": "<fields>"}}},
    });
    driver.call(Method::Connect, json!(["slack", options]));
    say(&mut driver, Some(Method::LoadCustomDropdownOptions), PORTAL, json!(["dyn", "c", "s"]));
    let list = json!(["slack", "objectTypes", "Deal", {"cursor": "c", "search": "s"}]);
    say(&mut driver, Some(Method::FetchBYOFieldMappingOptions), PORTAL, list);
    let list = json!(["slack", "integrationFields", "Deal", {"objectType": "o"}]);
    say(&mut driver, Some(Method::FetchBYOFieldMappingOptions), PORTAL, list);
    let asked: Vec<_> = driver.asked.iter().map(|(_, name, arguments)| (name.as_str(), arguments.clone())).collect();
    let expected = [
        ("load", json!(["c", "s"])),
        ("types", json!(["c", "s"])),
        ("fields", json!([{"objectType": "o"}, null, null])),
    ];
    assert_eq!(asked, expected);
    for key in ["list", "none"] {
        let refused = page(&mut driver, Method::LoadCustomDropdownOptions, json!([key]));
        assert_eq!(refused.expect_err("there is no function")["code"], "SOURCE_MISSING");
    }
    let mappings = &told(&driver)["nextContext"]["endUserIntegrationConfig"]["mapObjectFields"];
    assert_eq!(mappings, &json!({"Deal": {"useBYOFieldMappingOption": true}}));
}

#[test]
fn dropdowns_in_the_configuration_have_the_apps_choices() {
    let mut project = slack();
    let input = |key: &str| json!({"id": key, "type": "CUSTOM_DROPDOWN", "key": key});
    project["configs"] = json!([{"values": {
        "sharedMeta": {"inputs": [input("list"), input("dyn"), input("none"), {"id": "t", "type": "TEXT", "key": "list"}]},
        "workflowMeta": {"w": {"id": "w", "inputs": [input("list")]}},
    }}]);
    let mut driver = driver_of(json!([project]), json!({}));
    let choices = json!([{"label": "A", "value": "a"}]);
    let options = json!({"dropdowns": {"list": choices, "dyn": {"loadOptions": "<load>"}}});
    driver.call(Method::Connect, json!(["slack", options]));
    let config = &told(&driver)["nextModalState"]["config"];
    let inputs = &config["sharedMeta"]["inputs"];
    assert_eq!(inputs[0]["customDropdownOptions"], choices);
    assert_eq!((&inputs[1]["customDropdownOptions"], &inputs[1]["refreshOnOpen"]), (&json!([]), &json!(false)));
    assert_eq!((&inputs[2], &inputs[3]["customDropdownOptions"]), (&input("none"), &json!(null)));
    assert_eq!(config["workflowMeta"]["w"]["inputs"][0]["customDropdownOptions"], choices);
}
