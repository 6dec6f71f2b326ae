//! The request to the provider: its body, and redirects.

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use url::Url;

use super::{BUFFER_LIMIT, whole};
use crate::app::App;
use crate::config::Integration;
use crate::fault::Purpose;
use crate::http::ApiError;
use crate::provider::{self, About, Proof};

/// Redirects that are followed in a row.
const REDIRECTS: usize = 5;
/// A body whose content type is to be found out may be this long.
const AUTO_LIMIT: usize = 64 * 1024 * 1024;

/// The app's body.
pub(super) enum Payload {
    /// There is none.
    Empty,
    /// Short enough to be sent a second time after a renewed token.
    Kept(Bytes),
    /// Goes through once, as it arrives.
    Streamed(Body),
}

impl Payload {
    /// Takes the body of a call; sets its content type if that is `auto`.
    pub async fn take(parts: &Parts, body: Body, outgoing: &mut HeaderMap) -> Result<Self, ApiError> {
        let length: Option<usize> =
            parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let chunked = parts.headers.contains_key(header::TRANSFER_ENCODING);
        let auto =
            outgoing.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"auto"));
        if auto {
            outgoing.remove(header::CONTENT_TYPE);
        }
        if !chunked && length.unwrap_or(0) == 0 {
            return Ok(Self::Empty);
        }
        if auto {
            let bytes = whole(body, AUTO_LIMIT).await?;
            outgoing.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&bytes)));
            return Ok(Self::Kept(bytes));
        }
        match length {
            Some(length) if length <= BUFFER_LIMIT => Ok(Self::Kept(whole(body, BUFFER_LIMIT).await?)),
            Some(length) => {
                outgoing.insert(header::CONTENT_LENGTH, length.into());
                Ok(Self::Streamed(body))
            }
            None => Ok(Self::Streamed(body)),
        }
    }

    /// The same body once more, if it was kept.
    pub fn again(&self) -> Option<Self> {
        match self {
            Self::Empty => Some(Self::Empty),
            Self::Kept(bytes) => Some(Self::Kept(bytes.clone())),
            Self::Streamed(_) => None,
        }
    }
}

fn content_type(bytes: &[u8]) -> &'static str {
    if serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() {
        "application/json"
    } else if std::str::from_utf8(bytes).is_ok() {
        "text/plain; charset=utf-8"
    } else {
        "application/octet-stream"
    }
}

/// What goes to the provider.
pub(super) struct Outgoing<'a> {
    /// Verb.
    pub method: &'a Method,
    /// The app's headers.
    pub headers: &'a HeaderMap,
    /// Where to.
    pub url: Url,
    /// The account's proof.
    pub proof: &'a Proof,
}

/// Sends; follows redirects of reads, and never carries the account's proof to another origin.
pub(super) async fn send(
    app: &App,
    client: &reqwest::Client,
    integration: &Integration,
    outgoing: Outgoing<'_>,
    payload: Payload,
) -> Result<reqwest::Response, ApiError> {
    let Outgoing { method, headers, mut url, proof } = outgoing;
    let home = url.origin();
    let follow = matches!(*method, Method::GET | Method::HEAD) && matches!(payload, Payload::Empty);
    let mut payload = Some(payload);
    for _ in 0..=REDIRECTS {
        let mut target = url.clone();
        let mut headers = if url.origin() == home { headers.clone() } else { harmless(headers) };
        if url.origin() == home {
            proof.apply(&mut target, &mut headers);
        }
        let mut request = client.request(method.clone(), target).headers(headers);
        match payload.take() {
            Some(Payload::Kept(bytes)) => request = request.body(bytes),
            Some(Payload::Streamed(body)) => {
                request = request.body(reqwest::Body::wrap_stream(body.into_data_stream()))
            }
            Some(Payload::Empty) | None => {}
        }
        let about = About { integration: integration.key(), purpose: Purpose::Call, secrets: proof.secrets() };
        let response =
            provider::send_out(app, request, about).await.map_err(|error| provider::unreachable(integration, error))?;
        let next = next(&response, &url).filter(|_| follow);
        let Some(next) = next else {
            return Ok(response);
        };
        if url.scheme() == "https" && next.scheme() != "https" {
            return Err(refused(integration, "leads from https to http"));
        }
        url = next;
    }
    Err(refused(integration, "did not end"))
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

fn refused(integration: &Integration, what: &str) -> ApiError {
    ApiError::new(
        StatusCode::BAD_GATEWAY,
        "redirect_refused",
        format!("A redirect of {} {what}, so it was not followed.", integration.name),
    )
    .from_integration()
}

#[cfg(test)]
mod tests {
    use super::content_type;

    #[test]
    fn auto_finds_the_content_type() {
        assert_eq!(content_type(b"{\"a\":1}"), "application/json");
        assert_eq!(content_type(b"a=1&b"), "text/plain; charset=utf-8");
        assert_eq!(content_type(&[0xff, 0xfe]), "application/octet-stream");
    }
}
