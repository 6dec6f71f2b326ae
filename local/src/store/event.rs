//! App events, as they came in.

use rusqlite::{Transaction, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{ids, sql};

/// Records an event.
pub fn add(
    db: &Transaction<'_>,
    person: Uuid,
    name: &str,
    payload: &Map<String, Value>,
    now: i64,
) -> rusqlite::Result<Uuid> {
    let id = ids::next(db)?;
    db.prepare_cached("INSERT INTO app_event VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        id.to_string(),
        person.to_string(),
        name,
        sql::text(payload)?,
        now
    ])?;
    Ok(id)
}

/// Forgets events beyond the last `keep` ones.
pub fn forget_old(db: &Transaction<'_>, keep: u32) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM app_event WHERE rowid <= (SELECT rowid FROM app_event ORDER BY rowid DESC LIMIT 1 OFFSET ?1)",
    )?
    .execute([keep])?;
    Ok(())
}
