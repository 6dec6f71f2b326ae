//! OAuth attempts: from the authorization address to the callback. A state is used once.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::sql;

/// What the callback needs to know about how the attempt began.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// PKCE verifier, if the provider takes one.
    pub verifier: Option<String>,
    /// Where the popup goes from the nonce page.
    pub address: String,
    /// As it was given to the provider.
    pub redirect_uri: String,
    /// Where the result may be told.
    pub origin: Option<String>,
    /// Where the browser goes in the end; not for popups.
    #[serde(default)]
    pub return_url: Option<String>,
    /// Values that the user entered before.
    pub inputs: Map<String, Value>,
    /// Parameters of the account type.
    pub parameters: Map<String, Value>,
    /// The account type, if it is known.
    pub account_type: Option<String>,
    /// The app's install options.
    pub install: crate::api::install::Options,
}

/// An OAuth attempt.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The app's secret name for it (`oauthMetaKeyId`).
    pub key: String,
    /// Whose.
    pub person_id: Uuid,
    /// Of what.
    pub integration_id: Uuid,
    /// How it began.
    pub request: Request,
    /// Hash of the cookie of the browser that may end it.
    pub nonce_hash: Option<String>,
    /// Milliseconds since 1970.
    pub expires: i64,
    /// The callback was there.
    pub used: bool,
    /// Its result.
    pub credential_id: Option<Uuid>,
    /// Its failure.
    pub failure: Option<Value>,
}

const COLUMNS: &str = "key, person_id, integration_id, request, nonce_hash, expires, used, credential_id, failure";

fn read(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    let credential: Option<String> = row.get(7)?;
    let failure: Option<String> = row.get(8)?;
    Ok(Attempt {
        key: row.get(0)?,
        person_id: sql::uuid(row, 1)?,
        integration_id: sql::uuid(row, 2)?,
        request: sql::json(row, 3)?,
        nonce_hash: row.get(4)?,
        expires: row.get(5)?,
        used: row.get(6)?,
        credential_id: credential.and_then(|id| Uuid::parse_str(&id).ok()),
        failure: failure.and_then(|text| serde_json::from_str(&text).ok()),
    })
}

/// Adds an attempt; false if its key is taken.
pub fn add(db: &Transaction<'_>, attempt: &Attempt, state_hash: &str, now: i64) -> rusqlite::Result<bool> {
    db.execute("DELETE FROM oauth_attempt WHERE expires < ?1", [now])?;
    let added = db
        .prepare_cached(
            "INSERT INTO oauth_attempt (key, state_hash, person_id, integration_id, request, expires)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO NOTHING",
        )?
        .execute(params![
            attempt.key,
            state_hash,
            attempt.person_id.to_string(),
            attempt.integration_id.to_string(),
            sql::text(&attempt.request)?,
            attempt.expires,
        ])?;
    Ok(added == 1)
}

/// Finds an attempt by the hash of its state.
pub fn by_state(db: &Connection, state_hash: &str) -> rusqlite::Result<Option<Attempt>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM oauth_attempt WHERE state_hash = ?1"))?
        .query_row([state_hash], read)
        .optional()
}

/// Finds a user's attempt by its key.
pub fn by_key(db: &Connection, person: Uuid, key: &str) -> rusqlite::Result<Option<Attempt>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM oauth_attempt WHERE key = ?1 AND person_id = ?2"))?
        .query_row([key, &person.to_string()], read)
        .optional()
}

/// Where the popup of an attempt goes, if one of these cookies is the attempt's.
pub fn address_for(db: &Connection, key: &str, cookies: &[String]) -> rusqlite::Result<Option<String>> {
    let found = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM oauth_attempt WHERE key = ?1 AND used = 0"))?
        .query_row([key], read)
        .optional()?;
    let own = |one: &Attempt| one.nonce_hash.as_ref().is_some_and(|hash| cookies.contains(hash));
    Ok(found.filter(own).map(|one| one.request.address))
}

/// Does the app's own page make way for this attempt, so that there is nobody to tell?
pub fn is_without_popup(db: &Connection, key: &str) -> rusqlite::Result<bool> {
    let found = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM oauth_attempt WHERE key = ?1"))?
        .query_row([key], read)
        .optional()?;
    Ok(found.is_some_and(|one| one.request.return_url.is_some()))
}

/// Takes the one use of an attempt; false if it was taken, or is too old.
pub fn take(db: &Transaction<'_>, key: &str, now: i64) -> rusqlite::Result<bool> {
    let taken = db
        .prepare_cached("UPDATE oauth_attempt SET used = 1 WHERE key = ?1 AND used = 0 AND expires >= ?2")?
        .execute(params![key, now])?;
    Ok(taken == 1)
}

/// Writes the result down.
pub fn succeed(db: &Transaction<'_>, key: &str, credential: Uuid) -> rusqlite::Result<usize> {
    db.prepare_cached("UPDATE oauth_attempt SET credential_id = ?2 WHERE key = ?1")?
        .execute([key, &credential.to_string()])
}

/// Writes the failure down.
pub fn fail(db: &Transaction<'_>, key: &str, failure: &Value) -> rusqlite::Result<usize> {
    db.prepare_cached("UPDATE oauth_attempt SET failure = ?2, used = 1 WHERE key = ?1 AND credential_id IS NULL")?
        .execute([key, &failure.to_string()])
}

/// Forgets an attempt of a user.
pub fn remove(db: &Transaction<'_>, person: Uuid, key: &str) -> rusqlite::Result<usize> {
    db.prepare_cached("DELETE FROM oauth_attempt WHERE key = ?1 AND person_id = ?2")?
        .execute([key, &person.to_string()])
}
