//! How API requests prove themselves. OAuth tokens are kept until they end, and rotated refresh tokens for good.

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::json;
use uuid::Uuid;

use super::Job;
use super::send::whole_address;
use crate::app::App;
use crate::config::Authorization;
use crate::config::step::{RequestAuthorization, TokenClient};
use crate::http::ApiError;
use crate::oauth::client::{self, Grant};
use crate::provider::Proof;
use crate::store::request_token::{self, RequestToken};
use crate::workflow::values::Scope;

/// A token with less than this left is not used.
const MARGIN_MS: i64 = 30_000;

/// What a request carries.
#[derive(Default)]
pub struct Authorized {
    /// Headers or parameters.
    pub proof: Proof,
    /// The kept token that it is made of.
    pub kept: Option<String>,
}

/// The proof that a step asks for; `host` is whom errors name.
pub async fn proof(
    job: &Job<'_>,
    scope: &Scope<'_>,
    wanted: &RequestAuthorization,
    host: &str,
) -> Result<Authorized, ApiError> {
    let fill = |text: &str| Ok(scope.text(text));
    let simple = |authorization: Authorization| {
        let proof = Proof::of(&authorization, host, fill)?;
        Ok(Authorized { proof, kept: None })
    };
    let (client, grant) = match wanted {
        RequestAuthorization::None => return Ok(Authorized::default()),
        RequestAuthorization::Bearer { token } => return simple(Authorization::Bearer { token: token.clone() }),
        RequestAuthorization::Basic { username, password } => {
            return simple(Authorization::Basic { username: username.clone(), password: password.clone() });
        }
        RequestAuthorization::Query { name, value } => {
            return simple(Authorization::Query { name: name.clone(), value: value.clone() });
        }
        RequestAuthorization::Header { name, value } => {
            return simple(Authorization::Header { name: name.clone(), value: value.clone() });
        }
        RequestAuthorization::ClientCredentials { client } => (client, Grant::ClientCredentials),
        RequestAuthorization::RefreshToken { client, refresh_token } => {
            (client, Grant::RefreshToken(scope.text(refresh_token)))
        }
        RequestAuthorization::Password { client, username, password } => {
            (client, Grant::Password(scope.text(username), scope.text(password)))
        }
    };
    let (token, key) = token(job, scope, client, grant).await?;
    // The token is a value, not a template.
    let proof = Proof::of(&Authorization::Bearer { token }, host, |text| Ok(text.to_owned()))?;
    Ok(Authorized { proof, kept: Some(key) })
}

/// Lets the next request ask for a new token.
pub async fn forget(app: &App, key: &str) -> Result<(), ApiError> {
    let key = key.to_owned();
    Ok(app.store.write(move |db| request_token::expire(db, &key)).await?)
}

async fn token(
    job: &Job<'_>,
    scope: &Scope<'_>,
    wanted: &TokenClient,
    mut grant: Grant,
) -> Result<(String, String), ApiError> {
    let app = job.app;
    let endpoint = whole_address(&scope.address(&wanted.token_url))?;
    let host = endpoint.host_str().unwrap_or_default().to_owned();
    if !app.config.project.private_targets {
        crate::provider::guard::check(&endpoint)?;
    }
    let (id, secret) = (scope.text(&wanted.client_id), scope.text(&wanted.client_secret));
    let scopes: Vec<String> = wanted.scopes.iter().map(|one| scope.text(one)).collect();
    client::carried(&id, &secret, &[]).iter().for_each(|form| job.redactor.add(form));
    match &grant {
        Grant::ClientCredentials => {}
        Grant::RefreshToken(token) => job.redactor.add(token),
        Grant::Password(_, password) => job.redactor.add(password),
    }
    // Whatever the token depends on is in its key, so that no two ever share one by mistake.
    let facts = json!([endpoint.as_str(), id, secret, scopes, grant.facts()]).to_string();
    let key = hex::encode(digest(&SHA256, facts.as_bytes()));

    // One at a time: of two that use the same refresh token at once, a careful server refuses both.
    let lock = app.renewal_lock(Uuid::new_v5(&app.project.id, key.as_bytes()));
    let _held = lock.lock().await;
    let wanted_key = key.clone();
    let kept = app.store.read(move |db| request_token::find(db, &wanted_key)).await?;
    let now = app.clock.now_ms();
    if let Some(kept) = &kept
        && kept.valid_until.is_some_and(|until| until - now > MARGIN_MS)
    {
        job.redactor.add(&kept.access_token);
        return Ok((kept.access_token.clone(), key));
    }
    let rotated = kept.and_then(|kept| kept.refresh_token);
    if let (Grant::RefreshToken(current), Some(rotated)) = (&mut grant, rotated.clone()) {
        *current = rotated;
    }
    let client = client::TokenClient {
        endpoint,
        auth: wanted.client_auth,
        id,
        secret,
        scopes,
        integration: job.integration.key(),
        secrets: job.redactor.all(),
    };
    let answer = client::token(app, client, &grant).await.map_err(|failure| failure.into_plain(&host))?;
    let text = |name: &str| answer.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    let token = RequestToken {
        access_token: text("access_token").unwrap_or_default(),
        refresh_token: matches!(grant, Grant::RefreshToken(_)).then(|| text("refresh_token").or(rotated)).flatten(),
        valid_until: client::lifetime(&answer).map(|seconds| now + seconds as i64 * 1000),
    };
    job.redactor.add(&token.access_token);
    job.redactor.add(token.refresh_token.as_deref().unwrap_or_default());
    let (stored, stored_key) = (token.clone(), key.clone());
    app.store.write(move |db| request_token::keep(db, &stored_key, &stored)).await?;
    Ok((token.access_token, key))
}
