//! Files as values: `{data, dataType: "FILE", encoding, mimeType, name, size}`.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::alphabet::{STANDARD as STANDARD_ALPHABET, URL_SAFE as URL_ALPHABET};
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Value, json};
use url::Url;

use crate::http::ApiError;

/// A file of a body.
pub struct File {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its content type, if it is known.
    pub mime: Option<String>,
}

/// The file that a value is; `None` if it is none. Without an `encoding` of its own, it has the given one.
pub fn read(value: &Value, encoding: Option<&str>) -> Result<Option<File>, ApiError> {
    if value["dataType"] != "FILE" {
        return Ok(None);
    }
    let text = |key: &str| value[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let own = text("encoding");
    let bytes = match &value["data"] {
        Value::String(data) => decode(data, own.as_deref().or(encoding).unwrap_or("utf8"))?,
        // A Buffer as Node writes it.
        Value::Object(buffer) => octets(buffer.get("data").unwrap_or(&Value::Null))?,
        other => octets(other)?,
    };
    Ok(Some(File { bytes, name: text("name"), mime: text("mimeType") }))
}

fn octets(list: &Value) -> Result<Vec<u8>, ApiError> {
    let items = list.as_array().ok_or_else(|| {
        ApiError::bad("file_invalid", "A file's data must be a text, or a list of bytes; here it is neither.")
    })?;
    items
        .iter()
        .map(|item| {
            item.as_u64().and_then(|byte| u8::try_from(byte).ok()).ok_or_else(|| {
                ApiError::bad("file_invalid", "A file's data is a list with something in it that is no byte.")
            })
        })
        .collect()
}

/// The bytes that a text stands for. Something that is not of the encoding is an error: half a file is none.
pub fn decode(text: &str, encoding: &str) -> Result<Vec<u8>, ApiError> {
    let bare = || text.chars().filter(|c| !c.is_ascii_whitespace()).collect::<String>();
    let broken = |why: String| {
        ApiError::bad(
            "encoding_invalid",
            format!("The file is not {encoding}: {why}. Check what its encoding is, and X-Paragon-Encoding."),
        )
    };
    match encoding.to_ascii_lowercase().replace('-', "").as_str() {
        "utf8" => Ok(text.as_bytes().to_vec()),
        "base64" => base64(STANDARD_ALPHABET).decode(bare()).map_err(|error| broken(error.to_string())),
        "base64url" => base64(URL_ALPHABET).decode(bare()).map_err(|error| broken(error.to_string())),
        "hex" => hex::decode(bare()).map_err(|error| broken(error.to_string())),
        "utf16le" | "ucs2" => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        "ascii" | "latin1" | "binary" => {
            let last = if encoding.eq_ignore_ascii_case("ascii") { 0x7f } else { 0xff };
            let byte = |c: char| u8::try_from(u32::from(c)).ok().filter(|byte| *byte <= last);
            text.chars()
                .map(byte)
                .collect::<Option<_>>()
                .ok_or_else(|| broken("it has a character that is not in it".into()))
        }
        _ => Err(ApiError::bad(
            "encoding_unknown",
            format!(
                "The encoding \"{encoding}\" is unknown. Use utf8, utf16le, ascii, latin1, base64, base64url or hex."
            ),
        )),
    }
}

/// Padding may be there or not, but only in full.
fn base64(alphabet: base64::alphabet::Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&alphabet, config)
}

/// An answer's body as a value: JSON, a text, or a file.
pub fn read_answer(headers: &HeaderMap, address: &Url, bytes: Vec<u8>) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mime = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = mime.is_empty() || mime == "application/json" || mime.ends_with("+json");
    if is_json && let Ok(value) = serde_json::from_slice(&bytes) {
        return value;
    }
    let is_text = is_json
        || mime.starts_with("text/")
        || mime.ends_with("+xml")
        || matches!(
            mime.as_str(),
            "application/xml" | "application/javascript" | "application/x-www-form-urlencoded" | "application/yaml"
        );
    match String::from_utf8(bytes) {
        Ok(text) if is_text => text.into(),
        Ok(text) => as_file(headers, address, &mime, text.as_bytes()),
        Err(error) => as_file(headers, address, &mime, error.as_bytes()),
    }
}

fn as_file(headers: &HeaderMap, address: &Url, mime: &str, bytes: &[u8]) -> Value {
    let named = headers.get(header::CONTENT_DISPOSITION).and_then(|value| value.to_str().ok()).and_then(|text| {
        let (_, rest) = text.split_once("filename=")?;
        let name = rest.strip_prefix('"').map_or_else(|| rest.split(';').next(), |quoted| quoted.split('"').next())?;
        Some(name.trim().to_owned())
    });
    let last = address.path_segments().and_then(|mut all| all.next_back()).unwrap_or_default();
    json!({
        "data": STANDARD.encode(bytes),
        "dataType": "FILE",
        "encoding": "base64",
        "mimeType": if mime.is_empty() { "application/octet-stream" } else { mime },
        "name": named.filter(|name| !name.is_empty()).unwrap_or_else(|| last.to_owned()),
        "size": bytes.len().to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_bytes() {
        let cases = [
            ("hi é", "utf8", "hi é".as_bytes().to_vec()),
            ("hi é", "UTF-16LE", vec![104, 0, 105, 0, 32, 0, 233, 0]),
            ("hi é", "latin1", vec![104, 105, 32, 233]),
            ("hi", "ascii", vec![104, 105]),
            ("++/+ Zg==", "base64", vec![0xfb, 0xef, 0xfe, 0x66]),
            ("--_-Zg", "base64url", vec![0xfb, 0xef, 0xfe, 0x66]),
            ("0aFF", "hex", vec![0x0a, 0xff]),
        ];
        for (text, encoding, bytes) in cases {
            assert_eq!(decode(text, encoding).unwrap(), bytes, "{encoding}");
        }
    }

    #[test]
    fn a_bad_encoding_is_an_error_and_not_a_cut_file() {
        for (text, encoding) in [
            ("0aF", "hex"),
            ("0aXX", "hex"),
            ("ab!d", "base64"),
            ("abcde", "base64"),
            ("é", "ascii"),
            ("€", "latin1"),
            ("x", "rot13"),
        ] {
            assert!(decode(text, encoding).is_err(), "{text} {encoding}");
        }
        assert!(read(&json!({"dataType": "FILE", "data": [1, 256]}), None).is_err());
        assert!(read(&json!({"dataType": "FILE"}), None).is_err());
    }

    #[test]
    fn a_buffer_of_node_is_a_file_too() {
        let value = json!({"dataType": "FILE", "data": {"type": "Buffer", "data": [1, 255]}, "name": "a.bin"});
        let file = read(&value, Some("hex")).unwrap().unwrap();
        assert_eq!((file.bytes, file.name.as_deref()), (vec![1, 255], Some("a.bin")));
        assert!(read(&json!({"data": "x"}), None).unwrap().is_none());
    }
}
