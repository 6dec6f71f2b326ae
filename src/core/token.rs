//! The user token as the browser may judge it: readable, signed with RS256, not expired, naming a user. Whether the
//! signature is right only the platform can tell.

use super::failure::Fault;
use super::names::Name as N;
use super::value::{Text, Value};

/// The user's id in a usable token; otherwise what is wrong with it.
pub fn user_of<V: Value>(token: V, now_ms: f64) -> Result<V, Fault> {
    let refuse = Err;
    if !token.has_text() {
        return refuse(Fault::TOKEN_MISSING);
    }
    if token.text(Text::Pem).truthy() {
        return refuse(Fault::TOKEN_IS_A_KEY);
    }
    let claims = token.text(Text::Claims);
    let header = token.text(Text::JoseHeader);
    if !claims.is_object() || !header.is_object() {
        return refuse(Fault::TOKEN_UNREADABLE);
    }
    if !header.get(N::alg).is(N::RS256) {
        return refuse(Fault::TOKEN_UNSIGNED);
    }
    let expiry = claims.get(N::exp).as_number();
    if !expiry.is_finite() {
        return refuse(Fault::TOKEN_WITHOUT_EXPIRY);
    }
    if expiry * 1000.0 <= now_ms {
        return refuse(Fault::TOKEN_EXPIRED);
    }
    let user = claims.get(N::sub).or(claims.get(N::id));
    if user.truthy() { Ok(user) } else { refuse(Fault::TOKEN_WITHOUT_USER) }
}
