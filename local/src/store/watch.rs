//! What the engine watches for each set of settings: schedules with their next time, workflows that run once when everything
//! is filled in (they have no next time), and what is known of a provider whose events start runs.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::sql;

/// The next time of a schedule. A `rule` other than the stored one means that the project file has changed: there is none.
pub fn next(db: &Connection, settings: Uuid, workflow: Uuid, rule: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT next FROM workflow_watch WHERE configuration_id = ?1 AND workflow_id = ?2 AND rule = ?3")?
        .query_row(params![settings.to_string(), workflow.to_string(), rule], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

/// Stores the next time.
pub fn set(
    db: &Transaction<'_>,
    settings: Uuid,
    workflow: Uuid,
    rule: &str,
    next: Option<i64>,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO workflow_watch (configuration_id, workflow_id, rule, next) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET rule = ?3, next = ?4",
    )?
    .execute(params![settings.to_string(), workflow.to_string(), rule, next])?;
    Ok(())
}

/// True if there is an entry, whatever its rule.
pub fn is_known(db: &Connection, settings: Uuid, workflow: Uuid) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM workflow_watch WHERE configuration_id = ?1 AND workflow_id = ?2")?
        .exists([settings.to_string(), workflow.to_string()])
}

/// Forgets the times of a workflow for settings where it is off, so that it begins anew when it is on again.
pub fn forget_times(db: &Transaction<'_>, workflow: Uuid, still_on: &[Uuid]) -> rusqlite::Result<()> {
    let known: Vec<Uuid> = db
        .prepare_cached("SELECT configuration_id FROM workflow_watch WHERE workflow_id = ?1 AND next IS NOT NULL")?
        .query_map([workflow.to_string()], |row| sql::uuid(row, 0))?
        .collect::<Result<_, _>>()?;
    for one in known.into_iter().filter(|one| !still_on.contains(one)) {
        forget(db, one, workflow)?;
    }
    Ok(())
}

/// Settings with which a workflow is on, of accounts that are valid, with the account.
pub fn switched_on(db: &Connection, integration: Uuid, workflow: Uuid) -> rusqlite::Result<Vec<(Uuid, Uuid)>> {
    db.prepare_cached(
        "SELECT s.id, c.id FROM configuration s JOIN credential c ON c.id = s.credential_id
         WHERE c.integration_id = ?1 AND c.status = 'VALID'
         AND json_extract(s.workflow_settings, '$.\"' || ?2 || '\".enabled') = 1
         ORDER BY s.created, s.rowid",
    )?
    .query_map([integration.to_string(), workflow.to_string()], |row| Ok((sql::uuid(row, 0)?, sql::uuid(row, 1)?)))?
    .collect()
}

/// What is known of a provider, for one set of settings.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The settings.
    pub settings: Uuid,
    /// What is asked for, and how: another rule is another beginning.
    pub rule: String,
    /// When there is something to do, in milliseconds since 1970.
    pub next: Option<i64>,
    /// What has to outlive the process.
    pub memory: Memory,
}

/// What has to outlive the process.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Memory {
    /// It was asked once, or knows where to call.
    pub ready: bool,
    /// Events that have started their run, the latest first.
    pub seen: Vec<String>,
    /// Where the next poll begins.
    pub since: Value,
    /// The key that the provider was given.
    pub secret: String,
    /// The provider's name for the registration.
    pub registration: Value,
}

/// What is known, for all settings of a workflow.
pub fn entries(db: &Connection, workflow: Uuid) -> rusqlite::Result<Vec<Entry>> {
    db.prepare_cached(&format!("SELECT {ENTRY} FROM workflow_watch WHERE workflow_id = ?1 ORDER BY rowid"))?
        .query_map([workflow.to_string()], read)?
        .collect()
}

/// What is known, for one set of settings.
pub fn entry(db: &Connection, settings: Uuid, workflow: Uuid) -> rusqlite::Result<Option<Entry>> {
    db.prepare_cached(&format!("SELECT {ENTRY} FROM workflow_watch WHERE configuration_id = ?1 AND workflow_id = ?2"))?
        .query_row([settings.to_string(), workflow.to_string()], read)
        .optional()
}

/// Stores what is known.
pub fn keep(db: &Transaction<'_>, workflow: Uuid, entry: &Entry) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO workflow_watch (configuration_id, workflow_id, rule, next, memory) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET rule = ?3, next = ?4, memory = ?5",
    )?
    .execute(params![
        entry.settings.to_string(),
        workflow.to_string(),
        entry.rule,
        entry.next,
        sql::text(&entry.memory)?
    ])?;
    Ok(())
}

/// Forgets what is known.
pub fn forget(db: &Transaction<'_>, settings: Uuid, workflow: Uuid) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM workflow_watch WHERE configuration_id = ?1 AND workflow_id = ?2")?
        .execute([settings.to_string(), workflow.to_string()])?;
    Ok(())
}

const ENTRY: &str = "configuration_id, rule, next, coalesce(memory, '{}')";

fn read(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry { settings: sql::uuid(row, 0)?, rule: row.get(1)?, next: row.get(2)?, memory: sql::json(row, 3)? })
}

/// An error if a row does not hold what the program writes.
pub(super) fn check(db: &Connection) -> rusqlite::Result<()> {
    db.prepare("SELECT workflow_id FROM workflow_watch")?
        .query_map([], |row| sql::uuid(row, 0))?
        .try_for_each(|one| one.map(drop))?;
    db.prepare(&format!("SELECT {ENTRY} FROM workflow_watch"))?.query_map([], read)?.try_for_each(|one| one.map(drop))
}
