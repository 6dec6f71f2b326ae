//! Grants, codes and tokens in the database. Each function is one transaction; only hashes are stored.

use rusqlite::{OptionalExtension, Transaction, params};

use super::request::AuthorizeRequest;
use crate::{db::Db, secret};

const CODE_LIFETIME: i64 = 60 * 1000;
const REFRESH_LIFETIME: i64 = 90 * 24 * 3600 * 1000;

/// What a token or code was given for.
#[derive(Clone)]
pub struct Grant {
    pub id: i64,
    pub person: String,
    pub scope: String,
    pub refreshable: bool,
    pub revoked: bool,
}

/// The tokens of one answer.
pub struct Issued {
    pub access: String,
    pub refresh: Option<String>,
    pub scope: String,
    pub person: String,
}

/// Who may be given tokens, and of what kind.
pub struct Terms<'a> {
    pub realm: &'a str,
    pub client: &'a str,
    pub prefix: &'a str,
    /// Seconds.
    pub lifetime: u32,
}

/// Stores the person's consent and gives a code for it.
pub fn grant(
    db: &Db,
    realm: &str,
    person: &str,
    request: &AuthorizeRequest,
    refreshable: bool,
) -> rusqlite::Result<String> {
    let code = secret::random();
    db.with(|tx| {
        tx.execute(
            "INSERT INTO grants (realm, client, person, scope, refreshable, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![realm, request.client, person, request.scopes.join(" "), refreshable, db.now()],
        )?;
        tx.execute(
            "INSERT INTO codes (hash, grant_id, redirect_uri, challenge, expires) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                secret::hash(&code),
                tx.last_insert_rowid(),
                request.redirect_uri,
                request.challenge.as_deref().unwrap_or_default(),
                db.now() + CODE_LIFETIME
            ],
        )
    })?;
    Ok(code)
}

/// Exchanges a code. Any attempt by the right client uses it up, so that a verifier cannot be guessed; a second one
/// revokes what the first gave out. The inner error is the reason for `invalid_grant`.
pub fn exchange(
    db: &Db,
    terms: &Terms<'_>,
    code: &str,
    redirect_uri: &str,
    verifier: Option<&str>,
) -> rusqlite::Result<Result<Issued, &'static str>> {
    db.with(|tx| {
        let hash = secret::hash(code);
        let found = tx
            .query_row(
                "SELECT grant_id, redirect_uri, challenge, expires, used FROM codes WHERE hash = ?1",
                [&hash],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
            )
            .optional()?;
        let Some((grant_id, asked_uri, challenge, expires, used)) = found else {
            return Ok(Err("The code is unknown."));
        };
        let (asked_uri, challenge): (String, String) = (asked_uri, challenge);
        let Some(grant) = find_grant(tx, grant_id, terms)? else {
            return Ok(Err("The code is unknown."));
        };
        let used: Option<i64> = used;
        if used.is_some() {
            revoke(tx, grant.id, db.now())?;
            return Ok(Err("The code was used before. The tokens it gave out are revoked."));
        }
        tx.execute("UPDATE codes SET used = ?2 WHERE hash = ?1", params![hash, db.now()])?;
        let expires: i64 = expires;
        if grant.revoked {
            Ok(Err("The access was revoked."))
        } else if expires <= db.now() {
            Ok(Err("The code has expired; it lives for 60 seconds."))
        } else if asked_uri != redirect_uri {
            Ok(Err("The redirect_uri is not the one the code was asked for."))
        } else if !fits(&challenge, verifier) {
            Ok(Err("The code_verifier does not fit the code_challenge."))
        } else {
            let scope = grant.scope.clone();
            issue(tx, grant, terms, scope, db.now()).map(Ok)
        }
    })
}

/// A code without a challenge is one of the marketplace's: then there is no verifier either (RFC 9700, section 4.8.2).
fn fits(challenge: &str, verifier: Option<&str>) -> bool {
    match verifier {
        Some(verifier) => secret::equal(challenge, &secret::sha256_base64url(verifier)),
        None => challenge.is_empty(),
    }
}

/// Why a refresh is refused.
pub enum RefreshRefused {
    Grant(&'static str),
    Scope,
}

/// Exchanges a refresh token for a new pair. An old one, used again, revokes the whole family: either its owner or a
/// thief holds a copy, and the server cannot tell which.
pub fn refresh(
    db: &Db,
    terms: &Terms<'_>,
    token: &str,
    narrower: Option<&str>,
) -> rusqlite::Result<Result<Issued, RefreshRefused>> {
    let refuse = |reason| Ok(Err(RefreshRefused::Grant(reason)));
    db.with(|tx| {
        let hash = secret::hash(token);
        let found: Option<(i64, i64, Option<i64>)> = tx
            .query_row(
                "SELECT grant_id, expires, rotated FROM tokens WHERE hash = ?1 AND kind = 'refresh'",
                [&hash],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let Some((grant_id, expires, rotated)) = found else { return refuse("The refresh token is unknown.") };
        let Some(grant) = find_grant(tx, grant_id, terms)? else { return refuse("The refresh token is unknown.") };
        if rotated.is_some() {
            revoke(tx, grant.id, db.now())?;
            return refuse("The refresh token was used before. All tokens of this connection are revoked.");
        }
        if grant.revoked {
            return refuse("The access was revoked.");
        }
        if expires <= db.now() {
            return refuse("The refresh token has expired.");
        }
        let scope = match narrower {
            None => grant.scope.clone(),
            Some(asked) if asked.split([' ', ',']).all(|name| grant.scope.split(' ').any(|held| held == name)) => {
                asked.replace(',', " ")
            }
            Some(_) => return Ok(Err(RefreshRefused::Scope)),
        };
        tx.execute("UPDATE tokens SET rotated = ?2 WHERE hash = ?1", params![hash, db.now()])?;
        issue(tx, grant, terms, scope, db.now()).map(Ok)
    })
}

/// Revokes the connection that a token belongs to. `false` if the token is another client's.
pub fn revoke_token(db: &Db, terms: &Terms<'_>, token: &str) -> rusqlite::Result<bool> {
    db.with(|tx| {
        let found: Option<(i64, String, String)> = tx
            .query_row(
                "SELECT grants.id, realm, client FROM tokens JOIN grants ON grants.id = grant_id WHERE hash = ?1",
                [secret::hash(token)],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        match found {
            Some((id, realm, client)) if realm == terms.realm => {
                if client != terms.client {
                    return Ok(false);
                }
                revoke(tx, id, db.now()).map(|()| true)
            }
            _ => Ok(true),
        }
    })
}

pub fn revoke_grant(db: &Db, id: i64) -> rusqlite::Result<()> {
    db.with(|tx| revoke(tx, id, db.now()))
}

pub fn revoke_all(db: &Db) -> rusqlite::Result<()> {
    db.with(|tx| tx.execute("UPDATE grants SET revoked = ?1 WHERE revoked IS NULL", [db.now()])).map(drop)
}

fn revoke(tx: &Transaction<'_>, id: i64, now: i64) -> rusqlite::Result<()> {
    tx.execute("UPDATE grants SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL", params![id, now]).map(drop)
}

/// The grant, if it is of this realm and client; to anyone else it does not exist.
fn find_grant(tx: &Transaction<'_>, id: i64, terms: &Terms<'_>) -> rusqlite::Result<Option<Grant>> {
    tx.query_row(
        "SELECT id, person, scope, refreshable, revoked IS NOT NULL FROM grants
         WHERE id = ?1 AND realm = ?2 AND client = ?3",
        params![id, terms.realm, terms.client],
        read_grant,
    )
    .optional()
}

fn read_grant(row: &rusqlite::Row<'_>) -> rusqlite::Result<Grant> {
    Ok(Grant {
        id: row.get(0)?,
        person: row.get(1)?,
        scope: row.get(2)?,
        refreshable: row.get(3)?,
        revoked: row.get(4)?,
    })
}

fn issue(tx: &Transaction<'_>, grant: Grant, terms: &Terms<'_>, scope: String, now: i64) -> rusqlite::Result<Issued> {
    let access = format!("{}{}", terms.prefix, secret::random());
    let refresh = grant.refreshable.then(secret::random);
    let mut insert =
        tx.prepare_cached("INSERT INTO tokens (hash, grant_id, kind, scope, expires) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let expires = now + i64::from(terms.lifetime) * 1000;
    insert.execute(params![secret::hash(&access), grant.id, "access", scope, expires])?;
    if let Some(refresh) = &refresh {
        insert.execute(params![secret::hash(refresh), grant.id, "refresh", grant.scope, now + REFRESH_LIFETIME])?;
    }
    Ok(Issued { access, refresh, scope, person: grant.person })
}

/// An access token as stored: its grant (with the token's own scope), its realm and when it ends.
pub struct Held {
    pub grant: Grant,
    pub realm: String,
    pub expires: i64,
}

pub fn find_access(db: &Db, token: &str) -> rusqlite::Result<Option<Held>> {
    db.with(|tx| {
        tx.query_row(
            "SELECT grants.id, person, tokens.scope, refreshable, revoked IS NOT NULL, realm, expires
             FROM tokens JOIN grants ON grants.id = grant_id WHERE hash = ?1 AND kind = 'access'",
            [secret::hash(token)],
            |row| Ok(Held { grant: read_grant(row)?, realm: row.get(5)?, expires: row.get(6)? }),
        )
        .optional()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: Terms<'static> = Terms { realm: "slack", client: "c", prefix: "", lifetime: 3600 };
    const VERIFIER: &str = "0123456789012345678901234567890123456789abc";

    fn database_with_code() -> (Db, String) {
        let db = Db::open(None, crate::machine_clock()).expect("a database");
        let request = AuthorizeRequest {
            client: "c".into(),
            redirect_uri: "http://r.test/".into(),
            scopes: vec!["s".into()],
            state: None,
            challenge: secret::sha256_base64url(VERIFIER),
            offline: true,
        };
        let code = grant(&db, "slack", "ada", &request, true).expect("a code");
        (db, code)
    }

    fn pass_time(db: &Db, milliseconds: i64) {
        db.with(|tx| {
            tx.execute("UPDATE codes SET expires = expires - ?1", [milliseconds])?;
            tx.execute("UPDATE tokens SET expires = expires - ?1", [milliseconds])
        })
        .expect("updates");
    }

    #[test]
    fn a_code_lives_sixty_seconds() {
        for (passed, works) in [(55_000, true), (60_000, false)] {
            let (db, code) = database_with_code();
            pass_time(&db, passed);
            let result = exchange(&db, &TERMS, &code, "http://r.test/", VERIFIER).expect("no fault");
            assert_eq!(result.is_ok(), works, "after {passed} ms");
        }
    }

    #[test]
    fn a_refresh_token_ends_too() {
        for (passed, works) in [(REFRESH_LIFETIME - 5000, true), (REFRESH_LIFETIME, false)] {
            let (db, code) = database_with_code();
            let Ok(issued) = exchange(&db, &TERMS, &code, "http://r.test/", VERIFIER).expect("no fault") else {
                panic!("the code is good");
            };
            pass_time(&db, passed);
            let result = refresh(&db, &TERMS, &issued.refresh.expect("a token"), None).expect("no fault");
            assert_eq!(result.is_ok(), works, "after {passed} ms");
        }
    }
}
