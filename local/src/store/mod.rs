//! The database: one SQLite connection, with a thread of its own for what takes time. What has been answered is on the disk.

pub mod attempt;
pub mod configuration;
pub mod credential;
pub mod event;
pub mod execution;
pub mod ids;
mod image;
pub mod nonce;
pub mod person;
pub mod request_token;
mod schema;
pub mod setting;
mod sql;
pub mod step_execution;
pub mod watch;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

pub use image::Image;
pub use schema::{prepare, prepare_old, version};

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A handle to the database; clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    jobs: mpsc::Sender<Job>,
    connection: Arc<Mutex<Connection>>,
    changes: Arc<AtomicU64>,
}

/// The database failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite said no.
    #[error("the database failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The database thread is gone.
    #[error("the database is closed; the platform is shutting down")]
    Closed,
    /// The file was written by a newer version.
    #[error(
        "the data folder was written by a newer version of paragon-local (schema {0}). Update the program, or start with another --data folder."
    )]
    Newer(i64),
}

impl Store {
    /// Opens (or makes) the database file; `None` keeps everything in memory.
    pub fn open(file: Option<&Path>) -> Result<Self, Error> {
        let mut connection = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        schema::prepare(&mut connection)?;
        let connection = Arc::new(Mutex::new(connection));
        let (jobs, inbox) = mpsc::channel::<Job>();
        let shared = connection.clone();
        std::thread::Builder::new()
            .name("database".into())
            .spawn(move || {
                for job in inbox {
                    // What panicked while it held the connection has rolled its transaction back.
                    job(&mut shared.lock().unwrap_or_else(PoisonError::into_inner));
                }
            })
            .map_err(|_| Error::Closed)?;
        Ok(Self { jobs, connection, changes: Arc::default() })
    }

    /// Runs `work` in one transaction. When this returns `Ok`, what it wrote is committed and synced.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        self.run(move |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&transaction)?;
            transaction.commit()?;
            Ok(result)
        })
        .await
    }

    /// Runs `work`, which only reads.
    pub async fn read<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.run(move |connection| Ok(work(connection)?)).await
    }

    /// The same for a few rows that are found by their keys, as most calls begin with: it is done right here while the database
    /// has nothing else to do, since changing to its thread and back takes longer than such a read.
    pub async fn glance<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        if let Ok(connection) = self.connection.try_lock() {
            return Ok(work(&connection)?);
        }
        self.read(work).await
    }

    /// How often something has changed; another number than before means that who shows what is stored should look again.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// A copy of everything, as it is at one moment.
    pub async fn copy(&self) -> Result<Image, Error> {
        self.run(|connection| Image::fill(|memory| Ok(image::copy(connection, memory)?))).await
    }

    /// Puts a copy in the place of everything. When this returns `Ok`, it is synced.
    pub async fn load(&self, image: Arc<Image>) -> Result<(), Error> {
        let changes = self.changes.clone();
        self.run(move |connection| {
            image::copy(&image.connection(), connection)?;
            // The database does not count these.
            changes.fetch_add(1, Ordering::Relaxed);
            schema::prepare(connection)
        })
        .await
    }

    /// What a new project has stored.
    pub fn new_image() -> Result<Image, Error> {
        Image::fill(schema::prepare)
    }

    async fn run<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, Error> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let changes = self.changes.clone();
        let job: Job = Box::new(move |connection| {
            let before = connection.total_changes();
            let done = work(connection);
            if connection.total_changes() != before {
                changes.fetch_add(1, Ordering::Relaxed);
            }
            // Nobody may be waiting any more; the work is done all the same.
            let _ = answer.send(done);
        });
        self.jobs.send(job).map_err(|_| Error::Closed)?;
        answered.await.map_err(|_| Error::Closed)?
    }
}

/// Reads every row that has a meaning of its own: an error if one does not hold what the program writes.
pub fn check(db: &Connection) -> rusqlite::Result<()> {
    for user in person::all(db)? {
        credential::of_person(db, user.id)?;
    }
    execution::check(db)?;
    step_execution::check(db)?;
    watch::check(db)?;
    setting::get::<crate::clock::Setting>(db, setting::CLOCK)?;
    ids::seed(db).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_failed_write_leaves_nothing() {
        let store = Store::open(None).unwrap();
        let failed = store
            .write(|db| {
                db.execute("INSERT INTO person VALUES ('a', 'u', '{}', 0, 0)", [])?;
                db.execute("INSERT INTO person VALUES ('a', 'v', '{}', 0, 0)", [])
            })
            .await;
        assert!(matches!(failed, Err(Error::Sqlite(_))));
        let rows: i64 =
            store.read(|db| db.query_row("SELECT count(*) FROM person", [], |row| row.get(0))).await.unwrap();
        assert_eq!(rows, 0);
    }

    #[test]
    fn a_file_of_a_newer_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("platform.db");
        Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(Store::open(Some(&file)), Err(Error::Newer(99))));
    }
}
