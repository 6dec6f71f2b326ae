//! Which headers go through the proxy.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Header that asks for the provider's own answer.
const RAW: &str = "x-paragon-use-raw-response";

/// Headers of one connection only (RFC 9110, 7.6.1), never forwarded in either direction.
pub(crate) const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The app's own: they would tell the provider about the app and its user.
const PRIVATE: [&str; 9] =
    ["authorization", "cookie", "host", "origin", "referer", "forwarded", "content-length", "expect", "dnt"];

/// True if the provider's own answer is wanted.
pub(super) fn wants_raw(headers: &HeaderMap) -> bool {
    headers
        .get(RAW)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| !matches!(value.trim().to_ascii_lowercase().as_str(), "" | "0" | "false"))
}

/// What the provider gets to see.
pub(super) fn outgoing(headers: &HeaderMap, raw: bool) -> HeaderMap {
    let named = named_by_connection(headers);
    let mut out = HeaderMap::new();
    for (name, value) in headers {
        let text = name.as_str();
        let dropped = HOP_BY_HOP.contains(&text)
            || PRIVATE.contains(&text)
            || named.contains(name)
            || text.starts_with("x-paragon-")
            || text.starts_with("sec-")
            || text.starts_with("x-forwarded-")
            || text.starts_with("access-control-");
        if !dropped {
            out.append(name.clone(), value.clone());
        }
    }
    if !raw {
        // The platform reads the answer itself and asks for what it can decompress.
        out.remove(header::ACCEPT_ENCODING);
    } else if !out.contains_key(header::ACCEPT_ENCODING) {
        out.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }
    out
}

/// What the app gets to see of a raw answer.
pub(super) fn incoming(headers: &HeaderMap) -> HeaderMap {
    let named = named_by_connection(headers);
    let mut out = HeaderMap::new();
    for (name, value) in headers {
        let text = name.as_str();
        // A provider's cookies, and its rules for its own origin, are not this origin's.
        let dropped = HOP_BY_HOP.contains(&text)
            || named.contains(name)
            || matches!(text, "set-cookie" | "strict-transport-security" | "clear-site-data" | "alt-svc" | "vary")
            || text.starts_with("access-control-");
        if !dropped {
            out.append(name.clone(), value.clone());
        }
    }
    out
}

fn named_by_connection(headers: &HeaderMap) -> Vec<HeaderName> {
    headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn map(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn the_apps_own_headers_stay_here() {
        let sent = map(&[
            ("authorization", "Bearer user"),
            ("cookie", "a=b"),
            ("host", "127.0.0.1"),
            ("origin", "http://localhost"),
            ("referer", "http://localhost/x"),
            ("x-paragon-credential", "x"),
            ("sec-fetch-mode", "cors"),
            ("connection", "keep-alive, x-hop"),
            ("x-hop", "1"),
            ("transfer-encoding", "chunked"),
            ("accept-encoding", "br"),
            ("x-mine", "1"),
            ("content-type", "application/json"),
        ]);
        let names = |headers: HeaderMap| headers.keys().map(ToString::to_string).collect::<BTreeSet<_>>();
        let expected = BTreeSet::from(["content-type", "x-mine"].map(String::from));
        assert_eq!(names(outgoing(&sent, false)), expected);
        assert_eq!(outgoing(&sent, true)["accept-encoding"], "br");
        assert_eq!(outgoing(&map(&[]), true)["accept-encoding"], "identity");
    }

    #[test]
    fn raw_is_any_truthy_value() {
        for (value, raw) in [("1", true), ("true", true), ("yes", true), ("0", false), ("false", false), ("", false)] {
            assert_eq!(wants_raw(&map(&[(RAW, value)])), raw, "{value}");
        }
    }

    #[test]
    fn a_provider_sets_no_cookies_here() {
        let answer = map(&[("set-cookie", "a=b"), ("access-control-allow-origin", "*"), ("etag", "x")]);
        assert_eq!(incoming(&answer).len(), 1);
    }
}
