//! Where the choices of inputs come from: the project's sources, and the app's own lists and loaders.

use paragon_connect::core::method::Method;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

use crate::driver::Driver;
use crate::project::{credential, integration, state};

fn dynamic(key: &str) -> Json {
    json!({"type": "DYNAMIC_DATA_SOURCE", "cacheKey": key, "title": key})
}

fn driver() -> Driver {
    let sources = json!({"dataSources": {
        "channels": dynamic("channels"),
        "colors": {"type": "STATIC_ENUM_DATA_SOURCE", "id": "colors", "title": "Colors", "values": []},
        "combo": {"type": "COMBO_INPUT_DATA_SOURCE", "id": "c", "title": "C", "mainInputSource": dynamic("m"),
            "dependentInputSource": dynamic("d"), "fieldSource": dynamic("f")},
        "defaults": {"type": "DYNAMIC_COMBO_INPUT_DATA_SOURCE", "id": "d", "title": "D", "mainInputSource": dynamic("m"),
            "dependentInputSource": dynamic("d"), "variableInputSource": dynamic("v"), "hoverDisplayText": "h"},
        "mapper": {"type": "FIELD_MAPPER_DATA_SOURCE", "id": "m", "title": "M", "recordSource": dynamic("r"),
            "fieldSource": dynamic("f"), "dependentInputSource": dynamic("d")},
    }});
    let integrations = json!([integration("slack", sources.clone()), integration("hubspot", sources)]);
    Driver::authenticated(integrations, json!({"slack": state(&[credential(1, "VALID")])}))
}

fn with_sources(sources: Json) -> Driver {
    let mut driver = driver();
    driver.ok(Method::SetDataSources, json!([sources]));
    driver
}

fn of_input(driver: &mut Driver, name: &str, input: Json) -> Json {
    driver.ok(Method::GetSourcesForInput, json!([name, input]))
}

fn dropdown(key: &str) -> Json {
    json!({"id": "i", "type": "CUSTOM_DROPDOWN", "key": key, "title": "Title"})
}

fn mapper(object: &str) -> Json {
    json!({"id": "i", "type": "FIELD_MAPPER", "sourceType": "mapper", "useDynamicMapper": true,
        "dynamicObjectName": object, "savedFieldMappings": []})
}

#[test]
fn sources_of_the_project_come_by_their_kind() {
    let mut driver = driver();
    let mut of = |kind: &str, source: &str| {
        of_input(&mut driver, "slack", json!({"id": "i", "type": kind, "title": "T", "sourceType": source}))
    };
    assert_eq!(of("DYNAMIC_ENUM", "channels"), json!({"kind": "single", "source": dynamic("channels")}));
    assert_eq!(of("ENUM", "colors")["source"]["type"], "STATIC_ENUM_DATA_SOURCE");
    let combo = json!({"kind": "combo", "mainInputSource": dynamic("m"), "dependentInputSource": dynamic("d")});
    assert_eq!(of("COMBO_INPUT", "combo"), combo);
    let defaults = json!({"kind": "defaultFieldValue", "mainInputSource": dynamic("m"),
        "dependentInputSource": dynamic("d"), "variableInputSource": dynamic("v")});
    assert_eq!(of("DYNAMIC_COMBO_INPUT", "defaults"), defaults);
    let mapper = json!({"kind": "fieldMapper", "recordSource": dynamic("r"), "fieldSource": dynamic("f"),
        "dependentInputSource": dynamic("d")});
    assert_eq!(of("FIELD_MAPPER", "mapper"), mapper);
    for unknown in ["nothing", "__proto__", "constructor"] {
        assert_eq!(of("DYNAMIC_ENUM", unknown), json!(null));
    }
    assert_eq!(of_input(&mut driver, "slack", json!({"id": "i", "type": "TEXT_NO_VARS"})), json!(null));
    assert_eq!(of_input(&mut driver, "nobody", json!({"sourceType": "channels"})), json!(null));
    let fixed =
        of_input(&mut driver, "slack", json!({"id": "i", "type": "ENUM", "title": "T", "values": [{"value": 1}]}));
    assert_eq!(fixed["source"]["values"], json!([{"value": 1}]));
}

#[test]
fn an_input_that_is_none_is_refused() {
    let mut driver = driver();
    for method in [Method::GetSourcesForInput, Method::GetSourcesForActionInput] {
        for input in [json!(null), json!("x"), json!([])] {
            let error = driver.now(method, json!([input, input])).expect_err("it is no input");
            assert_eq!(error["code"], "ARGUMENT_INVALID");
        }
    }
}

#[test]
fn dropdowns_are_lists_or_loaders_of_the_app() {
    let mut driver = with_sources(json!({
        "dropdowns": {"list": [{"label": "One", "value": "1"}], "loaded": {"loadOptions": "<load>"}},
        "integrationSpecificSources": {"hubspot": {"dropdowns": {"list": [{"label": "Hub", "value": "h"}]}}},
    }));
    let list = json!({"kind": "single", "source": {"type": "STATIC_ENUM_DATA_SOURCE", "title": "Title", "id": "list",
        "values": [{"label": "One", "value": "1"}]}});
    assert_eq!(of_input(&mut driver, "slack", dropdown("list")), list);
    let special = of_input(&mut driver, "hubspot", dropdown("list"));
    assert_eq!(special["source"]["values"], json!([{"label": "Hub", "value": "h"}]));
    let loaded = json!({"kind": "single", "source": {"type": "DYNAMIC_DATA_SOURCE", "title": "Title",
        "cacheKey": "loaded", "refreshDependencies": []}});
    assert_eq!(of_input(&mut driver, "hubspot", dropdown("loaded")), loaded);
    assert!(driver.warnings.is_empty());
    assert_eq!(of_input(&mut driver, "slack", dropdown("nothing")), json!(null));
    assert_eq!(driver.warnings[0]["code"], "SOURCE_MISSING");
    let mut own = dropdown("nothing");
    own["customDropdownOptions"] = json!([{"label": "Own", "value": "o"}]);
    assert_eq!(of_input(&mut driver, "slack", own)["source"]["values"][0]["label"], "Own");
}

#[test]
fn giving_sources_again_replaces_them_all_and_they_outlive_the_user() {
    let mut driver = with_sources(json!({"dropdowns": {"first": [{"label": "1", "value": "1"}]}}));
    driver.ok(Method::SetDataSources, json!([{"dropdowns": {"second": [{"label": "2", "value": "2"}]}}]));
    assert_eq!(of_input(&mut driver, "slack", dropdown("first")), json!(null));
    driver.ok(Method::Logout, json!([]));
    assert_eq!(of_input(&mut driver, "slack", dropdown("second"))["kind"], "single");
}

#[test]
fn what_is_no_source_is_left_out_with_a_warning() {
    let mut driver = with_sources(json!({
        "dropdowns": {"a": null, "b": 5, "c": {"loadOptions": 5}, "d": "<load>", "good": []},
        "mapObjectFields": {"e": {"objectTypes": {"get": "<get>"}}, "f": {"fields": {}}},
        "integrationSpecificSources": {"slack": null},
    }));
    assert_eq!(driver.warnings.len(), 6);
    assert!(driver.warnings.iter().all(|warning| warning["code"] == "SOURCE_INVALID"));
    assert_eq!(of_input(&mut driver, "slack", dropdown("good"))["kind"], "single");
    for argument in [json!(null), json!("x"), json!([])] {
        let error = driver.now(Method::SetDataSources, json!([argument])).expect_err("it is no object");
        assert_eq!(error["code"], "ARGUMENT_INVALID");
    }
    assert_eq!(of_input(&mut driver, "slack", dropdown("good"))["kind"], "single", "a refused call changes nothing");
}

#[test]
fn a_loader_is_asked_by_source_and_by_key() {
    let mut driver = with_sources(json!({"dropdowns": {"loaded": {"loadOptions": "<load>"}}}));
    let source = of_input(&mut driver, "slack", dropdown("loaded"))["source"].clone();
    let options = json!([{"label": "L", "value": "V"}]);
    for (request, arguments) in [
        (json!({"source": source}), json!([null, null])),
        (json!({"action": "loaded", "cursor": "next", "search": "x"}), json!(["next", "x"])),
        (json!({"action": "loaded", "cursor": false, "search": ""}), json!([null, ""])),
        (json!({"action": "loaded", "cursor": 0}), json!([null, null])),
        (json!({"action": "loaded", "cursor": 7}), json!([7, null])),
    ] {
        let mut request = request;
        request["integration"] = json!("hubspot");
        let call = driver.call(Method::GetFieldOptions, json!([request]));
        assert_eq!(driver.reply("load", Ok(json!({"options": options, "nextPageCursor": "n"}))), arguments);
        let page = json!({"data": options, "nestedData": [], "nextPageCursor": "n"});
        assert_eq!(driver.outcome(call), Some(&Ok(page)));
    }
    assert!(driver.requests.is_empty() && driver.timers.is_empty());
    let call = driver.call(Method::GetFieldOptions, json!([{"integration": "nobody", "action": "loaded"}]));
    assert_eq!(driver.error(call)["code"], "INTEGRATION_UNKNOWN");
}

#[test]
fn the_portal_asks_loaders_by_key() {
    let get = json!({"objectTypes": {"get": "<objects>"}, "integrationFields": {"get": "<fields>"}});
    let mut driver = with_sources(json!({
        "dropdowns": {"loaded": {"loadOptions": "<load>"}, "list": []},
        "integrationSpecificSources": {"hubspot": {"dropdowns": {"there": {"loadOptions": "<there>"}}}},
        "mapObjectFields": {"Task": get},
    }));
    let page = json!({"options": [], "nextPageCursor": null});
    for (key, loader) in [("loaded", "load"), ("there", "there")] {
        let call = driver.call(Method::LoadCustomDropdownOptions, json!([key, "c", "s"]));
        assert_eq!(driver.reply(loader, Ok(json!({"options": []}))), json!(["c", "s"]));
        assert_eq!(driver.outcome(call), Some(&Ok(page.clone())));
    }
    for key in ["list", "nothing"] {
        let call = driver.call(Method::LoadCustomDropdownOptions, json!([key]));
        assert_eq!(driver.error(call)["code"], "SOURCE_MISSING");
    }
    let call =
        driver.call(Method::FetchBYOFieldMappingOptions, json!(["slack", "objectTypes", "Task", {"cursor": "c"}]));
    assert_eq!(driver.reply("objects", Ok(page.clone())), json!(["c", null]));
    assert_eq!(driver.outcome(call), Some(&Ok(page)));
    let of = json!({"objectType": "contact", "search": "s"});
    driver.call(Method::FetchBYOFieldMappingOptions, json!(["slack", "integrationFields", "Task", of]));
    assert_eq!(driver.reply("fields", Ok(json!({}))), json!([{"objectType": "contact"}, null, "s"]));
    for (kind, key, code) in [
        ("integrationFields", "Task", "ARGUMENT_INVALID"),
        ("objectTypes", "Nothing", "SOURCE_MISSING"),
        ("other", "Task", "SOURCE_MISSING"),
    ] {
        let call = driver.call(Method::FetchBYOFieldMappingOptions, json!(["slack", kind, key]));
        assert_eq!(driver.error(call)["code"], code);
    }
}

#[test]
fn a_loader_that_fails_ends_the_call_with_its_reason() {
    for (thrown, text, cause) in [
        (json!({"message": "no network"}), "no network", json!({"message": "no network"})),
        (json!("plain"), "plain", json!("plain")),
        (json!(null), "No reason was given.", json!(null)),
    ] {
        let mut driver = with_sources(json!({"dropdowns": {"loaded": {"loadOptions": "<load>"}}}));
        let call = driver.call(Method::GetFieldOptions, json!([{"integration": "slack", "action": "loaded"}]));
        driver.reply("load", Err(thrown));
        let error = driver.error(call);
        assert_eq!((&error["code"], &error["name"]), (&json!("LOADER_FAILED"), &json!("LoaderError")));
        assert!(error["message"].as_str().is_some_and(|message| message.contains(text)), "{error}");
        assert_eq!(error["cause"], cause);
        assert!(driver.timers.is_empty());
        assert_eq!(driver.core.awaited(), 0);
    }
}

#[test]
fn a_loader_that_answers_nonsense_is_an_error() {
    for answer in [json!(null), json!([]), json!({}), json!({"options": {}}), json!("x"), json!(5)] {
        let mut driver = with_sources(json!({"dropdowns": {"loaded": {"loadOptions": "<load>"}}}));
        let call = driver.call(Method::GetFieldOptions, json!([{"integration": "slack", "action": "loaded"}]));
        driver.reply("load", Ok(answer));
        assert_eq!(driver.error(call)["code"], "LOADER_ANSWER_INVALID");
    }
}

#[test]
fn a_loader_that_never_answers_is_given_up() {
    let mut driver = with_sources(json!({"dropdowns": {"loaded": {"loadOptions": "<load>"}}}));
    let call = driver.call(Method::GetFieldOptions, json!([{"integration": "slack", "action": "loaded"}]));
    driver.pass(59_999.0);
    assert_eq!(driver.outcome(call), None);
    driver.pass(1.0);
    assert_eq!(driver.error(call)["code"], "LOADER_TIMEOUT");
    assert_eq!(driver.error(call)["retryable"], true);
    driver.reply("load", Ok(json!({"options": []})));
    assert_eq!(driver.settled.iter().filter(|(settled, _)| *settled == call).count(), 1, "what comes late is dropped");
    assert_eq!(driver.core.awaited(), 0);
}

#[test]
fn the_apps_fields_are_mapped_as_a_list_or_with_options() {
    let list = json!([{"label": "Name", "value": "name"}]);
    let options = json!({"fields": list, "defaultFields": ["name"], "userCanRemoveMappings": true});
    let mut driver = with_sources(json!({"mapObjectFields": {"List": list, "Options": options}}));
    for (object, expected) in [("List", list), ("Options", options)] {
        let result = of_input(&mut driver, "slack", mapper(object));
        assert_eq!(result["mapObjectFieldOptions"], expected);
        assert_eq!(result["recordSource"], dynamic("r"));
        assert_eq!(result["dependentInputSource"], dynamic("d"));
    }
    let none = of_input(&mut driver, "slack", mapper("Nothing"));
    assert_eq!((none.get("mapObjectFieldOptions"), &none["kind"]), (None, &json!("fieldMapper")));
    assert_eq!(driver.warnings[0]["code"], "SOURCE_MISSING");
}

#[test]
fn the_app_loads_objects_and_their_fields_itself() {
    let own = json!({"fields": [{"label": "Name", "value": "name"}], "userCanCreateFields": true});
    let get = json!({"objectTypes": {"get": "<objects>"}, "integrationFields": {"get": "<fields>"}});
    let mut with_own = get.clone();
    with_own["applicationFields"] = own.clone();
    let mut driver = with_sources(json!({"mapObjectFields": {"Task": with_own, "Bare": get}}));
    let result = of_input(&mut driver, "slack", mapper("Task"));
    let mut expected = own;
    expected["useBYOFieldMappingOption"] = json!(true);
    assert_eq!(result["mapObjectFieldOptions"], expected);
    assert_eq!(result.get("dependentInputSource"), None);
    let bare = of_input(&mut driver, "slack", mapper("Bare"));
    assert_eq!(bare.get("mapObjectFieldOptions"), None);
    assert_eq!(bare["recordSource"]["dynamicFieldMappingKey"], "Bare");

    let value = |value: Json| json!({"key": "any", "source": {"type": "VALUE", "value": value}});
    let page = json!({"options": [{"label": "Contact", "value": "contact"}], "nextPageCursor": "2"});
    let call = driver.call(
        Method::GetFieldOptions,
        json!([{"integration": "slack", "source": result["recordSource"], "cursor": "c", "search": "s"}]),
    );
    assert_eq!(driver.reply("objects", Ok(page)), json!(["c", "s"]));
    let expected = json!({"data": [{"label": "Contact", "value": "contact"}], "nestedData": [], "nextPageCursor": "2"});
    assert_eq!(driver.outcome(call), Some(&Ok(expected)));

    let parameters = json!([{"key": "x", "source": {"type": "TOKENIZED", "parts": []}}, value(json!("contact"))]);
    let request = json!({"integration": "slack", "source": result["fieldSource"], "parameters": parameters});
    driver.call(Method::GetFieldOptions, json!([request]));
    assert_eq!(driver.reply("fields", Ok(json!({"options": []}))), json!([{"objectType": "contact"}, null, null]));
    for parameters in [json!(null), json!([]), json!([value(json!(""))])] {
        let request = json!({"integration": "slack", "source": result["fieldSource"], "parameters": parameters});
        let call = driver.call(Method::GetFieldOptions, json!([request]));
        assert_eq!(driver.error(call)["code"], "ARGUMENT_INVALID");
    }
}

#[test]
fn parameters_of_triggers_name_their_sources() {
    let mut driver = driver();
    let mut of = |input: Json| driver.ok(Method::GetSourcesForActionInput, json!([input]));
    let from = json!({"sourceType": "channels", "dependencies": ["a"]});
    let source =
        json!({"type": "DYNAMIC_DATA_SOURCE", "title": "T", "cacheKey": "channels", "refreshDependencies": ["a"]});
    for kind in ["TEXT", "ENUM", "CONDITIONAL", "TIME_CONSTRAINT_INPUT"] {
        let input = json!({"id": "i", "title": "T", "type": kind, "values": ["x"], "valuesSource": from});
        assert_eq!(of(input), json!({"kind": "single", "source": source}));
    }
    let conditional = json!({"id": "i", "title": "T", "type": "CONDITIONAL", "supportedKeysSource": from,
        "supportedOperators": ["$stringContains"]});
    let expected = json!({"kind": "conditional", "source": source, "supportedOperators": ["$stringContains"]});
    assert_eq!(of(conditional), expected);
    let values = json!([{"value": "v", "label": "L"}, "s", 5, {"value": 7}, {"value": "d", "dependentInputs": []}]);
    let choices = json!([{"label": "L", "value": "v"}, {"label": "s", "value": "s"}, {"label": "5", "value": "5"},
        {"label": "7", "value": "7"}, {"label": "d", "value": "d"}]);
    let expected = json!({"kind": "single",
        "source": {"type": "STATIC_ENUM_DATA_SOURCE", "title": "T", "id": "i", "values": choices}});
    assert_eq!(of(json!({"id": "i", "title": "T", "type": "ENUM", "values": values})), expected);
    for input in [
        json!({"id": "i", "title": "T", "type": "TEXT"}),
        json!({"id": "i", "title": "T", "type": "ENUM", "values": []}),
        json!({"id": "i", "title": "T", "type": "CONDITIONAL", "supportedKeys": ["k"]}),
    ] {
        assert_eq!(of(input), json!(null));
    }
}

/// Anything that an app may pass, made of words that mean something to core.
fn anything() -> impl Strategy<Value = Json> {
    let words = [
        "",
        "slack",
        "hubspot",
        "key",
        "<load>",
        "channels",
        "mapper",
        "combo",
        "objectTypes",
        "integrationFields",
        "ENUM",
        "CUSTOM_DROPDOWN",
        "FIELD_MAPPER",
        "CONDITIONAL",
        "STATIC_ENUM_DATA_SOURCE",
        "DYNAMIC_DATA_SOURCE",
    ];
    let keys = [
        "dropdowns",
        "mapObjectFields",
        "integrationSpecificSources",
        "loadOptions",
        "key",
        "slack",
        "objectTypes",
        "integrationFields",
        "applicationFields",
        "fields",
        "get",
        "type",
        "sourceType",
        "dynamicObjectName",
        "values",
        "valuesSource",
        "supportedKeysSource",
        "dependencies",
        "source",
        "action",
        "integration",
        "parameters",
        "cursor",
        "search",
        "cacheKey",
        "dynamicFieldMappingType",
        "dynamicFieldMappingKey",
        "__proto__",
        "value",
        "options",
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        (0..3).prop_map(Json::from),
        select(words.to_vec()).prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            vec((select(keys.to_vec()), inner), 0..6).prop_map(|fields| fields.into_iter().collect::<Json>()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_app_passes_each_call_ends_once(
        plausible in any::<bool>(), sources in anything(), input in anything(), request in anything(), reply in anything(),
    ) {
        let mut driver = driver();
        let get = json!({"objectTypes": {"get": "<load>"}, "integrationFields": {"get": "<load>"}, "applicationFields": sources});
        let sources = if plausible {
            json!({"dropdowns": {"key": {"loadOptions": "<load>"}, "x": sources}, "mapObjectFields": {"key": get}})
        } else {
            sources
        };
        let input = if plausible { mapper("key") } else { input };
        let _ = driver.now(Method::SetDataSources, json!([sources]));
        let _ = driver.now(Method::GetSourcesForActionInput, json!([input]));
        let found = driver.now(Method::GetSourcesForInput, json!(["slack", input])).unwrap_or_default();
        let mut calls = vec![];
        for name in ["source", "recordSource", "fieldSource"] {
            let parameters = json!([{"source": {"value": "contact"}}]);
            let of_source = json!({"integration": "slack", "source": found[name], "parameters": parameters});
            calls.push(driver.call(Method::GetFieldOptions, json!([of_source])));
        }
        calls.push(driver.call(Method::GetFieldOptions, json!([request])));
        calls.push(driver.call(Method::LoadCustomDropdownOptions, json!([request["key"], input])));
        calls.push(driver.call(Method::FetchBYOFieldMappingOptions, json!(["slack", "objectTypes", "key", request])));
        if let Some((_, name, _)) = driver.asked.first() {
            let name = name.clone();
            driver.reply(&name, Ok(reply.clone()));
        }
        while let Some(line) = driver.requests.front().map(|sent| sent.line()) {
            driver.answer(&line, 200, reply.clone());
        }
        driver.pass(60_000.0);
        for call in calls {
            prop_assert_eq!(driver.settled.iter().filter(|(settled, _)| *settled == call).count(), 1);
        }
        prop_assert_eq!((driver.core.awaited(), driver.timers.len()), (0, 0));
    }
}
