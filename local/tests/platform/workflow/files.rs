//! Files that steps get, pass on and write.

use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;

use super::support::{Receiver, connect, go, on_event, platform};

const BYTES: [u8; 6] = [0x25, 0x50, 0x44, 0x46, 0xff, 0x00];

#[tokio::test]
async fn a_file_goes_from_one_request_to_the_next_unharmed() {
    let receiver = Receiver::start().await;
    receiver.next(|_| {
        let headers = [
            (header::CONTENT_TYPE, "application/pdf"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"report.pdf\""),
        ];
        (headers, BYTES.to_vec()).into_response()
    });
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nname = 'download'\nurl = '/report'\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'PUT'\nurl = '/raw/{{download.response.body.name}}'\nbody = { kind = 'raw', text = '{{download.response.body}}' }\n\
        [[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/form'\nbody = { kind = 'multipart', fields = { f = '{{2.response.body}}' } }\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let all = receiver.wait(3).await;
    assert_eq!((all[1].uri.path(), all[1].header("content-type")), ("/v1/raw/report.pdf", "application/pdf"));
    assert_eq!(all[1].body[..], BYTES);
    assert!(all[2].body.windows(BYTES.len()).any(|window| window == BYTES));
    let run = &platform.ended(1).await[0];
    let file = platform.step(run, "2").await["output"]["response"]["body"].clone();
    assert_eq!(
        file,
        json!({"data": "JVBERv8A", "dataType": "FILE", "encoding": "base64", "mimeType": "application/pdf", "name": "report.pdf", "size": "6"})
    );
}

#[tokio::test]
async fn the_encoding_of_a_file_is_its_own_or_that_of_the_header() {
    for (encoding, data) in
        [("hex", "255044 46ff00"), ("base64", "JVBERv8A"), ("base64url", "JVBERv8A"), ("latin1", "%PDF\u{ff}\u{0}")]
    {
        let receiver = Receiver::start().await;
        let steps = format!(
            "[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/x'\nheaders = {{ X-Paragon-Encoding = '{encoding}' }}\n\
             body = {{ kind = 'raw', text = '{{{{1.event.data}}}}' }}\n\
             [[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/y'\nheaders = {{ X-Paragon-Encoding = 'hex' }}\n\
             body = {{ kind = 'raw', text = '{{{{1.event.file}}}}' }}\n"
        );
        let platform = platform(&on_event(&receiver, &steps)).await;
        let ada = platform.user("ada");
        connect(&ada).await;
        go(&ada, json!({"data": data, "file": {"dataType": "FILE", "data": data, "encoding": encoding}})).await;
        let all = receiver.wait(2).await;
        for arrived in &all {
            assert_eq!(arrived.body[..], BYTES, "{encoding}");
            assert_eq!(arrived.headers.get("x-paragon-encoding"), None);
            assert_eq!(arrived.header("content-type"), "application/octet-stream");
        }
    }
}

#[tokio::test]
async fn an_answer_in_xml_is_a_text_that_nobody_expands() {
    let receiver = Receiver::start().await;
    let mut bomb = String::from(
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x0 \"ha\"><!ENTITY f SYSTEM \"file:///etc/passwd\">",
    );
    (1..30).for_each(|n| bomb += &format!("<!ENTITY x{n} \"&x{0};&x{0};&x{0};&x{0};\">", n - 1));
    bomb += "]><a>&x29;&f;</a>";
    for kind in ["application/xml", "text/xml; charset=utf-8", "application/soap+xml"] {
        let sent = bomb.clone();
        receiver.next(move |_| ([(header::CONTENT_TYPE, kind)], sent.clone()).into_response());
        let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/a'\n\
            [[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/b'\nbody = { kind = 'json', content = '{{2.response.body}}' }\n";
        let platform = platform(&on_event(&receiver, steps)).await;
        connect(&platform.user("ada")).await;
        go(&platform.user("ada"), json!({})).await;
        let run = platform.ended(1).await.remove(0);
        assert_eq!(platform.step(&run, "2").await["output"]["response"]["body"], bomb);
        assert_eq!(receiver.all().last().unwrap().json(), bomb);
    }
}

#[tokio::test]
async fn a_bad_encoding_sends_nothing() {
    let receiver = Receiver::start().await;
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/x'\nautoRetry = true\n\
        body = { kind = 'multipart', fields = { f = '{{1.event.file}}' } }\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for (count, encoding, data) in [(1, "hex", "abc"), (2, "base64", "a*b="), (3, "morse", "...")] {
        go(&ada, json!({"file": {"dataType": "FILE", "data": data, "encoding": encoding}})).await;
        let run = platform.ended(count).await.pop().unwrap();
        assert_eq!(run["status"], "FAILED");
        let error = platform.step(&run, "2").await["output"]["response"]["error"].clone();
        assert!(error.as_str().unwrap().contains(encoding), "{error}");
    }
    assert_eq!(receiver.all().len(), 0);
}
