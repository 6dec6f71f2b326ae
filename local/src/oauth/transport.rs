//! The HTTP side of token requests, and what can go wrong with them.

use std::pin::Pin;

use axum::http::StatusCode;
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType};
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse, RequestTokenError};
use serde_json::{Value, json};

use crate::app::App;
use crate::config::Integration;
use crate::fault::Purpose;
use crate::http::ApiError;
use crate::journal::redact;
use crate::provider::{About, send_out};

/// Why there is no token.
#[derive(Debug)]
pub enum Failure {
    /// The token endpoint said no.
    Refused {
        /// `error` of the answer.
        error: String,
        /// `error_description`, or nothing.
        description: String,
    },
    /// It could not be asked, or gave no sensible answer.
    Unreachable(String),
    /// The request could not be made.
    Unusable(ApiError),
}

impl Failure {
    /// True if the account's permission is gone, as opposed to a passing trouble or a mistake of the project file.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused { error, .. } if matches!(error.as_str(),
            "invalid_grant" | "invalid_refresh_token" | "bad_refresh_token" | "token_revoked" | "token_expired" | "invalid_token"))
    }

    /// For a token endpoint that belongs to no integration.
    pub fn into_plain(self, host: &str) -> ApiError {
        match self {
            Self::Refused { error, description } => ApiError::bad(
                "oauth_refused",
                format!("{host} gave no token ({error}). {description}").trim_end().to_owned(),
            ),
            Self::Unreachable(what) => ApiError::new(
                StatusCode::BAD_GATEWAY,
                "oauth_unreachable",
                format!("The token endpoint at {host} {what}."),
            ),
            Self::Unusable(error) => error,
        }
    }

    /// As an answer to the app.
    pub fn into_error(self, integration: &Integration) -> ApiError {
        let name = &integration.name;
        match self {
            Self::Refused { error, description } => ApiError::bad(
                "oauth_refused",
                format!("{name} refused the authorization ({error}). {description}").trim_end().to_owned(),
            )
            .from_integration()
            .with_meta("oauthError", Value::String(error)),
            Self::Unreachable(what) => ApiError::new(
                StatusCode::BAD_GATEWAY,
                "provider_unreachable",
                format!("The token endpoint of {name} {what}. Try again later."),
            )
            .from_integration(),
            Self::Unusable(error) => error,
        }
    }
}

/// The token endpoint gave no answer that means anything.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("could not be reached")]
    Transport,
    #[error("answered {0}")]
    Status(StatusCode),
    #[error("sent too long an answer")]
    Long,
    #[error("did not complete its answer in time")]
    Slow,
}

const ANSWER_LIMIT: usize = 256 * 1024;

/// The platform's HTTP client, as the library wants it.
pub(super) struct Transport<'a> {
    /// The platform.
    pub app: &'a App,
    /// Sends.
    pub client: &'a reqwest::Client,
    /// Name of the integration that the token is for.
    pub integration: String,
    /// What is asked.
    pub purpose: Purpose,
    /// What the request carries. What is secret in a good answer is known by its name.
    pub secrets: Vec<String>,
}

impl<'c> AsyncHttpClient<'c> for Transport<'_> {
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Trouble>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        let longest = self.app.longest_answer();
        Box::pin(
            async move { tokio::time::timeout(longest, self.perform(request)).await.unwrap_or(Err(Trouble::Slow)) },
        )
    }
}

impl Transport<'_> {
    async fn perform(&self, request: HttpRequest) -> Result<HttpResponse, Trouble> {
        let request = reqwest::Request::try_from(request).map_err(|_| Trouble::Transport)?;
        let request = reqwest::RequestBuilder::from_parts(self.client.clone(), request);
        let about =
            About { integration: self.integration.clone(), purpose: self.purpose, secrets: self.secrets.clone() };
        let mut response = send_out(self.app, request, about).await.map_err(|_| Trouble::Transport)?;
        let status = response.status();
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            return Err(Trouble::Status(status));
        }
        let headers = response.headers().clone();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| Trouble::Transport)? {
            if body.len() + chunk.len() > ANSWER_LIMIT {
                return Err(Trouble::Long);
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = HttpResponse::new(body);
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        Ok(answer)
    }
}

/// Reads the library's error. Nothing of `secrets` is in what it says: people get to read that.
pub(super) fn failure(error: RequestTokenError<Trouble, BasicErrorResponse>, secrets: &[String]) -> Failure {
    match told(error) {
        Failure::Refused { error, description } => {
            let mut said = json!([error, description]);
            redact::values(&mut said, secrets);
            let text = |at: usize| said[at].as_str().unwrap_or_default().to_owned();
            Failure::Refused { error: text(0), description: text(1) }
        }
        other => other,
    }
}

fn told(error: RequestTokenError<Trouble, BasicErrorResponse>) -> Failure {
    match error {
        RequestTokenError::ServerResponse(answer) => Failure::Refused {
            error: match answer.error() {
                BasicErrorResponseType::Extension(name) => name.clone(),
                known => known.as_ref().to_owned(),
            },
            description: answer.error_description().cloned().unwrap_or_default(),
        },
        RequestTokenError::Request(trouble) => Failure::Unreachable(trouble.to_string()),
        // Some providers refuse with status 200 and {ok: false, error}.
        RequestTokenError::Parse(_, body) => match serde_json::from_slice::<Value>(&body) {
            Ok(Value::Object(members)) if members.get("error").is_some_and(Value::is_string) => Failure::Refused {
                error: members["error"].as_str().unwrap_or_default().to_owned(),
                description: members.get("error_description").and_then(Value::as_str).unwrap_or_default().to_owned(),
            },
            _ => Failure::Unreachable("sent an answer that is no token".into()),
        },
        RequestTokenError::Other(_) => Failure::Unreachable("sent an answer that is no token".into()),
    }
}
