//! The Connect Portal: the page in the frame that `connect()` opens, at `/ui`, and the files of it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::app::App;
use crate::demo::built;

/// `GET /ui`.
pub async fn page(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    built("portal/index.html", &headers, policy(&app.config.project.allowed_origins))
}

/// `GET /assets/<file>`: scripts and styles, which carry a hash of their content in their names.
pub async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response {
    built(&format!("assets/{file}"), &headers, "default-src 'none'".into())
}

/// Pages that may call the platform may show the portal: those of this machine, and those of the project file. A policy
/// cannot name addresses of IPv6, so a page at `[::1]` cannot.
fn policy(listed: &[String]) -> String {
    let mut around = String::from("'self'");
    for scheme in ["http", "https"] {
        for host in ["127.0.0.1", "localhost", "*.localhost"] {
            around.push_str(&format!(" {scheme}://{host}:*"));
        }
    }
    for origin in listed {
        around.push(' ');
        around.push_str(origin);
    }
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors {around}; require-trusted-types-for 'script'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_that_may_call_may_show_it() {
        let policy = policy(&["https://app.example.com".into()]);
        let around = policy.split("; ").find_map(|part| part.strip_prefix("frame-ancestors ")).unwrap();
        assert!(around.contains("http://localhost:*") && around.ends_with(" https://app.example.com"), "{around}");
        assert!(!policy.contains("unsafe") && !around.split(' ').any(|one| one == "*" || one == "https:"), "{policy}");
    }
}
