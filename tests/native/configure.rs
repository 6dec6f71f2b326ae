//! Where the services are, and what is refused as an address.

use paragon_connect::core::method::Method;
use serde_json::json;

use crate::driver::{Driver, PROJECT, token};

/// The API's address after this configuration.
fn api(arguments: serde_json::Value) -> String {
    let mut driver = Driver::new();
    if !arguments.is_null() {
        driver.ok(Method::ConfigureGlobal, arguments);
    }
    driver.call(Method::Authenticate, json!([PROJECT, token("u", 60)]));
    let url = driver.requests.pop_front().expect("authenticate() asks the API").url;
    url.split("/projects/").next().unwrap_or_default().to_owned()
}

#[test]
fn hosts_become_services() {
    for (arguments, expected) in [
        (json!(null), "https://zeus.useparagon.com"),
        (json!([{"host": "paragon.example"}]), "https://zeus.paragon.example"),
        (json!([{"host": "https://paragon.example/path?x"}]), "https://zeus.paragon.example"),
        (json!([{"host": "http://paragon.example:8080"}]), "https://zeus.paragon.example"),
        (json!([{"host": "http://127.0.0.1:9400"}]), "http://127.0.0.1:9400"),
        (json!([{"host": "http://localhost:9400/"}]), "http://localhost:9400"),
        (json!([{"host": "http://[::1]:9400"}]), "http://[::1]:9400"),
        (json!([{"host": "a.example"}, {"ZEUS_PUBLIC_URL": "http://127.0.0.1:1/"}]), "http://127.0.0.1:1"),
        (json!([{"host": "a.example"}, {"HERMES_PUBLIC_URL": "https://h.example"}]), "https://zeus.a.example"),
    ] {
        assert_eq!(api(arguments.clone()), expected, "{arguments}");
    }
}

#[test]
fn unsafe_addresses_are_refused_and_change_nothing() {
    for (arguments, code) in [
        (json!([]), "HOST_MISSING"),
        (json!([{}]), "HOST_MISSING"),
        (json!([{"host": " "}]), "HOST_MISSING"),
        (json!([{"host": "a.example"}, {"ZEUS_PUBLIC_URL": "http://a.example"}]), "HOST_UNSAFE"),
        (json!([{"host": "a.example"}, {"CONNECT_PUBLIC_URL": "javascript:alert(1)"}]), "HOST_UNSAFE"),
        (json!([{"host": "a.example"}, {"CDN_PUBLIC_URL": "http://127.0.0.1.evil.example"}]), "HOST_UNSAFE"),
        (json!([{"host": "a b"}]), "HOST_UNSAFE"),
    ] {
        let mut driver = Driver::authenticated(json!([]), json!({}));
        let error = driver.now(Method::ConfigureGlobal, arguments.clone()).expect_err("it must be refused");
        assert_eq!(error["code"], code, "{arguments}");
        assert_eq!(driver.user()["authenticated"], true);
    }
}

#[test]
fn a_change_of_host_drops_the_user() {
    let mut driver = Driver::authenticated(json!([]), json!({}));
    driver.ok(Method::ConfigureGlobal, json!([{"host": "other.example"}]));
    assert_eq!(driver.user(), json!({"authenticated": false}));
}
