//! The browser's session: a random cookie, whose hash is stored with the person who signed in last.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use rusqlite::{OptionalExtension, params};

use crate::{secret, state::AppState};

const LIFETIME_SECONDS: i64 = 30 * 24 * 3600;

/// One browser.
pub struct Session {
    pub token: String,
    /// Who signed in last.
    pub person: Option<String>,
    /// To be set, if the browser did not have it yet.
    cookie: Option<String>,
}

impl Session {
    /// The browser's session, if it has one.
    pub fn read(state: &AppState, headers: &HeaderMap) -> rusqlite::Result<Option<Self>> {
        let name = cookie_name(state);
        for token in cookies(headers).filter(|(key, _)| *key == name).map(|(_, value)| value) {
            let oldest = state.now() - LIFETIME_SECONDS * 1000;
            let found: Option<Option<String>> = state.db().with(|tx| {
                tx.query_row(
                    "SELECT person FROM sessions WHERE hash = ?1 AND created > ?2",
                    params![secret::hash(token), oldest],
                    |row| row.get(0),
                )
                .optional()
            })?;
            if let Some(person) = found {
                return Ok(Some(Self { token: token.to_owned(), person, cookie: None }));
            }
        }
        Ok(None)
    }

    pub fn read_or_begin(state: &AppState, headers: &HeaderMap) -> rusqlite::Result<Self> {
        if let Some(session) = Self::read(state, headers)? {
            return Ok(session);
        }
        let token = secret::random();
        state.db().with(|tx| {
            tx.execute("DELETE FROM sessions WHERE created <= ?1", [state.now() - LIFETIME_SECONDS * 1000])?;
            tx.execute(
                "INSERT INTO sessions (hash, created) VALUES (?1, ?2)",
                params![secret::hash(&token), state.now()],
            )
        })?;
        // Lax, not Strict: a client's page opens the consent page, and the person should be remembered there.
        let cookie = format!(
            "{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={LIFETIME_SECONDS}{}",
            cookie_name(state),
            if state.base().starts_with("https:") { "; Secure" } else { "" }
        );
        Ok(Self { token, person: None, cookie: Some(cookie) })
    }

    /// Proof that a form was made for this browser and this purpose. The cookie cannot be read by pages, so nobody
    /// else can work it out.
    pub fn form_token(&self, purpose: &str) -> String {
        secret::sha256_base64url(&format!("form:{purpose}:{}", self.token))
    }

    pub fn remember(&self, state: &AppState, person: &str) -> rusqlite::Result<()> {
        state
            .db()
            .with(|tx| {
                tx.execute(
                    "UPDATE sessions SET person = ?2 WHERE hash = ?1",
                    params![secret::hash(&self.token), person],
                )
            })
            .map(drop)
    }

    /// Sets the cookie if it is new.
    pub fn attach(&self, mut page: Response) -> Response {
        if let Some(value) = self.cookie.as_deref().and_then(|cookie| HeaderValue::from_str(cookie).ok()) {
            page.headers_mut().append(header::SET_COOKIE, value);
        }
        page
    }
}

/// Cookies are shared by all ports of a host, so that the name holds the port: two sandboxes must not end each other's
/// sessions.
fn cookie_name(state: &AppState) -> String {
    format!("sandbox_session_{}", state.port())
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}
