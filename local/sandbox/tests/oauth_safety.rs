//! What the OAuth server refuses: PKCE, codes, redirect addresses, foreign tokens, rotation, forged forms.

mod common;

use std::collections::HashMap;

use common::*;
use reqwest::{StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn pkce_is_required_and_plain_is_refused() {
    let sandbox = Sandbox::start().await;
    let cases: [(&str, Option<&str>); 4] = [
        ("code_challenge", None),
        ("code_challenge", Some("too-short")),
        ("code_challenge_method", None),
        ("code_challenge_method", Some("plain")),
    ];
    for app in ALL {
        for (name, value) in cases {
            let mut request = good_request(app);
            request.remove(name);
            request.extend(value.map(|value| (name.to_owned(), value.to_owned())));
            let back = location(&Browser::new().open(&sandbox, app, &request).await);
            assert!(back.as_str().starts_with(CALLBACK));
            assert_eq!(parameter(&back, "error").as_deref(), Some("invalid_request"), "{name} {value:?}");
            assert!(parameter(&back, "state").is_some());
        }
    }
}

#[tokio::test]
async fn a_missing_or_wrong_verifier_gets_nothing_and_uses_the_code_up() {
    let sandbox = Sandbox::start().await;
    let other = VERIFIER.replace('a', "b");
    for (verifier, error) in [
        (None, "invalid_grant"),
        (Some(other), "invalid_grant"),
        (Some("short".into()), "invalid_grant"),
        (Some(challenge(VERIFIER)), "invalid_grant"),
    ] {
        let code = Browser::new().code(&sandbox, &SLACK).await;
        let mut form = exchange_form(&code);
        form.remove("code_verifier");
        let is_guess = verifier.as_ref().is_none_or(|verifier| verifier.len() >= 43);
        form.extend(verifier.map(|verifier| ("code_verifier", verifier)));
        let (status, answer) = token(&sandbox, &SLACK, &form).await;
        assert_eq!((status, &answer["error"]), (StatusCode::BAD_REQUEST, &json!(error)));
        assert!(answer.get("access_token").is_none());
        if is_guess {
            assert_eq!(exchange(&sandbox, &SLACK, &code).await.1["error"], "invalid_grant", "one guess only");
        }
    }
}

#[tokio::test]
async fn a_code_used_twice_revokes_what_it_gave() {
    let sandbox = Sandbox::start().await;
    for app in ALL {
        let code = Browser::new().code(&sandbox, app).await;
        let tokens = Tokens::of(exchange(&sandbox, app, &code).await.1);
        assert!(works(&sandbox, app, &tokens.access).await);
        let (status, answer) = exchange(&sandbox, app, &code).await;
        assert_eq!((status, &answer["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
        assert!(!works(&sandbox, app, &tokens.access).await);
        assert_eq!(refresh(&sandbox, app, &tokens.refresh).await.1["error"], "invalid_grant");
    }
}

#[tokio::test]
async fn one_of_many_simultaneous_exchanges_at_most_is_served() {
    let sandbox = Sandbox::start().await;
    let code = Browser::new().code(&sandbox, &DRIVE).await;
    let tries = (0..8).map(|_| exchange(&sandbox, &DRIVE, &code));
    let mut given = Vec::new();
    for attempt in join_all(tries).await {
        if attempt.0 == StatusCode::OK {
            given.push(Tokens::of(attempt.1));
        }
    }
    assert_eq!(given.len(), 1);
    assert!(!works(&sandbox, &DRIVE, &given[0].access).await, "the others were a reuse");
}

/// Runs futures side by side on this task.
async fn join_all<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(move |context| {
        for (future, done) in &mut running {
            if done.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        if running.iter().any(|(_, done)| done.is_none()) {
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(running.iter_mut().filter_map(|(_, done)| done.take()).collect())
    })
    .await
}

#[tokio::test]
async fn redirect_addresses_match_exactly_or_nothing_is_redirected() {
    let sandbox = Sandbox::start().await;
    for wrong in [
        "http://127.0.0.1:9400/oauth/callback/",
        "http://127.0.0.1:9400/oauth/Callback",
        "http://127.0.0.1:9400/oauth/callback?x=1",
        "http://127.0.0.1:9400/oauth/callback#part",
        "http://127.0.0.1:9400/oauth/x/../callback",
        "http://127.0.0.1:9401/oauth/callback",
        "http://127.0.0.1/oauth/callback",
        "https://127.0.0.1:9400/oauth/callback",
        "HTTP://127.0.0.1:9400/oauth/callback",
        "http://user@127.0.0.1:9400/oauth/callback",
        "http://127.0.0.1:9400@evil.test/oauth/callback",
        "http://localhost:9400/oauth/callback",
        "javascript:alert(1)",
        "",
    ] {
        let mut request = good_request(&SLACK);
        request.insert("redirect_uri".into(), wrong.into());
        let response = Browser::new().open(&sandbox, &SLACK, &request).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{wrong}");
        assert!(!response.headers().contains_key(header::LOCATION), "{wrong}");
    }
    let mut request = good_request(&SLACK);
    request.insert("client_id".into(), "<script>alert(1)</script>".into());
    let response = Browser::new().open(&sandbox, &SLACK, &request).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let page = response.text().await.expect("a page");
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"), "shown as text");

    // At the token endpoint it must be the one that the code was asked for, even if the other is registered too.
    let code = Browser::new().code(&sandbox, &SLACK).await;
    let mut form = exchange_form(&code);
    form.insert("redirect_uri", CALLBACK_WITH_QUERY.into());
    assert_eq!(token(&sandbox, &SLACK, &form).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn codes_and_tokens_of_another_app_host_shop_or_client_are_unknown() {
    let sandbox = Sandbox::start().await;
    let tea_house = App {
        authorize: "/shopify/tea-house/admin/oauth/authorize",
        token: "/shopify/tea-house/admin/oauth/access_token",
        revoke: "/shopify/tea-house/admin/oauth/revoke",
        extra: SHOPIFY.extra,
        probe: "/shopify/tea-house/admin/api/2025-01/shop.json",
    };
    for (own, foreign) in [(&SLACK, &DRIVE), (&SALESFORCE, &SALESFORCE_TEST), (&SHOPIFY, &tea_house)] {
        let code = Browser::new().code(&sandbox, own).await;
        assert_eq!(exchange(&sandbox, foreign, &code).await.1["error"], "invalid_grant");
        let tokens = Tokens::of(exchange(&sandbox, own, &code).await.1);
        assert!(works(&sandbox, own, &tokens.access).await, "the foreign attempt did no harm");
        assert!(!works(&sandbox, foreign, &tokens.access).await);
        assert_eq!(refresh(&sandbox, foreign, &tokens.refresh).await.1["error"], "invalid_grant");
        assert!(!works(&sandbox, own, &tokens.refresh).await, "a refresh token is no access token");
        assert_eq!(refresh(&sandbox, own, &tokens.access).await.1["error"], "invalid_grant", "nor the other way");

        let form = HashMap::from([
            ("grant_type", "refresh_token".into()),
            ("refresh_token", tokens.refresh.clone()),
            ("client_id", OTHER_CLIENT.into()),
            ("client_secret", OTHER_SECRET.into()),
        ]);
        assert_eq!(token(&sandbox, own, &form).await.1["error"], "invalid_grant");
        let form = [("token", tokens.access.as_str()), ("client_id", OTHER_CLIENT), ("client_secret", OTHER_SECRET)];
        let refused = http().post(sandbox.url(own.revoke)).form(&form).send().await.expect("an answer");
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
        assert!(works(&sandbox, own, &tokens.access).await);
    }
}

#[tokio::test]
async fn an_old_refresh_token_revokes_the_family() {
    let sandbox = Sandbox::start().await;
    for app in ALL {
        let first = sandbox.connect(app).await;
        let second = Tokens::of(refresh(&sandbox, app, &first.refresh).await.1);
        let third = Tokens::of(refresh(&sandbox, app, &second.refresh).await.1);
        assert!(works(&sandbox, app, &third.access).await);
        assert_eq!(refresh(&sandbox, app, &first.refresh).await.1["error"], "invalid_grant");
        for tokens in [&first, &second, &third] {
            assert!(!works(&sandbox, app, &tokens.access).await);
        }
        assert_eq!(refresh(&sandbox, app, &third.refresh).await.1["error"], "invalid_grant");
    }
}

#[tokio::test]
async fn of_two_refreshes_at_once_one_wins_and_other_connections_stay() {
    let sandbox = Sandbox::start().await;
    let bystander = sandbox.connect(&JIRA).await;
    let tokens = sandbox.connect(&JIRA).await;
    let answers = join_all((0..2).map(|_| refresh(&sandbox, &JIRA, &tokens.refresh))).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == StatusCode::OK).count(), 1);
    assert!(works(&sandbox, &JIRA, &bystander.access).await);
    assert_eq!(refresh(&sandbox, &JIRA, &bystander.refresh).await.0, StatusCode::OK);
}

#[tokio::test]
async fn scopes_are_checked_granted_and_never_widened() {
    let sandbox = Sandbox::start().await;
    let mut request = good_request(&SLACK);
    request.insert("scope".into(), "channels:read admin".into());
    let back = location(&Browser::new().open(&sandbox, &SLACK, &request).await);
    assert_eq!(parameter(&back, "error").as_deref(), Some("invalid_scope"));

    request.insert("scope".into(), "channels:read".into());
    let back = Browser::new().allow(&sandbox, &SLACK, &request, "ada").await;
    let tokens = Tokens::of(exchange(&sandbox, &SLACK, &parameter(&back, "code").expect("a code")).await.1);
    assert_eq!(tokens.all["scope"], "channels:read");
    let message = json!({ "channel": "general", "text": "hello" });
    let (_, answer) = sandbox.post_json("/slack/api/chat.postMessage", &tokens.access, &message).await;
    assert_eq!((&answer["error"], &answer["needed"]), (&json!("missing_scope"), &json!("chat:write")));

    let wider = HashMap::from([
        ("grant_type", "refresh_token".into()),
        ("refresh_token", tokens.refresh.clone()),
        ("scope", "channels:read chat:write".into()),
        ("client_id", CLIENT.into()),
        ("client_secret", SECRET.into()),
    ]);
    assert_eq!(token(&sandbox, &SLACK, &wider).await.1["error"], "invalid_scope");
    assert_eq!(refresh(&sandbox, &SLACK, &tokens.refresh).await.0, StatusCode::OK, "the token was not used up");
}

#[tokio::test]
async fn wrong_clients_and_malformed_requests_are_refused() {
    let sandbox = Sandbox::start().await;
    let code = Browser::new().code(&sandbox, &SLACK).await;
    for (id, secret) in [(CLIENT, "wrong"), (CLIENT, ""), ("nobody", SECRET), (OTHER_CLIENT, SECRET)] {
        let mut form = exchange_form(&code);
        form.insert("client_id", id.into());
        form.insert("client_secret", secret.into());
        let (status, answer) = token(&sandbox, &SLACK, &form).await;
        assert_eq!((status, &answer["error"]), (StatusCode::UNAUTHORIZED, &json!("invalid_client")), "{id} {secret}");
    }
    let both = http().post(sandbox.url(SLACK.token)).form(&exchange_form(&code)).basic_auth(CLIENT, Some(SECRET));
    let answer = both.send().await.expect("an answer").json::<serde_json::Value>().await.expect("JSON");
    assert_eq!(answer["error"], "invalid_request", "two proofs at once");
    for (body, error) in [
        ("grant_type=authorization_code&grant_type=refresh_token", "invalid_request"),
        ("client_id=paragon-local&client_secret=local-only-secret", "invalid_request"),
        ("client_id=paragon-local&client_secret=local-only-secret&grant_type=password", "unsupported_grant_type"),
        ("client_id=paragon-local&client_secret=local-only-secret&grant_type=authorization_code", "invalid_request"),
        ("%00%ff=%fe", "invalid_client"),
    ] {
        let request =
            http().post(sandbox.url(SLACK.token)).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer: serde_json::Value = request.body(body).send().await.expect("an answer").json().await.expect("JSON");
        assert_eq!(answer["error"], error, "{body}");
    }
    let json = http().post(sandbox.url(SLACK.token)).json(&exchange_form(&code)).send().await.expect("an answer");
    assert_eq!(json.status(), StatusCode::BAD_REQUEST, "JSON is the issue tracker's only");
    assert_eq!(exchange(&sandbox, &SLACK, &code).await.0, StatusCode::OK, "none of this used the code up");

    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("response_mode", "fragment", "invalid_request"),
        ("audience", "elsewhere", "invalid_request"),
    ] {
        let mut request = good_request(&JIRA);
        request.insert(name.into(), value.into());
        let back = location(&Browser::new().open(&sandbox, &JIRA, &request).await);
        assert_eq!(parameter(&back, "error").as_deref(), Some(error), "{name}");
    }
}

#[tokio::test]
async fn a_consent_form_works_once_in_its_own_browser_for_its_own_app() {
    let sandbox = Sandbox::start().await;
    let victim = Browser::new();
    let attacker = Browser::new();
    let fields = attacker.consent(&sandbox, &SLACK, &good_request(&SLACK)).await;
    let forged = victim.decide(&sandbox, &SLACK, &fields, "ada", "allow").await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN, "without a session");
    let own = victim.consent(&sandbox, &SLACK, &good_request(&SLACK)).await;
    assert_eq!(
        victim.decide(&sandbox, &SLACK, &fields, "ada", "allow").await.status(),
        StatusCode::FORBIDDEN,
        "another session"
    );
    let mixed = [fields[0].clone(), own[1].clone()];
    assert_eq!(
        victim.decide(&sandbox, &SLACK, &mixed, "ada", "allow").await.status(),
        StatusCode::FORBIDDEN,
        "another request"
    );
    assert_eq!(victim.decide(&sandbox, &DRIVE, &own, "ada", "allow").await.status(), StatusCode::GONE, "another app");
    assert_eq!(victim.decide(&sandbox, &SLACK, &own, "eve", "allow").await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(victim.decide(&sandbox, &SLACK, &own, "ada", "perhaps").await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(victim.decide(&sandbox, &SLACK, &own, "ada", "allow").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(victim.decide(&sandbox, &SLACK, &own, "ada", "allow").await.status(), StatusCode::GONE, "twice");
}

#[tokio::test]
async fn pages_cannot_be_framed_and_run_no_inline_script() {
    let sandbox = Sandbox::start().await;
    let response = Browser::new().open(&sandbox, &SLACK, &good_request(&SLACK)).await;
    let headers = response.headers().clone();
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
    assert!(
        policy.contains("frame-ancestors 'none'")
            && policy.contains("default-src 'none'")
            && !policy.contains("unsafe")
    );
    assert_eq!(headers[header::X_FRAME_OPTIONS], "DENY");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    let cookie = headers[header::SET_COOKIE].to_str().expect("text");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let page = response.text().await.expect("a page");
    assert!(!page.contains("<script") && !page.contains(" style=") && !page.contains("<style"));
}
