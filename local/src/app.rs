//! What every handler can reach.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use paragon_sandbox::Sandbox;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::auth::token::Tokens;
use crate::clock::Clock;
use crate::config::{Config, Integration};
use crate::fault::Faults;
use crate::http::ApiError;
use crate::http::cors::Origins;
use crate::journal::{Hidden, Journal};
use crate::project::Project;
use crate::provider::guard::Public;
use crate::snapshot::Shelf;
use crate::store::Store;
use crate::workflow::Signals;

/// An answer that the platform reads itself must be complete after so many times the silence that a provider is allowed.
const COMPLETE_AFTER: u32 = 5;
/// How long a provider may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The platform's own addresses, without a slash at the end.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// API, proxy, triggers, OAuth callback, portal.
    pub base: String,
    /// The sandbox providers.
    pub sandbox: String,
    /// The demo.
    pub demo: String,
}

/// The platform.
pub struct App {
    /// Id and keys.
    pub project: Project,
    /// What the project offers.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// User tokens.
    pub tokens: Tokens,
    /// The time.
    pub clock: Clock,
    /// Own addresses.
    pub addresses: Addresses,
    /// Pages that may call.
    pub origins: Origins,
    /// For requests whose answers the platform reads: decompresses.
    pub reading: reqwest::Client,
    /// For requests whose answers go through as they are.
    pub passing: reqwest::Client,
    /// As `reading` and `passing`, for public addresses only.
    public: [reqwest::Client; 2],
    /// Wakes the workflow engine, and those who wait for runs.
    pub workflows: Signals,
    /// The last calls.
    pub journal: Journal,
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// The providers that are built in.
    pub sandbox: Sandbox,
    /// Named snapshots.
    pub snapshots: Shelf,
    /// Told when an OAuth attempt has begun or ended.
    pub attempt_changed: Notify,
    /// Held while the clock is moved or everything is replaced.
    pub changing: tokio::sync::Mutex<()>,
    renewals: Mutex<HashMap<Uuid, Arc<tokio::sync::Mutex<()>>>>,
}

/// What a platform is put together from.
pub struct Parts {
    /// Id and keys.
    pub project: Project,
    /// What the project offers.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The providers that are built in; they follow the same clock.
    pub sandbox: Sandbox,
    /// Named snapshots.
    pub snapshots: Shelf,
    /// Own addresses.
    pub addresses: Addresses,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let silence = Duration::from_secs(parts.config.project.provider_timeout_seconds.into());
        let client = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .connect_timeout(CONNECT_TIMEOUT)
                .read_timeout(silence)
                .user_agent(concat!("paragon-local/", env!("CARGO_PKG_VERSION")))
        };
        let Parts { project, config, store, clock, sandbox, snapshots, addresses } = parts;
        Ok(Self {
            tokens: Tokens::new(&project)?,
            origins: Origins::new(&config.project.allowed_origins),
            reading: client().build()?,
            passing: client().no_gzip().no_brotli().no_deflate().build()?,
            public: [
                client().dns_resolver(Arc::new(Public::default())).build()?,
                client().dns_resolver(Arc::new(Public::default())).no_gzip().no_brotli().no_deflate().build()?,
            ],
            workflows: Signals::default(),
            clock,
            sandbox,
            snapshots,
            journal: Journal::new(Hidden::new(config.secret_names()), config.project.keep_calls),
            faults: Faults::default(),
            attempt_changed: Notify::new(),
            changing: tokio::sync::Mutex::default(),
            renewals: Mutex::default(),
            project,
            config,
            store,
            addresses,
        })
    }

    /// How long an answer may take that the platform reads itself: one that drips never falls silent.
    pub fn longest_answer(&self) -> Duration {
        Duration::from_secs(self.config.project.provider_timeout_seconds.into()) * COMPLETE_AFTER
    }

    /// For requests to anybody: the project file says whether that means this machine and its network too.
    pub fn outside(&self) -> &reqwest::Client {
        self.client(true, self.config.project.private_targets)
    }

    /// The client that decompresses or not, for all addresses or for public ones.
    pub fn client(&self, reading: bool, private: bool) -> &reqwest::Client {
        match (reading, private) {
            (true, true) => &self.reading,
            (false, true) => &self.passing,
            (true, false) => &self.public[0],
            (false, false) => &self.public[1],
        }
    }

    /// An active integration by its name in calls.
    pub fn integration(&self, name: &str) -> Result<&Integration, ApiError> {
        self.config.integration(name).filter(|one| one.active).ok_or_else(|| {
            let known: Vec<_> =
                self.config.integrations.iter().filter(|one| one.active).map(Integration::key).collect();
            ApiError::not_found(
                "integration_unknown",
                format!(
                    "There is no active integration \"{name}\" in this project. It has: {}. Others can be added to the project file.",
                    known.join(", ")
                ),
            )
        })
    }

    /// An active integration by its id.
    pub fn integration_by_id(&self, id: Uuid) -> Result<&Integration, ApiError> {
        self.config.integration_by_id(self.project.id, id).filter(|one| one.active).ok_or_else(|| {
            ApiError::not_found(
                "integration_unknown",
                format!("There is no active integration with the id {id} in this project."),
            )
        })
    }

    /// The id of an integration of this project.
    pub fn id_of(&self, integration: &Integration) -> Uuid {
        integration.id(self.project.id)
    }

    /// The integration or the resource with this id, also one that is not active.
    pub fn provider_by_id(&self, id: Uuid) -> Option<&Integration> {
        let resources = self.config.resources.iter().map(|resource| &resource.provider);
        self.config.integrations.iter().chain(resources).find(|one| self.id_of(one) == id)
    }

    /// Refuses what the plan of the project does not include.
    pub fn require_feature(&self, feature: &str) -> Result<(), ApiError> {
        if self.config.project.has(feature) {
            return Ok(());
        }
        Err(ApiError::bad(
            "plan_feature_missing",
            format!(
                "The plan of this project does not include \"{feature}\". Add it to \"features\" below [project] in the project file, or do without."
            ),
        ))
    }

    /// The lock that lets one renewal of an account's token run at a time.
    pub fn renewal_lock(&self, credential: Uuid) -> Arc<tokio::sync::Mutex<()>> {
        let mut locks = self.renewals.lock().unwrap_or_else(PoisonError::into_inner);
        // Locks that nobody holds are thrown away, so that the table does not grow.
        locks.retain(|_, lock| Arc::strong_count(lock) > 1);
        locks.entry(credential).or_default().clone()
    }
}
