//! Connected accounts. Their secrets stay in this table and are never part of what is shown.

use std::collections::HashMap;
use std::fmt;

use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::configuration::{self, Configuration};
use super::sql;

/// State of a connected account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = CredentialStatus)]
pub enum Status {
    /// Authenticated, but questions are still open.
    Pending,
    /// The provider does not accept it any more.
    Invalid,
    /// In use.
    Valid,
}

/// What proves a connected account to its provider, and what its user entered.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Secrets {
    /// Answers of the user: keys, shop name, chosen site.
    #[serde(default)]
    pub inputs: Map<String, Value>,
    /// Parameters of the account type.
    #[serde(default)]
    pub parameters: Map<String, Value>,
    /// The token endpoint's last answer.
    #[serde(default)]
    pub token: Map<String, Value>,
    /// The chosen account type.
    #[serde(default)]
    pub account_type: Option<String>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(hidden)")
    }
}

impl Secrets {
    /// A text member of the token answer.
    pub fn token_text(&self, key: &str) -> Option<&str> {
        self.token.get(key).and_then(Value::as_str)
    }
}

/// A connected account.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Id.
    pub id: Uuid,
    /// Whose.
    pub person_id: Uuid,
    /// Of what.
    pub integration_id: Uuid,
    /// State.
    pub status: Status,
    /// Id of the account at the provider.
    pub provider_id: String,
    /// Facts about the account at the provider.
    pub provider_data: Map<String, Value>,
    /// The app's name for it.
    pub external_id: Option<String>,
    /// Keys and tokens.
    pub secrets: Secrets,
    /// Milliseconds since 1970.
    pub created: i64,
    /// Milliseconds since 1970.
    pub updated: i64,
    /// When the token was last renewed.
    pub refreshed: i64,
    /// When the access token ends.
    pub valid_until: Option<i64>,
    /// Refreshes that failed since the last good one.
    pub refresh_failures: i64,
    /// Settings; the first is the default.
    pub configurations: Vec<Configuration>,
}

const COLUMNS: &str = "id, person_id, integration_id, status, provider_id, provider_data, external_id, secrets, \
     created, updated, refreshed, valid_until, refresh_failures";

fn read(row: &Row<'_>) -> rusqlite::Result<Credential> {
    let status: String = row.get(3)?;
    Ok(Credential {
        id: sql::uuid(row, 0)?,
        person_id: sql::uuid(row, 1)?,
        integration_id: sql::uuid(row, 2)?,
        status: match status.as_str() {
            "VALID" => Status::Valid,
            "PENDING" => Status::Pending,
            _ => Status::Invalid,
        },
        provider_id: row.get(4)?,
        provider_data: sql::json(row, 5)?,
        external_id: row.get(6)?,
        secrets: sql::json(row, 7)?,
        created: row.get(8)?,
        updated: row.get(9)?,
        refreshed: row.get(10)?,
        valid_until: row.get(11)?,
        refresh_failures: row.get(12)?,
        configurations: Vec::new(),
    })
}

impl Status {
    /// As it stands in the table and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Invalid => "INVALID",
            Self::Valid => "VALID",
        }
    }
}

/// All accounts of a user, oldest first.
pub fn of_person(db: &Connection, person: Uuid) -> rusqlite::Result<Vec<Credential>> {
    several(db, "person_id = ?1", [person.to_string()])
}

/// The accounts of a user at an integration, oldest first.
pub fn of_integration(db: &Connection, person: Uuid, integration: Uuid) -> rusqlite::Result<Vec<Credential>> {
    several(db, "person_id = ?1 AND integration_id = ?2", [person.to_string(), integration.to_string()])
}

fn several(db: &Connection, which: &str, values: impl Params) -> rusqlite::Result<Vec<Credential>> {
    let mut all: Vec<Credential> = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM credential WHERE {which} ORDER BY created, rowid"))?
        .query_map(values, read)?
        .collect::<Result<_, _>>()?;
    for one in &mut all {
        one.configurations = configuration::of_credential(db, one.id)?;
    }
    Ok(all)
}

/// How many users have an account, by integration.
pub fn user_counts(db: &Connection) -> rusqlite::Result<HashMap<Uuid, usize>> {
    db.prepare_cached("SELECT integration_id, COUNT(DISTINCT person_id) FROM credential GROUP BY integration_id")?
        .query_map([], |row| Ok((sql::uuid(row, 0)?, row.get::<_, i64>(1)? as usize)))?
        .collect()
}

/// The users who have an account at an integration.
pub fn users_of(db: &Connection, integration: Uuid) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached("SELECT DISTINCT person_id FROM credential WHERE integration_id = ?1")?
        .query_map([integration.to_string()], |row| sql::uuid(row, 0))?
        .collect()
}

/// One account of a user.
pub fn find(db: &Connection, person: Uuid, id: Uuid) -> rusqlite::Result<Option<Credential>> {
    let found = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM credential WHERE id = ?1 AND person_id = ?2"))?
        .query_row([id.to_string(), person.to_string()], read)
        .optional()?;
    found
        .map(|mut one| {
            one.configurations = configuration::of_credential(db, one.id)?;
            Ok(one)
        })
        .transpose()
}

/// The account that a set of settings belongs to.
pub fn of_configuration(db: &Connection, configuration: Uuid) -> rusqlite::Result<Option<Credential>> {
    let owner = db
        .prepare_cached(
            "SELECT c.person_id, c.id FROM configuration s JOIN credential c ON c.id = s.credential_id WHERE s.id = ?1",
        )?
        .query_row([configuration.to_string()], |row| Ok((sql::uuid(row, 0)?, sql::uuid(row, 1)?)))
        .optional()?;
    owner.map_or(Ok(None), |(person, id)| find(db, person, id))
}

/// An account by its id alone, for calls that know no user.
pub fn by_id(db: &Connection, id: Uuid) -> rusqlite::Result<Option<Credential>> {
    let owner = db
        .prepare_cached("SELECT person_id FROM credential WHERE id = ?1")?
        .query_row([id.to_string()], |row| sql::uuid(row, 0))
        .optional()?;
    owner.map_or(Ok(None), |person| find(db, person, id))
}

/// Adds an account, or replaces what is stored of it. Configurations are not touched, but a new account gets its default one.
pub fn save(db: &Transaction<'_>, credential: &Credential) -> rusqlite::Result<()> {
    db.prepare_cached(&format!(
        "INSERT INTO credential ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
         ON CONFLICT (id) DO UPDATE SET status = ?4, provider_id = ?5, provider_data = ?6, external_id = ?7,
         secrets = ?8, updated = ?10, refreshed = ?11, valid_until = ?12, refresh_failures = ?13"
    ))?
    .execute(params![
        credential.id.to_string(),
        credential.person_id.to_string(),
        credential.integration_id.to_string(),
        credential.status.name(),
        credential.provider_id,
        sql::text(&credential.provider_data)?,
        credential.external_id,
        sql::text(&credential.secrets)?,
        credential.created,
        credential.updated,
        credential.refreshed,
        credential.valid_until,
        credential.refresh_failures,
    ])?;
    Ok(())
}

/// Marks an account as refused by its provider, unless its token was changed meanwhile.
pub fn mark_invalid(db: &Transaction<'_>, id: Uuid, seen_refreshed: i64, now: i64) -> rusqlite::Result<usize> {
    db.prepare_cached(
        "UPDATE credential SET status = 'INVALID', updated = ?3, refresh_failures = refresh_failures + 1
         WHERE id = ?1 AND refreshed = ?2",
    )?
    .execute(params![id.to_string(), seen_refreshed, now])
}

/// Stores a renewed token and nothing else, so that settings that changed meanwhile stay.
pub fn renew(
    db: &Transaction<'_>,
    id: Uuid,
    token: &Map<String, Value>,
    valid_until: Option<i64>,
    now: i64,
) -> rusqlite::Result<usize> {
    db.prepare_cached(
        "UPDATE credential SET secrets = json_set(secrets, '$.token', json(?2)), valid_until = ?3, refreshed = ?4,
         updated = ?4, refresh_failures = 0 WHERE id = ?1",
    )?
    .execute(params![id.to_string(), sql::text(token)?, valid_until, now])
}

/// Lets an access token end; 0 if it is one that does not.
pub fn expire(db: &Transaction<'_>, id: Uuid, now: i64) -> rusqlite::Result<usize> {
    db.prepare_cached("UPDATE credential SET valid_until = ?2 WHERE id = ?1 AND valid_until IS NOT NULL")?
        .execute(params![id.to_string(), now])
}

/// Removes an account with its settings.
pub fn remove(db: &Transaction<'_>, id: Uuid) -> rusqlite::Result<usize> {
    db.prepare_cached("DELETE FROM credential WHERE id = ?1")?.execute([id.to_string()])
}
