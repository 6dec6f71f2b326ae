//! What every handler shares: the database, the options, and the settings that tests change.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use url::Url;

use crate::{Client, Error, Options, apps, control::Settings, db::Db};

/// How long a client may take to answer a webhook; the original waits as long.
const CALL_TIMEOUT: Duration = Duration::from_secs(5);

/// Cheap to clone; one per router.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

struct Inner {
    db: Db,
    base: String,
    authority: String,
    port: u16,
    clients: Vec<Client>,
    settings: Mutex<Settings>,
    http: reqwest::Client,
}

impl AppState {
    pub fn new(options: Options) -> Result<Self, Error> {
        let bad_base = || Error::BaseUrl(options.base_url.clone());
        let url = Url::parse(&options.base_url).map_err(|_| bad_base())?;
        let is_origin = matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none();
        let port = url.port_or_known_default().filter(|_| is_origin).ok_or_else(bad_base)?;
        for client in &options.clients {
            for uri in client.redirect_uris.iter().chain(&client.install_uris) {
                let usable = Url::parse(uri)
                    .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.fragment().is_none());
                if !usable {
                    return Err(Error::RedirectUri { client: client.id.clone(), uri: uri.clone() });
                }
            }
        }
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(CALL_TIMEOUT)
            .build()
            .map_err(Error::Http)?;
        let db = Db::open(options.data.as_deref(), options.clock)?;
        apps::seed(&db)?;
        Ok(Self(Arc::new(Inner {
            db,
            base: url.origin().ascii_serialization(),
            authority: url[url::Position::BeforeHost..url::Position::AfterPort].to_owned(),
            port,
            clients: options.clients,
            settings: Mutex::default(),
            http,
        })))
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.0.db.now()
    }

    /// The sandbox's origin, without a slash at the end.
    pub fn base(&self) -> &str {
        &self.0.base
    }

    /// Host and port, as in the `Host` header.
    pub fn authority(&self) -> &str {
        &self.0.authority
    }

    /// The port of the base address.
    pub fn port(&self) -> u16 {
        self.0.port
    }

    pub fn client(&self, id: &str) -> Option<&Client> {
        self.0.clients.iter().find(|client| client.id == id)
    }

    pub fn clients(&self) -> &[Client] {
        &self.0.clients
    }

    /// For calls to clients: webhooks.
    pub fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    pub fn settings(&self) -> MutexGuard<'_, Settings> {
        // The settings are plain values: a panic elsewhere cannot leave them half written.
        self.0.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
