//! What the project itself remembers, by name: how its clock runs, where its ids come from.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::sql;

/// How the clock runs: a `clock::Setting`.
pub const CLOCK: &str = "clock";
/// Where ids come from: see `ids`.
pub const IDS: &str = "ids";

/// Reads a value, if it is there.
pub fn get<T: DeserializeOwned>(db: &Connection, key: &str) -> rusqlite::Result<Option<T>> {
    db.prepare_cached("SELECT value FROM setting WHERE key = ?1")?.query_row([key], |row| sql::json(row, 0)).optional()
}

/// Writes a value.
pub fn set(db: &Connection, key: &str, value: &impl Serialize) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO setting VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")?
        .execute(params![key, sql::text(value)?])
        .map(drop)
}
