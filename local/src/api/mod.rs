//! The calls of the SDK, below `/projects/<project id>` and, the same, below `/v2/projects/<project id>`.

mod configurations;
mod credentials;
pub mod deliveries;
mod description;
mod events;
pub mod history;
pub mod install;
mod integrations;
mod me;
mod options;
mod resources;
pub mod select;
mod settings;
pub mod setup;
mod trigger_types;
pub mod triggers;
pub mod uninstall;
pub mod wire;
mod workflows;

use std::sync::Arc;

use axum::routing::{any, get};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use description::describe;

use crate::app::App;
use crate::{oauth, proxy};

/// All calls of one project, with what describes them.
pub fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .routes(routes!(me::read, me::update))
        .routes(routes!(integrations::list))
        .routes(routes!(integrations::metadata))
        .routes(routes!(uninstall::uninstall))
        .routes(routes!(credentials::list, setup::create))
        .routes(routes!(credentials::read, settings::update))
        .routes(routes!(setup::complete))
        .routes(routes!(configurations::create, configurations::update, configurations::remove))
        .routes(routes!(resources::connect))
        .routes(routes!(workflows::enable, workflows::disable))
        .routes(routes!(options::read))
        .routes(routes!(trigger_types::list))
        .routes(routes!(oauth::attempt::build))
        .routes(routes!(oauth::result::read, oauth::result::forget))
        .routes(routes!(events::trigger))
        .routes(routes!(triggers::request))
        .routes(routes!(history::list))
        .routes(routes!(history::read))
        .routes(routes!(history::replay))
        .routes(routes!(history::step))
        // Pages, and answers of providers: their shapes are not ours.
        .route("/sdk/actions/oauth-nonce", get(oauth::nonce::page).post(oauth::nonce::confirm))
        .route("/sdk/actions/oauth-next/{key}", get(oauth::severed::next))
        .route("/sdk/proxy/{*rest}", any(proxy::handle))
        .route("/openapi.json", get(description::show))
}
