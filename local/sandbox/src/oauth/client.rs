//! Who calls the token and revocation endpoints: the client's id and secret, in HTTP Basic or in the body.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;

use super::{params::Params, token::Refusal};
use crate::{Client, secret, state::AppState};

pub fn authenticate<'s>(state: &'s AppState, headers: &HeaderMap, params: &Params) -> Result<&'s Client, Refusal> {
    let basic = headers.get(header::AUTHORIZATION).map(|value| value.to_str().ok().and_then(read_basic));
    let (id, given) = match basic {
        Some(None) => {
            return Err(Refusal::client("The Authorization header is not readable as HTTP Basic."));
        }
        Some(Some(_)) if params.get("client_secret").is_some() => {
            return Err(Refusal::request(
                "Send the client secret in the Authorization header or in the body, not in both.",
            ));
        }
        Some(Some((id, _))) if params.get("client_id").is_some_and(|other| other != id) => {
            return Err(Refusal::request("The client ids in the Authorization header and in the body differ."));
        }
        Some(Some(pair)) => pair,
        None => match (params.get("client_id"), params.get("client_secret")) {
            (Some(id), Some(secret)) => (id.to_owned(), secret.to_owned()),
            _ => {
                return Err(Refusal::client(
                    "The client did not prove itself: send client_id and client_secret, or HTTP Basic.",
                ));
            }
        },
    };
    match state.client(&id) {
        Some(client) if secret::equal(&client.secret, &given) => Ok(client),
        // One text for both, so that ids cannot be tried out.
        _ => Err(Refusal::client("The client id or its secret is wrong.")),
    }
}

/// Id and secret, each form-encoded inside the Basic value (RFC 6749, section 2.3.1).
fn read_basic(value: &str) -> Option<(String, String)> {
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((form_decode(id)?, form_decode(secret)?))
}

fn form_decode(text: &str) -> Option<String> {
    percent_decode_str(&text.replace('+', " ")).decode_utf8().ok().map(Into::into)
}
