//! Errors that no other test asks for by their code; and that there is none without a test.

use std::path::Path;

use paragon_connect::core::method::Method;
use serde_json::{Value as Json, json};

use crate::driver::Driver;
use crate::project::uuid;
use crate::world::{self, OFF};

fn code(driver: &mut Driver, method: Method, arguments: Json) -> Json {
    let call = driver.call(method, arguments);
    driver.error(call)["code"].clone()
}

#[test]
fn arguments_that_do_not_fit_the_state() {
    let mut driver = world::driver();
    let configuration = |id: u32| json!([{"credentialId": uuid(1), "id": uuid(id)}]);
    let other = json!({"selectedCredentialId": uuid(1), "selectedConfigurationId": uuid(103)});
    let elsewhere = json!({"selectedCredentialId": uuid(1)});
    for (method, arguments, expected) in [
        (Method::DestroyConfiguration, configuration(101), "CONFIGURATION_DEFAULT"),
        (Method::SetUserMetadata, json!(["gold"]), "METADATA_INVALID"),
        (Method::Workflow, json!([OFF, elsewhere]), "WORKFLOW_OFF"),
        (Method::FlowSetPreOptions, json!([{}]), "NO_ACTIVE_INSTALL_FLOW"),
        (Method::FlowRetry, json!([]), "NO_ACTIVE_INSTALL_FLOW"),
    ] {
        assert_eq!(code(&mut driver, method, arguments), expected);
    }
    // An account with two configurations, beside another whose configuration is named.
    let second = json!({"slack": crate::project::state(&[world::account(), crate::project::credential(3, "VALID")])});
    let mut driver = Driver::authenticated(world::integrations(), second);
    let refused = code(&mut driver, Method::UpdateIntegrationUserSettings, json!(["slack", {"a": 1}, other]));
    assert_eq!(refused, "CONFIGURATION_OF_OTHER_CREDENTIAL");
}

/// What `onError` was told of, in its order.
fn told(driver: &Driver) -> Vec<Json> {
    driver.seen.iter().filter(|(name, _)| name == "onError").map(|(_, told)| told[0]["code"].clone()).collect()
}

#[test]
fn popups_that_end_badly_and_answers_out_of_turn() {
    let mut driver = world::driver();
    let options = json!({"onError": "<onError>", "oauthTimeout": 5000});
    driver.ok(Method::FlowStart, json!(["hubspot", options]));
    driver.call(Method::FlowSetPreOptions, json!([{}]));
    driver.answer("GET /v2/projects", 200, json!({"redirectUrl": "https://provider.example"}));
    driver.message("https://zeus.paragon.example", json!({"type": "oauth-nonce-loaded"}));
    driver.page.popup_closed.set(true);
    for _ in 0..20 {
        driver.pass(250.0);
        while !driver.requests.is_empty() {
            driver.answer("GET", 200, json!({}));
        }
    }
    driver.call(Method::FlowRetry, json!([]));
    driver.pass(5000.0);
    assert_eq!(told(&driver), ["STAGE_MISMATCH", "OAUTH_POPUP_CLOSED", "OAUTH_TIMEOUT"]);
}

/// All text of the files in a folder, and in those within.
fn texts(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let listed = |path: &Path| path.ends_with("errors_page.rs");
    let generated = |path: &Path| path.ends_with("node_modules");
    paths
        .filter(|path| !listed(path) && !generated(path))
        .map(|path| if path.is_dir() { texts(&path) } else { std::fs::read_to_string(&path).unwrap_or_default() })
        .collect()
}

#[test]
fn every_code_is_reached_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = texts(&root.join("tests"));
    // Snippets that end with a code are run, and have to.
    let docs = texts(&root.join("docs/api"));
    let page = std::fs::read_to_string(root.join("docs/errors.md")).expect("the page is there");
    let codes: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert!(codes.len() > 60);
    let missing: Vec<_> = codes
        .into_iter()
        .filter(|code| !tests.contains(&format!("\"{code}\"")) && !docs.contains(&format!("✗ {code}")))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
