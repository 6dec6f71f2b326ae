//! OAuth: from the popup to the stored account, and everything that must not work.

use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::{HeaderMap, ORIGIN};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{APP, Platform, User, attribute, browser, expect, expect_text, headers};

#[tokio::test]
async fn every_oauth_integration_connects() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let shop = r#"{"shop":"tea-house"}"#;
    let test = r#"{"environment":"salesforce-test"}"#;
    let further = r#"{"allowMultipleCredentials":true}"#;
    check(&ada, "slack", &[], "VALID", "team").await;
    check(&ada, "salesforce", &[("parameters", r#"{"environment":"salesforce"}"#)], "VALID", "username").await;
    check(&ada, "salesforce", &[("parameters", test), ("installOptions", further)], "VALID", "username").await;
    check(&ada, "jira", &[], "PENDING", "site").await;
    check(&ada, "shopify", &[("endUserSuppliedValues", shop)], "VALID", "domain").await;
    check(&ada, "googledrive", &[], "VALID", "email").await;
    check(&ada, "onedrive", &[], "VALID", "email").await;
    check(&ada, "sharepoint", &[], "VALID", "webUrl").await;
    check(&ada, "box", &[], "VALID", "email").await;

    let me = ada.get("/me").await;
    assert_eq!(me["integrations"]["salesforce"]["allCredentials"].as_array().unwrap().len(), 2);
    assert_eq!(me["integrations"]["slack"]["enabled"], true);
    assert_eq!(me["integrations"]["jira"]["enabled"], false);
    let text = me.to_string();
    assert!(!text.contains("access_token") && !text.contains("refresh_token") && !text.contains("secrets"));
}

async fn check(user: &User<'_>, kind: &str, more: &[(&str, &str)], status: &str, fact: &str) {
    let account = user.connect(kind, more).await;
    assert_eq!(account["status"], status, "{kind}");
    assert!(account["providerData"][fact].is_string(), "{kind}: {account}");
    assert_ne!(account["providerId"], "", "{kind}");
}

#[tokio::test]
async fn an_attempt_begun_in_one_browser_cannot_be_ended_in_another() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let attempt = ada.begin("slack", &[]).await;
    let callback = ada.decide(&attempt.redirect, "ada", "allow").await;

    let elsewhere = browser().get(&callback).send().await.unwrap();
    assert!(expect_text(elsewhere, 400).await.contains("another browser"));
    assert_eq!(ada.get("/credentials").await, json!([]));
    assert_eq!(ada.get(&format!("/actions/session-id/{}", attempt.key)).await, json!({}));

    // Where it was begun it still ends well.
    assert!(expect_text(ada.finish(&callback).await, 200).await.contains("oauth_success_callback"));
    assert_eq!(ada.get("/credentials").await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_lured_browser_gets_no_cookie() {
    let platform = Platform::start().await;
    let attacker = platform.user("attacker");
    let id = attacker.integration_id("slack").await;
    let key = Uuid::new_v4().to_string();
    let begun = expect(attacker.build(&id, &key, &[]).await, 200).await;

    // The victim follows the attacker's links: first the popup's page, then the provider's.
    let victim = User { browser: browser(), ..platform.user("attacker") };
    for referer in
        [None, Some("https://evil.test/"), Some("http://localhost:5174/"), Some("http://localhost:5173.evil.test/")]
    {
        let page = victim.nonce_page(&id, Some(&key), referer).await;
        assert!(page.headers().get("set-cookie").is_none(), "{referer:?}");
        let html = expect_text(page, 200).await;
        assert!(html.contains("Connect Slack?") && !html.contains("oauth-nonce-loaded"));
    }
    let callback = victim.decide(begun["redirectUrl"].as_str().unwrap(), "grace", "allow").await;
    assert!(expect_text(victim.finish(&callback).await, 400).await.contains("another browser"));
    assert_eq!(attacker.get("/credentials").await, json!([]));
}

#[tokio::test]
async fn without_a_referer_a_button_gives_the_cookie_and_no_other_page_can_press_it() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let id = ada.integration_id("slack").await;
    let key = Uuid::new_v4().to_string();
    let form = [("integrationId", id.as_str()), ("originForPostMessage", APP), ("oauthMetaKeyId", key.as_str())];
    let press =
        |origin: &str| ada.browser.post(ada.address("/actions/oauth-nonce")).header(ORIGIN, origin).form(&form).send();
    for origin in ["https://evil.test", "null", APP, "http://127.0.0.1:1"] {
        let refused = press(origin).await.unwrap();
        assert!(refused.headers().get("set-cookie").is_none());
        assert_eq!(expect(refused, 400).await["code"], "origin_refused");
    }
    let pressed = press(platform.base()).await.unwrap();
    let cookie = pressed.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let begun = expect(ada.build(&id, &key, &[]).await, 200).await;
    let callback = ada.decide(begun["redirectUrl"].as_str().unwrap(), "ada", "allow").await;
    assert!(expect_text(ada.finish(&callback).await, 200).await.contains("oauth_success_callback"));
}

#[tokio::test]
async fn the_first_browser_keeps_an_attempt_and_may_reload() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let id = ada.integration_id("slack").await;
    let key = Uuid::new_v4().to_string();
    let from_app = format!("{APP}/settings");
    assert!(ada.nonce_page(&id, Some(&key), Some(&from_app)).await.headers().contains_key("set-cookie"));
    let reload = ada.nonce_page(&id, Some(&key), Some(&from_app)).await;
    assert!(!reload.headers().contains_key("set-cookie"));
    assert!(expect_text(reload, 200).await.contains("oauth-nonce-loaded"));
    let other = User { browser: browser(), ..platform.user("ada") };
    expect_text(other.nonce_page(&id, Some(&key), Some(&from_app)).await, 400).await;
}

#[tokio::test]
async fn a_popup_without_opener_learns_where_to_go_in_its_own_browser_only() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let id = ada.integration_id("slack").await;
    let key = Uuid::new_v4().to_string();
    let page = ada.nonce_page(&id, Some(&key), Some(&format!("{APP}/"))).await;
    let html = expect_text(page, 200).await;
    let next = attribute(html.split("<main").nth(1).unwrap(), "data-next");
    let next = url::Url::parse(&ada.address("/actions/oauth-nonce")).unwrap().join(&next).unwrap();
    // It may ask before the attempt has begun.
    let (answer, begun) = tokio::join!(ada.browser.get(next.clone()).send(), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        expect(ada.build(&id, &key, &[]).await, 200).await
    });
    assert_eq!(expect(answer.unwrap(), 200).await["redirectUrl"], begun["redirectUrl"]);
    let elsewhere = browser().get(next).timeout(Duration::from_millis(300)).send().await;
    assert!(elsewhere.is_err_and(|error| error.is_timeout()));
}

#[tokio::test]
async fn the_platform_works_under_both_names_of_this_machine() {
    let mut platform = Platform::start().await;
    platform.running.addresses.base = platform.base().replace("127.0.0.1", "localhost");
    let ada = platform.user("ada");
    let account = ada.connect("slack", &[]).await;
    assert_eq!(account["status"], "VALID");
}

#[tokio::test]
async fn the_clouds_order_works_with_the_token_in_the_address() {
    let platform = Platform::start().await;
    for page_first in [true, false] {
        let ada = platform.user(if page_first { "ada" } else { "grace" });
        let id = ada.integration_id("slack").await;
        let key = Uuid::new_v4().to_string();
        let mut begun = Value::Null;
        for turn in [page_first, !page_first] {
            if turn {
                let page = ada.nonce_page(&id, None, Some(&format!("{APP}/"))).await;
                assert!(expect_text(page, 200).await.contains("oauth-nonce-loaded"));
            } else {
                let address = ada.address("/actions/build-oauth");
                let query = [
                    ("integrationId", id.as_str()),
                    ("oauthMetaKeyId", &key),
                    ("originForPostMessage", APP),
                    ("userToken", &ada.token),
                ];
                begun = expect(ada.browser.get(address).query(&query).send().await.unwrap(), 200).await;
            }
        }
        let callback = ada.decide(begun["redirectUrl"].as_str().unwrap(), "ada", "allow").await;
        let elsewhere = browser().get(&callback).send().await.unwrap();
        assert_eq!(elsewhere.status(), 400);
        let page = expect_text(ada.finish(&callback).await, 200).await;
        // An app that saves what it was told gets the stored account.
        let message: Value =
            serde_json::from_str(&attribute(page.split("<main").nth(1).unwrap(), "data-message")).unwrap();
        let told = &message["credential"];
        let saved =
            ada.post("/credentials", json!({"integrationId": id, "payload": told["payload"], "config": {}})).await;
        assert_eq!(expect(saved, 200).await["id"], told["id"]);
        assert_eq!(ada.get("/credentials").await.as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_state_works_once_and_only_as_it_was_given() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let attempt = ada.begin("slack", &[]).await;
    let callback = ada.decide(&attempt.redirect, "ada", "allow").await;
    for wrong in [
        callback.replace("state=", "state=x"),
        callback.split("&state=").next().unwrap().to_owned(),
        format!("{}/oauth/callback", platform.base()),
        format!("{}/oauth/callback?state=&code=x", platform.base()),
    ] {
        assert_eq!(ada.finish(&wrong).await.status(), 400, "{wrong}");
    }
    assert_eq!(ada.get("/credentials").await, json!([]));
    assert_eq!(ada.finish(&callback).await.status(), 200);
    assert_eq!(ada.finish(&callback).await.status(), 400);
    assert_eq!(ada.get("/credentials").await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_attempt_ends_by_itself() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let attempt = ada.begin("slack", &[]).await;
    let callback = ada.decide(&attempt.redirect, "ada", "allow").await;
    platform.running.app.clock.advance_ms(16 * 60 * 1000);
    assert_eq!(ada.finish(&callback).await.status(), 400);
}

#[tokio::test]
async fn a_page_that_goes_itself_comes_back_to_its_own_address_whatever_happened() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let slack = ada.integration_id("slack").await;
    let home = format!("{APP}/settings?tab=1&paragon-return=word#part");
    for (decision, outcome) in [("allow", "connectCredentialId"), ("deny", "error")] {
        let key = Uuid::new_v4().to_string();
        let begun = expect(ada.build(&slack, &key, &[("returnUrl", &home)]).await, 200).await;
        // Its nonce page has nobody to tell, even if another page had opened it.
        let page = ada.nonce_page(&slack, Some(&key), Some(&format!("{APP}/"))).await;
        let html = expect_text(page, 200).await;
        assert!(html.contains("data-next") && !html.contains("data-message"), "{html}");
        let callback = ada.decide(begun["redirectUrl"].as_str().unwrap(), "ada", decision).await;
        let stolen = browser().get(&callback).send().await.unwrap();
        assert!(expect_text(stolen, 400).await.contains("another browser"));
        // And once more, by the back button.
        for _ in 0..2 {
            let back = ada.finish(&callback).await;
            assert_eq!(back.status(), 303);
            assert_eq!(back.headers()["location"], home.as_str());
        }
        let result = ada.get(&format!("/actions/session-id/{key}")).await;
        assert!(result.get(outcome).is_some(), "{result}");
    }
    assert_eq!(ada.get("/credentials").await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_is_sent_to_another_page_than_the_one_that_began() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let slack = ada.integration_id("slack").await;
    for wrong in [
        "https://evil.test/",
        "http://localhost:5174/",
        "http://localhost:5173.evil.test/",
        "http://localhost:5173@evil.test/",
        "//evil.test/",
        "/settings",
        "javascript:alert(1)",
        "data:text/html,x",
    ] {
        let refused = ada.build(&slack, &Uuid::new_v4().to_string(), &[("returnUrl", wrong)]).await;
        assert_eq!(expect(refused, 400).await["code"], "return_refused", "{wrong}");
    }
}

#[tokio::test]
async fn a_denial_carries_the_providers_reason_as_text() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let attempt = ada.begin("slack", &[]).await;
    let callback = ada.decide(&attempt.redirect, "ada", "deny").await;
    let evil = callback.replace("error_description=", "error_description=%3Cscript%3Ealert(1)%3C/script%3E");
    let page = expect_text(ada.finish(&evil).await, 200).await;
    assert!(page.contains("oauth_error_callback") && !page.contains("<script>alert"), "{page}");
    assert_eq!(attribute(page.split("<main").nth(1).unwrap(), "data-origin"), APP);
    let result = ada.get(&format!("/actions/session-id/{}", attempt.key)).await;
    assert_eq!(result["error"]["code"], "oauth_denied");
    assert_eq!(result["error"]["meta"]["isIntegrationError"], true);
    assert!(result.get("connectCredentialId").is_none());
}

#[tokio::test]
async fn a_wait_ends_with_the_result_and_is_for_its_user_only() {
    let platform = Platform::start().await;
    let (ada, grace) = (platform.user("ada"), platform.user("grace"));
    let attempt = ada.begin("slack", &[]).await;
    let callback = ada.decide(&attempt.redirect, "ada", "allow").await;
    let path = format!("/actions/session-id/{}?wait=20", attempt.key);
    let started = Instant::now();
    let (result, _) = tokio::join!(ada.get(&path), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        ada.finish(&callback).await
    });
    assert!(result["connectCredentialId"].is_string());
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert_eq!(grace.get(&format!("/actions/session-id/{}", attempt.key)).await, json!({}));
    let gone = ada.call(Method::DELETE, &format!("/actions/session-id/{}", attempt.key), None, HeaderMap::new()).await;
    expect(gone, 200).await;
    assert_eq!(ada.get(&format!("/actions/session-id/{}", attempt.key)).await, json!({}));
}

#[tokio::test]
async fn several_accounts_external_ids_and_connecting_again() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let first = ada.connect("slack", &[]).await;
    let id = first["id"].as_str().unwrap();
    let settings = json!({"config": {"sharedSettings": {"channel": "C1"}}});
    expect(ada.call(Method::PATCH, &format!("/credentials/{id}"), Some(settings), HeaderMap::new()).await, 200).await;

    // Without further wishes the one account is connected again.
    let again = ada.connect_as("slack", "grace", &[]).await;
    assert_eq!(again["id"], first["id"]);
    assert_eq!(again["config"]["sharedSettings"]["channel"], "C1");

    let named = ada.connect("slack", &[("installOptions", r#"{"externalId":"team-b"}"#)]).await;
    assert_eq!(named["externalId"], "team-b");
    assert_ne!(named["id"], first["id"]);
    let slack = ada.integration_id("slack").await;
    for options in [
        r#"{"externalId":"team-b"}"#.to_owned(),
        r#"{"externalId":" "}"#.to_owned(),
        format!(r#"{{"externalId":"x","selectedCredentialId":"{id}"}}"#),
    ] {
        let refused = ada.build(&slack, &Uuid::new_v4().to_string(), &[("installOptions", &options)]).await;
        expect(refused, 400).await;
    }

    let options = format!(r#"{{"selectedCredentialId":"{}"}}"#, named["id"].as_str().unwrap());
    let reconnected = ada.connect_as("slack", "grace", &[("installOptions", &options)]).await;
    assert_eq!((&reconnected["id"], &reconnected["externalId"]), (&named["id"], &named["externalId"]));
    assert_eq!(reconnected["providerData"]["user"], "grace");

    // The header chooses the account, also by external id.
    for name in [named["id"].as_str().unwrap(), "ext:team-b", "team-b"] {
        let answer =
            ada.call(Method::GET, "/proxy/slack/auth.test", None, headers(&[("x-paragon-credential", name)])).await;
        assert_eq!(expect(answer, 200).await["output"]["user"], "grace");
    }
}

#[tokio::test]
async fn bad_beginnings_are_refused_before_the_provider() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let slack = ada.integration_id("slack").await;
    let key = || Uuid::new_v4().to_string();
    let code = async |response| expect(response, 400).await["code"].clone();
    assert_eq!(code(ada.build(&slack, "short", &[]).await).await, "attempt_key_invalid");
    assert_eq!(code(ada.build(&slack, &key(), &[("installOptions", "{")]).await).await, "query_invalid");
    assert_eq!(
        code(ada.build(&slack, &key(), &[("redirectUrl", "https://evil.test/x")]).await).await,
        "redirect_refused"
    );
    let shopify = ada.integration_id("shopify").await;
    assert_eq!(code(ada.build(&shopify, &key(), &[]).await).await, "validation");
    let salesforce = ada.integration_id("salesforce").await;
    let elsewhere = [("parameters", r#"{"environment":"../slack"}"#)];
    assert_eq!(code(ada.build(&salesforce, &key(), &elsewhere).await).await, "account_type_unknown");
    let page = ada
        .browser
        .get(ada.address("/actions/oauth-nonce"))
        .query(&[
            ("integrationId", slack.as_str()),
            ("originForPostMessage", "https://evil.test"),
            ("oauthMetaKeyId", &key()),
        ])
        .header("referer", "https://evil.test/")
        .send()
        .await
        .unwrap();
    assert!(page.headers().get("set-cookie").is_none());
    assert!(expect_text(page, 400).await.contains("originForPostMessage is not an allowed origin"));
    let once = key();
    expect(ada.build(&slack, &once, &[]).await, 200).await;
    assert_eq!(code(ada.build(&slack, &once, &[]).await).await, "attempt_key_used");
}
