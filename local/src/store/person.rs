//! Connected users.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{ids, sql};
use crate::auth::permissions::Permissions;
use crate::clock::iso;

/// A user of the app.
#[derive(Clone, Debug)]
pub struct Person {
    /// The platform's id of the user (`personaId`).
    pub id: Uuid,
    /// The app's id of the user: `sub` of the token.
    pub user_id: String,
    /// What the app stored about the user.
    pub meta: Map<String, Value>,
    /// What the token of a call lets the user do; not stored.
    pub permissions: Permissions,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: sql::uuid(row, 0)?,
        user_id: row.get(1)?,
        meta: sql::json(row, 2)?,
        permissions: Permissions::default(),
    })
}

/// All users.
pub fn all(db: &Connection) -> rusqlite::Result<Vec<Person>> {
    db.prepare_cached("SELECT id, user_id, meta FROM person ORDER BY created, rowid")?.query_map([], read)?.collect()
}

/// A user in a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// The app's id.
    id: String,
    persona_id: String,
    /// ISO 8601.
    created: String,
    credentials: i64,
    /// Those of them that are not in use: pending or invalid.
    unusable: i64,
}

/// Users whose id has `search` in it, in any case, the newest first; and how many there are in all.
pub fn list(db: &Connection, search: &str, offset: u32, limit: u32) -> rusqlite::Result<(Vec<Listed>, i64)> {
    const FITS: &str = "instr(lower(p.user_id), lower(?1)) > 0";
    let total = db
        .prepare_cached(&format!("SELECT count(*) FROM person p WHERE {FITS}"))?
        .query_row([search], |row| row.get(0))?;
    let found = db
        .prepare_cached(&format!(
            "SELECT p.user_id, p.id, p.created,
             (SELECT count(*) FROM credential c WHERE c.person_id = p.id),
             (SELECT count(*) FROM credential c WHERE c.person_id = p.id AND c.status <> 'VALID')
             FROM person p WHERE {FITS} ORDER BY p.created DESC, p.rowid DESC LIMIT ?2 OFFSET ?3"
        ))?
        .query_map(params![search, limit, offset], |row| {
            Ok(Listed {
                id: row.get(0)?,
                persona_id: row.get(1)?,
                created: iso(row.get(2)?),
                credentials: row.get(3)?,
                unusable: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok((found, total))
}

/// Finds a user by the app's id.
pub fn find(db: &Connection, user_id: &str) -> rusqlite::Result<Option<Person>> {
    db.prepare_cached("SELECT id, user_id, meta FROM person WHERE user_id = ?1")?.query_row([user_id], read).optional()
}

/// A user by the platform's id.
pub fn by_id(db: &Connection, id: Uuid) -> rusqlite::Result<Option<Person>> {
    db.prepare_cached("SELECT id, user_id, meta FROM person WHERE id = ?1")?
        .query_row([id.to_string()], read)
        .optional()
}

/// Finds a user, or adds the user at the first call.
pub fn find_or_add(db: &Transaction<'_>, user_id: &str, now: i64) -> rusqlite::Result<Person> {
    if let Some(known) = find(db, user_id)? {
        return Ok(known);
    }
    let id = ids::next(db)?;
    db.prepare_cached("INSERT INTO person VALUES (?1, ?2, '{}', ?3, ?3)")?.execute(params![
        id.to_string(),
        user_id,
        now
    ])?;
    Ok(Person { id, user_id: user_id.into(), meta: Map::new(), permissions: Permissions::default() })
}

/// Merges `changes` into what is stored about a user; a null removes a key.
pub fn merge_meta(db: &Transaction<'_>, id: Uuid, changes: Map<String, Value>, now: i64) -> rusqlite::Result<Person> {
    let mut person =
        db.prepare_cached("SELECT id, user_id, meta FROM person WHERE id = ?1")?.query_row([id.to_string()], read)?;
    for (key, value) in changes {
        if value.is_null() {
            person.meta.shift_remove(&key);
        } else {
            person.meta.insert(key, value);
        }
    }
    db.prepare_cached("UPDATE person SET meta = ?2, updated = ?3 WHERE id = ?1")?.execute(params![
        id.to_string(),
        sql::text(&person.meta)?,
        now
    ])?;
    Ok(person)
}
