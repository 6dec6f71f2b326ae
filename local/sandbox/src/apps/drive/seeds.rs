//! What the drive holds at the beginning: 230 files, three of them with bytes that tests know.

use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::{super::names, FILES, FOLDER_TYPE};
use crate::{db::rfc3339, secret};

const PICTURE: &[u8] = include_bytes!("../../../assets/files/lighthouse.png");
const REPORT: &[u8] = include_bytes!("../../../assets/files/report.pdf");
const FOLDERS: usize = 6;
const TOTAL: usize = 230;

pub fn seed(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut left = TOTAL;
    for n in 0..FOLDERS {
        let meta =
            Meta { id: &format!("folder-{}", n + 1), name: &names::title(n), media_type: FOLDER_TYPE, parent: "root" };
        store(tx, &meta, None, 1_735_689_600_000)?;
        left -= 1;
    }
    let known = [
        ("file-lighthouse-png", "lighthouse.png", "image/png", PICTURE.to_vec()),
        ("file-report-pdf", "report.pdf", "application/pdf", REPORT.to_vec()),
        ("file-random-1mb", "random.bin", "application/octet-stream", random_megabyte()),
    ];
    for (id, name, media_type, bytes) in known {
        store(tx, &Meta { id, name, media_type, parent: "root" }, Some(&bytes), 1_735_700_000_000)?;
        left -= 1;
    }
    for n in 0..left {
        let (first, second) = names::pair(n);
        let text = format!("Notes on the {first} {second}.\n");
        let meta = Meta {
            id: &format!("file-note-{:03}", n + 1),
            name: &format!("{first}-{second}.txt"),
            media_type: "text/plain",
            parent: &format!("folder-{}", n % FOLDERS + 1),
        };
        store(tx, &meta, Some(text.as_bytes()), 1_735_800_000_000 + n as i64 * 60_000)?;
    }
    Ok(())
}

/// A mebibyte that looks random and is the same everywhere: hashes of a counter.
fn random_megabyte() -> Vec<u8> {
    (0..32_768).flat_map(|n| secret::sha256(format!("paragon-sandbox:{n}").as_bytes())).collect()
}

pub struct Meta<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub media_type: &'a str,
    pub parent: &'a str,
}

/// Stores a file (or, without bytes, a folder) and gives its metadata.
pub fn store(tx: &Transaction<'_>, meta: &Meta<'_>, bytes: Option<&[u8]>, at: i64) -> rusqlite::Result<Value> {
    let time = rfc3339(at);
    let mut file = json!({
        "kind": "drive#file", "id": meta.id, "name": meta.name, "mimeType": meta.media_type, "parents": [meta.parent],
        "trashed": false, "createdTime": time, "modifiedTime": time,
    });
    if let Some(bytes) = bytes {
        // The original writes sizes as text.
        file["size"] = bytes.len().to_string().into();
        file["sha256Checksum"] = secret::sha256_hex(bytes).into();
        tx.prepare_cached("INSERT OR REPLACE INTO blobs (id, bytes) VALUES (?1, ?2)")?
            .execute(params![meta.id, bytes])?;
    }
    FILES.put(tx, meta.id, &file)?;
    Ok(file)
}
