//! Checking the access token of an API call. How a refusal looks is each app's own matter.

use axum::http::{HeaderMap, header};

use super::{grants, realm::Realm};
use crate::{
    fault::Fault,
    people::{self, Person},
    state::AppState,
};

/// Who calls an API, and with which permissions.
pub struct Access {
    pub grant: i64,
    pub person: &'static Person,
    scope: String,
}

impl Access {
    pub fn has(&self, scope: &str) -> bool {
        self.scopes().any(|held| held == scope)
    }

    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split(' ')
    }
}

/// Why a call is refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Denied {
    Missing,
    Unknown,
    Expired,
    Revoked,
}

/// The token of a `Bearer` header.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Looks the token up. It counts only in the realm that it was given out for.
pub fn check(state: &AppState, realm: &Realm, token: Option<&str>) -> Result<Result<Access, Denied>, Fault> {
    let Some(token) = token else {
        return Ok(Err(Denied::Missing));
    };
    Ok(match grants::find_access(state.db(), token)? {
        Some(held) if held.realm == realm.key => {
            if held.grant.revoked {
                Err(Denied::Revoked)
            } else if held.expires <= state.now() {
                Err(Denied::Expired)
            } else {
                Ok(Access { grant: held.grant.id, person: people::of(&held.grant.person), scope: held.grant.scope })
            }
        }
        _ => Err(Denied::Unknown),
    })
}
