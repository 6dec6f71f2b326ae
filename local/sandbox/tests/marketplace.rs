//! Installs that begin at an app's marketplace page: there is no request of the client's, so no PKCE.

mod common;

use common::*;
use reqwest::StatusCode;

const INSTALL_AT: App = App { authorize: "/slack/marketplace/install", ..SLACK };

fn request(redirect: &str) -> std::collections::HashMap<String, String> {
    [("client_id", CLIENT), ("redirect_uri", redirect)].map(|(name, value)| (name.into(), value.into())).into()
}

async fn code(sandbox: &Sandbox) -> String {
    let back = Browser::new().allow(sandbox, &INSTALL_AT, &request(INSTALL), "ada").await;
    assert!(back.as_str().starts_with(INSTALL), "{back}");
    parameter(&back, "code").expect("a code")
}

#[tokio::test]
async fn an_install_gives_a_code_that_needs_no_verifier() {
    let sandbox = Sandbox::start().await;
    let page = http().get(sandbox.url("/slack/marketplace")).send().await.expect("an answer");
    let page = page.text().await.expect("a page");
    let link = page.split("href=\"").find(|rest| rest.starts_with("/slack/marketplace/install?")).expect("a link");
    assert!(link.contains("client_id=") && link.contains("https%3A%2F%2Fapp.test%2Finstalled"), "{link}");

    let mut form = exchange_form(&code(&sandbox).await);
    form.remove("code_verifier");
    form.insert("redirect_uri", INSTALL.into());
    let (status, answer) = token(&sandbox, &SLACK, &form).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert!(works(&sandbox, &SLACK, &Tokens::of(answer).access).await);
    assert_eq!(token(&sandbox, &SLACK, &form).await.1["error"], "invalid_grant", "once only");
}

#[tokio::test]
async fn a_verifier_that_nobody_asked_for_or_another_page_gets_nothing() {
    let sandbox = Sandbox::start().await;
    let mut form = exchange_form(&code(&sandbox).await);
    form.insert("redirect_uri", INSTALL.into());
    assert_eq!(token(&sandbox, &SLACK, &form).await.1["error"], "invalid_grant");
    let mut form = exchange_form(&code(&sandbox).await);
    form.remove("code_verifier");
    assert_eq!(token(&sandbox, &SLACK, &form).await.1["error"], "invalid_grant");
    for redirect in [CALLBACK, "https://app.test/installed/", "https://evil.test/installed"] {
        let page = Browser::new().open(&sandbox, &INSTALL_AT, &request(redirect)).await;
        assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{redirect}");
    }
    // And an ordinary request cannot ask for that page.
    let mut ordinary = good_request(&SLACK);
    ordinary.insert("redirect_uri".into(), INSTALL.into());
    assert_eq!(Browser::new().open(&sandbox, &SLACK, &ordinary).await.status(), StatusCode::BAD_REQUEST);
}
