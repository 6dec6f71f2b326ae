//! The bytes of a file, whole or one range of them.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rusqlite::OptionalExtension;
use serde_json::Value;

use super::refuse;
use crate::{fault::Fault, state::AppState};

pub fn answer(state: &AppState, file: &Value, headers: &HeaderMap) -> Result<Response, Fault> {
    let id = file["id"].as_str().unwrap_or_default();
    let bytes: Option<Vec<u8>> = state
        .db()
        .with(|tx| tx.query_row("SELECT bytes FROM blobs WHERE id = ?1", [id], |row| row.get(0)).optional())?;
    let Some(bytes) = bytes else {
        let message = "Only files with binary content can be downloaded; this is a folder.";
        return Ok(refuse(StatusCode::FORBIDDEN, "fileNotDownloadable", message));
    };
    let media_type = file["mimeType"].as_str().unwrap_or("application/octet-stream").to_owned();
    let common = [
        (header::CONTENT_TYPE, media_type),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        // Uploaded content must never run as a page of this origin.
        (header::CONTENT_DISPOSITION, "attachment".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok(match range(headers, bytes.len()) {
        Asked::Whole => (common, bytes).into_response(),
        Asked::Part(start, end) => {
            let place = format!("bytes {start}-{end}/{}", bytes.len());
            (StatusCode::PARTIAL_CONTENT, common, [(header::CONTENT_RANGE, place)], bytes[start..=end].to_vec())
                .into_response()
        }
        Asked::Nowhere => {
            let length = format!("bytes */{}", bytes.len());
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, length)]).into_response()
        }
    })
}

enum Asked {
    Whole,
    /// First and last byte.
    Part(usize, usize),
    Nowhere,
}

/// Several ranges at once, and what cannot be read, are answered with the whole, as RFC 9110 allows.
fn range(headers: &HeaderMap, length: usize) -> Asked {
    let Some(value) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()) else {
        return Asked::Whole;
    };
    let Ok(parsed) = http_range_header::parse_range_header(value) else {
        return Asked::Whole;
    };
    match parsed.validate(length as u64).as_deref() {
        Ok([one]) => Asked::Part(*one.start() as usize, *one.end() as usize),
        Ok(_) => Asked::Whole,
        Err(_) => Asked::Nowhere,
    }
}
