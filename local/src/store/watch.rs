//! What the engine watches for each set of settings: schedules with their next time, and workflows that run once when
//! everything is filled in (they have no next time).

use rusqlite::{Connection, OptionalExtension, Transaction, params};
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
        "INSERT INTO workflow_watch VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET rule = ?3, next = ?4",
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
        db.prepare_cached("DELETE FROM workflow_watch WHERE configuration_id = ?1 AND workflow_id = ?2")?
            .execute([one.to_string(), workflow.to_string()])?;
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

/// An error if a row does not hold what the program writes.
pub(super) fn check(db: &Connection) -> rusqlite::Result<()> {
    db.prepare("SELECT configuration_id, workflow_id FROM workflow_watch")?
        .query_map([], |row| Ok((sql::uuid(row, 0)?, sql::uuid(row, 1)?)))?
        .try_for_each(|one| one.map(drop))
}
