//! The token endpoint: codes and refresh tokens become access tokens.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use super::{
    client,
    grants::{self, Issued, RefreshRefused, Terms},
    params::Params,
    realm::Realm,
};
use crate::{fault::Fault, people, state::AppState};

/// An error answer of RFC 6749, section 5.2.
pub struct Refusal {
    status: StatusCode,
    error: &'static str,
    description: String,
}

impl Refusal {
    pub fn new(error: &'static str, description: &str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error, description: description.to_owned() }
    }

    pub fn request(description: &str) -> Self {
        Self::new("invalid_request", description)
    }

    pub fn grant(description: &str) -> Self {
        Self::new("invalid_grant", description)
    }

    pub fn client(description: &str) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::new("invalid_client", description) }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        // `ok` is what clients of the chat app look at; others ignore it.
        let body = json!({ "ok": false, "error": self.error, "error_description": self.description });
        let mut response = super::no_store((self.status, Json(body)));
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"token\""));
        }
        response
    }
}

/// Reads the body of a token or revocation request.
pub fn read_params(realm: &Realm, headers: &HeaderMap, body: &[u8]) -> Result<Params, Refusal> {
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let params = match declared.split(';').next().unwrap_or_default().trim() {
        "application/x-www-form-urlencoded" => Params::parse(body),
        "application/json" if realm.app.key == "jira" => Params::from_json(body),
        other => Err(format!("The content type \"{other}\" is not supported; send application/x-www-form-urlencoded.")),
    };
    params.map_err(|reason| Refusal::request(&reason))
}

pub async fn issue(
    State(state): State<AppState>,
    realm: Realm,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let lifetime = state.settings().access_token_lifetime;
    match tokens(&state, &realm, lifetime, &headers, &body)? {
        Ok(issued) => Ok(super::no_store(Json(answer(&state, &realm, lifetime, issued)))),
        Err(refusal) => Ok(refusal.into_response()),
    }
}

fn tokens(
    state: &AppState,
    realm: &Realm,
    lifetime: u32,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Result<Issued, Refusal>, Fault> {
    let prepared = read_params(realm, headers, body)
        .and_then(|params| client::authenticate(state, headers, &params).map(|client| (params, client)));
    let (params, client) = match prepared {
        Ok(pair) => pair,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let terms = Terms { realm: &realm.key, client: &client.id, prefix: realm.app.token_prefix, lifetime };
    match params.get("grant_type") {
        Some("authorization_code") => exchange(state, &terms, &params),
        Some("refresh_token") => refresh(state, &terms, &params),
        Some(other) => Ok(Err(Refusal::new(
            "unsupported_grant_type",
            &format!("The grant type \"{other}\" is not supported; authorization_code and refresh_token are."),
        ))),
        None => Ok(Err(Refusal::request("The parameter \"grant_type\" is missing."))),
    }
}

fn exchange(state: &AppState, terms: &Terms<'_>, params: &Params) -> Result<Result<Issued, Refusal>, Fault> {
    let needed = || Ok((params.need("code")?, params.need("redirect_uri")?));
    let (code, redirect_uri) = match needed() {
        Ok(values) => values,
        Err(reason) => {
            let reason: String = reason;
            return Ok(Err(Refusal::request(&reason)));
        }
    };
    let unreserved = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    let usable = |text: &str| (43..=128).contains(&text.len()) && text.bytes().all(unreserved);
    let verifier = params.get("code_verifier");
    if verifier.is_some_and(|text| !usable(text)) {
        return Ok(Err(Refusal::grant(
            "The code_verifier is not of the form that RFC 7636 gives (43 to 128 unreserved characters).",
        )));
    }
    Ok(grants::exchange(state.db(), terms, code, redirect_uri, verifier)?.map_err(Refusal::grant))
}

fn refresh(state: &AppState, terms: &Terms<'_>, params: &Params) -> Result<Result<Issued, Refusal>, Fault> {
    let token = match params.need("refresh_token") {
        Ok(token) => token,
        Err(reason) => return Ok(Err(Refusal::request(&reason))),
    };
    if state.settings().fail_refresh {
        return Ok(Err(Refusal::grant("Refreshing is switched off by the sandbox's control address (failRefresh).")));
    }
    Ok(grants::refresh(state.db(), terms, token, params.get("scope"))?.map_err(|refused| match refused {
        RefreshRefused::Grant(reason) => Refusal::grant(reason),
        RefreshRefused::Scope => {
            Refusal::new("invalid_scope", "A refresh cannot ask for scopes that were not granted.")
        }
    }))
}

fn answer(state: &AppState, realm: &Realm, lifetime: u32, issued: Issued) -> Map<String, Value> {
    let mut answer = (realm.app.token_extras)(state, realm, people::of(&issued.person));
    answer.insert("access_token".into(), issued.access.into());
    answer.insert("token_type".into(), "Bearer".into());
    answer.insert("expires_in".into(), lifetime.into());
    answer.insert("scope".into(), issued.scope.into());
    if let Some(refresh) = issued.refresh {
        answer.insert("refresh_token".into(), refresh.into());
    }
    answer
}
