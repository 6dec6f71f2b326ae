//! What the apps store (channels, records, issues, mails, file metadata) as JSON documents, kept in the order they came.

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;

/// One kind of thing in one app's store, for example `("slack", "channel")`.
#[derive(Clone, Copy)]
pub struct Collection<'a> {
    pub store: &'a str,
    pub kind: &'a str,
}

impl Collection<'_> {
    /// Adds or replaces; a replaced document keeps its place.
    pub fn put(self, tx: &Transaction<'_>, id: &str, body: &Value) -> rusqlite::Result<()> {
        tx.prepare_cached(
            "INSERT INTO documents (store, kind, id, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (store, kind, id) DO UPDATE SET body = excluded.body",
        )?
        .execute(params![self.store, self.kind, id, body.to_string()])
        .map(drop)
    }

    pub fn get(self, tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<Value>> {
        tx.query_row(
            "SELECT body FROM documents WHERE store = ?1 AND kind = ?2 AND id = ?3",
            params![self.store, self.kind, id],
            |row| row.get(0),
        )
        .optional()
    }

    /// All of them, oldest first.
    pub fn all(self, tx: &Transaction<'_>) -> rusqlite::Result<Vec<Value>> {
        tx.prepare_cached("SELECT body FROM documents WHERE store = ?1 AND kind = ?2 ORDER BY seq")?
            .query_map(params![self.store, self.kind], |row| row.get(0))?
            .collect()
    }

    pub fn count(self, tx: &Transaction<'_>) -> rusqlite::Result<i64> {
        tx.query_row(
            "SELECT count(*) FROM documents WHERE store = ?1 AND kind = ?2",
            params![self.store, self.kind],
            |row| row.get(0),
        )
    }

    /// Whether it was there.
    pub fn delete(self, tx: &Transaction<'_>, id: &str) -> rusqlite::Result<bool> {
        tx.execute(
            "DELETE FROM documents WHERE store = ?1 AND kind = ?2 AND id = ?3",
            params![self.store, self.kind, id],
        )
        .map(|rows| rows > 0)
    }
}
