//! Tables, and how an older file becomes a current one. A migration is never changed once it has been released.

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::Error;

/// Prepared statements that are kept; the program has fewer.
const STATEMENTS: usize = 128;

/// Entry `n` leads from version `n` to `n + 1`; the version stands in SQLite's `user_version`.
const MIGRATIONS: [&str; 5] = [
    "
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE,
    meta TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;
CREATE TABLE credential (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    integration_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('PENDING', 'INVALID', 'VALID')),
    provider_id TEXT NOT NULL,
    provider_data TEXT NOT NULL,
    external_id TEXT,
    secrets TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    refreshed INTEGER NOT NULL,
    valid_until INTEGER,
    refresh_failures INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX credential_of ON credential (person_id, integration_id, created);
CREATE UNIQUE INDEX credential_external ON credential (person_id, integration_id, external_id);
CREATE TABLE configuration (
    id TEXT PRIMARY KEY,
    credential_id TEXT NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
    workflow_settings TEXT NOT NULL,
    shared_settings TEXT NOT NULL,
    meta TEXT NOT NULL,
    external_id TEXT,
    is_default INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX configuration_external ON configuration (credential_id, external_id);
CREATE TABLE oauth_attempt (
    key TEXT PRIMARY KEY,
    state_hash TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    integration_id TEXT NOT NULL,
    request TEXT NOT NULL,
    nonce_hash TEXT,
    expires INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    credential_id TEXT,
    failure TEXT
) STRICT;
CREATE TABLE oauth_nonce (
    hash TEXT PRIMARY KEY,
    key TEXT,
    person_id TEXT,
    integration_id TEXT NOT NULL,
    expires INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX oauth_nonce_key ON oauth_nonce (key);
CREATE TABLE app_event (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    payload TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX app_event_of ON app_event (person_id, created);
",
    "
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
",
    "
CREATE TABLE workflow_version (
    id TEXT PRIMARY KEY,
    steps TEXT NOT NULL
) STRICT;
CREATE TABLE execution (
    id TEXT PRIMARY KEY,
    workflow_id TEXT NOT NULL,
    version_id TEXT NOT NULL REFERENCES workflow_version (id),
    integration_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    credential_id TEXT NOT NULL,
    configuration_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('EXECUTING', 'DELAYED', 'SUCCEEDED', 'FAILED')),
    due INTEGER NOT NULL,
    response TEXT,
    replay_of TEXT,
    started INTEGER NOT NULL,
    ended INTEGER
) STRICT;
CREATE INDEX execution_due ON execution (due) WHERE status IN ('EXECUTING', 'DELAYED');
CREATE INDEX execution_started ON execution (started);
CREATE TABLE step_execution (
    id TEXT PRIMARY KEY,
    execution_id TEXT NOT NULL REFERENCES execution (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    step_id TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('EXECUTING', 'DELAYED', 'SUCCEEDED', 'FAILED')),
    prev TEXT,
    attempts INTEGER NOT NULL,
    due INTEGER,
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    exact TEXT,
    started INTEGER NOT NULL,
    ended INTEGER,
    UNIQUE (execution_id, place)
) STRICT;
CREATE TABLE workflow_watch (
    configuration_id TEXT NOT NULL REFERENCES configuration (id) ON DELETE CASCADE,
    workflow_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    next INTEGER,
    PRIMARY KEY (configuration_id, workflow_id)
) STRICT;
CREATE TABLE request_token (
    key TEXT PRIMARY KEY,
    access_token TEXT NOT NULL,
    refresh_token TEXT,
    valid_until INTEGER
) STRICT;
",
    "
ALTER TABLE workflow_watch ADD COLUMN memory TEXT;
",
    "
CREATE INDEX credential_at ON credential (integration_id, person_id);
",
];

/// The version of the tables of a database.
pub fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Sets the connection up and brings the tables to the current version.
pub fn prepare(connection: &mut Connection) -> Result<(), Error> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    // A database in memory keeps its own journal mode; this asks and does not insist.
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    // FULL: the log is synced at every commit, so that what was answered outlives a power cut.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Without this a statement is planned anew whenever it is given other values: most of the time that a short read takes.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    migrate(connection, MIGRATIONS.len() as i64)
}

/// Makes the tables of an older version in an empty database.
pub fn prepare_old(connection: &mut Connection, version: i64) -> Result<(), Error> {
    if !(1..=MIGRATIONS.len() as i64).contains(&version) {
        return Err(Error::Newer(version));
    }
    connection.pragma_update(None, "foreign_keys", true)?;
    migrate(connection, version)
}

fn migrate(connection: &mut Connection, to: i64) -> Result<(), Error> {
    let version = version(connection)?;
    if version > to {
        return Err(Error::Newer(version));
    }
    for (step, migration) in MIGRATIONS.iter().enumerate().take(to as usize).skip(version.max(0) as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", step as i64 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}
