//! Hostile input: a platform that answers anything, an app and a portal's page that pass anything, in any order. Nothing
//! panics, each call ends at most once, and after `logout()` nothing is left.
//!
//! A usual run plays some thousand steps. `HOSTILE_CASES=100000 cargo test -p paragon-connect --test native --release hostile`
//! plays more (a case needs about 30 KB until the process ends), from a fresh seed each time.

use std::collections::HashMap;

use paragon_connect::core::effect::{Answer, Input, PopupEvent};
use paragon_connect::core::method::Method;
use paragon_connect::host::fake::Fake;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

use crate::driver::{Driver, PROJECT, functions, token};
use crate::project::uuid;
use crate::world;

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// One of the usual calls, its arguments changed here and there.
    Call(usize, Vec<Change>),
    /// Any method with anything.
    Any(usize, Vec<Json>),
    /// The portal's page calls a method.
    Frame(usize, Json),
    /// The next request, or the one after it, is answered: with this status, and a good answer that was changed.
    Answer(usize, u32, Vec<Change>),
    /// A popup's page says something, from one of the origins.
    Message(usize, Json),
    /// Milliseconds pass.
    Pass(u32),
    /// The popup is closed, or blocked from now on.
    Popup(bool, bool),
}

/// Something else in the place of a part, which the number chooses.
type Change = (u32, Json);

fn hostile() -> impl Strategy<Value = Json> {
    let words = [
        "",
        " ",
        "ext:",
        "ext:team",
        "slack",
        "jira",
        "hubspot",
        "VALID",
        "PENDING",
        "INVALID",
        "__proto__",
        "constructor",
        "https://x.example",
        "javascript:alert(1)",
        "{}",
        "%7B",
        "\u{0}",
        "oauth_success_callback",
        "oauth_error_callback",
        "oauth-nonce-loaded",
        "SDK_FUNCTION_INVOCATION",
        "<onError>",
        "<onNext>",
    ];
    let known = [uuid(1), uuid(3), uuid(200), world::ON.to_owned(), PROJECT.to_owned()];
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).chain(known).collect();
    let keys = [
        "id",
        "type",
        "status",
        "credential",
        "configurations",
        "allCredentials",
        "integrations",
        "integrationId",
        "name",
        "selectedCredentialId",
        "selectedConfigurationId",
        "externalId",
        "accountType",
        "output",
        "records",
        "redirectUrl",
        "message",
        "constraints",
        "children",
        "meta",
        "code",
        "error",
        "workflowSettings",
        "sharedSettings",
        "onError",
        "options",
        "body",
        "method",
        "headers",
        "retries",
        "timeout",
        "persist",
        "metadata",
        "messageType",
        "parameters",
        "connectCredentialId",
        "oauthMetaKeyId",
        "installOptions",
        "payload",
        "__proto__",
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        select(vec![json!(0), json!(-1), json!(1e308), json!(0.5), json!(42)]),
        select(words).prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 16, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            vec((select(keys.to_vec()), inner), 0..5).prop_map(|fields| fields.into_iter().collect::<Json>()),
        ]
    })
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    vec((any::<u32>(), hostile()), 0..3)
}

fn step() -> impl Strategy<Value = Step> {
    let statuses = vec![200, 200, 200, 200, 201, 0, 1, 2, 3, 204, 400, 401, 403, 404, 429, 500, 503];
    prop_oneof![
        4 => (any::<usize>(), changes()).prop_map(|(call, changes)| Step::Call(call, changes)),
        2 => (any::<usize>(), vec(hostile(), 0..4)).prop_map(|(method, arguments)| Step::Any(method, arguments)),
        1 => (any::<usize>(), hostile()).prop_map(|(method, data)| Step::Frame(method, data)),
        6 => (0..3usize, select(statuses), changes()).prop_map(|(which, status, by)| Step::Answer(which, status, by)),
        2 => (0..3usize, hostile()).prop_map(|(origin, data)| Step::Message(origin, data)),
        1 => (0..70_000u32).prop_map(Step::Pass),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(closed, blocked)| Step::Popup(closed, blocked)),
    ]
}

/// Puts something else in the place of a part: of the whole, or of one within.
fn change(json: &mut Json, (which, to): &Change) {
    let (here, deeper) = (which % 7, which / 7);
    let within: Vec<&mut Json> = match json {
        Json::Array(items) => items.iter_mut().collect(),
        Json::Object(fields) => fields.iter_mut().map(|(_, value)| value).collect(),
        _ => vec![],
    };
    let count = within.len();
    if here == 0 || count == 0 {
        *json = to.clone();
    } else if let Some(part) = within.into_iter().nth(deeper as usize % count) {
        change(part, &(deeper / 3, to.clone()));
    }
}

fn changed(mut json: Json, by: &[Change]) -> Json {
    by.iter().for_each(|one| change(&mut json, one));
    json
}

const ORIGINS: [&str; 3] = ["https://passport.paragon.example", "https://zeus.paragon.example", "https://evil.example"];

fn take(driver: &mut Driver, step: &Step) {
    match step {
        Step::Call(which, by) => {
            let calls = world::calls();
            let call = &calls[which % calls.len()];
            let arguments = changed(call.arguments.clone(), by);
            driver.call(call.method, arguments);
        }
        Step::Any(method, arguments) => {
            let method = Method::ALL[method % Method::ALL.len()];
            // Pickers are objects of core's own, which the face hands over.
            if !matches!(method, Method::PickerInit | Method::PickerOpen) {
                driver.call(method, Json::from(arguments.clone()));
            }
        }
        Step::Frame(method, data) => {
            let method = Method::ALL.get(method % (Method::ALL.len() + 3)).copied();
            let mut data = data.clone();
            if data.is_object() {
                data["messageType"] = json!("SDK_FUNCTION_INVOCATION");
                data["id"] = json!(1);
            }
            driver.core.frame_message(1_000_000, method, "https://connect.paragon.example".into(), functions(data));
            driver.perform();
        }
        Step::Answer(which, status, by) => {
            let Some(index) = (!driver.requests.is_empty()).then(|| which % driver.requests.len()) else { return };
            let sent = driver.requests.remove(index).expect("it is there");
            // Without an answer, there is what `fetch` threw.
            let thrown = json!({"name": "TypeError", "message": "Failed to fetch"});
            let body = if *status > 3 { changed(world::good(&sent.line()), by) } else { thrown };
            driver.core.input(Input::Answer(sent.id, Answer::none(*status, Fake::from(body))));
            driver.perform();
        }
        Step::Message(origin, data) => {
            let Some((id, _)) = driver.popups.last() else { return };
            let event = PopupEvent::Message {
                origin: ORIGINS[*origin].into(),
                data: Fake::from(data.clone()),
                port: Fake::Undefined,
            };
            driver.core.input(Input::Popup(*id, event));
            driver.perform();
        }
        Step::Pass(ms) => driver.pass(f64::from(*ms)),
        Step::Popup(closed, blocked) => {
            driver.page.popup_closed.set(*closed);
            driver.block_popups = *blocked;
        }
    }
}

fn cases() -> u32 {
    std::env::var("HOSTILE_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_anybody_says_each_call_ends_at_most_once_and_nothing_is_left(steps in vec(step(), 1..25)) {
        let mut driver = world::driver();
        for step in &steps {
            take(&mut driver, step);
            let user = driver.user();
            prop_assert!(user["authenticated"].is_boolean(), "{user}");
        }
        driver.ok(Method::Logout, json!([]));
        prop_assert_eq!(driver.user(), json!({"authenticated": false}));
        // What was sent before is answered after; what the app was asked, it answers.
        for _ in 0..200 {
            if let Some(sent) = driver.requests.pop_front() {
                driver.core.input(Input::Answer(sent.id, Answer::none(0, Fake::Undefined)));
            } else if let Some((id, ..)) = driver.asked.pop() {
                driver.core.input(Input::Answer(id, Answer::none(0, Fake::Undefined)));
            } else if let Some((id, ..)) = driver.loads.pop_front() {
                driver.core.input(Input::Answer(id, Answer::none(0, Fake::Undefined)));
            }
            driver.perform();
            driver.pass(60_000.0);
        }
        prop_assert_eq!(driver.core.awaited(), 0);
        prop_assert!(driver.timers.is_empty() && driver.popups.is_empty() && driver.shown.is_empty());
        let mut ended = HashMap::new();
        for (call, _) in &driver.settled {
            *ended.entry(*call).or_insert(0) += 1;
        }
        // The page's calls have one number for all.
        ended.remove(&1_000_000);
        prop_assert!(ended.values().all(|times| *times == 1), "{:?}", driver.settled);

        // And the object can still be used.
        let call = driver.call(Method::Authenticate, json!([PROJECT, token("user-1", 7200)]));
        for line in ["GET /projects/.../sdk/me", "GET /projects/.../sdk/integrations"] {
            let good = world::good(line);
            if driver.requests.iter().any(|sent| sent.line().ends_with(&line[20..])) {
                driver.answer("GET", 200, good);
            }
        }
        prop_assert!(driver.outcome(call).is_some());
    }
}
