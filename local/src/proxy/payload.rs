//! The body of the app's request.

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::http::ApiError;
use crate::provider::Payload;

/// A body that is read whole may be this long.
const BUFFER_LIMIT: usize = 1024 * 1024;
/// A body whose content type is to be found out may be this long.
const AUTO_LIMIT: usize = 64 * 1024 * 1024;

/// Takes the body of a call; sets its content type if that is `auto`.
pub(super) async fn take(parts: &Parts, body: Body, outgoing: &mut HeaderMap) -> Result<Payload, ApiError> {
    let length: Option<usize> =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let chunked = parts.headers.contains_key(header::TRANSFER_ENCODING);
    let auto = outgoing.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"auto"));
    if auto {
        outgoing.remove(header::CONTENT_TYPE);
    }
    if !chunked && length.unwrap_or(0) == 0 {
        return Ok(Payload::Empty);
    }
    if auto {
        let bytes = whole(body, AUTO_LIMIT).await?;
        outgoing.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&bytes)));
        return Ok(Payload::Kept(bytes));
    }
    match length {
        Some(length) if length <= BUFFER_LIMIT => Ok(Payload::Kept(whole(body, BUFFER_LIMIT).await?)),
        Some(length) => {
            outgoing.insert(header::CONTENT_LENGTH, length.into());
            Ok(Payload::Streamed(body))
        }
        None => Ok(Payload::Streamed(body)),
    }
}

/// Reads a body whole, up to a limit.
async fn whole(body: Body, limit: usize) -> Result<Bytes, ApiError> {
    axum::body::to_bytes(body, limit).await.map_err(|_| {
        ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_unreadable",
            format!("The body broke off, or it is longer than {limit} bytes, which is the limit with \"Content-Type: auto\". Name its content type: then it is streamed."),
        )
    })
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
