//! Which browser may end which OAuth attempt.
//!
//! The popup's first page leaves a random cookie in its browser. An attempt is tied to exactly one such cookie: by the attempt's
//! key where the app gives it to the page, else to the last free one of the same user and integration. Page and attempt may
//! come in any order, so both sides try to tie the knot.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;

/// A cookie that was left in a browser.
#[derive(Clone, Debug)]
pub struct Nonce {
    /// SHA-256 of the cookie.
    pub hash: String,
    /// The attempt that it is for, where the page was told.
    pub key: Option<String>,
    /// The user, where the page was told.
    pub person_id: Option<Uuid>,
    /// The integration.
    pub integration_id: Uuid,
    /// Milliseconds since 1970.
    pub expires: i64,
}

/// Notes a cookie; false if the key has one already: the first browser keeps it.
pub fn add(db: &Transaction<'_>, nonce: &Nonce, now: i64) -> rusqlite::Result<bool> {
    db.execute("DELETE FROM oauth_nonce WHERE expires < ?1", [now])?;
    let added = db
        .prepare_cached("INSERT INTO oauth_nonce VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")?
        .execute(params![
            nonce.hash,
            nonce.key,
            nonce.person_id.map(|id| id.to_string()),
            nonce.integration_id.to_string(),
            nonce.expires,
        ])?;
    if added == 0 {
        return Ok(false);
    }
    let attempt: Option<String> = if let Some(key) = &nonce.key {
        db.query_row(
            "SELECT key FROM oauth_attempt WHERE key = ?1 AND integration_id = ?2 AND nonce_hash IS NULL",
            [key, &nonce.integration_id.to_string()],
            |row| row.get(0),
        )
        .optional()?
    } else if let Some(person) = nonce.person_id {
        db.query_row(
            "SELECT key FROM oauth_attempt WHERE person_id = ?1 AND integration_id = ?2 AND nonce_hash IS NULL
             AND used = 0 AND expires >= ?3 ORDER BY rowid DESC LIMIT 1",
            params![person.to_string(), nonce.integration_id.to_string(), now],
            |row| row.get(0),
        )
        .optional()?
    } else {
        None
    };
    if let Some(key) = attempt {
        tie(db, &key, &nonce.hash)?;
    }
    Ok(true)
}

/// True if `hash` is the cookie that was noted for `key`: the same browser has come again.
pub fn holds(db: &Connection, key: &str, hash: &str) -> rusqlite::Result<bool> {
    db.query_row("SELECT 1 FROM oauth_nonce WHERE key = ?1 AND hash = ?2", [key, hash], |_| Ok(()))
        .optional()
        .map(|row| row.is_some())
}

/// Ties a new attempt to the cookie that is waiting for it, if there is one.
pub fn claim(db: &Transaction<'_>, key: &str, person: Uuid, integration: Uuid, now: i64) -> rusqlite::Result<()> {
    let hash: Option<String> = db
        .query_row(
            "SELECT hash FROM oauth_nonce WHERE integration_id = ?3 AND expires >= ?4
             AND (key = ?1 OR (key IS NULL AND person_id = ?2
                  AND hash NOT IN (SELECT nonce_hash FROM oauth_attempt WHERE nonce_hash IS NOT NULL)))
             ORDER BY key IS NULL, rowid DESC LIMIT 1",
            params![key, person.to_string(), integration.to_string(), now],
            |row| row.get(0),
        )
        .optional()?;
    hash.map_or(Ok(()), |hash| tie(db, key, &hash))
}

fn tie(db: &Transaction<'_>, key: &str, hash: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE oauth_attempt SET nonce_hash = ?2 WHERE key = ?1 AND nonce_hash IS NULL", [key, hash])?;
    Ok(())
}
