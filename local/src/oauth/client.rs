//! Token requests, by the `oauth2` library.

use std::time::Duration;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AccessToken, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, ResourceOwnerPassword,
    ResourceOwnerUsername, Scope, StandardRevocableToken, TokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::form_urlencoded::byte_serialize;

use super::transport::{Failure, Transport, Trouble, failure};
use crate::app::App;
use crate::config::{ClientAuth, Integration, OAuth};
use crate::fault::Purpose;
use crate::http::ApiError;
use crate::provider::{self, About, address};
use crate::store::credential::Secrets;

/// A token endpoint's answer; everything that the provider sent is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Answer {
    access_token: AccessToken,
    #[serde(default = "bearer")]
    token_type: BasicTokenType,
    refresh_token: Option<RefreshToken>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn bearer() -> BasicTokenType {
    BasicTokenType::Bearer
}

impl TokenResponse for Answer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        lifetime(&self.rest).map(Duration::from_secs)
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

type Client<Authorize = EndpointSet> = oauth2::Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    Authorize,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Where to send the user, with what the callback will need.
pub struct Start {
    /// The address.
    pub url: String,
    /// The state in it.
    pub state: String,
    /// The PKCE verifier that belongs to it.
    pub verifier: Option<String>,
}

/// Makes an authorization address.
pub fn start(integration: &Integration, oauth: &OAuth, context: &Value, redirect_uri: &str) -> Result<Start, ApiError> {
    let client = client(integration, oauth, context, Some(redirect_uri))?;
    let mut request =
        client.authorize_url(CsrfToken::new_random).add_scopes(oauth.scopes.iter().cloned().map(Scope::new));
    for (key, value) in &oauth.authorize_parameters {
        request = request.add_extra_param(key.clone(), value.clone());
    }
    let mut verifier = None;
    if oauth.pkce {
        let (challenge, secret) = PkceCodeChallenge::new_random_sha256();
        request = request.set_pkce_challenge(challenge);
        verifier = Some(secret.into_secret());
    }
    let (url, state) = request.url();
    Ok(Start { url: url.into(), state: state.into_secret(), verifier })
}

/// Exchanges a code.
pub async fn exchange(
    app: &App,
    integration: &Integration,
    oauth: &OAuth,
    context: &Value,
    code: String,
    verifier: Option<String>,
    redirect_uri: &str,
) -> Result<Map<String, Value>, Failure> {
    let sent = [code.as_str(), verifier.as_deref().unwrap_or_default()];
    let transport = transport(app, integration, oauth, context, Purpose::Token, &sent);
    let client = client(integration, oauth, context, Some(redirect_uri)).map_err(Failure::Unusable)?;
    let mut request = client.exchange_code(AuthorizationCode::new(code));
    if let Some(verifier) = verifier {
        request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
    }
    for (key, value) in &oauth.token_parameters {
        request = request.add_extra_param(key.clone(), value.clone());
    }
    read(&transport, request.request_async(&transport).await)
}

/// Renews a token.
pub async fn refresh(
    app: &App,
    integration: &Integration,
    oauth: &OAuth,
    context: &Value,
    refresh_token: &str,
) -> Result<Map<String, Value>, Failure> {
    let transport = transport(app, integration, oauth, context, Purpose::Renewal, &[refresh_token]);
    let client = client(integration, oauth, context, None).map_err(Failure::Unusable)?;
    let token = RefreshToken::new(refresh_token.to_owned());
    let mut request = client.exchange_refresh_token(&token);
    for (key, value) in &oauth.token_parameters {
        request = request.add_extra_param(key.clone(), value.clone());
    }
    read(&transport, request.request_async(&transport).await)
}

/// Asks for a token with the end user's own client id and secret.
pub async fn client_credentials(
    app: &App,
    integration: &Integration,
    oauth: &OAuth,
    context: &Value,
) -> Result<Map<String, Value>, Failure> {
    let transport = transport(app, integration, oauth, context, Purpose::Renewal, &[]);
    let client = client(integration, oauth, context, None).map_err(Failure::Unusable)?;
    let mut request = client.exchange_client_credentials().add_scopes(oauth.scopes.iter().cloned().map(Scope::new));
    for (key, value) in &oauth.token_parameters {
        request = request.add_extra_param(key.clone(), value.clone());
    }
    read(&transport, request.request_async(&transport).await)
}

/// What a token is asked for with, beside the client's own proof.
pub enum Grant {
    /// Nothing else.
    ClientCredentials,
    /// A refresh token.
    RefreshToken(String),
    /// The password of a resource owner.
    Password(String, String),
}

impl Grant {
    /// Everything that tells two grants apart.
    pub fn facts(&self) -> Value {
        match self {
            Self::ClientCredentials => serde_json::json!(["client_credentials"]),
            Self::RefreshToken(token) => serde_json::json!(["refresh_token", token]),
            Self::Password(username, password) => serde_json::json!(["password", username, password]),
        }
    }
}

/// A client at a token endpoint that belongs to no integration.
pub struct TokenClient {
    /// The token endpoint.
    pub endpoint: url::Url,
    /// How the client proves itself there.
    pub auth: ClientAuth,
    /// Its id.
    pub id: String,
    /// And its secret; empty for a public client.
    pub secret: String,
    /// Scopes to ask for.
    pub scopes: Vec<String>,
    /// Name of the integration whose workflow asks.
    pub integration: String,
    /// What nobody is to see of what is sent.
    pub secrets: Vec<String>,
}

/// Asks a token endpoint for a token.
pub async fn token(app: &App, wanted: TokenClient, grant: &Grant) -> Result<Map<String, Value>, Failure> {
    let TokenClient { endpoint, auth, id, secret, scopes, integration, secrets } = wanted;
    let scopes = scopes.into_iter().map(Scope::new);
    let purpose = if matches!(grant, Grant::RefreshToken(_)) { Purpose::Renewal } else { Purpose::Token };
    let transport = Transport { app, client: app.outside(), integration, purpose, secrets };
    let client = at_endpoint(id, secret, TokenUrl::from_url(endpoint), auth);
    let answer = match grant {
        Grant::ClientCredentials => {
            client.exchange_client_credentials().add_scopes(scopes).request_async(&transport).await
        }
        Grant::RefreshToken(token) => {
            let token = RefreshToken::new(token.clone());
            client.exchange_refresh_token(&token).add_scopes(scopes).request_async(&transport).await
        }
        Grant::Password(username, password) => {
            let username = ResourceOwnerUsername::new(username.clone());
            let password = ResourceOwnerPassword::new(password.clone());
            client.exchange_password(&username, &password).add_scopes(scopes).request_async(&transport).await
        }
    };
    read(&transport, answer)
}

/// Ends the account's permission at the provider (RFC 7009), if it can be ended there.
pub async fn revoke(
    app: &App,
    integration: &Integration,
    oauth: &OAuth,
    context: &Value,
    token: &str,
) -> Result<(), ApiError> {
    let Some(revoke_url) = &oauth.revoke_url else {
        return Ok(());
    };
    let url = address("oauth.revokeUrl", revoke_url, integration, context)?;
    // The library refuses revocation over plain HTTP, which is what loopback speaks; the form is short enough.
    let mut form = vec![("token", token)];
    let mut request = app.reading.post(url);
    match oauth.client_auth {
        // Both parts are form-encoded before they are joined (RFC 6749, 2.3.1).
        ClientAuth::Basic => {
            let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            request = request.basic_auth(encode(&oauth.client_id), Some(encode(&oauth.client_secret)));
        }
        ClientAuth::Body => {
            form.push(("client_id", &oauth.client_id));
            if !oauth.client_secret.is_empty() {
                form.push(("client_secret", &oauth.client_secret));
            }
        }
    }
    let about = About { integration: integration.key(), purpose: Purpose::Revocation, secrets: vec![token.to_owned()] };
    let answer = provider::send_out(app, request.form(&form), about)
        .await
        .map_err(|error| provider::unreachable(&integration.name, error))?;
    if answer.status().is_success() {
        return Ok(());
    }
    Err(ApiError::new(
        StatusCode::BAD_GATEWAY,
        "revocation_failed",
        format!("{} answered {} to the revocation.", integration.name, answer.status()),
    )
    .from_integration())
}

/// The token whose end ends the permission: the refresh token, if there is one.
pub fn lasting_token(secrets: &Secrets) -> Option<&str> {
    secrets.token_text("refresh_token").or(secrets.token_text("access_token"))
}

/// Seconds that an access token lives, if the answer says so.
pub fn lifetime(token: &Map<String, Value>) -> Option<u64> {
    let value = token.get("expires_in")?;
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn client(
    integration: &Integration,
    oauth: &OAuth,
    context: &Value,
    redirect_uri: Option<&str>,
) -> Result<Client, ApiError> {
    let url = |what: &str, text: &str| address(what, text, integration, context);
    let (id, secret) = own(oauth, context);
    let token_url = TokenUrl::from_url(url("oauth.tokenUrl", &oauth.token_url)?);
    let mut client = at_endpoint(id, secret, token_url, oauth.client_auth)
        .set_auth_uri(AuthUrl::from_url(url("oauth.authorizeUrl", &oauth.authorize_url)?));
    if let Some(uri) = redirect_uri {
        let uri = RedirectUrl::new(uri.to_owned())
            .map_err(|_| ApiError::bad("redirect_invalid", "The redirect address is not an address."))?;
        client = client.set_redirect_uri(uri);
    }
    Ok(client)
}

/// Id and secret of the client: those of the project file, or the ones that the user entered.
fn own(oauth: &OAuth, context: &Value) -> (String, String) {
    if !oauth.client_id.is_empty() {
        return (oauth.client_id.clone(), oauth.client_secret.clone());
    }
    let entered = |key: &str| context["inputs"][key].as_str().unwrap_or_default().to_owned();
    (entered("clientId"), entered("clientSecret"))
}

/// What sends a token request of an integration's client. `sent` is what it carries beside the client's own proof.
fn transport<'a>(
    app: &'a App,
    integration: &Integration,
    oauth: &OAuth,
    context: &Value,
    purpose: Purpose,
    sent: &[&str],
) -> Transport<'a> {
    let (id, secret) = own(oauth, context);
    Transport {
        app,
        client: &app.reading,
        integration: integration.key(),
        purpose,
        secrets: carried(&id, &secret, sent),
    }
}

/// What a token endpoint has answered.
fn read(
    transport: &Transport<'_>,
    answer: Result<Answer, RequestTokenError<Trouble, BasicErrorResponse>>,
) -> Result<Map<String, Value>, Failure> {
    let answer = answer.map_err(|error| failure(error, &transport.secrets))?;
    let mut members = answer.rest;
    members.insert("access_token".into(), answer.access_token.secret().clone().into());
    if let Some(token) = answer.refresh_token {
        members.insert("refresh_token".into(), token.secret().clone().into());
    }
    Ok(members)
}

/// What a token request carries, in the forms in which it does. A server that complains may repeat it.
pub fn carried(id: &str, secret: &str, more: &[&str]) -> Vec<String> {
    let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = STANDARD.encode(format!("{}:{}", encode(id), encode(secret)));
    let values = more.iter().chain([&secret]).filter(|text| !text.is_empty());
    values.flat_map(|text| [(*text).to_owned(), encode(text)]).chain([pair]).collect()
}

fn at_endpoint(id: String, secret: String, token_url: TokenUrl, auth: ClientAuth) -> Client<EndpointNotSet> {
    let client = oauth2::Client::new(ClientId::new(id)).set_token_uri(token_url).set_auth_type(match auth {
        ClientAuth::Basic => AuthType::BasicAuth,
        ClientAuth::Body => AuthType::RequestBody,
    });
    if secret.is_empty() { client } else { client.set_client_secret(ClientSecret::new(secret)) }
}
