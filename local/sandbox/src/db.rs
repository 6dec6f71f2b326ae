//! The SQLite file: opening it, its tables, and the one way to use it.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::backup::Backup;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Clock, Error};

/// All tables, made where they are not there. `grants` is one consent: every code and token hangs on it, so revoking the row
/// revokes the family.
pub const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS sessions (
    hash BLOB PRIMARY KEY, person TEXT, created INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS pending (
    hash BLOB PRIMARY KEY, session BLOB NOT NULL, realm TEXT NOT NULL, request TEXT NOT NULL, expires INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS grants (
    id INTEGER PRIMARY KEY AUTOINCREMENT, realm TEXT NOT NULL, client TEXT NOT NULL, person TEXT NOT NULL,
    scope TEXT NOT NULL, refreshable INTEGER NOT NULL, created INTEGER NOT NULL, revoked INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS codes (
    hash BLOB PRIMARY KEY, grant_id INTEGER NOT NULL REFERENCES grants ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL, challenge TEXT NOT NULL, expires INTEGER NOT NULL, used INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS tokens (
    hash BLOB PRIMARY KEY, grant_id INTEGER NOT NULL REFERENCES grants ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')), scope TEXT NOT NULL,
    expires INTEGER NOT NULL, rotated INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS tokens_by_grant ON tokens (grant_id);
CREATE TABLE IF NOT EXISTS api_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, name TEXT NOT NULL, hint TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    body TEXT NOT NULL, UNIQUE (store, kind, id)
) STRICT;
CREATE TABLE IF NOT EXISTS blobs (id TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
";

const TABLES: [&str; 8] = ["sessions", "pending", "codes", "tokens", "grants", "api_keys", "documents", "blobs"];

/// The database, and the time that it stores. One connection is enough: every use is a few milliseconds, and a lock makes
/// each step whole.
#[derive(Clone)]
pub struct Db(Arc<Mutex<Connection>>, Clock);

impl Db {
    pub fn open(folder: Option<&Path>, clock: Clock) -> Result<Self, Error> {
        let connection = match folder {
            None => Connection::open_in_memory()?,
            Some(folder) => {
                std::fs::create_dir_all(folder).map_err(|source| Error::Folder { path: folder.to_owned(), source })?;
                Connection::open(folder.join("sandbox.db"))?
            }
        };
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(Arc::new(Mutex::new(connection)), clock))
    }

    /// Runs `work` in a transaction that is kept if it succeeds. All access goes through here.
    pub fn with<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        // An open transaction is rolled back when a panic drops it, so the connection behind a poisoned lock is sound.
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Copies the whole database into `to`, as it is at one moment.
    pub fn copy(&self, to: &mut Connection) -> rusqlite::Result<()> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        whole(&connection, to)
    }

    /// Puts the whole of `from` in the place of what is stored, in one transaction.
    pub fn load(&self, from: &Connection) -> rusqlite::Result<()> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        whole(from, &mut connection)?;
        connection.execute_batch(SCHEMA)
    }

    /// Milliseconds since 1970, by the clock of the options.
    pub fn now(&self) -> i64 {
        (self.1)()
    }

    /// Empties every table.
    pub fn clear(&self) -> rusqlite::Result<()> {
        self.with(|tx| TABLES.iter().try_for_each(|table| tx.execute(&format!("DELETE FROM {table}"), []).map(drop)))
    }
}

/// Copies a database in one step; waits while another process reads the target.
fn whole(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    Backup::new(from, to)?.run_to_completion(std::ffi::c_int::MAX, Duration::from_millis(5), None)
}

/// A time in milliseconds as RFC 3339 text, as the originals' APIs write it.
pub fn rfc3339(milliseconds: i64) -> String {
    time::OffsetDateTime::from_unix_timestamp(milliseconds.div_euclid(1000))
        .ok()
        .and_then(|moment| moment.format(&time::format_description::well_known::Rfc3339).ok())
        .unwrap_or_default()
}
