//! The drive: pages, bytes as they are, ranges, uploads.

mod common;

use std::collections::HashSet;

use aws_lc_rs::digest::{SHA256, digest};
use common::*;
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

const PICTURE: &[u8] = include_bytes!("../assets/files/lighthouse.png");
const REPORT: &[u8] = include_bytes!("../assets/files/report.pdf");

fn hex(bytes: &[u8]) -> String {
    digest(&SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn files_list_to_the_last_page() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.connect(&DRIVE).await.access;
    let (mut ids, mut pages, mut page_token) = (HashSet::new(), 0, String::new());
    loop {
        let page = sandbox.get_json(&format!("/google/drive/v3/files?pageToken={page_token}"), &token).await;
        for file in page["files"].as_array().expect("a list") {
            assert!(ids.insert(file["id"].to_string()), "no file twice");
        }
        pages += 1;
        match page["nextPageToken"].as_str() {
            Some(next) => page_token = next.to_owned(),
            None => break,
        }
    }
    assert_eq!((pages, ids.len()), (3, 230));
    let folders = "/google/drive/v3/files?q=mimeType%3D'application/vnd.google-apps.folder'";
    assert_eq!(sandbox.get_json(folders, &token).await["files"].as_array().map(Vec::len), Some(6));
    let mismatch = format!("{folders}&pageToken={page_token}");
    for path in [mismatch.as_str(), "/google/drive/v3/files?pageSize=0", "/google/drive/v3/files?q=size+%3E+1"] {
        let response = sandbox.get(path, &token).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(response.json::<Value>().await.expect("JSON")["error"]["code"], 400);
    }
}

#[tokio::test]
async fn downloads_are_the_same_bytes() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.connect(&DRIVE).await.access;
    let random: Vec<u8> = (0..32_768)
        .flat_map(|n| digest(&SHA256, format!("paragon-sandbox:{n}").as_bytes()).as_ref().to_vec())
        .collect();
    assert_eq!(random.len(), 1_048_576);
    for (id, media_type, bytes) in [
        ("file-lighthouse-png", "image/png", PICTURE),
        ("file-report-pdf", "application/pdf", REPORT),
        ("file-random-1mb", "application/octet-stream", &random),
    ] {
        let meta = sandbox.get_json(&format!("/google/drive/v3/files/{id}"), &token).await;
        assert_eq!((&meta["size"], &meta["sha256Checksum"]), (&json!(bytes.len().to_string()), &json!(hex(bytes))));
        let response = sandbox.get(&format!("/google/drive/v3/files/{id}?alt=media"), &token).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], media_type);
        assert_eq!(response.headers()[header::CONTENT_LENGTH], bytes.len().to_string().as_str());
        assert!(response.bytes().await.expect("bytes") == bytes, "{id}");
    }
    let folder = sandbox.get("/google/drive/v3/files/folder-1?alt=media", &token).await;
    assert_eq!(folder.status(), StatusCode::FORBIDDEN);
    assert_eq!(sandbox.get("/google/drive/v3/files/none?alt=media", &token).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn ranges() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.connect(&DRIVE).await.access;
    let length = PICTURE.len();
    let ask = async |range: String| {
        let address = sandbox.url("/google/drive/v3/files/file-lighthouse-png?alt=media");
        let request = http().get(address).bearer_auth(&token).header(header::RANGE, range);
        let response = request.send().await.expect("an answer");
        let place = response.headers().get(header::CONTENT_RANGE).map(|value| value.to_str().expect("text").to_owned());
        (response.status(), place, response.bytes().await.expect("bytes"))
    };
    let cases = [
        ("bytes=0-99".to_owned(), 0, 99),
        ("bytes=100-".to_owned(), 100, length - 1),
        ("bytes=-50".to_owned(), length - 50, length - 1),
        (format!("bytes=10-{}", length + 500), 10, length - 1),
    ];
    for (range, start, end) in cases {
        let (status, place, bytes) = ask(range.clone()).await;
        assert_eq!(
            (status, place),
            (StatusCode::PARTIAL_CONTENT, Some(format!("bytes {start}-{end}/{length}"))),
            "{range}"
        );
        assert!(bytes == PICTURE[start..=end], "{range}");
    }
    let (status, place, _) = ask(format!("bytes={length}-")).await;
    assert_eq!((status, place), (StatusCode::RANGE_NOT_SATISFIABLE, Some(format!("bytes */{length}"))));
    for whole in ["bytes=junk", "items=0-1", "bytes=0-1,5-6"] {
        let (status, place, bytes) = ask(whole.into()).await;
        assert_eq!((status, place, bytes.len()), (StatusCode::OK, None, length), "{whole}");
    }
}

#[tokio::test]
async fn uploads_come_back_as_they_went() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.connect(&DRIVE).await.access;
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let address = |kind: &str| sandbox.url(&format!("/google/upload/drive/v3/files?uploadType={kind}"));
    let plain = http()
        .post(address("media"))
        .bearer_auth(&token)
        .header(header::CONTENT_TYPE, "image/x-ours")
        .body(bytes.clone());

    let mut related = b"--the-edge\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{\"name\":\"two.bin\",\"parents\":[\"folder-2\"]}\r\n--the-edge\r\nContent-Type: image/x-ours\r\n\r\n".to_vec();
    related.extend(&bytes);
    related.extend(b"\r\n--the-edge--\r\n");
    let parts = http().post(address("multipart")).bearer_auth(&token);
    let parts = parts.header(header::CONTENT_TYPE, "multipart/related; boundary=the-edge").body(related.clone());
    for (request, name, parent) in [(plain, "Untitled", "root"), (parts, "two.bin", "folder-2")] {
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        let file: Value = response.json().await.expect("JSON");
        assert_eq!(
            (&file["name"], &file["mimeType"], &file["parents"]),
            (&json!(name), &json!("image/x-ours"), &json!([parent]))
        );
        let path = format!("/google/drive/v3/files/{}", file["id"].as_str().expect("an id"));
        let back = sandbox.get(&format!("{path}?alt=media"), &token).await.bytes().await.expect("bytes");
        assert!(back == bytes);
        let renamed = http().patch(sandbox.url(&path)).bearer_auth(&token).json(&json!({ "name": "new" })).send().await;
        assert_eq!(renamed.expect("an answer").json::<Value>().await.expect("JSON")["name"], "new");
        let deleted = http().delete(sandbox.url(&path)).bearer_auth(&token).send().await.expect("an answer");
        assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
        assert_eq!(sandbox.get(&path, &token).await.status(), StatusCode::NOT_FOUND);
    }
    related.truncate(200);
    for (kind, media_type, body) in [
        ("multipart", "multipart/related; boundary=the-edge", related),
        ("multipart", "multipart/related", vec![]),
        ("multipart", "text/plain", vec![]),
        ("resumable", "text/plain", vec![]),
    ] {
        let request =
            http().post(address(kind)).bearer_auth(&token).header(header::CONTENT_TYPE, media_type).body(body);
        assert_eq!(request.send().await.expect("an answer").status(), StatusCode::BAD_REQUEST, "{kind} {media_type}");
    }
    let mut reading = good_request(&DRIVE);
    reading.remove("scope");
    let back = Browser::new().allow(&sandbox, &DRIVE, &reading, "ada").await;
    let reader = Tokens::of(exchange(&sandbox, &DRIVE, &parameter(&back, "code").expect("a code")).await.1);
    let refused = http().post(address("media")).bearer_auth(&reader.access).body("x").send().await.expect("an answer");
    assert_eq!(refused.status(), StatusCode::FORBIDDEN, "a token for reading");
}
