//! Nine small third-party apps on one origin, each with real OAuth 2.0 (or API keys), to be connected without a network.
//!
//! [`Sandbox`] is the whole public surface; the addresses are listed in this crate's `README.md`. Nothing here knows the
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
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::{Router, middleware};
use rusqlite::Connection;

use state::AppState;

/// Tells the time in milliseconds since 1970 (UTC): tokens and pages of the apps end by it.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The machine's own clock.
pub fn machine_clock() -> Clock {
    Arc::new(|| {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
    })
}

/// What the sandbox needs to know to start.
#[derive(Clone)]
pub struct Options {
    /// The origin that browsers and clients reach it at, for example `http://127.0.0.1:9401`.
    pub base_url: String,
    /// The folder that holds `sandbox.db`; made if it is not there. `None` keeps everything in memory.
    pub data: Option<PathBuf>,
    /// The OAuth clients that all apps know.
    pub clients: Vec<Client>,
    /// The time.
    pub clock: Clock,
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
    /// Pages of the app that an install from a marketplace page may lead to; compared byte by byte.
    pub install_uris: Vec<String>,
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
    /// The HTTP client that calls webhooks could not be made.
    #[error("The sandbox cannot call webhooks: {0}. This is a fault of the machine's TLS set-up.")]
    Http(reqwest::Error),
}

/// A sandbox with its database. Clones are the same one.
#[derive(Clone)]
pub struct Sandbox(AppState);

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox").field("base", &self.0.base()).finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Opens (or makes) the database, and seeds it the first time.
    ///
    /// # Errors
    /// When an option cannot be used, or the database cannot be opened; see [`Error`].
    pub fn open(options: Options) -> Result<Self, Error> {
        AppState::new(options).map(Self)
    }

    /// The router that serves all apps.
    pub fn router(&self) -> Router {
        let state = self.0.clone();
        Router::new()
            .merge(pages::routes())
            .merge(apps::routes())
            .fallback(pages::not_found)
            .layer(middleware::from_fn_with_state(state.clone(), control::refuse_when_down))
            .merge(control::routes())
            .layer(middleware::from_fn_with_state(state.clone(), host::check))
            .with_state(state)
    }

    /// Copies everything that is stored into `to`, as it is at one moment.
    ///
    /// # Errors
    /// When SQLite cannot read or write.
    pub fn copy(&self, to: &mut Connection) -> rusqlite::Result<()> {
        self.0.db().copy(to)
    }

    /// Puts what [`Self::copy`] made in the place of everything that is stored, and ends what `/_control` has changed.
    ///
    /// # Errors
    /// When SQLite cannot read or write; then nothing has changed.
    pub fn load(&self, from: &Connection) -> rusqlite::Result<()> {
        self.0.db().load(from)?;
        *self.0.settings() = control::Settings::default();
        Ok(())
    }

    /// Allows what an authorization address asks for in a person's name (`ada`, `grace` or `alan`), as the person would on
    /// the consent page. Gives the code that the client can exchange.
    ///
    /// # Errors
    /// A sentence that says why it cannot be allowed.
    pub fn allow(&self, address: &str, person: &str) -> Result<String, String> {
        oauth::allow(&self.0, address, person)
    }

    /// What is in the database of a new sandbox, copied into `to`.
    ///
    /// # Errors
    /// When SQLite cannot read or write.
    pub fn copy_new(clock: Clock, to: &mut Connection) -> rusqlite::Result<()> {
        let db = db::Db::open(None, clock).map_err(|error| match error {
            Error::Database(error) => error,
            // In memory nothing else can go wrong.
            _ => rusqlite::Error::InvalidQuery,
        })?;
        apps::seed(&db)?;
        db.copy(to)
    }
}

/// The tables that [`Sandbox::copy`] copies, as the SQL that makes them.
pub use db::SCHEMA;
