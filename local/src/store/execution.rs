//! Runs of workflows: the queue, and the history.

use rusqlite::types::{ToSql, Value as Column};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::sql;

/// State of a run, and of a step of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = ExecutionStatus)]
pub enum Status {
    /// Under way, or waiting for its turn.
    Executing,
    /// Waiting for a time: its next try.
    Delayed,
    /// Done.
    Succeeded,
    /// Ended by a failure.
    Failed,
}

impl Status {
    /// As it stands in the tables and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Executing => "EXECUTING",
            Self::Delayed => "DELAYED",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
        }
    }

    pub(super) fn read(name: &str) -> Self {
        match name {
            "EXECUTING" => Self::Executing,
            "DELAYED" => Self::Delayed,
            "SUCCEEDED" => Self::Succeeded,
            _ => Self::Failed,
        }
    }
}

/// One run of a workflow.
#[derive(Clone, Debug)]
pub struct Execution {
    /// Id.
    pub id: Uuid,
    /// Of which workflow.
    pub workflow_id: Uuid,
    /// Its steps, as they were when the run began.
    pub version_id: Uuid,
    /// The workflow's integration.
    pub integration_id: Uuid,
    /// For whom.
    pub person_id: Uuid,
    /// In the name of which account.
    pub credential_id: Uuid,
    /// With which settings.
    pub configuration_id: Uuid,
    /// State.
    pub status: Status,
    /// When it can go on, in milliseconds since 1970.
    pub due: i64,
    /// `{status, body}` of its Response step.
    pub response: Option<Value>,
    /// The run that it repeats.
    pub replay_of: Option<Uuid>,
    /// Milliseconds since 1970.
    pub started: i64,
    /// Milliseconds since 1970.
    pub ended: Option<i64>,
}

const COLUMNS: &str = "e.id, e.workflow_id, e.version_id, e.integration_id, e.person_id, e.credential_id, \
     e.configuration_id, e.status, e.due, e.response, e.replay_of, e.started, e.ended";

fn read(row: &Row<'_>) -> rusqlite::Result<Execution> {
    let status: String = row.get(7)?;
    let response: Option<String> = row.get(9)?;
    let replay_of: Option<String> = row.get(10)?;
    Ok(Execution {
        id: sql::uuid(row, 0)?,
        workflow_id: sql::uuid(row, 1)?,
        version_id: sql::uuid(row, 2)?,
        integration_id: sql::uuid(row, 3)?,
        person_id: sql::uuid(row, 4)?,
        credential_id: sql::uuid(row, 5)?,
        configuration_id: sql::uuid(row, 6)?,
        status: Status::read(&status),
        due: row.get(8)?,
        response: response.and_then(|text| serde_json::from_str(&text).ok()),
        replay_of: replay_of.and_then(|text| Uuid::parse_str(&text).ok()),
        started: row.get(11)?,
        ended: row.get(12)?,
    })
}

/// Keeps the steps of a workflow, as JSON, under an id that is made from them.
pub fn keep_version(db: &Transaction<'_>, id: Uuid, steps: &str) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO workflow_version VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![id.to_string(), steps])?;
    Ok(())
}

/// The steps of a version, as JSON.
pub fn version(db: &Connection, id: Uuid) -> rusqlite::Result<String> {
    db.prepare_cached("SELECT steps FROM workflow_version WHERE id = ?1")?.query_row([id.to_string()], |row| row.get(0))
}

/// Forgets ended runs beyond the last `keep` ones, with their steps.
pub fn forget_old(db: &Transaction<'_>, keep: u32) -> rusqlite::Result<()> {
    let oldest: Option<(i64, i64)> = db
        .prepare_cached("SELECT started, rowid FROM execution ORDER BY started DESC, rowid DESC LIMIT 1 OFFSET ?1")?
        .query_row([keep], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((started, row)) = oldest else {
        return Ok(());
    };
    db.prepare_cached(
        "DELETE FROM execution WHERE (started, rowid) <= (?1, ?2) AND status IN ('SUCCEEDED', 'FAILED')",
    )?
    .execute([started, row])?;
    db.prepare_cached("DELETE FROM workflow_version WHERE id NOT IN (SELECT version_id FROM execution)")?.execute([])?;
    Ok(())
}

/// Adds a run to the queue.
pub fn add(db: &Transaction<'_>, one: &Execution) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO execution VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, ?10, ?11, NULL)")?
        .execute(params![
            one.id.to_string(),
            one.workflow_id.to_string(),
            one.version_id.to_string(),
            one.integration_id.to_string(),
            one.person_id.to_string(),
            one.credential_id.to_string(),
            one.configuration_id.to_string(),
            one.status.name(),
            one.due,
            one.replay_of.map(|id| id.to_string()),
            one.started,
        ])?;
    Ok(())
}

/// One run.
pub fn find(db: &Connection, id: Uuid) -> rusqlite::Result<Option<Execution>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM execution e WHERE e.id = ?1"))?
        .query_row([id.to_string()], read)
        .optional()
}

/// Runs that can go on now, and their accounts; the oldest first.
pub fn ready(db: &Connection, now: i64) -> rusqlite::Result<Vec<(Uuid, Uuid)>> {
    db.prepare_cached(
        "SELECT id, credential_id FROM execution WHERE status IN ('EXECUTING', 'DELAYED') AND due <= ?1
         ORDER BY due, rowid",
    )?
    .query_map([now], |row| Ok((sql::uuid(row, 0)?, sql::uuid(row, 1)?)))?
    .collect()
}

/// When the next waiting run can go on.
pub fn next_due(db: &Connection, now: i64) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT min(due) FROM execution WHERE status IN ('EXECUTING', 'DELAYED') AND due > ?1")?
        .query_row([now], |row| row.get(0))
}

/// Lets a run wait until `due`.
pub fn delay(db: &Transaction<'_>, id: Uuid, due: i64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE execution SET status = 'DELAYED', due = ?2 WHERE id = ?1")?
        .execute(params![id.to_string(), due])?;
    Ok(())
}

/// A run that waited is under way again.
pub fn resume(db: &Transaction<'_>, id: Uuid) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE execution SET status = 'EXECUTING' WHERE id = ?1 AND status = 'DELAYED'")?
        .execute([id.to_string()])?;
    Ok(())
}

/// Ends a run. What only a run under way needs is forgotten: exact outputs, which may hold secrets.
pub fn end(db: &Transaction<'_>, id: Uuid, status: Status, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE execution SET status = ?2, ended = ?3 WHERE id = ?1")?.execute(params![
        id.to_string(),
        status.name(),
        now
    ])?;
    db.prepare_cached("UPDATE step_execution SET exact = NULL WHERE execution_id = ?1 AND place <> '1'")?
        .execute([id.to_string()])?;
    Ok(())
}

/// Stores the answer of a Response step; the first one counts.
pub fn respond(db: &Transaction<'_>, id: Uuid, response: &Value) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE execution SET response = ?2 WHERE id = ?1 AND response IS NULL")?
        .execute(params![id.to_string(), sql::text(response)?])?;
    Ok(())
}

/// Which runs to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The app's id of the user.
    pub user_id: Option<String>,
    /// Workflow.
    pub workflow_id: Option<Uuid>,
    /// Integration.
    pub integration_id: Option<Uuid>,
    /// State.
    pub status: Option<Status>,
    /// Began before.
    pub before: Option<i64>,
    /// Began after.
    pub after: Option<i64>,
    /// The oldest first.
    pub ascending: bool,
    /// How many to leave out at the beginning.
    pub offset: i64,
    /// How many at most.
    pub limit: i64,
}

/// A run in a list.
#[derive(Debug)]
pub struct Listed {
    /// The run.
    pub execution: Execution,
    /// The app's id of its user.
    pub user_id: String,
    /// Steps that were taken, the trigger not counted.
    pub tasks: i64,
}

/// Lists runs, and counts all that fit.
pub fn list(db: &Connection, filter: &Filter) -> rusqlite::Result<(Vec<Listed>, i64)> {
    let mut conditions = vec!["1".to_owned()];
    let mut values: Vec<Column> = Vec::new();
    let mut add = |condition: &str, value: Option<Column>| {
        if let Some(value) = value {
            values.push(value);
            conditions.push(format!("{condition} ?{}", values.len()));
        }
    };
    add("p.user_id =", filter.user_id.clone().map(Column::Text));
    add("e.workflow_id =", filter.workflow_id.map(|id| Column::Text(id.to_string())));
    add("e.integration_id =", filter.integration_id.map(|id| Column::Text(id.to_string())));
    add("e.status =", filter.status.map(|status| Column::Text(status.name().into())));
    add("e.started <", filter.before.map(Column::Integer));
    add("e.started >", filter.after.map(Column::Integer));
    let from = format!("FROM execution e JOIN person p ON p.id = e.person_id WHERE {}", conditions.join(" AND "));
    let parameters: Vec<&dyn ToSql> = values.iter().map(|value| value as &dyn ToSql).collect();
    let total = db.query_row(&format!("SELECT count(*) {from}"), parameters.as_slice(), |row| row.get(0))?;
    let order = if filter.ascending { "ASC" } else { "DESC" };
    let (limit, offset) = (filter.limit, filter.offset);
    let listed = db
        .prepare(&format!(
            "SELECT {COLUMNS}, p.user_id,
             (SELECT count(*) FROM step_execution s WHERE s.execution_id = e.id AND s.place <> '1')
             {from} ORDER BY e.started {order}, e.rowid {order} LIMIT {limit} OFFSET {offset}"
        ))?
        .query_map(parameters.as_slice(), |row| {
            Ok(Listed { execution: read(row)?, user_id: row.get(13)?, tasks: row.get(14)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok((listed, total))
}

/// An error if a row does not hold what the program writes.
pub(super) fn check(db: &Connection) -> rusqlite::Result<()> {
    db.prepare(&format!("SELECT {COLUMNS} FROM execution e"))?.query_map([], read)?.try_for_each(|one| one.map(drop))
}
