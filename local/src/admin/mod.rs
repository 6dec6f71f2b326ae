//! The admin API, below `/_admin`: clock, faults, journal, snapshots, projects, users, runs, for tests, for the command line and
//! for the console. It answers only who knows this run's secret.

mod clock;
mod faults;
mod guard;
mod journal;
mod projects;
mod runs;
pub mod seed;
mod snapshots;
mod users;
mod watch;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Path as Parameters, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::app::App;
use crate::http::{ApiError, refusal};
use crate::project;
use crate::projects::{Projects, Trouble};

/// The file of the data folder that tells address and secret of the running process.
pub const FILE: &str = "admin.json";
/// An imported snapshot may be this long.
const IMPORT_LIMIT: usize = 64 * 1024 * 1024;

/// The router; its state is the projects.
pub fn router(projects: Arc<Projects>, secret: &str) -> Router<Arc<Projects>> {
    let project = Router::new()
        .route("/", get(projects::show).delete(projects::remove))
        .route("/token", post(projects::token))
        .route("/seed", post(seed::plant))
        .route("/reset", post(snapshots::reset))
        .route("/catalog", get(runs::catalog))
        .route("/clock", get(clock::show).patch(clock::change))
        .route("/credentials/{id}", axum::routing::delete(users::remove))
        .route("/credentials/{id}/expire", post(users::expire))
        .route("/credentials/{id}/revoke", post(users::revoke))
        .route("/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/faults/{id}", axum::routing::delete(faults::remove))
        .route("/journal", get(journal::find).delete(journal::clear))
        .route("/journal/wait", post(journal::wait))
        .route("/journal/{id}", get(journal::read))
        .route("/runs", get(runs::list))
        .route("/runs/{id}", get(runs::show))
        .route("/runs/{id}/replay", post(runs::replay))
        .route("/snapshots", get(snapshots::list))
        .route("/snapshots/{name}", put(snapshots::save).delete(snapshots::remove))
        .route("/snapshots/{name}/load", post(snapshots::load))
        .route(
            "/snapshots/{name}/file",
            get(snapshots::export).put(snapshots::import).layer(DefaultBodyLimit::max(IMPORT_LIMIT)),
        )
        .route("/users", get(users::list))
        .route("/users/{id}", get(users::show))
        .route("/watch", get(watch::watch));
    Router::new()
        .route("/projects", get(projects::list).post(projects::create))
        .nest("/projects/{project}", project)
        .fallback(unknown)
        .layer(from_fn(refusal::shape))
        .layer(from_fn_with_state(guard::Guard::new(secret, &projects.first().addresses.base), guard::check))
}

async fn unknown() -> ApiError {
    ApiError::not_found("address_unknown", "There is nothing at this address of the admin API.")
}

/// Writes address and secret into the data folder, for the command line of the same user.
pub fn write_file(data: &Path, base: &str, secret: &str) -> Result<(), project::Error> {
    let text = json!({
        "address": format!("{base}/_admin"),
        "secret": secret,
        "notice": "For this run of paragon-local only. Whoever has the secret can act as any user of its projects.",
    });
    project::write(&data.join(FILE), format!("{text:#}\n").as_bytes(), 0o600)
}

/// The project that an address names.
struct Named(Arc<App>);

impl FromRequestParts<Arc<Projects>> for Named {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, projects: &Arc<Projects>) -> Result<Self, ApiError> {
        let Parameters(mut all) = Parameters::<HashMap<String, String>>::from_request_parts(parts, &())
            .await
            .map_err(|_| ApiError::not_found("project_unknown", "The address names no project."))?;
        Ok(Self(projects.find(&all.remove("project").unwrap_or_default())?))
    }
}

/// The query of an address.
struct Asked<T>(T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(asked)| Self(asked)).map_err(|error| ApiError::bad("filter_invalid", error.body_text()))
    }
}

impl From<Trouble> for ApiError {
    fn from(trouble: Trouble) -> Self {
        let text = format!("This cannot be done: {trouble}.");
        match trouble {
            Trouble::Unknown(_) => Self::not_found("project_unknown", text),
            Trouble::Taken(_) => Self::new(StatusCode::CONFLICT, "project_taken", text),
            Trouble::First | Trouble::Many => Self::new(StatusCode::CONFLICT, "project_refused", text),
            Trouble::Start(crate::serve::Error::Config(error)) => Self::bad("project_file_invalid", error.to_string()),
            Trouble::Start(error) => Self::internal(error),
        }
    }
}
