//! The calls of the SDK, below `/projects/<project id>` and, the same, below `/v2/projects/<project id>`.

mod configurations;
mod credentials;
mod events;
mod history;
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
mod uninstall;
pub mod wire;
mod workflows;

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, get, post};

use crate::app::App;
use crate::{oauth, proxy};

/// All calls of one project.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/sdk/me", get(me::read).patch(me::update))
        .route("/sdk/integrations", get(integrations::list))
        .route("/sdk/metadata", get(integrations::metadata))
        .route("/sdk/integrations/{id}", axum::routing::delete(uninstall::uninstall))
        .route("/sdk/credentials", get(credentials::list).post(setup::create))
        .route("/sdk/credentials/{id}", get(credentials::read).patch(settings::update))
        .route("/sdk/credentials/{id}/complete-setup", post(setup::complete))
        .route(
            "/sdk/credentials/{id}/configurations",
            post(configurations::create).patch(configurations::update).delete(configurations::remove),
        )
        .route("/sdk/resources/{id}/connect", post(resources::connect))
        .route("/sdk/workflows/{id}", post(workflows::enable).delete(workflows::disable))
        .route("/sdk/actions", post(options::read))
        .route("/sdk/actions/oauth-nonce", get(oauth::nonce::page).post(oauth::nonce::confirm))
        .route("/sdk/actions/oauth-next/{key}", get(oauth::severed::next))
        .route("/sdk/actions/build-oauth", get(oauth::attempt::build))
        .route("/sdk/actions/session-id/{key}", get(oauth::result::read).delete(oauth::result::forget))
        .route("/sdk/events/trigger", post(events::trigger))
        .route("/sdk/triggers/{id}", post(triggers::request))
        .route("/triggers", get(trigger_types::list))
        .route("/task-history/workflow-executions", get(history::list))
        .route("/task-history/workflow-executions/{id}", get(history::read))
        .route("/task-history/workflow-executions/{id}/replay", post(history::replay))
        .route("/task-history/workflow-executions/{id}/step-executions/{step}", get(history::step))
        .route("/sdk/proxy/{*rest}", any(proxy::handle))
}
