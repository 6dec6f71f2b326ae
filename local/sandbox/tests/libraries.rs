//! The stores of files that can only be read: Cabinet, the team site, Content.

mod common;

use std::collections::HashSet;

use common::*;
use reqwest::StatusCode;

const REPORT: &[u8] = include_bytes!("../assets/files/report.pdf");

#[tokio::test]
async fn files_list_to_the_last_page_and_download() {
    let sandbox = Sandbox::start().await;
    for (app, drive) in [(&ONEDRIVE, "/onedrive/v1.0/me/drive"), (&SHAREPOINT, "/sharepoint/v1.0/sites/root/drive")] {
        let token = sandbox.connect(app).await.access;
        let (mut ids, mut pages, mut next) = (HashSet::new(), 0, Some(format!("{drive}/root/children")));
        while let Some(path) = next {
            let page = sandbox.get_json(&path, &token).await;
            ids.extend(page["value"].as_array().expect("a list").iter().map(|file| file["id"].to_string()));
            pages += 1;
            next = page["@odata.nextLink"].as_str().map(str::to_owned);
        }
        assert_eq!((pages, ids.len()), (3, 45));
        let file = sandbox.get_json(&format!("{drive}/items/01REPORT"), &token).await;
        assert_eq!(file["name"], "report.pdf");
        let bytes = sandbox.get(&format!("{drive}/items/01REPORT/content"), &token).await.bytes().await.expect("bytes");
        assert_eq!(&bytes[..], REPORT);
        for (path, status) in [("items/none", 404), ("items/none/content", 404), ("root/children?$top=0", 400)] {
            assert_eq!(sandbox.get(&format!("{drive}/{path}"), &token).await.status().as_u16(), status, "{path}");
        }
    }
    let token = sandbox.connect(&BOX).await.access;
    let page = sandbox.get_json("/box/2.0/folders/0/items?offset=100", &token).await;
    assert_eq!((page["total_count"].as_u64(), page["entries"].as_array().map(Vec::len)), (Some(130), Some(30)));
    assert_eq!(sandbox.get_json("/box/2.0/files/1001", &token).await["name"], "report.pdf");
    let bytes = sandbox.get("/box/2.0/files/1001/content", &token).await.bytes().await.expect("bytes");
    assert_eq!(&bytes[..], REPORT);
    for (path, status) in [("files/1", 404), ("folders/7/items", 404), ("folders/0/items?limit=none", 400)] {
        assert_eq!(sandbox.get(&format!("/box/2.0/{path}"), &token).await.status().as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn a_token_of_another_app_opens_nothing() {
    let sandbox = Sandbox::start().await;
    let cabinet = sandbox.connect(&ONEDRIVE).await.access;
    for path in ["/sharepoint/v1.0/sites/root", "/sharepoint/v1.0/sites/root/drive/root/children", "/box/2.0/users/me"]
    {
        assert_eq!(sandbox.get(path, &cabinet).await.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
}
