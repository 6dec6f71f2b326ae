//! An authorize request: what may be shown to a person, and what is refused, and how.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{params::Params, realm::Realm};
use crate::{Client, state::AppState};

/// A request that is fit to be put to a person. Stored while the consent page is open.
#[derive(Clone, Serialize, Deserialize)]
pub struct AuthorizeRequest {
    pub client: String,
    pub redirect_uri: String,
    pub scopes: Vec<String>,
    pub state: Option<String>,
    /// `None` for an install that began at the marketplace, where nobody could have made one.
    pub challenge: Option<String>,
    pub offline: bool,
}

/// How a request is refused.
pub enum Refused {
    /// On a page: nobody can be trusted with a redirect (RFC 6749, section 4.1.2.1).
    Here(String),
    /// At the client's redirect address.
    Redirect(String),
}

pub fn read(state: &AppState, realm: &Realm, query: &str) -> Result<AuthorizeRequest, Refused> {
    let params = Params::parse(query.as_bytes()).map_err(Refused::Here)?;
    let (client_id, redirect_uri) = trusted(state, &params, |client| &client.redirect_uris).map_err(Refused::Here)?;
    rest(realm, &params, client_id, redirect_uri).map_err(|(error, description)| {
        Refused::Redirect(redirect(
            redirect_uri,
            &[("error", error), ("error_description", &description)],
            params.get("state"),
        ))
    })
}

/// An install that begins at the app's marketplace page: the page itself asks, for all that is usual.
pub fn install(state: &AppState, realm: &Realm, query: &str) -> Result<AuthorizeRequest, String> {
    let params = Params::parse(query.as_bytes())?;
    let (client, redirect_uri) = trusted(state, &params, |client| &client.install_uris)?;
    let defaults = realm.app.scopes.iter().filter(|scope| scope.default);
    Ok(AuthorizeRequest {
        client: client.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        scopes: defaults.map(|scope| scope.name.to_owned()).collect(),
        state: params.get("state").map(str::to_owned),
        challenge: None,
        offline: true,
    })
}

/// The client, and an address that is registered for it. The reason, if nobody can be trusted with a redirect.
fn trusted<'p>(
    state: &AppState,
    params: &'p Params,
    registered: impl Fn(&Client) -> &Vec<String>,
) -> Result<(&'p str, &'p str), String> {
    let client_id = params.need("client_id")?;
    let client = state
        .client(client_id)
        .ok_or_else(|| format!("No app with the client id \"{client_id}\" is registered here."))?;
    let redirect_uri = params.need("redirect_uri")?;
    if !registered(client).iter().any(|known| known == redirect_uri) {
        return Err(format!(
            "The redirect address \"{redirect_uri}\" is not registered for \"{client_id}\". It must equal a registered one, character by character."
        ));
    }
    Ok((client_id, redirect_uri))
}

/// What may be answered by a redirect when it is wrong.
fn rest(
    realm: &Realm,
    params: &Params,
    client: &str,
    redirect_uri: &str,
) -> Result<AuthorizeRequest, (&'static str, String)> {
    let invalid = |text: &str| ("invalid_request", text.to_owned());
    match params.need("response_type").map_err(|text| invalid(&text))? {
        "code" => {}
        _ => {
            return Err(("unsupported_response_type", "Only response_type=code is supported.".to_owned()));
        }
    }
    if params.get("response_mode").is_some_and(|mode| mode != "query") {
        return Err(invalid("Only response_mode=query is supported."));
    }
    let challenge = params
        .get("code_challenge")
        .ok_or_else(|| invalid("PKCE is required: send code_challenge and code_challenge_method=S256."))?;
    // RFC 7636 reads a missing method as "plain".
    if params.get("code_challenge_method") != Some("S256") {
        return Err(invalid("Only code_challenge_method=S256 is supported."));
    }
    if challenge.len() != 43 || !challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        return Err(invalid("The code_challenge is not a SHA-256 value in base64url."));
    }
    if let Some(audience) = realm.app.audience
        && params.get("audience") != Some(audience)
    {
        return Err(invalid(&format!("The parameter audience must be \"{audience}\".")));
    }
    Ok(AuthorizeRequest {
        client: client.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        scopes: scopes(realm, params.get("scope"))?,
        state: params.get("state").map(str::to_owned),
        challenge: Some(challenge.to_owned()),
        offline: params.get("access_type") == Some("offline"),
    })
}

/// The scopes asked for, in the app's order; its default ones if there are none.
fn scopes(realm: &Realm, asked: Option<&str>) -> Result<Vec<String>, (&'static str, String)> {
    let known = realm.app.scopes;
    let names: Vec<&str> = asked.unwrap_or_default().split([' ', ',']).filter(|name| !name.is_empty()).collect();
    if let Some(unknown) = names.iter().find(|name| !known.iter().any(|scope| scope.name == **name)) {
        return Err(("invalid_scope", format!("The scope \"{unknown}\" does not exist here.")));
    }
    let granted =
        known.iter().filter(|scope| if names.is_empty() { scope.default } else { names.contains(&scope.name) });
    Ok(granted.map(|scope| scope.name.to_owned()).collect())
}

/// The client's redirect address with the answer in its query.
pub fn redirect(redirect_uri: &str, answer: &[(&str, &str)], state: Option<&str>) -> String {
    let Ok(mut url) = Url::parse(redirect_uri) else {
        // Registered addresses are parsed at the start, so only an exact match of one of those comes here.
        return redirect_uri.to_owned();
    };
    url.query_pairs_mut().extend_pairs(answer).extend_pairs(state.map(|state| ("state", state)));
    url.into()
}
