//! The check of `Host`: a name that leads here by DNS rebinding is refused.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::ApiError;

/// Lets a request through if its `Host` is an own address: loopback always, other IP addresses only with a wide bind.
pub async fn check(wide: bool, request: Request, next: Next) -> Result<Response, ApiError> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let named = match (hosts.next(), hosts.next()) {
        (Some(value), None) => value.to_str().ok(),
        (None, _) => request.uri().authority().map(|authority| authority.as_str()),
        // Who stands between might have looked at the other one.
        _ => None,
    };
    let named = named.unwrap_or_default();
    if !is_own(named, wide) {
        return Err(ApiError::new(
            StatusCode::MISDIRECTED_REQUEST,
            "host_refused",
            "This platform answers only under a loopback address, such as http://127.0.0.1 or http://localhost.",
        ));
    }
    Ok(next.run(request).await)
}

fn is_own(named: &str, wide: bool) -> bool {
    let Ok(authority) = named.parse::<axum::http::uri::Authority>() else {
        return false;
    };
    if named.contains('@') {
        return false;
    }
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    match host.parse::<IpAddr>() {
        Ok(address) => wide || address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn only_own_names_pass() {
        for good in ["127.0.0.1:9400", "localhost:9400", "LOCALHOST", "[::1]:9400", "127.0.0.2"] {
            assert!(is_own(good, false), "{good}");
        }
        for bad in [
            "",
            "evil.test",
            "evil.test:9400",
            "localhost.evil.test",
            "10.0.0.5:9400",
            "x@127.0.0.1",
            "127.0.0.1.nip.io",
        ] {
            assert!(!is_own(bad, false), "{bad}");
        }
        assert!(is_own("10.0.0.5:9400", true));
        assert!(!is_own("evil.test", true));
    }
}
