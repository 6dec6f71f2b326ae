//! Where a proxied request goes: a path below the provider's base address, or a whole address on the integration's list.

use axum::http::request::Parts;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::{Position, Url};
use uuid::Uuid;

use crate::app::App;
use crate::config::Integration;
use crate::http::ApiError;
use crate::provider;

/// Header that names path or address instead of the suffix of the path.
const PROXY_URL: &str = "x-paragon-proxy-url";

/// What a call asks for.
pub(crate) struct Call<'a> {
    /// The integration.
    pub integration: &'a Integration,
    wanted: String,
}

impl<'a> Call<'a> {
    /// Reads integration and path from the address as it was sent: nothing is decoded, so nothing is lost.
    pub fn read(app: &'a App, parts: &Parts) -> Result<Self, ApiError> {
        let sent = parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
        let path = sent.path_and_query().map_or("", |both| both.as_str());
        let rest = path.split_once("/sdk/proxy/").map_or("", |(_, rest)| rest);
        let (name, rest) = split(rest);
        let (integration, rest) = if name == "custom" {
            let (id, rest) = split(rest);
            let id = Uuid::parse_str(id).map_err(|_| {
                ApiError::bad("integration_unknown", "After /proxy/custom/ comes the id of the custom integration.")
            })?;
            (app.integration_by_id(id)?, rest)
        } else {
            let name = percent_decode_str(name).decode_utf8_lossy();
            (app.integration(&name)?, rest)
        };
        let wanted = match parts.headers.get(PROXY_URL) {
            Some(value) => value
                .to_str()
                .map_err(|_| {
                    ApiError::bad("path_invalid", "X-Paragon-Proxy-Url holds characters that no address has.")
                })?
                .to_owned(),
            None => rest.to_owned(),
        };
        Ok(Self { integration, wanted })
    }

    /// A call to a path or a whole address.
    pub fn to(integration: &'a Integration, wanted: String) -> Self {
        Self { integration, wanted }
    }

    /// The address at the provider.
    pub fn url(&self, context: &Value) -> Result<Url, ApiError> {
        let base = provider::base(self.integration, context)?;
        let wanted = self.wanted.as_str();
        if let Some(full) = full_address(wanted) {
            return self.allowed(&full, &base);
        }
        let path = wanted.strip_prefix('/').unwrap_or(wanted);
        safe(path)?;
        let joined = format!("{}/{path}", base[..Position::AfterPath].trim_end_matches('/'));
        let mut url = Url::parse(&joined).map_err(|_| invalid())?;
        if url.origin() != base.origin() || !url.path().starts_with(base.path().trim_end_matches('/')) {
            return Err(invalid());
        }
        url.set_fragment(None);
        Ok(url)
    }

    fn allowed(&self, full: &str, base: &Url) -> Result<Url, ApiError> {
        safe(full.split_once("://").map_or("", |(_, rest)| rest))?;
        let mut url = Url::parse(full).map_err(|_| invalid())?;
        let has_user = !url.username().is_empty() || url.password().is_some();
        let host = host_and_port(&url);
        let secure = url.scheme() == "https" || base.scheme() == "http";
        let listed = self.integration.allowed_hosts.iter().any(|one| one.eq_ignore_ascii_case(&host));
        if has_user || !(url.origin() == base.origin() || (listed && secure)) {
            return Err(ApiError::bad(
                "domain_invalid",
                format!(
                    "This domain is invalid for the current integration. {host} is not one of its hosts; list it as allowedHosts of \"{}\" in the project file.",
                    self.integration.key()
                ),
            ));
        }
        url.set_fragment(None);
        Ok(url)
    }
}

/// Host, and port where it is not the scheme's own.
fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn split(path: &str) -> (&str, &str) {
    let end = path.find(['/', '?']).unwrap_or(path.len());
    let rest = &path[end..];
    (&path[..end], rest.strip_prefix('/').unwrap_or(rest))
}

/// A whole address, plain or percent-encoded as one path segment.
fn full_address(wanted: &str) -> Option<String> {
    let is_full = |text: &str| {
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        lower.starts_with("http://") || lower.starts_with("https://")
    };
    let wanted = wanted.strip_prefix('/').filter(|rest| is_full(rest)).unwrap_or(wanted);
    if is_full(wanted) {
        return Some(wanted.to_owned());
    }
    let decoded = percent_decode_str(wanted).decode_utf8().ok()?;
    (wanted.to_ascii_lowercase().starts_with("http") && is_full(&decoded)).then(|| decoded.into_owned())
}

/// Refuses what a server on the way could read as another path than the one that was checked.
fn safe(path: &str) -> Result<(), ApiError> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let bad = path.starts_with('/')
        || decoded.starts_with('/')
        || decoded.contains('\\')
        || decoded.chars().any(char::is_control)
        || decoded.split('/').any(|segment| segment == "." || segment == "..");
    if bad { Err(invalid()) } else { Ok(()) }
}

fn invalid() -> ApiError {
    ApiError::bad(
        "path_invalid",
        "This path is refused: it may not have \"..\", backslashes, control characters, or begin with \"//\". Write the plain path below the provider's base address.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(wanted: &str) -> Result<String, String> {
        let text = "[[integrations]]\ntype = 'a'\nname = 'A'\nbaseUrl = 'https://api.test/v1/'\nallowedHosts = ['files.test', 'other.test:8443']\nauthorization = {kind = 'bearer', token = 'x'}\n";
        let config = crate::config::Config::parse(text, std::path::Path::new("t")).unwrap();
        let call = Call { integration: &config.integrations[0], wanted: wanted.into() };
        call.url(&serde_json::json!({})).map(String::from).map_err(|error| error.code().to_owned())
    }

    #[test]
    fn paths_stay_below_the_base() {
        for (wanted, expected) in [
            ("users", "https://api.test/v1/users"),
            ("/users?a=b%20c&d", "https://api.test/v1/users?a=b%20c&d"),
            ("", "https://api.test/v1/"),
            ("?q=1", "https://api.test/v1/?q=1"),
            ("a%2Fb/..c/c..", "https://api.test/v1/a%2Fb/..c/c.."),
            ("x?next=../..", "https://api.test/v1/x?next=../.."),
            ("x:y@z", "https://api.test/v1/x:y@z"),
        ] {
            assert_eq!(url(wanted).as_deref(), Ok(expected), "{wanted}");
        }
        for wanted in [
            "../admin",
            "a/../../b",
            "%2e%2e/x",
            "%2E%2e/x",
            "a/.%2e/x",
            "..%2fx",
            "..%5cx",
            "..\\x",
            "//evil.test/x",
            "///evil.test",
            "%2f/evil.test",
            "a/./b",
            "a%00b",
            "a%0d%0aHost:x",
        ] {
            assert_eq!(url(wanted).unwrap_err(), "path_invalid", "{wanted}");
        }
    }

    #[test]
    fn whole_addresses_must_be_on_the_list() {
        for (wanted, expected) in [
            ("https://files.test/x?y=1", "https://files.test/x?y=1"),
            ("https%3A%2F%2Ffiles.test%2Fx", "https://files.test/x"),
            ("https://FILES.test:443/x#f", "https://files.test/x"),
            ("https://other.test:8443/", "https://other.test:8443/"),
            ("https://api.test/elsewhere", "https://api.test/elsewhere"),
        ] {
            assert_eq!(url(wanted).as_deref(), Ok(expected), "{wanted}");
        }
        for wanted in [
            "https://evil.test/x",
            "https://files.test.evil.test/",
            "https://files.test:8443/",
            "https://files.test.:443/",
            "http://files.test/x",
            "https://files.test@evil.test/",
            "https://user:pw@files.test/",
            "https://evil.test#files.test",
            "HTTPS://evil.test/",
            "https%3A%2F%2Fevil.test",
        ] {
            assert_eq!(url(wanted).unwrap_err(), "domain_invalid", "{wanted}");
        }
        assert_eq!(url("https://files.test/../x").unwrap_err(), "path_invalid");
        assert_eq!(url("https://files.test\\@evil.test/").unwrap_err(), "path_invalid");
    }
}
