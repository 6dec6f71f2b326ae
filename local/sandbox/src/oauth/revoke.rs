//! The revocation endpoint (RFC 7009). Either token ends the whole connection.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{
    client,
    grants::{self, Terms},
    realm::Realm,
    token::{Refusal, read_params},
};
use crate::{fault::Fault, state::AppState};

pub async fn revoke(
    State(state): State<AppState>,
    realm: Realm,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let prepared = read_params(&realm, &headers, &body).and_then(|params| {
        let client = client::authenticate(&state, &headers, &params)?;
        let token = params.need("token").map_err(|reason| Refusal::request(&reason))?.to_owned();
        Ok((client, token))
    });
    let (client, token) = match prepared {
        Ok(pair) => pair,
        Err(refusal) => return Ok(refusal.into_response()),
    };
    let terms = Terms { realm: &realm.key, client: &client.id, prefix: realm.app.token_prefix, lifetime: 0 };
    if grants::revoke_token(state.db(), &terms, &token)? {
        // Also for a token that is unknown: the client has what it wanted.
        Ok(super::no_store(StatusCode::OK))
    } else {
        Ok(Refusal::new("unauthorized_client", "The token was given to another client.").into_response())
    }
}
