//! A request to a provider: its body, and redirects.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, StatusCode, header};
use url::Url;

use super::{About, Proof, guard, send_out, unreachable};
use crate::app::App;
use crate::fault::Purpose;
use crate::http::ApiError;

/// Redirects that are followed in a row.
const REDIRECTS: usize = 5;

/// The body of a request.
pub enum Payload {
    /// There is none.
    Empty,
    /// Short enough to be sent a second time after a renewed token.
    Kept(Bytes),
    /// Goes through once, as it arrives.
    Streamed(Body),
}

impl Payload {
    /// The same body once more, if it was kept.
    pub fn again(&self) -> Option<Self> {
        match self {
            Self::Empty => Some(Self::Empty),
            Self::Kept(bytes) => Some(Self::Kept(bytes.clone())),
            Self::Streamed(_) => None,
        }
    }
}

/// What goes to the provider.
pub struct Outgoing<'a> {
    /// Whom errors name: the integration, or the host.
    pub name: &'a str,
    /// Name of the integration that it is for.
    pub integration: &'a str,
    /// Verb.
    pub method: &'a Method,
    /// The app's headers.
    pub headers: &'a HeaderMap,
    /// Where to.
    pub url: Url,
    /// The account's proof.
    pub proof: &'a Proof,
    /// What else may be in it that nobody is to see in the journal.
    pub secrets: Vec<String>,
    /// The first address may be one of this machine and its network. Redirects to other origins may lead there only if the
    /// project file says so.
    pub private: bool,
    /// The answer is decompressed.
    pub reading: bool,
}

/// Sends; follows redirects of reads, and never carries the account's proof to another origin.
pub async fn forward(app: &App, outgoing: Outgoing<'_>, payload: Payload) -> Result<reqwest::Response, ApiError> {
    let Outgoing { name, integration, method, headers, mut url, proof, mut secrets, private, reading } = outgoing;
    secrets.extend(proof.secrets());
    let home = url.origin();
    let follow = matches!(*method, Method::GET | Method::HEAD) && matches!(payload, Payload::Empty);
    let mut payload = Some(payload);
    for _ in 0..=REDIRECTS {
        let private = if url.origin() == home { private } else { app.config.project.private_targets };
        if !private {
            guard::check(&url)?;
        }
        let mut target = url.clone();
        let mut headers = if url.origin() == home { headers.clone() } else { harmless(headers) };
        if url.origin() == home {
            proof.apply(&mut target, &mut headers);
        }
        let mut request = app.client(reading, private).request(method.clone(), target).headers(headers);
        match payload.take() {
            Some(Payload::Kept(bytes)) => request = request.body(bytes),
            Some(Payload::Streamed(body)) => {
                request = request.body(reqwest::Body::wrap_stream(body.into_data_stream()))
            }
            Some(Payload::Empty) | None => {}
        }
        let about = About { integration: integration.into(), purpose: Purpose::Call, secrets: secrets.clone() };
        let response = send_out(app, request, about).await.map_err(|error| unreachable(name, error))?;
        let next = next(&response, &url).filter(|_| follow);
        let Some(next) = next else {
            return Ok(response);
        };
        if url.scheme() == "https" && next.scheme() != "https" {
            return Err(refused(name, "leads from https to http"));
        }
        url = next;
    }
    Err(refused(name, "did not end"))
}

/// What may follow a redirect to another origin: nothing that could be a secret of the app's.
fn harmless(headers: &HeaderMap) -> HeaderMap {
    let kept = [header::ACCEPT, header::ACCEPT_ENCODING, header::ACCEPT_LANGUAGE, header::RANGE, header::USER_AGENT];
    let pairs = headers.iter().filter(|(name, _)| kept.contains(name));
    pairs.map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn next(response: &reqwest::Response, from: &Url) -> Option<Url> {
    let moved = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = response.headers().get(header::LOCATION).filter(|_| moved)?.to_str().ok()?;
    let next = from.join(location).ok()?;
    (matches!(next.scheme(), "http" | "https") && next.username().is_empty()).then_some(next)
}

fn refused(name: &str, what: &str) -> ApiError {
    ApiError::new(
        StatusCode::BAD_GATEWAY,
        "redirect_refused",
        format!("A redirect of {name} {what}, so it was not followed."),
    )
    .from_integration()
}
