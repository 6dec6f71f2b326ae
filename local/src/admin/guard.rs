//! Who may use the admin API: programs on this machine that know the secret, and pages of the platform's own origin.

use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::ApiError;
use crate::http::connection::Peer;

/// What is compared.
#[derive(Clone)]
pub struct Guard {
    secret: Arc<[u8]>,
    port: Arc<str>,
}

impl Guard {
    /// For this secret and the platform's address.
    pub fn new(secret: &str, base: &str) -> Self {
        let port = base.rsplit(':').next().unwrap_or_default();
        Self { secret: hashed(secret).into(), port: port.into() }
    }

    /// True if the `Origin` is the platform's own, under the name that the browser called.
    fn is_own(&self, origin: &str, host: &str) -> bool {
        origin.strip_prefix("http://") == Some(host) && host.rsplit(':').next() == Some(&self.port)
    }
}

/// Hashes have one length, so that comparing them tells nothing.
fn hashed(text: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
}

/// The layer around the admin API.
pub async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Result<Response, ApiError> {
    let local = request
        .extensions()
        .get::<ConnectInfo<Peer>>()
        .is_some_and(|ConnectInfo(peer)| peer.address.ip().to_canonical().is_loopback());
    if !local {
        return Err(refused("The admin API answers only programs on the same machine."));
    }
    let headers = request.headers();
    let site = text(headers, header::HeaderName::from_static("sec-fetch-site"));
    let host = text(headers, header::HOST).unwrap_or_default();
    let foreign_site = site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let foreign_origin = headers.contains_key(header::ORIGIN)
        && !text(headers, header::ORIGIN).is_some_and(|origin| guard.is_own(origin, host));
    if foreign_site || foreign_origin {
        return Err(refused(
            "The admin API answers no page of another origin. Call it from the app's server or from a test.",
        ));
    }
    let given =
        text(headers, header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    if verify_slices_are_equal(&hashed(given.trim()), &guard.secret).is_err() {
        return Err(ApiError::unauthorized(
            "secret_wrong",
            "The admin API needs this run's secret as \"Authorization: Bearer <secret>\". It is printed at the start, and stands in admin.json in the data folder.",
        ));
    }
    Ok(next.run(request).await)
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn refused(why: &str) -> ApiError {
    ApiError::new(StatusCode::FORBIDDEN, "admin_refused", why)
}
