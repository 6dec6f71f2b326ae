//! Starts the platform, the sandbox providers and the demo, each on its own port.

use std::fs::{self, File, TryLockError};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::admin::{self, seed};
use crate::app::{Addresses, App};
use crate::http::connection::{Listener, Peer};
use crate::http::hosts;
use crate::project::Project;
use crate::projects::{self, Common, Projects};
use crate::store::ids;
use crate::{config, console, demo, oauth};

/// What to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address to listen on.
    pub host: IpAddr,
    /// Port of the platform; 0 for any free one.
    pub port: u16,
    /// Port of the sandbox providers; 0 for any free one.
    pub sandbox_port: u16,
    /// Port of the demo; 0 for any free one.
    pub demo_port: u16,
    /// Data folder; `None` keeps everything in memory.
    pub data: Option<PathBuf>,
    /// Project file; `None` for that of the data folder, which is written if it is not there.
    pub config: Option<PathBuf>,
    /// A seed file: what a reset goes to, and what a new data folder begins with.
    pub seed: Option<PathBuf>,
    /// All ids of the first project follow from this text.
    pub ids: Option<String>,
}

impl Options {
    /// In memory, on free loopback ports: for tests.
    pub fn in_memory() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            sandbox_port: 0,
            demo_port: 0,
            data: None,
            config: None,
            seed: None,
            ids: None,
        }
    }
}

/// Why it could not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data folder.
    #[error(transparent)]
    Project(#[from] crate::project::Error),
    /// The project file.
    #[error(transparent)]
    Config(#[from] config::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] crate::store::Error),
    /// The sandbox providers.
    #[error("the sandbox providers could not start: {0}")]
    Sandbox(#[from] paragon_sandbox::Error),
    /// A port.
    #[error(
        "cannot listen on {address}: {source}. If another paragon-local runs there, use that one or stop it; else choose another port with {flag}."
    )]
    Listen {
        /// Address and port.
        address: SocketAddr,
        /// The option that changes it.
        flag: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// Two processes on one data folder.
    #[error(
        "another paragon-local is using the data folder {0}. Use that one, stop it, or choose another folder with --data."
    )]
    InUse(PathBuf),
    /// A file of the data folder.
    #[error("cannot use {path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The seed file.
    #[error("the seed file {path} cannot be used: {what}")]
    Seed {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// Anything else.
    #[error("the platform could not start: {0}")]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

/// A running platform. It stops when this is dropped.
pub struct Running {
    /// Where it answers.
    pub addresses: Addresses,
    /// The project file that is in force; `None` if it is the built-in one.
    pub config_file: Option<PathBuf>,
    /// The first project's insides.
    pub app: Arc<App>,
    /// What the admin API asks for.
    pub secret: String,
    platform: Server,
    _demo: Server,
    _lock: Option<File>,
}

impl Running {
    /// Waits until the platform ends, which it does not by itself.
    pub async fn wait(&mut self) {
        self.platform.wait().await;
    }
}

/// A server; it stops when this is dropped.
pub struct Server(JoinHandle<()>);

impl Server {
    /// Serves requests for own names; all IP addresses are own ones if other machines can reach `host`.
    pub fn start(listener: TcpListener, router: Router, host: IpAddr) -> Self {
        let wide = !host.is_loopback();
        let router =
            router.layer(middleware::from_fn(move |request: Request, next: Next| hosts::check(wide, request, next)));
        let service = router.into_make_service_with_connect_info::<Peer>();
        Self(tokio::spawn(async move {
            if let Err(error) = axum::serve(Listener(listener), service).await {
                tracing::error!(%error, "a server ended");
            }
        }))
    }

    /// Waits for its end.
    pub async fn wait(&mut self) {
        let _ = (&mut self.0).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Starts everything; when this returns, all ports answer.
pub async fn start(options: Options) -> Result<Running, Error> {
    let id = options.ids.as_deref().map_or_else(Uuid::new_v4, |seed| ids::derived(seed, 0));
    let (project, lock) = match &options.data {
        Some(data) => (Project::open(data, id)?, Some(lock(data)?)),
        None => (Project::in_memory(id)?, None),
    };
    let (config, config_file) = load_config(&options)?;

    let platform = listen(options.host, options.port, "--port").await?;
    let sandbox = listen(options.host, options.sandbox_port, "--sandbox-port").await?;
    let demo = listen(options.host, options.demo_port, "--demo-port").await?;
    let addresses = Addresses { base: address(&platform)?, sandbox: address(&sandbox)?, demo: address(&demo)? };

    let common = Common {
        host: options.host,
        data: options.data.clone(),
        base: addresses.base.clone(),
        demo: addresses.demo.clone(),
        config,
    };
    let projects = Arc::new(Projects::open(common, project, options.ids.as_deref(), sandbox).await?);
    let app = projects.first().clone();
    if let Some(file) = &options.seed {
        seed::from_file(&app, file).await?;
    }
    let random = oauth::random_text().map_err(|error| Error::Other(error.message_text().into()))?;
    // Whoever finds it in a log knows that it opens nothing elsewhere.
    let secret = format!("local-only-{random}");
    if let Some(data) = &options.data {
        admin::write_file(data, &addresses.base, &secret)?;
    }
    let router = Router::new()
        .nest("/_admin", admin::router(projects.clone(), &secret))
        .merge(console::router())
        .fallback(projects::dispatch)
        .with_state(projects);
    let host = options.host;
    Ok(Running {
        platform: Server::start(platform, router, host),
        _demo: Server::start(demo, demo::router(app.clone()), host),
        addresses,
        config_file,
        app,
        secret,
        _lock: lock,
    })
}

/// The database holds tokens: it is for its owner only, also in a folder that was there before.
pub fn make_private(file: &Path) -> Result<(), Error> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop).map_err(|source| Error::Io { path: file.into(), source })
}

/// The project file's path and text; the path once more if it is a real file.
fn load_config(options: &Options) -> Result<((PathBuf, String), Option<PathBuf>), Error> {
    let file = match (&options.config, &options.data) {
        (Some(file), _) => file.clone(),
        (None, Some(data)) => {
            let file = data.join("paragon.toml");
            if !file.exists() {
                fs::write(&file, config::DEFAULT).map_err(|source| Error::Io { path: file.clone(), source })?;
            }
            file
        }
        (None, None) => return Ok((("the built-in paragon.toml".into(), config::DEFAULT.into()), None)),
    };
    let text = fs::read_to_string(&file).map_err(|source| config::Error::Unreadable { path: file.clone(), source })?;
    Ok(((file.clone(), text), Some(file)))
}

fn lock(data: &Path) -> Result<File, Error> {
    let path = data.join("serve.lock");
    let file = File::create(&path).map_err(|source| Error::Io { path: path.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(data.into())),
        Err(TryLockError::Error(source)) => Err(Error::Io { path, source }),
    }
}

/// Listens; `flag` is the option that changes the port, for the error.
pub async fn listen(host: IpAddr, port: u16, flag: &'static str) -> Result<TcpListener, Error> {
    let address = SocketAddr::new(host, port);
    TcpListener::bind(address).await.map_err(|source| Error::Listen { address, flag, source })
}

/// The address that this machine's browser uses.
pub fn address(listener: &TcpListener) -> Result<String, Error> {
    let mut address = listener.local_addr().map_err(|error| Error::Other(error.into()))?;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    Ok(format!("http://{address}"))
}
