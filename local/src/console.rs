//! The console: the page at `/console` that shows people what happens in the projects. The page itself holds nothing; what it
//! shows comes from the admin API, for which it needs this run's secret.

use axum::Router;
use axum::http::HeaderMap;
use axum::http::header::{HeaderName, HeaderValue, REFERRER_POLICY};
use axum::response::Response;
use axum::routing::get;

use crate::demo::built;

/// Nothing but the platform's own files, in no frame, with no plain strings as markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// `GET /console`, and the pages below it, whose addresses are the page's own matter.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/console", get(page)).route("/console/{*page}", get(page))
}

async fn page(headers: HeaderMap) -> Response {
    let mut response = built("console/index.html", &headers, POLICY.into());
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // A page that opens the console gets no hold of its window.
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    response
}

/// The address that opens the console at once. The secret stands behind the `#`, which browsers send to nobody.
pub fn address(base: &str, secret: &str) -> String {
    format!("{base}/console#secret={secret}")
}
