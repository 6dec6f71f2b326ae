//! Uploads: the bytes alone (`media`), or metadata and bytes (`multipart`, which is multipart/related).

use axum::{
    Json,
    body::{Body, Bytes},
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::{
    super::input,
    FULL, OWN, access, refuse,
    seeds::{Meta, store},
};
use crate::{fault::Fault, oauth::realm::Realm, secret, state::AppState};

/// What came in.
struct Upload {
    name: String,
    media_type: String,
    parent: String,
    bytes: Bytes,
}

pub async fn upload(
    State(state): State<AppState>,
    realm: Realm,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    if let Err(refusal) = access(&state, &realm, &headers, &[FULL, OWN])? {
        return Ok(*refusal);
    }
    let query = input::query(query.as_deref());
    let read = match input::text(&query, "uploadType") {
        Some("media") => Ok(media(&headers, body)),
        Some("multipart") => multipart(&headers, body).await,
        _ => Err("uploadType must be media or multipart.".to_owned()),
    };
    let upload = match read {
        Ok(upload) => upload,
        Err(reason) => return Ok(refuse(StatusCode::BAD_REQUEST, "badRequest", reason)),
    };
    let id = format!("file-{}", secret::random());
    let meta = Meta { id: &id, name: &upload.name, media_type: &upload.media_type, parent: &upload.parent };
    let file = state.db().with(|tx| store(tx, &meta, Some(&upload.bytes), state.now()))?;
    Ok(Json(file).into_response())
}

fn media(headers: &HeaderMap, bytes: Bytes) -> Upload {
    let declared = input::media_type(headers);
    let media_type = if declared.is_empty() { "application/octet-stream".to_owned() } else { declared };
    Upload { name: "Untitled".to_owned(), media_type, parent: "root".to_owned(), bytes }
}

async fn multipart(headers: &HeaderMap, body: Bytes) -> Result<Upload, String> {
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if input::media_type(headers) != "multipart/related" {
        return Err("The content type must be multipart/related with a boundary.".to_owned());
    }
    // The reader knows multipart/form-data only; the parts are written in the same way.
    let boundary = multer::parse_boundary(declared.replacen("related", "form-data", 1))
        .map_err(|_| "The content type names no boundary.".to_owned())?;
    let mut parts = multer::Multipart::new(Body::from(body).into_data_stream(), boundary);
    let unreadable = |error: multer::Error| format!("The parts cannot be read: {error}.");
    let first = parts.next_field().await.map_err(unreadable)?.ok_or("The metadata part is missing.")?;
    let metadata = Value::Object(input::object(&first.bytes().await.map_err(unreadable)?)?);
    let second = parts.next_field().await.map_err(unreadable)?.ok_or("The part with the bytes is missing.")?;
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let media_type = text(&metadata["mimeType"]).or_else(|| second.content_type().map(ToString::to_string));
    let bytes = second.bytes().await.map_err(unreadable)?;
    if parts.next_field().await.map_err(unreadable)?.is_some() {
        return Err("There are more than two parts.".to_owned());
    }
    Ok(Upload {
        name: text(&metadata["name"]).unwrap_or_else(|| "Untitled".to_owned()),
        media_type: media_type.unwrap_or_else(|| "application/octet-stream".to_owned()),
        parent: text(&metadata["parents"][0]).unwrap_or_else(|| "root".to_owned()),
        bytes,
    })
}
