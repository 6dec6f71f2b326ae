//! The one door out: every request of the platform to a provider goes through here, so that the journal notes it and faults
//! reach it.

use axum::body::Bytes;
use axum::http::header::RETRY_AFTER;
use axum::http::{Response, StatusCode, header};
use serde_json::{Value, json};

use crate::app::App;
use crate::fault::{BAD_JSON, Call, Cut, Effect, Purpose};
use crate::journal::{self, Body as Noted, Entry, Kind, Tee};

/// What a request is for.
#[derive(Clone, Debug)]
pub struct About {
    /// Name of the integration.
    pub integration: String,
    /// What is asked.
    pub purpose: Purpose,
    /// What proves the account: never to be seen in the journal.
    pub secrets: Vec<String>,
}

/// There is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The network, or the provider.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    /// A fault.
    #[error("a fault reset the connection")]
    Fault,
}

impl Failed {
    /// What lies at the bottom of it. What lies above names the address, and there may be a secret in that.
    pub fn cause(&self) -> String {
        let first: &dyn std::error::Error = self;
        let chain = std::iter::successors(Some(first), |error| error.source());
        chain.last().map(ToString::to_string).unwrap_or_default()
    }

    /// True if the provider took too long.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Http(error) if error.is_timeout())
    }
}

/// Sends a request.
pub async fn send(app: &App, request: reqwest::RequestBuilder, about: About) -> Result<reqwest::Response, Failed> {
    let (client, request) = request.build_split();
    let request = request?;
    let caller = journal::current();
    let (parent, user) = match &caller {
        Some(caller) => (Some(caller.id), caller.rest().user.clone()),
        None => (None, None),
    };
    let address = request.url().to_string();
    let method = request.method().as_str().to_owned();
    let entry =
        app.journal.begin(|new| Entry::new(new, parent, Kind::Provider, app.clock.now_ms(), &method, address.clone()));
    let verdict = app.faults.decide(&Call {
        kind: Kind::Provider,
        method: &method,
        path: address.split(['?', '#']).next().unwrap_or_default(),
        integration: Some(&about.integration),
        user: user.as_deref(),
        purpose: Some(about.purpose),
    });
    {
        let mut rest = entry.rest();
        rest.request.headers = request.headers().clone();
        rest.request.body = request.body().and_then(reqwest::Body::as_bytes).map(Noted::of).unwrap_or_default();
        (rest.user, rest.integration, rest.fault) = (user, Some(about.integration.clone()), verdict.name);
        rest.secrets.extend(about.secrets.iter().cloned());
    }
    if let Some(caller) = caller {
        // A provider may write the account's secret into its answer, which goes through the caller's.
        let mut rest = caller.rest();
        rest.integration.get_or_insert(about.integration);
        rest.secrets.extend(about.secrets);
    }
    if !verdict.wait.is_zero() {
        tokio::time::sleep(verdict.wait).await;
    }
    let answer = match refusal(verdict.effect.as_ref(), about.purpose) {
        Some(answer) => answer,
        None => client
            .execute(request)
            .await
            .map_err(Failed::from)
            .map(|response| broken(response, verdict.effect.as_ref())),
    };
    match &answer {
        Ok(answer) => entry.answered(answer.status().as_u16(), answer.headers()),
        Err(error) => entry.failed(error.cause()),
    }
    Ok(reqwest::Response::from(answer?.map(|body| reqwest::Body::wrap(Tee::response(body, entry)))))
}

/// The answer of a fault that comes before the provider is asked.
fn refusal(effect: Option<&Effect>, purpose: Purpose) -> Option<Result<Response<reqwest::Body>, Failed>> {
    let answer = |status: u16, retry_after: Option<u32>, body: &Value| {
        let mut response = Response::new(reqwest::Body::from(body.to_string()));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        Some(Ok(response))
    };
    let gone = json!({"error": "invalid_grant", "error_description": "A test asked for this fault."});
    match effect? {
        Effect::Status { status, retry_after, body } => {
            let body =
                body.clone().unwrap_or_else(|| json!({"error": "fault", "message": "A test asked for this fault."}));
            answer(*status, *retry_after, &body)
        }
        Effect::Reset {} => Some(Err(Failed::Fault)),
        Effect::RevokedToken {} if purpose == Purpose::Call => answer(401, None, &json!({"error": "invalid_token"})),
        Effect::RevokedToken {} | Effect::FailingRefresh {} => answer(400, None, &gone),
        Effect::Slow { .. } | Effect::HalfBody {} | Effect::BadJson {} | Effect::Coop {} => None,
    }
}

/// The provider's answer after a fault.
fn broken(response: reqwest::Response, effect: Option<&Effect>) -> Response<reqwest::Body> {
    let response = Response::<reqwest::Body>::from(response);
    match effect {
        Some(Effect::HalfBody {}) => response.map(|body| reqwest::Body::wrap(Cut::half(body))),
        Some(Effect::BadJson {}) => {
            let mut response = response.map(|_| reqwest::Body::from(Bytes::from_static(BAD_JSON.as_bytes())));
            response.headers_mut().remove(header::CONTENT_LENGTH);
            response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
            response
        }
        _ => response,
    }
}
