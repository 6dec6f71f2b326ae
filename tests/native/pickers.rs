//! `ExternalFilePicker`: what is refused, what is sent, how it ends; and Microsoft's port, word for word.

use paragon_connect::core::Id;
use paragon_connect::core::method::Method;
use paragon_connect::core::names::Name;
use paragon_connect::core::value::Value;
use paragon_connect::host::fake::Fake;
use serde_json::{Value as Json, json};

use crate::driver::{Driver, PROJECT, functions, me, token};
use crate::project::{credential, integration, state, uuid};

const TYPES: [&str; 5] = ["googledrive", "onedrive", "sharepoint", "box", "slack"];
const CALLBACKS: [&str; 4] = ["onOpen", "onFileSelect", "onCancel", "onClose"];
const MESSAGES: [&str; 3] = ["acknowledge", "result", "activate"];

fn states() -> Json {
    TYPES.iter().map(|name| (name.to_string(), state(&[credential(1, "VALID"), credential(2, "VALID")]))).collect()
}

fn driver() -> Driver {
    Driver::authenticated(TYPES.iter().map(|name| integration(name, json!({}))).collect(), states())
}

fn picker(driver: &mut Driver, name: &str, options: Json) -> Fake {
    let mut options = options;
    for callback in CALLBACKS {
        options[callback] = json!(format!("<{callback}>"));
    }
    let arguments = Fake::list();
    arguments.push(name.into());
    arguments.push(functions(options));
    driver.core.call(Method::PickerNew, 0, arguments).unwrap_or_else(|failure| panic!("{}", failure.0.json()))
}

fn account(name: &str) -> Json {
    let auth = json!({"OAUTH_ACCESS_TOKEN": "secret", "DOMAIN": "https://lighthouse-my.sharepoint.com/"});
    json!({"type": name, "accountAuth": auth, "providerData": {"webUrl": "https://lighthouse.sharepoint.com/sites/team"}})
}

const ACCOUNT: &str = "GET /projects/.../sdk/credentials?integration=";

/// A picker whose `init` went well, and its id once it is open.
fn ready(driver: &mut Driver, name: &str, options: Json) -> Fake {
    let picker = picker(driver, name, options);
    let call = driver.call_on(Method::PickerInit, picker, json!({"developerKey": "key", "folderId": "0"}));
    driver.loads.clear();
    driver.answer(ACCOUNT, 200, account(name));
    if !driver.loads.is_empty() {
        driver.loaded(true);
    }
    assert_eq!(driver.outcome(call), Some(&Ok(json!(true))), "{name}");
    picker
}

fn open(driver: &mut Driver, picker: Fake) -> Id {
    driver.call_on(Method::PickerOpen, picker, json!(null));
    picker.get(Name::open).as_number() as Id
}

fn told(driver: &mut Driver) -> Vec<(String, Json)> {
    driver.seen.drain(..).collect()
}

fn names(driver: &mut Driver) -> Vec<String> {
    told(driver).into_iter().map(|(name, _)| name).collect()
}

fn nothing_is_left(driver: &Driver) {
    assert!(driver.shown.is_empty() && driver.popups.is_empty() && driver.timers.is_empty(), "something runs on");
    assert_eq!(driver.core.awaited(), 0);
}

#[test]
fn a_picker_needs_a_user_and_a_vendor_of_the_project() {
    let mut driver = Driver::new();
    let error = driver.now(Method::PickerNew, json!(["googledrive", {}])).expect_err("nobody is there");
    assert_eq!(error["code"], "USER_NOT_AUTHENTICATED");
    let mut driver = self::driver();
    for (name, code) in [
        (json!("slack"), "PICKER_UNKNOWN"),
        (json!("dropbox"), "INTEGRATION_UNKNOWN"),
        (json!(null), "INTEGRATION_UNKNOWN"),
    ] {
        assert_eq!(driver.now(Method::PickerNew, json!([name, {}])).expect_err("refused")["code"], code, "{name}");
    }
}

#[test]
fn init_refuses_what_is_missing_before_anything_is_sent() {
    for (name, config, code) in [
        ("googledrive", json!({}), "ARGUMENT_INVALID"),
        ("googledrive", json!(null), "ARGUMENT_INVALID"),
        ("box", json!({"folderId": " "}), "ARGUMENT_INVALID"),
        ("onedrive", json!({"selectedCredentialId": "ext:nobody"}), "CREDENTIAL_UNKNOWN"),
    ] {
        let mut driver = driver();
        let picker = picker(&mut driver, name, json!({}));
        let call = driver.call_on(Method::PickerInit, picker, config);
        assert_eq!(driver.error(call)["code"], code, "{name}");
        assert!(driver.requests.is_empty() && driver.loads.is_empty());
    }
}

#[test]
fn init_reads_the_account_that_was_chosen_while_the_script_loads() {
    let mut driver = driver();
    let picker = picker(&mut driver, "googledrive", json!({"allowMultiSelect": true}));
    let config = json!({"developerKey": "key", "nonce": "n", "selectedCredentialId": uuid(2)});
    let call = driver.call_on(Method::PickerInit, picker, config.clone());
    let (vendor, settings) = driver.loaded(true);
    assert_eq!((vendor.as_str(), &settings["token"], &settings["config"]), ("googledrive", &json!(null), &config));
    let sent = driver.answer(&format!("{ACCOUNT}googledrive&includeAccountAuth=true"), 200, account("googledrive"));
    assert_eq!(sent.headers["X-Paragon-Credential"], uuid(2));
    assert!(driver.outcome(call).is_none());
    let (_, settings) = driver.loaded(true);
    assert_eq!((&settings["token"], &settings["options"]["allowMultiSelect"]), (&json!("secret"), &json!(true)));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(true))));
    nothing_is_left(&driver);
}

#[test]
fn a_script_that_does_not_load_fails_init_and_a_later_init_tries_again() {
    let mut driver = driver();
    let picker = picker(&mut driver, "box", json!({}));
    for good in [false, true] {
        let call = driver.call_on(Method::PickerInit, picker, json!({"folderId": "0"}));
        driver.loads.clear();
        driver.answer(ACCOUNT, 200, account("box"));
        driver.loaded(good);
        if good {
            assert_eq!(driver.outcome(call), Some(&Ok(json!(true))));
        } else {
            let error = driver.error(call);
            assert_eq!((&error["code"], &error["retryable"]), (&json!("PICKER_NOT_LOADED"), &json!(true)));
            assert!(!error.to_string().contains("secret"));
            open(&mut driver, picker);
            assert_eq!(driver.warnings.pop().map(|warning| warning["code"].clone()), Some(json!("PICKER_NOT_READY")));
        }
    }
}

#[test]
fn an_account_without_what_the_picker_needs_fails_init() {
    for (name, account, code) in [
        ("googledrive", json!({"accountAuth": {}}), "PICKER_ACCOUNT_INCOMPLETE"),
        ("box", json!(null), "PICKER_ACCOUNT_INCOMPLETE"),
        ("sharepoint", json!({"accountAuth": {"OAUTH_ACCESS_TOKEN": "x"}}), "PICKER_ACCOUNT_INCOMPLETE"),
        (
            "onedrive",
            json!({"accountAuth": {"OAUTH_ACCESS_TOKEN": "x", "DOMAIN": "http://evil.example"}}),
            "HOST_UNSAFE",
        ),
        ("onedrive", json!({"accountAuth": {"OAUTH_ACCESS_TOKEN": "x", "DOMAIN": "javascript:x"}}), "HOST_UNSAFE"),
    ] {
        let mut driver = driver();
        let picker = picker(&mut driver, name, json!({}));
        let call = driver.call_on(Method::PickerInit, picker, json!({"developerKey": "key", "folderId": "0"}));
        driver.answer(ACCOUNT, 200, account);
        assert_eq!(driver.error(call)["code"], code, "{name}");
    }
}

#[test]
fn a_picker_in_the_page_tells_what_was_chosen_once_and_can_be_opened_again() {
    let google = json!({"action": "picked", "docs": [{"id": "1"}], "viewToken": []});
    let box_ = json!({"action": "picked", "items": [{"id": "1"}]});
    for (name, said, files) in
        [("googledrive", google, json!({"docs": [{"id": "1"}], "viewToken": []})), ("box", box_, json!([{"id": "1"}]))]
    {
        let mut driver = driver();
        let picker = ready(&mut driver, name, json!({}));
        let id = open(&mut driver, picker);
        assert_eq!((driver.shown.clone(), names(&mut driver)), (vec![id], vec!["onOpen".into()]));
        driver.say(id, json!({"action": "loaded"}));
        driver.say(id, json!(null));
        driver.say(id + 1, said.clone());
        assert_eq!(names(&mut driver), [""; 0]);
        driver.say(id, said.clone());
        assert_eq!(told(&mut driver), [("onFileSelect".into(), json!([files])), ("onClose".into(), json!([]))]);
        driver.say(id, said);
        assert_eq!(names(&mut driver), [""; 0], "it is over");
        let id = open(&mut driver, picker);
        driver.say(id, json!({"action": "cancel"}));
        assert_eq!(names(&mut driver), ["onOpen", "onCancel", "onClose"]);
        nothing_is_left(&driver);
    }
}

#[test]
fn what_cannot_be_shown_ends_at_once() {
    for name in &TYPES[..4] {
        let mut driver = driver();
        let picker = ready(&mut driver, name, json!({}));
        driver.block_popups = true;
        driver.call_on(Method::PickerOpen, picker, json!(null));
        assert!(!picker.get(Name::open).present());
        assert_eq!(names(&mut driver), ["onCancel", "onClose"]);
        assert_eq!(driver.warnings[0]["code"], "PICKER_NOT_SHOWN");
        nothing_is_left(&driver);
    }
}

#[test]
fn opening_again_begins_anew() {
    for name in &TYPES[..4] {
        let mut driver = driver();
        let picker = ready(&mut driver, name, json!({}));
        let first = open(&mut driver, picker);
        let second = open(&mut driver, picker);
        assert_eq!(names(&mut driver), ["onOpen", "onCancel", "onClose", "onOpen"]);
        driver.say(first, json!({"action": "cancel"}));
        assert_eq!(names(&mut driver), [""; 0]);
        assert!(driver.shown.iter().chain(driver.popups.iter().map(|(id, _)| id)).eq([&second]));
    }
}

#[test]
fn a_picker_of_somebody_who_is_gone_is_closed_and_opens_no_more() {
    for name in &TYPES[..4] {
        let mut driver = driver();
        let picker = ready(&mut driver, name, json!({}));
        open(&mut driver, picker);
        driver.ok(Method::Logout, json!([]));
        assert_eq!(names(&mut driver), ["onOpen", "onCancel", "onClose"]);
        nothing_is_left(&driver);
        let call = driver.call_on(Method::PickerOpen, picker, json!(null));
        assert_eq!(driver.error(call)["code"], "USER_NOT_AUTHENTICATED");

        driver.call(Method::Authenticate, json!([PROJECT, token("user-2", 3600)]));
        driver.answer("GET /projects/.../sdk/me", 200, me(states()));
        driver.answer("GET /projects/.../sdk/integrations", 200, json!([]));
        driver.forms.clear();
        open(&mut driver, picker);
        assert_eq!(driver.warnings[0]["code"], "PICKER_NOT_READY");
        assert!(driver.shown.is_empty() && driver.forms.is_empty(), "nobody gets another's files");
    }
}

#[test]
fn a_logout_during_init_fails_it() {
    for after_account in [false, true] {
        let mut driver = driver();
        let picker = picker(&mut driver, "googledrive", json!({}));
        let call = driver.call_on(Method::PickerInit, picker, json!({"developerKey": "key"}));
        driver.loads.clear();
        if after_account {
            driver.answer(ACCOUNT, 200, account("googledrive"));
            driver.ok(Method::Logout, json!([]));
            driver.loaded(true);
        } else {
            driver.ok(Method::Logout, json!([]));
            driver.answer(ACCOUNT, 200, account("googledrive"));
        }
        assert_eq!(driver.error(call)["code"], "SESSION_REPLACED");
        assert!(!picker.get(Name::ready).present());
    }
}

/// The options in an address of Microsoft's picker.
fn options_of(address: &str) -> (String, Json) {
    let url = url::Url::parse(address).expect("an address");
    let (key, value) = url.query_pairs().next().expect("options");
    assert_eq!(key, "filePicker");
    (format!("{}{}", url.origin().ascii_serialization(), url.path()), serde_json::from_str(&value).expect("JSON"))
}

#[test]
fn microsofts_page_gets_its_options_in_the_address_and_the_token_in_the_form() {
    let plain = json!({"mode": "all", "pivots": {"oneDrive": true, "recent": true, "shared": true}});
    let mut of_a_site = json!({"pivots": {"shared": true, "oneDrive": false, "sharedLibraries": true, "site": true}});
    of_a_site["mode"] = json!("folders");
    of_a_site["filters"] = json!([".pdf", "a\"b"]);
    let onedrive = json!({"oneDrive": {"files": {"fallbackToRoot": true}}});
    let list = "https://lighthouse.sharepoint.com/sites/team/Shared Documents";
    let site = json!({"sharePoint": {"byPath": {"list": list, "fallbackToRoot": true}}});
    let choosy = json!({"allowMultiSelect": true, "allowFolderSelect": true, "allowedTypes": [".pdf", "a\"b"]});
    for (name, options, page, entry, mode, sources) in [
        (
            "onedrive",
            json!({}),
            "https://lighthouse-my.sharepoint.com/_layouts/15/FilePicker.aspx",
            onedrive,
            "single",
            plain,
        ),
        (
            "sharepoint",
            choosy,
            "https://lighthouse.sharepoint.com/sites/team/_layouts/15/FilePicker.aspx",
            site,
            "multiple",
            of_a_site,
        ),
    ] {
        let mut driver = driver();
        let picker = ready(&mut driver, name, options);
        open(&mut driver, picker);
        let (address, token) = driver.forms.pop().expect("a form was posted");
        assert_eq!((token.as_str(), address.contains("secret")), ("secret", false));
        let (at, given) = options_of(&address);
        let channel = given["messaging"]["channelId"].clone();
        let expected = json!({
            "sdk": "8.0", "entry": entry, "search": {"enabled": true}, "selection": {"mode": mode},
            "messaging": {"origin": "https://app.example", "channelId": channel}, "typesAndSources": sources,
        });
        assert_eq!((at.as_str(), given), (page, expected));
        assert_eq!(driver.popups[0].1, [""], "the popup begins empty");
    }
}

#[test]
fn microsofts_page_is_where_the_account_is() {
    for (domain, page) in [
        (json!(null), "https://onedrive.live.com/picker"),
        (json!("https://onedrive.live.com/"), "https://onedrive.live.com/picker"),
        (json!("lighthouse-my.sharepoint.com"), "https://lighthouse-my.sharepoint.com/_layouts/15/FilePicker.aspx"),
        (json!("http://127.0.0.1:9401/onedrive"), "http://127.0.0.1:9401/onedrive/_layouts/15/FilePicker.aspx"),
    ] {
        let mut driver = driver();
        let picker = picker(&mut driver, "onedrive", json!({}));
        driver.call_on(Method::PickerInit, picker, json!(null));
        driver.answer(ACCOUNT, 200, json!({"accountAuth": {"OAUTH_ACCESS_TOKEN": "secret", "DOMAIN": domain}}));
        open(&mut driver, picker);
        assert_eq!(options_of(&driver.forms[0].0).0, page);
    }
}

/// An open picker of Microsoft's: its id, and its channel.
fn microsoft(driver: &mut Driver) -> (Id, Json) {
    let picker = ready(driver, "onedrive", json!({}));
    let id = open(driver, picker);
    let channel = options_of(&driver.forms[0].0).1["messaging"]["channelId"].clone();
    (id, channel)
}

const PAGE: &str = "https://lighthouse-my.sharepoint.com";

#[test]
fn only_the_vendors_page_may_offer_a_port() {
    let mut driver = driver();
    let (_, channel) = microsoft(&mut driver);
    for (origin, kind, channel) in [
        ("https://evil.example", "initialize", channel.clone()),
        ("https://lighthouse-my.sharepoint.com.evil.example", "initialize", channel.clone()),
        ("http://lighthouse-my.sharepoint.com", "initialize", channel.clone()),
        ("null", "initialize", channel.clone()),
        (PAGE, "initialize", json!("another")),
        (PAGE, "initialize", json!(null)),
        (PAGE, "other", channel.clone()),
    ] {
        driver.message(origin, json!({"type": kind, "channelId": channel}));
        assert!(driver.said.is_empty(), "{origin} {kind}");
    }
    for junk in [json!(null), json!("initialize"), json!([1]), json!({"type": {}})] {
        driver.message(PAGE, junk);
    }
    assert!(driver.said.is_empty());
    driver.message(PAGE, json!({"type": "initialize", "channelId": channel}));
    assert_eq!(driver.said, [json!({"type": "activate"})]);
}

fn command(id: &str, data: Json) -> Json {
    json!({"type": "command", "id": id, "data": data})
}

#[test]
fn every_command_is_acknowledged_and_answered() {
    let mut driver = driver();
    let (id, channel) = microsoft(&mut driver);
    driver.message(PAGE, json!({"type": "initialize", "channelId": channel}));
    driver.said.clear();
    driver.say(id, json!({"type": "notification", "data": {"notification": "page-loaded"}}));
    driver.say(id, json!(null));
    assert!(driver.said.is_empty());

    driver.say(id, command("1", json!({"command": "authenticate", "resource": PAGE})));
    assert_eq!(driver.said, [json!({"type": "acknowledge", "id": "1"})]);
    let mut renewed = account("onedrive");
    renewed["accountAuth"]["OAUTH_ACCESS_TOKEN"] = json!("renewed");
    driver.answer(ACCOUNT, 200, renewed);
    let result = json!({"type": "result", "id": "1", "data": {"result": "token", "token": "renewed"}});
    assert_eq!(driver.said.pop(), Some(result));

    driver.say(id, command("2", json!({"command": "authenticate"})));
    driver.answer(ACCOUNT, 500, json!({"message": "down"}));
    let answer = driver.said.pop().expect("an answer");
    assert_eq!(
        (&answer["data"]["result"], &answer["data"]["error"]["code"]),
        (&json!("error"), &json!("unableToObtainToken"))
    );

    driver.say(id, command("3", json!({"command": "dance"})));
    let answer = driver.said.pop().expect("an answer");
    assert_eq!(answer["data"], json!({"result": "error", "error": {"code": "unsupportedCommand", "message": "dance"}}));

    driver.seen.clear();
    driver.said.clear();
    driver.say(id, command("4", json!({"command": "pick", "items": [{"id": "01"}]})));
    let success = json!({"type": "result", "id": "4", "data": {"result": "success"}});
    assert_eq!(driver.said, [json!({"type": "acknowledge", "id": "4"}), success]);
    assert_eq!(told(&mut driver), [("onFileSelect".into(), json!([[{"id": "01"}]])), ("onClose".into(), json!([]))]);
    nothing_is_left(&driver);
    assert!(driver.said.iter().all(|posted| MESSAGES.iter().any(|kind| posted["type"] == *kind)));
}

#[test]
fn closing_in_the_page_and_closing_the_window_are_a_cancel() {
    for by_command in [true, false] {
        let mut driver = driver();
        let (id, channel) = microsoft(&mut driver);
        driver.message(PAGE, json!({"type": "initialize", "channelId": channel}));
        driver.pass(60_000.0);
        assert_eq!(names(&mut driver), ["onOpen"], "a user may take long");
        if by_command {
            driver.say(id, command("1", json!({"command": "close"})));
        } else {
            driver.page.popup_closed.set(true);
            driver.pass(1_000.0);
        }
        assert_eq!(names(&mut driver), ["onCancel", "onClose"]);
        nothing_is_left(&driver);
    }
}

#[test]
fn a_token_that_comes_too_late_is_given_to_nobody() {
    let mut driver = driver();
    let (id, channel) = microsoft(&mut driver);
    driver.message(PAGE, json!({"type": "initialize", "channelId": channel}));
    driver.say(id, command("1", json!({"command": "authenticate"})));
    driver.say(id, command("2", json!({"command": "close"})));
    driver.said.clear();
    driver.answer(ACCOUNT, 200, account("onedrive"));
    assert!(driver.said.is_empty());
    nothing_is_left(&driver);
}

#[test]
fn without_randomness_no_popup_opens() {
    let mut driver = driver();
    let picker = ready(&mut driver, "onedrive", json!({}));
    driver.page.without_random.set(true);
    let call = driver.call_on(Method::PickerOpen, picker, json!(null));
    assert_eq!(driver.error(call)["code"], "NO_RANDOM_SOURCE");
    assert!(driver.popups.is_empty() && driver.forms.is_empty());
}
