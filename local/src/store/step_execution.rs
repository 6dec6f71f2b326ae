//! Steps of runs: what went in, what came out, and how far they are.

use rusqlite::{Connection, Row, Transaction, params};
use serde_json::Value;
use uuid::Uuid;

use super::execution::Status;
use super::sql;

/// A step that was taken, or is being taken.
#[derive(Clone, Debug)]
pub struct StepExecution {
    /// Id.
    pub id: Uuid,
    /// Of which run.
    pub execution_id: Uuid,
    /// Where it stands: its number, after the items of fan outs around it (`3[0]/4`).
    pub place: String,
    /// Id of the step.
    pub step_id: Uuid,
    /// Kind of step, as the task history names it.
    pub step_type: String,
    /// State.
    pub status: Status,
    /// The step before it.
    pub prev: Option<Uuid>,
    /// Tries that have failed.
    pub attempts: i64,
    /// When the next try is due.
    pub due: Option<i64>,
    /// Without secrets.
    pub input: Value,
    /// Without secrets.
    pub output: Value,
    /// The output as the steps after it need it, or how far it came; there while the run is under way.
    pub exact: Option<Value>,
    /// Milliseconds since 1970.
    pub started: i64,
    /// Milliseconds since 1970.
    pub ended: Option<i64>,
}

const COLUMNS: &str =
    "id, execution_id, place, step_id, type, status, prev, attempts, due, input, output, exact, started, ended";

fn read(row: &Row<'_>) -> rusqlite::Result<StepExecution> {
    let status: String = row.get(5)?;
    let prev: Option<String> = row.get(6)?;
    let exact: Option<String> = row.get(11)?;
    Ok(StepExecution {
        id: sql::uuid(row, 0)?,
        execution_id: sql::uuid(row, 1)?,
        place: row.get(2)?,
        step_id: sql::uuid(row, 3)?,
        step_type: row.get(4)?,
        status: Status::read(&status),
        prev: prev.and_then(|text| Uuid::parse_str(&text).ok()),
        attempts: row.get(7)?,
        due: row.get(8)?,
        input: sql::json(row, 9)?,
        output: sql::json(row, 10)?,
        exact: exact.and_then(|text| serde_json::from_str(&text).ok()),
        started: row.get(12)?,
        ended: row.get(13)?,
    })
}

/// Adds a step, or replaces what is known of it.
pub fn save(db: &Transaction<'_>, one: &StepExecution) -> rusqlite::Result<()> {
    let exact = one.exact.as_ref().map(sql::text).transpose()?;
    db.prepare_cached(&format!(
        "INSERT INTO step_execution ({COLUMNS})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET status = ?6, attempts = ?8, due = ?9, input = ?10, output = ?11, exact = ?12,
         ended = ?14"
    ))?
    .execute(params![
        one.id.to_string(),
        one.execution_id.to_string(),
        one.place,
        one.step_id.to_string(),
        one.step_type,
        one.status.name(),
        one.prev.map(|id| id.to_string()),
        one.attempts,
        one.due,
        sql::text(&one.input)?,
        sql::text(&one.output)?,
        exact,
        one.started,
        one.ended,
    ])?;
    Ok(())
}

/// All steps of a run, in the order in which they began.
pub fn of_execution(db: &Connection, execution: Uuid) -> rusqlite::Result<Vec<StepExecution>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM step_execution WHERE execution_id = ?1 ORDER BY rowid"))?
        .query_map([execution.to_string()], read)?
        .collect()
}

/// An error if a row does not hold what the program writes.
pub(super) fn check(db: &Connection) -> rusqlite::Result<()> {
    db.prepare(&format!("SELECT {COLUMNS} FROM step_execution"))?.query_map([], read)?.try_for_each(|one| one.map(drop))
}
