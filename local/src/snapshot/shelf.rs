//! Where named snapshots are: in the project's folder, or in memory for a project without one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::OnceCell;

use super::Snapshot;
use crate::app::App;
use crate::project::make_folder;
use crate::store::{Error, Image};

/// The snapshot that a reset goes to, if there is one of this name.
pub const SEED: &str = "seed";
const LONGEST_NAME: usize = 64;
const FILES: [&str; 2] = ["platform.db", "sandbox.db"];

/// The snapshots of a project.
#[derive(Debug)]
pub struct Shelf {
    folder: Option<PathBuf>,
    held: Mutex<BTreeMap<String, (i64, Arc<Snapshot>)>>,
    beginning: OnceCell<Arc<Snapshot>>,
}

/// A snapshot on the shelf.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// When it was saved, by the machine's clock, in milliseconds since 1970.
    pub saved: i64,
}

/// Why a snapshot could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Its name cannot be one.
    #[error(
        "\"{0}\" cannot be the name of a snapshot. Use 1 to {LONGEST_NAME} letters, digits, \"-\", \"_\" and \".\", and no \".\" at the beginning."
    )]
    Name(String),
    /// There is none.
    #[error("There is no snapshot \"{name}\"; there are: {known}.")]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// A file.
    #[error("The snapshot's file {path} cannot be used: {source}.")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Refuses names that could lead anywhere but to a file of their own.
pub fn check_name(name: &str) -> Result<(), Trouble> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let good = (1..=LONGEST_NAME).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(fits);
    if good { Ok(()) } else { Err(Trouble::Name(name.chars().take(LONGEST_NAME).collect())) }
}

impl Shelf {
    /// The shelf of a project with this data folder, or of one in memory.
    pub fn new(data: Option<&Path>) -> Self {
        Self { folder: data.map(|data| data.join("snapshots")), held: Mutex::default(), beginning: OnceCell::new() }
    }

    /// Keeps a snapshot under a name; one that has the name already is replaced.
    pub fn keep(&self, name: &str, snapshot: Arc<Snapshot>) -> Result<(), Trouble> {
        check_name(name)?;
        let Some(folder) = &self.folder else {
            self.held().insert(name.into(), (machine_ms(SystemTime::now()), snapshot));
            return Ok(());
        };
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| Trouble::Io { path, source }
        };
        // A dot cannot begin a name, so these two are nobody's.
        let (draft, old, place) = (folder.join(".new"), folder.join(".old"), folder.join(name));
        for rest in [&draft, &old] {
            if rest.exists() {
                fs::remove_dir_all(rest).map_err(io(rest))?;
            }
        }
        make_folder(&draft).map_err(io(&draft))?;
        for (image, file) in [&snapshot.platform, &snapshot.sandbox].into_iter().zip(FILES) {
            image.save(&draft.join(file))?;
        }
        if place.exists() {
            fs::rename(&place, &old).map_err(io(&old))?;
        }
        fs::rename(&draft, &place).map_err(io(&place))?;
        fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(io(folder))?;
        if old.exists() {
            fs::remove_dir_all(&old).map_err(io(&old))?;
        }
        Ok(())
    }

    /// The snapshot of this name.
    pub fn get(&self, name: &str) -> Result<Arc<Snapshot>, Trouble> {
        check_name(name)?;
        let found = match &self.folder {
            None => self.held().get(name).map(|(_, snapshot)| snapshot.clone()),
            Some(folder) if !folder.join(name).is_dir() => None,
            Some(folder) => {
                let [platform, sandbox] = FILES.map(|file| Image::open(&folder.join(name).join(file)).map(Arc::new));
                Some(Arc::new(Snapshot { platform: platform?, sandbox: sandbox? }))
            }
        };
        found.ok_or_else(|| self.unknown(name))
    }

    /// All, by name.
    pub fn list(&self) -> Vec<Listed> {
        let Some(folder) = &self.folder else {
            return self.held().iter().map(|(name, (saved, _))| Listed { name: name.clone(), saved: *saved }).collect();
        };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut all: Vec<Listed> = entries
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok().filter(|name| check_name(name).is_ok())?;
                Some(Listed { name, saved: machine_ms(entry.metadata().ok()?.modified().ok()?) })
            })
            .collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }

    /// Throws one away.
    pub fn remove(&self, name: &str) -> Result<(), Trouble> {
        check_name(name)?;
        let there = match &self.folder {
            None => self.held().remove(name).is_some(),
            Some(folder) => {
                let path = folder.join(name);
                let there = path.is_dir();
                if there {
                    fs::remove_dir_all(&path).map_err(|source| Trouble::Io { path, source })?;
                }
                there
            }
        };
        if there { Ok(()) } else { Err(self.unknown(name)) }
    }

    /// What a reset goes to: the snapshot `seed`, or what a new project has.
    pub async fn seed(&self, app: &Arc<App>) -> Result<Arc<Snapshot>, Trouble> {
        match self.get(SEED) {
            Err(Trouble::Unknown { .. }) => {}
            found => return found,
        }
        let make = async || Snapshot::of_new_project(app).await.map(Arc::new);
        Ok(self.beginning.get_or_try_init(make).await?.clone())
    }

    fn unknown(&self, name: &str) -> Trouble {
        let known: Vec<String> = self.list().into_iter().map(|one| one.name).collect();
        let known = if known.is_empty() { "none".into() } else { known.join(", ") };
        Trouble::Unknown { name: name.into(), known }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, (i64, Arc<Snapshot>)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn machine_ms(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_millis() as i64)
}
