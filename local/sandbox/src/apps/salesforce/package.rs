//! The page that installs a package, which the CRM's instruction stage links to.

use axum::{
    Router,
    extract::RawQuery,
    http::{StatusCode, Uri},
    response::Response,
    routing::get,
};
use maud::html;

use super::{super::input, APP};
use crate::{
    pages::{self, masthead},
    state::AppState,
};

/// Also below the original's host names: clients that put those into an address still reach this page, on loopback.
pub fn routes() -> Router<AppState> {
    ["salesforce", "salesforce-test", "login.salesforce.com", "test.salesforce.com"]
        .into_iter()
        .fold(Router::new(), |router, first| {
            router.route(&format!("/{first}/packaging/installPackage.apexp"), get(page))
        })
}

async fn page(uri: Uri, RawQuery(query): RawQuery) -> Response {
    let query = input::query(query.as_deref());
    let Some(package) = input::text(&query, "p0").filter(|id| id.starts_with("04t")) else {
        let advice = "The address must name a package version, as in ?p0=04t000000000001.";
        return pages::error::page(StatusCode::BAD_REQUEST, Some(&APP), "No package is named", advice);
    };
    let test = ["/salesforce-test", "/test."].iter().any(|start| uri.path().starts_with(start));
    let host = if test { "Test host" } else { "Production host" };
    let content = html! {
        main class="sheet" {
            (masthead(&APP, Some(host)))
            section class="notice" {
                h1 { "The package is installed" }
                p { "Version " code { (package) } " is ready in this organization. In the sandbox there is nothing more to do." }
                p class="quiet" { "Close this window and go on where you came from." }
            }
        }
    };
    pages::document(StatusCode::OK, Some(&APP), "Install a package", content)
}
