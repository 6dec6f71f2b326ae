//! Settings of connected accounts. Every account has a default one, made with it.

use rusqlite::{Connection, Row, Transaction, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{ids, sql};

/// One set of settings of an account.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Id.
    pub id: Uuid,
    /// The account.
    pub credential_id: Uuid,
    /// `{<workflow id>: {enabled, settings}}`.
    pub workflow_settings: Map<String, Value>,
    /// Settings of the integration.
    pub shared_settings: Map<String, Value>,
    /// What the SDK notes about it.
    pub meta: Map<String, Value>,
    /// The app's name for it.
    pub external_id: Option<String>,
    /// Made with the account.
    pub is_default: bool,
    /// Milliseconds since 1970.
    pub created: i64,
    /// Milliseconds since 1970.
    pub updated: i64,
}

impl Configuration {
    /// A new one without settings; not saved yet.
    pub fn new(
        db: &Connection,
        credential_id: Uuid,
        is_default: bool,
        external_id: Option<String>,
        now: i64,
    ) -> rusqlite::Result<Self> {
        Ok(Self {
            id: ids::next(db)?,
            credential_id,
            workflow_settings: Map::new(),
            shared_settings: Map::new(),
            meta: Map::new(),
            external_id,
            is_default,
            created: now,
            updated: now,
        })
    }
}

const COLUMNS: &str =
    "id, credential_id, workflow_settings, shared_settings, meta, external_id, is_default, created, updated";

fn read(row: &Row<'_>) -> rusqlite::Result<Configuration> {
    Ok(Configuration {
        id: sql::uuid(row, 0)?,
        credential_id: sql::uuid(row, 1)?,
        workflow_settings: sql::json(row, 2)?,
        shared_settings: sql::json(row, 3)?,
        meta: sql::json(row, 4)?,
        external_id: row.get(5)?,
        is_default: row.get(6)?,
        created: row.get(7)?,
        updated: row.get(8)?,
    })
}

/// All of an account, the default one first.
pub fn of_credential(db: &Connection, credential: Uuid) -> rusqlite::Result<Vec<Configuration>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM configuration WHERE credential_id = ?1 ORDER BY is_default DESC, created, rowid"
    ))?
    .query_map([credential.to_string()], read)?
    .collect()
}

/// Adds one, or replaces its settings.
pub fn save(db: &Transaction<'_>, one: &Configuration) -> rusqlite::Result<()> {
    db.prepare_cached(&format!(
        "INSERT INTO configuration ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET workflow_settings = ?3, shared_settings = ?4, meta = ?5, updated = ?9"
    ))?
    .execute(params![
        one.id.to_string(),
        one.credential_id.to_string(),
        sql::text(&one.workflow_settings)?,
        sql::text(&one.shared_settings)?,
        sql::text(&one.meta)?,
        one.external_id,
        one.is_default,
        one.created,
        one.updated,
    ])?;
    Ok(())
}

/// Removes one.
pub fn remove(db: &Transaction<'_>, id: Uuid) -> rusqlite::Result<usize> {
    db.prepare_cached("DELETE FROM configuration WHERE id = ?1")?.execute([id.to_string()])
}
