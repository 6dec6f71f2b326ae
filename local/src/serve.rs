//! Starts the platform, the sandbox providers and the demo, each on its own port.

use std::fs::{self, File, TryLockError};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::app::{Addresses, App};
use crate::config::{self, Config};
use crate::http::hosts;
use crate::project::Project;
use crate::store::Store;
use crate::{demo, platform, workflow};

/// The platform's client at the sandbox providers; both ends run in this process.
const SANDBOX_CLIENT: (&str, &str) = ("paragon-local", "local-only-secret");

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
}

impl Options {
    /// In memory, on free loopback ports: for tests.
    pub fn in_memory() -> Self {
        Self { host: Ipv4Addr::LOCALHOST.into(), port: 0, sandbox_port: 0, demo_port: 0, data: None, config: None }
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
    /// For tests: the platform's insides.
    pub app: Arc<App>,
    servers: JoinSet<()>,
    _lock: Option<File>,
}

impl Running {
    /// Waits until a server ends, which none does by itself.
    pub async fn wait(&mut self) {
        self.servers.join_next().await;
    }
}

/// Starts everything; when this returns, all ports answer.
pub async fn start(options: Options) -> Result<Running, Error> {
    let (project, lock) = match &options.data {
        Some(data) => (Project::open(data)?, Some(lock(data)?)),
        None => (Project::in_memory()?, None),
    };
    let (config, config_file) = load_config(&options)?;
    let database = options.data.as_ref().map(|data| data.join("platform.db"));
    if let Some(file) = &database {
        make_private(file)?;
    }
    let store = Store::open(database.as_deref())?;

    let platform = listen(options.host, options.port, "--port").await?;
    let sandbox = listen(options.host, options.sandbox_port, "--sandbox-port").await?;
    let demo = listen(options.host, options.demo_port, "--demo-port").await?;
    let addresses = Addresses { base: address(&platform)?, sandbox: address(&sandbox)?, demo: address(&demo)? };

    let providers = paragon_sandbox::router(paragon_sandbox::Options {
        base_url: addresses.sandbox.clone(),
        data: options.data.clone(),
        clients: vec![paragon_sandbox::Client {
            id: SANDBOX_CLIENT.0.into(),
            secret: SANDBOX_CLIENT.1.into(),
            redirect_uris: redirect_uris(&addresses.base),
        }],
    })?;
    let app = Arc::new(App::new(project, config, store, addresses.clone()).map_err(Error::Other)?);

    let wide = !options.host.is_loopback();
    let mut servers = JoinSet::new();
    for (listener, router) in
        [(platform, platform::router(app.clone())), (sandbox, providers), (demo, demo::router(app.clone()))]
    {
        let router: Router =
            router.layer(middleware::from_fn(move |request: Request, next: Next| hosts::check(wide, request, next)));
        servers.spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "a server ended");
            }
        });
    }
    servers.spawn(workflow::engine::run(app.clone()));
    Ok(Running { addresses, config_file, app, servers, _lock: lock })
}

/// The callback's addresses, also under the other name that a browser of this machine may use.
fn redirect_uris(base: &str) -> Vec<String> {
    let other = base.replacen("//127.0.0.1:", "//localhost:", 1);
    let mut bases = vec![base.to_owned(), other];
    bases.dedup();
    bases.into_iter().map(|base| format!("{base}/oauth/callback")).collect()
}

/// The database holds tokens: it is for its owner only, also in a folder that was there before.
fn make_private(file: &Path) -> Result<(), Error> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop).map_err(|source| Error::Io { path: file.into(), source })
}

fn load_config(options: &Options) -> Result<(Config, Option<PathBuf>), Error> {
    let file = match (&options.config, &options.data) {
        (Some(file), _) => file.clone(),
        (None, Some(data)) => {
            let file = data.join("paragon.toml");
            if !file.exists() {
                fs::write(&file, config::DEFAULT).map_err(|source| Error::Io { path: file.clone(), source })?;
            }
            file
        }
        (None, None) => {
            return Ok((Config::parse(config::DEFAULT, Path::new("the built-in paragon.toml"))?, None));
        }
    };
    Ok((Config::load(&file)?, Some(file)))
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

async fn listen(host: IpAddr, port: u16, flag: &'static str) -> Result<TcpListener, Error> {
    let address = SocketAddr::new(host, port);
    TcpListener::bind(address).await.map_err(|source| Error::Listen { address, flag, source })
}

/// The address that this machine's browser uses.
fn address(listener: &TcpListener) -> Result<String, Error> {
    let mut address = listener.local_addr().map_err(|error| Error::Other(error.into()))?;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    Ok(format!("http://{address}"))
}
