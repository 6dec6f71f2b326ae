//! Which pages may call: any page of this machine, and the origins that the project file lists.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, Method, header, request};
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer, ExposeHeaders};
use url::{Host, Url};

/// The list of origins.
#[derive(Clone, Debug, Default)]
pub struct Origins(Arc<[String]>);

impl Origins {
    /// Loopback origins and these.
    pub fn new(listed: &[String]) -> Self {
        Self(listed.into())
    }

    /// True for an origin that may call and be told results. Compared exactly, as browsers write it.
    pub fn allows(&self, origin: &str) -> bool {
        let Ok(url) = Url::parse(origin) else {
            return false;
        };
        if serialized(&url) != origin {
            return false;
        }
        (matches!(url.scheme(), "http" | "https") && is_loopback(&url)) || self.0.iter().any(|one| one == origin)
    }

    /// The layer that answers preflights and marks answers.
    pub fn layer(&self) -> CorsLayer {
        let origins = self.clone();
        CorsLayer::new()
            .allow_origin(AllowOrigin::predicate(move |origin: &HeaderValue, _: &request::Parts| {
                origin.to_str().is_ok_and(|origin| origins.allows(origin))
            }))
            .allow_methods(AllowMethods::list([
                Method::GET,
                Method::POST,
                Method::PUT,
                Method::PATCH,
                Method::DELETE,
                Method::HEAD,
                Method::OPTIONS,
            ]))
            .allow_headers(AllowHeaders::mirror_request())
            .expose_headers(ExposeHeaders::any())
            .allow_private_network(true)
            .max_age(Duration::from_secs(600))
            .vary([header::ORIGIN])
    }
}

/// The origin of an address as browsers write it. Pages of browser extensions have one that URLs know nothing of.
pub fn serialized(url: &Url) -> String {
    match (url.scheme(), url.host_str()) {
        (scheme @ ("chrome-extension" | "moz-extension" | "safari-web-extension"), Some(id)) => {
            format!("{scheme}://{id}")
        }
        _ => url.origin().ascii_serialization(),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_compared_exactly() {
        let origins = Origins::new(&["https://app.example.com".into(), "chrome-extension://abcdefghijklmnop".into()]);
        for good in [
            "http://127.0.0.1:9402",
            "http://localhost:5173",
            "https://localhost",
            "http://[::1]:3000",
            "http://app.localhost:1",
            "https://app.example.com",
            "chrome-extension://abcdefghijklmnop",
        ] {
            assert!(origins.allows(good), "{good}");
        }
        for bad in [
            "null",
            "",
            "http://app.example.com",
            "https://app.example.com:444",
            "https://app.example.com.evil.test",
            "https://app.example.com.",
            "https://evilapp.example.com",
            "http://127.0.0.1.evil.test",
            "http://localhost.evil.test",
            "http://localhost:1/path",
            "http://user@localhost:1",
            "file://localhost",
            "chrome-extension://another",
            "chrome-extension://abcdefghijklmnop/page.html",
            "ftp://localhost",
            "http://LOCALHOST",
            "http://127.1:80",
        ] {
            assert!(!origins.allows(bad), "{bad}");
        }
    }
}
