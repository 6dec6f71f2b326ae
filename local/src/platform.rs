//! The platform's origin: calls of the SDK, OAuth callback, icons, a page for people.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, get};
use serde_json::{Value, json};

use crate::app::App;
use crate::http::{ApiError, refusal};
use crate::{api, assets, fault, journal, oauth, pages, portal};

/// The platform's router.
pub fn router(app: Arc<App>) -> Router {
    let calls: Router<Arc<App>> = api::router().into();
    let calls = Router::new()
        .nest("/projects/{project}", calls.clone())
        .nest("/v2/projects/{project}", calls)
        .route("/openapi.json", get(openapi))
        .route("/reference", get(reference))
        .route("/.well-known/paragon-local", get(well_known))
        .route("/integrations/{file}", get(assets::integration))
        .route("/images/icons/byo-placeholder.svg", get(assets::byo_placeholder))
        .route("/ui", get(portal::page))
        .route("/assets/{file}", get(portal::asset))
        .route("/", get(home))
        .route("/triggers/connect/{project}/{integration}/custom-triggers/{id}", any(api::triggers::webhook))
        .route("/triggers/connect/{project}/{integration}/events/{workflow}", any(api::deliveries::take))
        .route("/oauth/callback", get(oauth::callback::callback))
        .fallback(unknown);
    calls
        .layer(from_fn(refusal::shape))
        .layer(from_fn_with_state(app.clone(), fault::calls))
        .layer(from_fn_with_state(app.clone(), journal::record))
        // Around everything, so that a page can also read why an address is wrong.
        .layer(app.origins.layer())
        .with_state(app)
}

async fn home(State(app): State<Arc<App>>) -> Response {
    pages::home(&app)
}

/// `GET /openapi.json`: the description of the calls.
async fn openapi(State(app): State<Arc<App>>) -> axum::Json<utoipa::openapi::OpenApi> {
    axum::Json(api::describe(&app))
}

/// `GET /reference`: the same as a page.
async fn reference(State(app): State<Arc<App>>) -> Response {
    pages::reference(&serde_json::to_value(api::describe(&app)).unwrap_or_default())
}

async fn unknown() -> ApiError {
    ApiError::not_found(
        "address_unknown",
        "There is nothing at this address. The calls begin with /projects/<project id>/sdk/.",
    )
}

/// `GET /.well-known/paragon-local`: what an app needs to know to use this platform.
async fn well_known(State(app): State<Arc<App>>) -> axum::Json<Value> {
    let base = &app.addresses.base;
    let services = [
        "ZEUS_PUBLIC_URL",
        "WORKER_PROXY_PUBLIC_URL",
        "HERMES_PUBLIC_URL",
        "CONNECT_PUBLIC_URL",
        "PASSPORT_PUBLIC_URL",
        "PASSPORT_PRODUCTION_URL",
        "DASHBOARD_PUBLIC_URL",
        "CDN_PUBLIC_URL",
        "API_TRIGGER_KIT_PUBLIC_URL",
    ];
    let environments: serde_json::Map<String, Value> =
        services.iter().map(|name| ((*name).to_owned(), base.clone().into())).collect();
    axum::Json(json!({
        "projectId": app.project.id,
        "version": env!("CARGO_PKG_VERSION"),
        "features": ["oauth-without-token-in-address", "session-id-wait", "oauth-popup-goes-on-alone"],
        "environments": environments,
        "sandboxUrl": app.addresses.sandbox,
        "demoUrl": app.addresses.demo,
    }))
}
