//! What every kind of value must do, so that what the native tests show with `Fake` holds for the browser's values:
//! the same checks run over both, here and in `src/ffi/tests.rs`.

use crate::core::failure::{Failure, Fault};
use crate::core::names::Name as N;
use crate::core::value::{Kind, Text, UrlPart, Value};

/// `parse` makes a value from JSON; `json` gives a value's JSON back.
pub fn holds<V: Value>(parse: impl Fn(&str) -> V, json: impl Fn(V) -> String) {
    kinds(&parse);
    objects(&parse, &json);
    copies(&parse, &json);
    equality(&parse);
    texts(&parse, &json);
    addresses(&parse, &json);
    messages(&parse, &json);
}

fn kinds<V: Value>(parse: &impl Fn(&str) -> V) {
    for (text, kind, truthy) in [
        ("null", Kind::Nothing, false),
        ("true", Kind::Bool, true),
        ("false", Kind::Bool, false),
        ("0", Kind::Number, false),
        ("1.5", Kind::Number, true),
        ("\"\"", Kind::Text, false),
        ("\"a\"", Kind::Text, true),
        ("[]", Kind::List, true),
        ("{}", Kind::Object, true),
    ] {
        let value = parse(text);
        assert_eq!((value.kind(), value.truthy()), (kind, truthy), "{text}");
    }
    assert!(!V::undefined().present() && !V::null().present());
    assert_eq!(parse("2.5").as_number(), 2.5);
    assert!(parse("\"2.5\"").as_number().is_nan());
    assert!(parse("\" a \"").has_text() && !parse("\"  \"").has_text() && !parse("1").has_text());
}

fn objects<V: Value>(parse: &impl Fn(&str) -> V, json: &impl Fn(V) -> String) {
    let object = parse(r#"{"id":1,"name":{"type":"x"}}"#);
    assert_eq!(object.get(N::id).as_number(), 1.0);
    assert!(object.get(N::name).get(N::r#type).present());
    assert!(!object.get(N::status).present());
    for scalar in [V::undefined(), V::null(), parse("1"), parse("[]")] {
        assert!(!scalar.get(N::status).present() && !scalar.lookup(parse("\"x\"")).present());
        assert_eq!(scalar.keys().length(), 0);
        assert_eq!(scalar.at(0).kind(), Kind::Nothing);
        assert_eq!(scalar.length(), 0);
    }
    for inherited in ["\"__proto__\"", "\"constructor\"", "\"toString\""] {
        assert!(!object.lookup(parse(inherited)).present(), "{inherited}");
    }
    let made = V::object();
    made.set(N::id, V::number(1.0));
    made.put(parse("\"b\""), parse("[1]"));
    made.put(parse("\"__proto__\""), parse("{\"polluted\":1}"));
    made.put(V::number(7.0), V::bool(true));
    assert!(made.lookup(V::number(7.0)).truthy());
    made.put(V::number(7.0), V::undefined());
    assert_eq!(json(made), r#"{"id":1,"b":[1]}"#);
    assert_eq!(json(made.keys()), r#"["id","b"]"#);
    assert!(made.get_own(N::id).is_some() && made.get_own(N::name).is_none());
    let list = V::list();
    list.push(V::name(N::VALID));
    list.push(V::null());
    assert_eq!((json(list).as_str(), list.length()), (r#"["VALID",null]"#, 2));
    let rows = parse(r#"[{"id":"a"},{"id":"b","n":2}]"#);
    assert_eq!(json(rows.find(N::id, parse("\"b\""))), r#"{"id":"b","n":2}"#);
    assert!(!rows.find(N::id, parse("\"c\"")).present());
    assert_eq!(json(parse(r#"{"Accept":"x"}"#).header(N::H_ACCEPT)), "\"x\"");
    assert_eq!(json(parse(r#"{"aCCept":"x"}"#).header(N::H_ACCEPT)), "\"x\"");
    assert!(!parse("{}").header(N::H_ACCEPT).present());
}

fn copies<V: Value>(parse: &impl Fn(&str) -> V, json: &impl Fn(V) -> String) {
    let original = parse(r#"{"id":{"code":1},"name":[1,{"a":2}]}"#);
    let shallow = original.copy();
    shallow.set(N::status, V::bool(true));
    assert!(!original.get(N::status).present() && shallow.get(N::id).same(original.get(N::id)));
    let deep = original.deep_copy();
    deep.get(N::id).set(N::code, V::number(2.0));
    assert_eq!(json(original), r#"{"id":{"code":1},"name":[1,{"a":2}]}"#);
    assert!(deep.get(N::name).alike(original.get(N::name)) && !deep.get(N::name).same(original.get(N::name)));
    assert_eq!(json(original.with(N::id, V::null()).get(N::name)), r#"[1,{"a":2}]"#);
}

fn equality<V: Value>(parse: &impl Fn(&str) -> V) {
    assert!(V::name(N::VALID).is(N::VALID) && parse("\"VALID\"").is(N::VALID) && !parse("1").is(N::VALID));
    assert!(parse("\"a\"").same(parse("\"a\"")) && parse("1").same(parse("1")) && !parse("1").same(parse("\"1\"")));
    assert!(!parse("{}").same(parse("{}")) && parse("{}").alike(parse("{}")));
    for (a, b, alike) in [
        (r#"{"a":1,"b":[2]}"#, r#"{"b":[2],"a":1}"#, true),
        (r#"{"a":1}"#, r#"{"a":1,"b":2}"#, false),
        ("[1,2]", "[2,1]", false),
        ("[]", "{}", false),
        ("null", "null", true),
    ] {
        assert_eq!(parse(a).alike(parse(b)), alike, "{a} {b}");
    }
}

fn texts<V: Value>(parse: &impl Fn(&str) -> V, json: &impl Fn(V) -> String) {
    let uuid = "\"33333333-3333-4333-8333-000000000001\"";
    for (text, operation, expected) in [
        ("\" a \"", Text::Trim, "\"a\""),
        ("7210", Text::Trim, "\"7210\""),
        ("\"AbC\"", Text::Lower, "\"abc\""),
        ("\"My App, 2!\"", Text::Slug, "\"myapp2\""),
        ("\"ext:team\"", Text::AfterExt, "\"team\""),
        (uuid, Text::Uuid, uuid),
        ("\"/x/a.svg?v=1\"", Text::UpToSvg, "\"/x/a.svg\""),
        ("\"/x/a.png\"", Text::UpToSvg, "\"/x/a.png\""),
        ("\"a b/ü&\"", Text::Encode, "\"a%20b%2F%C3%BC%26\""),
        ("\"//a/b\"", Text::Unslash, "\"a/b\""),
        ("\"a/b//\"", Text::Unslashed, "\"a/b\""),
        ("\"monday.com\"", Text::Stem, "\"monday\""),
        ("{\"a\":[1]}", Text::Json, "\"{\\\"a\\\":[1]}\""),
        ("\"-----BEGIN KEY\"", Text::Pem, "true"),
        ("\"ey.ey.x\"", Text::Pem, "false"),
        ("\"eyJhIjoixbwifQ.eyJzdWIiOiLDvCJ9.x\"", Text::Claims, "{\"sub\":\"ü\"}"),
        ("\"eyJhbGciOiJSUzI1NiJ9.e30.x\"", Text::JoseHeader, "{\"alg\":\"RS256\"}"),
    ] {
        assert_eq!(json(parse(text).text(operation)), expected, "{text} {operation:?}");
    }
    for (text, operation) in [
        ("\"team\"", Text::AfterExt),
        ("\"not-a-uuid\"", Text::Uuid),
        ("\"a.b.c\"", Text::Claims),
        ("\"e30.e30\"", Text::Claims),
        ("{}", Text::Trim),
        ("null", Text::Lower),
        ("[]", Text::Encode),
    ] {
        assert!(!parse(text).text(operation).present(), "{text} {operation:?}");
    }
    assert!(parse("\"xVALIDx\"").contains(N::VALID) && !parse("[\"VALID\"]").contains(N::VALID));
    assert!(parse("\"abc\"").begins(parse("\"ab\"")) && !parse("\"abc\"").begins(parse("\"b\"")));
    assert!(!parse("[]").begins(parse("\"\"")));
    assert_eq!(json(parse("\"a VALID VALID\"").replaced(N::VALID, N::GET)), "\"a GET VALID\"");
    assert_eq!(json(parse("1").replaced(N::VALID, N::GET)), "1");
}

fn addresses<V: Value>(parse: &impl Fn(&str) -> V, json: &impl Fn(V) -> String) {
    let url = parse("\"https://user@host.example:8443/a/b?c=d#e\"");
    for (part, expected) in [
        (UrlPart::Origin, "\"https://host.example:8443\""),
        (UrlPart::Hostname, "\"host.example\""),
        (UrlPart::Protocol, "\"https:\""),
        (UrlPart::Host, "\"host.example:8443\""),
        (UrlPart::Path, "\"/a/b?c=d#e\""),
    ] {
        assert_eq!(json(url.url(part)), expected);
    }
    // Plain addresses take a shorter way, and every other one the browser's.
    for (address, path) in [
        ("https://host.example/a-b/c_d.e/", "/a-b/c_d.e/"),
        ("http://127.0.0.1:94/a?b=c&d=%20+:/", "/a?b=c&d=%20+:/"),
        ("https://host.example", "/"),
        ("https://host.example/", "/"),
        ("https://host.example/a/../b", "/b"),
        ("https://host.example/a/./..", "/"),
        ("https://host.example/a/..?c", "/?c"),
        ("https://host.example/a/%2E%2e/b", "/b"),
        ("https://host.example/a\\\\..\\\\b", "/b"),
        ("https://host.example/a/.\\t./b", "/b"),
        ("https://host.example/a//b", "/a//b"),
        ("https://host.example/a b?c d", "/a%20b?c%20d"),
        ("https://host.example/a?b'c", "/a?b%27c"),
        ("https://host.example/a#../b", "/a#../b"),
    ] {
        assert_eq!(json(parse(&format!("\"{address}\"")).url(UrlPart::Path)), format!("\"{path}\""), "{address}");
    }
    assert_eq!(json(parse("\"http://[::1]:9400/\"").url(UrlPart::Hostname)), "\"[::1]\"");
    assert_eq!(json(parse("\"http://127.1/\"").url(UrlPart::Hostname)), "\"127.0.0.1\"");
    for none in ["\"\"", "\"/a\"", "\"host.example\"", "null", "{}"] {
        assert!(!parse(none).url(UrlPart::Origin).present(), "{none}");
    }
}

fn messages<V: Value>(parse: &impl Fn(&str) -> V, json: &impl Fn(V) -> String) {
    let filled = V::fill(N::P_CREDENTIAL, [parse("\"p\""), parse("5"), V::undefined()]);
    assert_eq!(json(filled), "\"/projects/p/sdk/credentials/5\"");
    let failure = Failure::new(Fault::INTEGRATION_UNKNOWN, [parse("\"x {}\""), parse("[\"a\",\"b\"]")]);
    let (name, code) = (failure.0.get(N::name), failure.0.get(N::code));
    assert_eq!((json(name).as_str(), json(code).as_str()), ("\"IntegrationNotFoundError\"", "\"INTEGRATION_UNKNOWN\""));
    let text = json(failure.0.get(N::message));
    assert!(text.contains("named x {} in this project") && text.contains("a, b"), "{text}");
    assert!(!failure.0.get(N::retryable).truthy());
}
