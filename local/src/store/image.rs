//! A copy of a whole database in memory: what snapshots are made of.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

/// A database in memory that nobody else writes.
pub struct Image(Mutex<Connection>);

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Image")
    }
}

impl Image {
    /// Fills a new one.
    pub fn fill<E: From<rusqlite::Error>>(fill: impl FnOnce(&mut Connection) -> Result<(), E>) -> Result<Self, E> {
        let mut connection = Connection::open_in_memory()?;
        fill(&mut connection)?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Reads a file that [`Self::save`] wrote.
    pub fn open(file: &Path) -> rusqlite::Result<Self> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let stored = Connection::open_with_flags(file, flags)?;
        Self::fill(|memory| copy(&stored, memory))
    }

    /// Writes it to a new file.
    pub fn save(&self, file: &Path) -> rusqlite::Result<()> {
        copy(&self.connection(), &mut Connection::open(file)?)
    }

    /// The copy.
    pub fn connection(&self) -> MutexGuard<'_, Connection> {
        // A transaction that a panic left open was rolled back when it was dropped.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the whole of `from` in the place of what is in `to`, in one transaction; waits while another process reads `to`.
pub(super) fn copy(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    Backup::new(from, to)?.run_to_completion(std::ffi::c_int::MAX, Duration::from_millis(5), None)
}
