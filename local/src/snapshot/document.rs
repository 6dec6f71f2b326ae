//! A snapshot as one JSON document, to be carried to another machine or kept with an app's tests.
//!
//! It holds rows, never SQL: what comes in can only become rows of tables that are there, and is refused as a whole if
//! anything in it does not fit.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::types::{Value as Cell, ValueRef};
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

use super::Snapshot;
use crate::app::App;
use crate::clock;
use crate::store::{self, Image};

const FORMAT: &str = "paragon-local-snapshot";
const VERSION: u32 = 1;
const NOTICE: &str = "Holds the keys and tokens of the connected accounts. Whoever has it can use those accounts.";
/// What only means something to the browser that is in the middle of it.
const PASSING: [&str; 5] = ["oauth_attempt", "oauth_nonce", "sessions", "pending", "codes"];

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Document {
    format: String,
    version: u32,
    #[serde(default)]
    notice: String,
    #[serde(default)]
    taken: String,
    project_id: Uuid,
    schema: i64,
    platform: Tables,
    sandbox: Tables,
}

type Tables = BTreeMap<String, Table>;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// Why a document was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is no snapshot.
    #[error(
        "This is no exported snapshot: {0}. Nothing was changed. Give a file that \"paragon-local snapshot export\" wrote."
    )]
    Form(String),
    /// It is one, but not of this program's making.
    #[error("This snapshot cannot be taken in: {0}. Nothing was changed.")]
    Content(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Writes a snapshot down.
pub fn export(app: &App, snapshot: &Snapshot) -> rusqlite::Result<Value> {
    let platform = snapshot.platform.connection();
    let document = Document {
        format: FORMAT.into(),
        version: VERSION,
        notice: NOTICE.into(),
        taken: clock::iso(app.clock.now_ms()),
        project_id: app.project.id,
        schema: store::version(&platform)?,
        platform: read(&platform)?,
        sandbox: read(&snapshot.sandbox.connection())?,
    };
    Ok(json!(document))
}

/// Reads a document; its ids become those of this project.
pub fn import(app: &App, document: &[u8]) -> Result<Snapshot, Refused> {
    let document: Document = serde_json::from_slice(document).map_err(|error| Refused::Form(error.to_string()))?;
    if document.format != FORMAT {
        return Err(Refused::Form(format!("\"format\" is not \"{FORMAT}\"")));
    }
    if document.version != VERSION {
        let given = document.version;
        return Err(Refused::Content(format!("it has version {given}, and this program reads version {VERSION}")));
    }
    let renamed = app.config.renamed(document.project_id, app.project.id);
    let platform = Image::fill(|db| {
        store::prepare_old(db, document.schema).map_err(|_| {
            Refused::Content(format!("its schema {} is not one that this program knows", document.schema))
        })?;
        write(db, document.platform, &renamed)?;
        store::prepare(db)?;
        store::check(db).map_err(|error| Refused::Content(format!("a row of the platform has a wrong value ({error})")))
    })?;
    let sandbox = Image::fill(|db| {
        db.execute_batch(paragon_sandbox::SCHEMA)?;
        db.pragma_update(None, "foreign_keys", true)?;
        write(db, document.sandbox, &[])?;
        let broken: i64 =
            db.query_row("SELECT count(*) FROM documents WHERE NOT json_valid(body)", [], |row| row.get(0))?;
        if broken > 0 { Err(Refused::Content("a document of the sandbox is no JSON".into())) } else { Ok(()) }
    })?;
    Ok(Snapshot { platform: Arc::new(platform), sandbox: Arc::new(sandbox) })
}

fn read(db: &Connection) -> rusqlite::Result<Tables> {
    let mut tables = Tables::new();
    for (name, columns) in known(db)? {
        let mut statement = db.prepare(&format!("SELECT {} FROM \"{name}\" ORDER BY rowid", quoted(&columns)))?;
        let width = columns.len();
        let rows = statement.query_map([], |row| (0..width).map(|at| row.get_ref(at).map(value)).collect())?;
        tables.insert(name, Table { columns, rows: rows.collect::<Result<_, _>>()? });
    }
    Ok(tables)
}

/// The tables that a document may have, with their columns.
fn known(db: &Connection) -> rusqlite::Result<BTreeMap<String, Vec<String>>> {
    let mut statement = db.prepare(
        "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid",
    )?;
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let pairs = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    for pair in pairs {
        let (table, column) = pair?;
        if !PASSING.contains(&table.as_str()) {
            tables.entry(table).or_default().push(column);
        }
    }
    Ok(tables)
}

fn write(db: &mut Connection, tables: Tables, renamed: &[(String, String)]) -> Result<(), Refused> {
    let known = known(db)?;
    let transaction = db.transaction()?;
    // Tables come in the order of their names, not of their references.
    transaction.pragma_update(None, "defer_foreign_keys", true)?;
    for (name, table) in tables {
        let columns =
            known.get(&name).ok_or_else(|| Refused::Content(format!("it has an unknown table \"{name}\"")))?;
        if table.columns != *columns {
            return Err(Refused::Content(format!("the columns of \"{name}\" are not {}", columns.join(", "))));
        }
        let places = vec!["?"; columns.len()].join(", ");
        let mut insert =
            transaction.prepare(&format!("INSERT INTO \"{name}\" ({}) VALUES ({places})", quoted(columns)))?;
        for (number, row) in table.rows.into_iter().enumerate() {
            let wrong = |what: String| Refused::Content(format!("row {} of \"{name}\" {what}", number + 1));
            if row.len() != columns.len() {
                return Err(wrong(format!("has {} values instead of {}", row.len(), columns.len())));
            }
            let cells: Option<Vec<Cell>> = row.into_iter().map(|value| cell(value, renamed)).collect();
            let cells =
                cells.ok_or_else(|| wrong("has a value that is no text, whole number, null or base64".into()))?;
            insert.execute(params_from_iter(cells)).map_err(|error| wrong(format!("does not fit ({error})")))?;
        }
    }
    transaction.commit().map_err(|error| Refused::Content(format!("its rows do not belong together ({error})")))
}

/// The names come from the database itself.
fn quoted(columns: &[String]) -> String {
    columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => json!({ "base64": STANDARD.encode(bytes) }),
    }
}

fn cell(value: Value, renamed: &[(String, String)]) -> Option<Cell> {
    Some(match value {
        Value::Null => Cell::Null,
        Value::Number(number) => number.as_i64().map(Cell::Integer).or_else(|| number.as_f64().map(Cell::Real))?,
        Value::String(text) => Cell::Text(renamed.iter().fold(text, |text, (old, new)| {
            if text.contains(old.as_str()) { text.replace(old.as_str(), new) } else { text }
        })),
        Value::Object(members) => Cell::Blob(base64(&members)?),
        Value::Bool(_) | Value::Array(_) => return None,
    })
}

fn base64(members: &Map<String, Value>) -> Option<Vec<u8>> {
    let text = members.get("base64").filter(|_| members.len() == 1)?.as_str()?;
    STANDARD.decode(text).ok()
}
