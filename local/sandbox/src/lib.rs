//! Nine small third-party apps on one origin, each with real OAuth 2.0 (or API keys), to be connected without a network.
//!
//! [`router`] is the whole public surface; the addresses are listed in this crate's `README.md`. Nothing here knows the
//! platform: to these apps it is one of the OAuth clients in [`Options::clients`].

mod apps;
mod control;
mod db;
mod documents;
mod fault;
mod host;
mod lex;
mod oauth;
mod page_token;
mod pages;
mod people;
mod secret;
mod state;

use std::path::PathBuf;

use axum::{Router, middleware};

use state::AppState;

/// What the sandbox needs to know to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// The origin that browsers and clients reach it at, for example `http://127.0.0.1:9401`.
    pub base_url: String,
    /// The folder that holds `sandbox.db`; made if it is not there. `None` keeps everything in memory.
    pub data: Option<PathBuf>,
    /// The OAuth clients that all apps know.
    pub clients: Vec<Client>,
}

/// An OAuth client, registered with every app.
#[derive(Clone, Debug)]
pub struct Client {
    /// `client_id`.
    pub id: String,
    /// `client_secret`. There are no public clients.
    pub secret: String,
    /// The addresses that it may ask to be redirected to; compared byte by byte.
    pub redirect_uris: Vec<String>,
}

/// Why the sandbox cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// [`Options::base_url`] is not the address of an origin.
    #[error(
        "The sandbox's base address \"{0}\" is not usable: it must be an http or https origin such as http://127.0.0.1:9401, with no path."
    )]
    BaseUrl(String),
    /// A redirect address of a client could not be read.
    #[error(
        "The redirect address \"{uri}\" of the OAuth client \"{client}\" is not usable: it must be an absolute http or https address with no fragment."
    )]
    RedirectUri {
        /// The client's id.
        client: String,
        /// The address as given.
        uri: String,
    },
    /// The data folder could not be made.
    #[error("The sandbox's data folder {path} cannot be made: {source}. Choose a folder that can be written to.")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The database could not be opened or prepared.
    #[error(
        "The sandbox's database cannot be opened: {0}. If the file is damaged, stop the server and delete sandbox.db: everything in it is made anew, and connections to the sandbox apps have to be made again."
    )]
    Database(#[from] rusqlite::Error),
}

/// Builds the sandbox: opens (or makes) its database, seeds it the first time, and gives the router that serves all apps.
///
/// # Errors
/// When an option cannot be used, or the database cannot be opened; see [`Error`].
pub fn router(options: Options) -> Result<Router, Error> {
    let state = AppState::new(options)?;
    Ok(Router::new()
        .merge(pages::routes())
        .merge(apps::routes())
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(state.clone(), control::refuse_when_down))
        .merge(control::routes())
        .layer(middleware::from_fn_with_state(state.clone(), host::check))
        .with_state(state))
}
