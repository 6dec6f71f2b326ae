//! Tokens that Request steps got from OAuth servers, by a hash of everything that they were asked for with.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// A token.
#[derive(Clone, PartialEq)]
pub struct RequestToken {
    /// What requests carry.
    pub access_token: String,
    /// The rotated refresh token, if the server rotates.
    pub refresh_token: Option<String>,
    /// Milliseconds since 1970; unknown means that it is asked for anew each time.
    pub valid_until: Option<i64>,
}

impl std::fmt::Debug for RequestToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RequestToken(hidden)")
    }
}

/// The token that was kept last.
pub fn find(db: &Connection, key: &str) -> rusqlite::Result<Option<RequestToken>> {
    db.prepare_cached("SELECT access_token, refresh_token, valid_until FROM request_token WHERE key = ?1")?
        .query_row([key], |row| {
            Ok(RequestToken { access_token: row.get(0)?, refresh_token: row.get(1)?, valid_until: row.get(2)? })
        })
        .optional()
}

/// Keeps a token in place of the one before.
pub fn keep(db: &Transaction<'_>, key: &str, token: &RequestToken) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO request_token VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET access_token = ?2, refresh_token = ?3, valid_until = ?4",
    )?
    .execute(params![key, token.access_token, token.refresh_token, token.valid_until])?;
    Ok(())
}

/// Forgets when a token ends, so that the next request asks for another one.
pub fn expire(db: &Transaction<'_>, key: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE request_token SET valid_until = NULL WHERE key = ?1")?.execute([key])?;
    Ok(())
}
