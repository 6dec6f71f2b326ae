//! Requests of the platform's own: who is connected, which options are there.

use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};
use url::Url;

use super::{About, Failed, Proof, address, base, context, incomplete, send_out};
use crate::app::App;
use crate::config::{Integration, ProviderRequest, template};
use crate::fault::Purpose;
use crate::http::ApiError;
use crate::store::credential::Secrets;

/// Answers that the platform reads itself may be this long.
pub const READ_LIMIT: usize = 32 * 1024 * 1024;

/// A provider's answer.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its JSON; a text if it is none.
    pub body: Value,
}

/// Sends a request of the project file; `extra` adds to what its templates can name.
pub async fn send(
    app: &App,
    integration: &Integration,
    secrets: &Secrets,
    request: &ProviderRequest,
    extra: Map<String, Value>,
) -> Result<Answer, ApiError> {
    let own = context(app, secrets);
    let mut values = own.clone();
    if let Some(members) = values.as_object_mut() {
        members.extend(extra);
    }
    let mut url = if request.url.starts_with('/') {
        // Where the account's secret goes is not for the page to say: its own parameters do not count here.
        let base = base(integration, &own)?;
        let path = template::address(&request.url, &values)
            .map_err(|missing| incomplete(integration, "a request", &missing))?;
        Url::parse(&format!("{}{path}", base.as_str().trim_end_matches('/')))
            .map_err(|_| ApiError::bad("address_invalid", "A request of the project file has no usable address."))?
    } else {
        address("a request", &request.url, integration, &values)?
    };
    for (name, value) in &request.query {
        match template::text(value, &values) {
            Ok(value) if !value.is_empty() => {
                url.query_pairs_mut().append_pair(name, &value);
            }
            _ => {}
        }
    }
    let mut headers = HeaderMap::new();
    let proof = Proof::new(integration, &own)?;
    proof.apply(&mut url, &mut headers);
    let method = request.method.parse().unwrap_or(reqwest::Method::GET);
    let mut builder = app.reading.request(method, url).headers(headers).header("accept", "application/json");
    if let Some(body) = &request.body {
        let body = template::json(body, &values)
            .map_err(|missing| incomplete(integration, "the body of a request", &missing))?;
        builder = builder.json(&body);
    }
    let mut secrets = proof.secrets();
    secrets.extend(values["webhook"]["secret"].as_str().map(str::to_owned));
    let about = About { integration: integration.key(), purpose: Purpose::Call, secrets };
    let response = send_out(app, builder, about).await.map_err(|error| unreachable(&integration.name, error))?;
    let status = response.status();
    let bytes = whole(app, &integration.name, response).await?;
    let body =
        serde_json::from_slice(&bytes).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
    Ok(Answer { status, body })
}

/// The provider's account that the secrets lead to: its id and facts. An error if the provider does not accept them.
pub async fn account(
    app: &App,
    integration: &Integration,
    secrets: &Secrets,
) -> Result<(String, Map<String, Value>), ApiError> {
    let Some(account) = &integration.account else {
        return Ok(Default::default());
    };
    let answer = send(app, integration, secrets, &account.request, Map::new()).await?;
    let accepted = answer.status.is_success()
        && account.ok.as_ref().is_none_or(|expression| search(expression, &answer.body) == Value::Bool(true));
    if !accepted {
        if answer.status.is_server_error() || answer.status == StatusCode::TOO_MANY_REQUESTS {
            return Err(ApiError::new(
                StatusCode::BAD_GATEWAY,
                "provider_failed",
                format!("{} answered {} and could not check the account. Try again.", integration.name, answer.status),
            )
            .from_integration());
        }
        return Err(ApiError::bad(
            "7003",
            format!("{} did not accept these credentials. Check what was entered, and try again.", integration.name),
        )
        .from_integration()
        .with_meta("providerStatus", answer.status.as_u16().into()));
    }
    let id = account.id.as_ref().map(|expression| search(expression, &answer.body)).unwrap_or_default();
    let data = account
        .data
        .iter()
        .map(|(key, expression)| (key.clone(), search(expression, &answer.body)))
        .filter(|(_, value)| value.is_string() || value.is_number() || value.is_boolean())
        .collect();
    let id = match id {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    };
    Ok((id, data))
}

/// Evaluates JMESPath. Expressions were compiled when the project file was read, so a failure means: nothing there.
pub fn search(expression: &str, value: &Value) -> Value {
    jmespath::compile(expression)
        .and_then(|compiled| compiled.search(value))
        .ok()
        .and_then(|found| serde_json::to_value(&*found).ok())
        .unwrap_or(Value::Null)
}

/// Reads the whole answer of `name`; one that is longer than [`READ_LIMIT`], or takes longer than
/// [`App::longest_answer`], is an error.
pub async fn whole(app: &App, name: &str, mut response: reqwest::Response) -> Result<Vec<u8>, ApiError> {
    let reading = async {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| unreachable(name, error))? {
            if bytes.len() + chunk.len() > READ_LIMIT {
                return Err(too_long(name));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    };
    let longest = app.longest_answer();
    tokio::time::timeout(longest, reading).await.unwrap_or_else(|_| Err(too_slow(name, longest)))
}

/// `name`, a provider or a host, could not be reached.
pub fn unreachable(name: &str, error: impl Into<Failed>) -> ApiError {
    let error = error.into();
    let sources = std::iter::successors(std::error::Error::source(&error), |inner| inner.source());
    if sources.into_iter().any(|inner| inner.is::<super::guard::Private>()) {
        return super::guard::refused(name);
    }
    tracing::warn!(name, error = %error.cause(), "provider unreachable");
    let (status, what) = if error.is_timeout() {
        (StatusCode::GATEWAY_TIMEOUT, "did not answer in time")
    } else {
        (StatusCode::BAD_GATEWAY, "could not be reached")
    };
    ApiError::new(status, "provider_unreachable", format!("{name} {what}. Try again later.")).from_integration()
}

/// The answer of `name` was not complete in time.
pub fn too_slow(name: &str, longest: Duration) -> ApiError {
    let seconds = longest.as_secs();
    ApiError::new(
        StatusCode::GATEWAY_TIMEOUT,
        "provider_unreachable",
        format!("The answer of {name} was not complete after {seconds} seconds, so the platform left it. Ask for a smaller part, or raise providerTimeoutSeconds in the project file: an answer may take five times as long."),
    )
    .from_integration()
}

/// The answer of `name` is longer than the platform reads.
fn too_long(name: &str) -> ApiError {
    ApiError::new(
        StatusCode::BAD_GATEWAY,
        "answer_too_long",
        format!(
            "The answer of {name} is longer than {READ_LIMIT} bytes. Ask for a smaller part, or take it raw (header X-Paragon-Use-Raw-Response), which streams it."
        ),
    )
    .from_integration()
}
