//! User tokens that are refused, each with its own code.

use paragon_connect::core::method::Method;
use serde_json::json;

use crate::driver::{Driver, PROJECT, token, token_of};

#[test]
fn a_token_that_cannot_be_used_is_refused_at_once() {
    let claims = json!({"sub": "u", "exp": 1_800_000_000});
    for (token, code) in [
        (json!(null), "TOKEN_MISSING"),
        (json!("  "), "TOKEN_MISSING"),
        (json!(42), "TOKEN_MISSING"),
        (json!("not-a-jwt"), "TOKEN_UNREADABLE"),
        (json!("a.b.c"), "TOKEN_UNREADABLE"),
        (json!(format!("Bearer {}", token("u", 60))), "TOKEN_UNREADABLE"),
        (json!("-----BEGIN RSA PRIVATE KEY-----\nMIIE"), "TOKEN_IS_A_KEY"),
        (json!(token_of(json!({"alg": "none"}), claims.clone())), "TOKEN_UNSIGNED"),
        (json!(token_of(json!({"alg": "HS256"}), claims)), "TOKEN_UNSIGNED"),
        (json!(token_of(json!({"alg": "RS256"}), json!({"sub": "u"}))), "TOKEN_WITHOUT_EXPIRY"),
        (json!(token_of(json!({"alg": "RS256"}), json!({"sub": "u", "exp": "soon"}))), "TOKEN_WITHOUT_EXPIRY"),
        (json!(token_of(json!({"alg": "RS256"}), json!({"exp": 1_800_000_000}))), "TOKEN_WITHOUT_USER"),
        (json!(token("u", 0)), "TOKEN_EXPIRED"),
        (json!(token("u", -1)), "TOKEN_EXPIRED"),
    ] {
        let mut driver = Driver::authenticated(json!([]), json!({}));
        let before = driver.user();
        let call = driver.call(Method::Authenticate, json!([PROJECT, token]));
        assert_eq!(driver.error(call)["code"], code, "{token}");
        assert!(driver.requests.is_empty());
        // The app meant another user, or has none any more: with a token that was one, the session of before is over.
        let over = ["TOKEN_EXPIRED", "TOKEN_WITHOUT_EXPIRY"].contains(&code);
        assert_eq!(driver.user(), if over { json!({"authenticated": false}) } else { before }, "{code}");
    }
}

#[test]
fn a_project_id_is_needed() {
    for project in [json!(null), json!(""), json!(7)] {
        let mut driver = Driver::new();
        let call = driver.call(Method::Authenticate, json!([project, token("u", 60)]));
        assert_eq!(driver.error(call)["code"], "PROJECT_ID_MISSING");
        assert!(driver.requests.is_empty());
    }
}

#[test]
fn a_new_token_takes_the_place_of_the_old_one_and_nothing_else_changes() {
    let mut driver = Driver::authenticated(json!([]), json!({}));
    let before = driver.user();
    driver.ok(Method::RenewToken, json!([token("user-1", 7200)]));
    assert_eq!(driver.user(), before);
    driver.call(Method::SetUserMetadata, json!([{"plan": "gold"}]));
    let sent = driver.answer("PATCH /projects/.../sdk/me", 500, json!({}));
    assert_eq!(sent.headers["Authorization"], format!("Bearer {}", token("user-1", 7200)));

    for useless in [json!(null), json!("text"), json!(token("user-1", -1))] {
        assert!(driver.now(Method::RenewToken, json!([useless])).is_err());
        assert_eq!(driver.user(), before);
    }
}

#[test]
fn a_new_token_of_somebody_else_ends_the_session() {
    let mut driver = Driver::authenticated(json!([]), json!({}));
    let refused = driver.now(Method::RenewToken, json!([token("somebody-else", 7200)])).unwrap_err();
    assert_eq!(refused["code"], "SESSION_REPLACED");
    assert_eq!(driver.user(), json!({"authenticated": false}));
    let late = driver.now(Method::RenewToken, json!([token("user-1", 7200)])).unwrap_err();
    assert_eq!(late["code"], "USER_NOT_AUTHENTICATED");
}

#[test]
fn a_token_is_kept_in_storage_that_there_is_or_the_call_is_refused() {
    let mut driver = Driver::authenticated(json!([]), json!({}));
    for wrong in [json!("cookie"), json!(true), json!({})] {
        let call = driver.call(Method::Authenticate, json!([PROJECT, token("u", 60), {"persist": wrong}]));
        assert_eq!(driver.error(call)["code"], "ARGUMENT_INVALID");
    }
    assert_eq!(driver.user()["authenticated"], true);
    driver.call(Method::Authenticate, json!([PROJECT, token("u", 60), {"persist": "local"}]));
    assert_eq!(driver.requests.len(), 2);
}
