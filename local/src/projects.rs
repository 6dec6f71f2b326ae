//! The projects of this process. Each has keys, users, clock, journal, faults and sandbox providers of its own; they share
//! the platform's address, where the project's id in a call says whose it is.

use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use paragon_sandbox::Sandbox;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower::ServiceExt;
use uuid::Uuid;

use crate::app::{Addresses, App, Parts};
use crate::clock::Clock;
use crate::config::Config;
use crate::oauth;
use crate::project::{self, Project};
use crate::serve::{self, Error, Server};
use crate::snapshot::Shelf;
use crate::store::{Store, attempt, ids, setting};
use crate::{fault, platform, workflow};

/// The platform's client at the sandbox providers; both ends run in this process.
const SANDBOX_CLIENT: (&str, &str) = ("paragon-local", "local-only-secret");
/// So many projects at once.
pub const MOST: usize = 100;

/// What all projects have in common.
#[derive(Debug)]
pub struct Common {
    /// Address that everything listens on.
    pub host: IpAddr,
    /// Data folder of the first project; `None` keeps everything in memory.
    pub data: Option<PathBuf>,
    /// The platform's address.
    pub base: String,
    /// The demo's.
    pub demo: String,
    /// Project file of those that bring none.
    pub config: (PathBuf, String),
}

/// The projects.
pub struct Projects {
    common: Common,
    first: Arc<App>,
    open: RwLock<BTreeMap<Uuid, Open>>,
    /// Held while a project is made or thrown away.
    changing: tokio::sync::Mutex<()>,
}

struct Open {
    app: Arc<App>,
    router: Router,
    folder: Option<PathBuf>,
    _sandbox: Server,
    /// The workflow engine; it stops when this is dropped.
    _engine: JoinSet<()>,
}

/// Why a project could not be made or thrown away.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Its id is in use.
    #[error("there is a project {0} already; give another id or another seed for ids, or delete that one first")]
    Taken(Uuid),
    /// It is not there.
    #[error("there is no project {0}")]
    Unknown(String),
    /// It is the first one.
    #[error("the first project lives as long as the process; reset it instead")]
    First,
    /// There are enough.
    #[error("there are {MOST} projects already; delete those that are done with")]
    Many,
    /// Making it failed.
    #[error(transparent)]
    Start(#[from] Error),
}

impl Projects {
    /// Opens the first project and all others of the data folder.
    pub async fn open(common: Common, first: Project, ids: Option<&str>, sandbox: TcpListener) -> Result<Self, Error> {
        let config = parse(&common.config)?;
        let folder = common.data.clone();
        let opened = Self::start(&common, first, config, folder, ids, sandbox).await?;
        let mut open = BTreeMap::new();
        let app = opened.app.clone();
        open.insert(app.project.id, opened);
        for folder in folders(common.data.as_deref()) {
            let project = Project::open(&folder, Uuid::new_v4())?;
            let file = folder.join("paragon.toml");
            let config = if file.exists() { Config::load(&file)? } else { parse(&common.config)? };
            let listener = serve::listen(common.host, 0, "--sandbox-port").await?;
            let opened = Self::start(&common, project, config, Some(folder), None, listener).await?;
            open.insert(opened.app.project.id, opened);
        }
        Ok(Self { common, first: app, open: RwLock::new(open), changing: tokio::sync::Mutex::default() })
    }

    async fn start(
        common: &Common,
        project: Project,
        config: Config,
        folder: Option<PathBuf>,
        ids: Option<&str>,
        listener: TcpListener,
    ) -> Result<Open, Error> {
        let database = folder.as_ref().map(|folder| folder.join("platform.db"));
        if let Some(file) = &database {
            serve::make_private(file)?;
        }
        let store = Store::open(database.as_deref())?;
        if let Some(seed) = ids.map(str::to_owned) {
            store.write(move |db| if ids::seed(db)?.is_none() { ids::begin(db, &seed) } else { Ok(()) }).await?;
        }
        let clock = Clock::default();
        clock.restore(store.read(|db| setting::get(db, setting::CLOCK)).await?.unwrap_or_default());
        let addresses =
            Addresses { base: common.base.clone(), sandbox: serve::address(&listener)?, demo: common.demo.clone() };
        let sandbox = Sandbox::open(paragon_sandbox::Options {
            base_url: addresses.sandbox.clone(),
            data: folder.clone(),
            clients: vec![paragon_sandbox::Client {
                id: SANDBOX_CLIENT.0.into(),
                secret: SANDBOX_CLIENT.1.into(),
                redirect_uris: redirect_uris(&addresses.base),
                install_uris: config.project.install_pages.clone(),
            }],
            clock: clock.shared(),
        })?;
        let snapshots = Shelf::new(folder.as_deref());
        let parts = Parts { project, config, store, clock, sandbox, snapshots, addresses };
        let app = Arc::new(App::new(parts).map_err(Error::Other)?);
        let pages = axum::middleware::from_fn_with_state(app.clone(), fault::pages);
        let providers = Server::start(listener, app.sandbox.router().layer(pages), common.host);
        let mut engine = JoinSet::new();
        engine.spawn(workflow::engine::run(app.clone()));
        Ok(Open { router: platform::router(app.clone()), app, folder, _sandbox: providers, _engine: engine })
    }

    /// The project that the process began with.
    pub fn first(&self) -> &Arc<App> {
        &self.first
    }

    /// All projects, the first one first.
    pub fn list(&self) -> Vec<Arc<App>> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let others = open.values().map(|one| one.app.clone()).filter(|app| app.project.id != self.first.project.id);
        std::iter::once(self.first.clone()).chain(others).collect()
    }

    /// A project by its id, or the first one by the name `default`.
    pub fn find(&self, name: &str) -> Result<Arc<App>, Trouble> {
        if name == "default" {
            return Ok(self.first.clone());
        }
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let found = Uuid::parse_str(name).ok().and_then(|id| open.get(&id)).map(|one| one.app.clone());
        found.ok_or_else(|| Trouble::Unknown(name.chars().take(80).collect()))
    }

    /// Makes a project. `ids` makes all its ids follow from a seed, its own included; `config` is the text of a project file.
    pub async fn create(&self, ids: Option<&str>, config: Option<&str>) -> Result<Arc<App>, Trouble> {
        let _alone = self.changing.lock().await;
        let id = ids.map_or_else(Uuid::new_v4, |seed| ids::derived(seed, 0));
        {
            let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
            if open.contains_key(&id) {
                return Err(Trouble::Taken(id));
            }
            if open.len() >= MOST {
                return Err(Trouble::Many);
            }
        }
        let parsed = match config {
            Some(text) => Config::parse(text, Path::new("the given project file")).map_err(Error::from)?,
            None => parse(&self.common.config)?,
        };
        let folder = self.common.data.as_ref().map(|data| data.join("projects").join(id.to_string()));
        let made = folder.clone();
        // A key takes a while to make.
        let project = tokio::task::spawn_blocking(move || match &made {
            Some(folder) => Project::open(folder, id),
            None => Project::in_memory(id),
        });
        let project = project.await.map_err(|error| Error::Other(error.into()))?.map_err(Error::from)?;
        if let (Some(folder), Some(text)) = (&folder, config) {
            project::write(&folder.join("paragon.toml"), text.as_bytes(), 0o600).map_err(Error::from)?;
        }
        let listener = serve::listen(self.common.host, 0, "--sandbox-port").await?;
        let opened = Self::start(&self.common, project, parsed, folder, ids, listener).await?;
        let app = opened.app.clone();
        self.open.write().unwrap_or_else(PoisonError::into_inner).insert(id, opened);
        Ok(app)
    }

    /// Throws a project away, with everything that it has stored.
    pub async fn remove(&self, name: &str) -> Result<(), Trouble> {
        let _alone = self.changing.lock().await;
        let id = self.find(name)?.project.id;
        if id == self.first.project.id {
            return Err(Trouble::First);
        }
        let removed = self.open.write().unwrap_or_else(PoisonError::into_inner).remove(&id);
        if let Some(folder) = removed.and_then(|one| one.folder) {
            fs::remove_dir_all(&folder).map_err(|source| Error::Io { path: folder, source })?;
        }
        Ok(())
    }

    /// The router of the project that a request is for; the first one's, which says what is wrong, if it is for none.
    async fn router_for(&self, address: &Uri) -> Router {
        let found = match address.path() {
            "/oauth/callback" => self.of_state(address.query().unwrap_or_default()).await,
            path => path.split('/').take(5).find_map(|part| Uuid::parse_str(part).ok()),
        };
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let id = found.filter(|id| open.contains_key(id)).unwrap_or(self.first.project.id);
        open.get(&id).map(|one| one.router.clone()).unwrap_or_default()
    }

    /// The project whose attempt has the state of a callback.
    async fn of_state(&self, query: &str) -> Option<Uuid> {
        let all = self.list();
        if all.len() == 1 {
            return None;
        }
        let (_, state) = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "state")?;
        let hash = oauth::hash(&state);
        for app in all {
            let hash = hash.clone();
            if app.store.read(move |db| attempt::by_state(db, &hash)).await.is_ok_and(|found| found.is_some()) {
                return Some(app.project.id);
            }
        }
        None
    }
}

/// Hands a request to the project that it is for.
pub async fn dispatch(State(projects): State<Arc<Projects>>, request: Request) -> Response {
    let router = projects.router_for(&request.uri().clone()).await;
    router.oneshot(request).await.unwrap_or_else(|never| match never {}).into_response()
}

fn parse((file, text): &(PathBuf, String)) -> Result<Config, Error> {
    Ok(Config::parse(text, file)?)
}

/// The folders of the projects beside the first one.
fn folders(data: Option<&Path>) -> Vec<PathBuf> {
    let entries = data.and_then(|data| fs::read_dir(data.join("projects")).ok()).into_iter().flatten().flatten();
    // One whose making was cut short has no id yet: it was never told to anybody.
    entries.map(|entry| entry.path()).filter(|folder| folder.join(project::PROJECT_FILE).exists()).collect()
}

/// The callback's addresses, also under the other name that a browser of this machine may use.
fn redirect_uris(base: &str) -> Vec<String> {
    let other = base.replacen("//127.0.0.1:", "//localhost:", 1);
    let mut bases = vec![base.to_owned(), other];
    bases.dedup();
    bases.into_iter().map(|base| format!("{base}/oauth/callback")).collect()
}
