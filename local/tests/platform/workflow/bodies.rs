//! Methods and bodies, read by other libraries than those that wrote them.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema, SimpleObject, Variables};
use serde_json::{Value, json};

use super::support::{Arrived, Receiver, connect, go, on_event, platform};

/// Text that would break out of JSON, XML, a form, a multipart boundary or a template.
pub const EVIL: &str = "\"}], \\ </name><x a='1'>&evil; ]]> --\r\n--boundary\r\nContent-Disposition: form-data; name=\"z\"\r\n\r\n&a=b#{{secrets.API}}";

/// Sends `payload` through one request step with this body; what arrived.
async fn send(step: &str, payload: Value) -> Arrived {
    let receiver = Receiver::start().await;
    let steps = format!("[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/x'\n{step}\n");
    let platform = platform(&on_event(&receiver, &steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, payload).await;
    receiver.wait(1).await.remove(0)
}

/// The pairs of a form as Node's own parser of bodies reads them; a file is `{name, type, text}`.
fn read_by_node(arrived: &Arrived) -> Value {
    const READ: &str = "const [type, hex] = process.argv.slice(1);
        const form = await new Response(Buffer.from(hex, 'hex'), { headers: { 'content-type': type } }).formData();
        const plain = async (value) => typeof value === 'string' ? value : { name: value.name, type: value.type, text: await value.text() };
        console.log(JSON.stringify(await Promise.all([...form].map(async ([name, value]) => [name, await plain(value)]))));";
    let output = std::process::Command::new("node")
        .args(["--input-type=module", "-e", READ, "--", arrived.header("content-type"), &hex::encode(&arrived.body)])
        .output()
        .expect("this test needs node");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[tokio::test]
async fn every_method_is_sent() {
    let receiver = Receiver::start().await;
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let steps: String = methods
        .iter()
        .map(|method| format!("[[integrations.workflows.steps]]\nkind = 'request'\nmethod = '{method}'\nurl = '/x'\n"))
        .collect();
    let platform = platform(&on_event(&receiver, &steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let got: Vec<_> = receiver.wait(5).await.iter().map(|one| one.method.to_string()).collect();
    assert_eq!(got, methods);
}

#[tokio::test]
async fn json_holds_values_of_every_type() {
    let content = "{ all = '{{1.event}}', text = 'a {{1.event.t}} b', list = [1, '{{1.event.n}}'], nested = { b = '{{1.event.b}}' }, none = '{{1.event.gone}}' }";
    let payload = json!({"t": EVIL, "n": 1.5, "b": false, "__proto__": {"x": 1}});
    let arrived =
        send(&format!("method = 'POST'\nbody = {{ kind = 'json', content = {content} }}"), payload.clone()).await;
    assert_eq!(arrived.header("content-type"), "application/json");
    let wanted =
        json!({"all": payload, "text": format!("a {EVIL} b"), "list": [1, 1.5], "nested": {"b": false}, "none": null});
    assert_eq!(arrived.json(), wanted);
}

#[tokio::test]
async fn a_form_is_read_as_it_was_meant() {
    let body = "body = { kind = 'urlencoded', fields = { a = '{{1.event.t}}', 'b&c' = ['1', '{{1.event.n}}'], gone = '{{1.event.gone}}', o = '{{1.event.o}}' } }";
    let arrived = send(&format!("method = 'POST'\n{body}"), json!({"t": EVIL, "n": 2, "o": {"x": [1]}})).await;
    assert_eq!(arrived.header("content-type"), "application/x-www-form-urlencoded");
    // Read by Node: the library that reads forms here is the one that wrote this one.
    let mut pairs = read_by_node(&arrived).as_array().unwrap().clone();
    pairs.sort_by_key(ToString::to_string);
    assert_eq!(json!(pairs), json!([["a", EVIL], ["b&c", "1"], ["b&c", "2"], ["o", "{\"x\":[1]}"]]));
}

#[tokio::test]
async fn multipart_parts_are_read_by_multer() {
    let body = "body = { kind = 'multipart', fields = { a = '{{1.event.t}}', file = '{{1.event.file}}', many = ['1', '2'], gone = '{{1.event.gone}}' } }";
    let file = json!({"data": "89504e47", "dataType": "FILE", "encoding": "hex", "mimeType": "image/png", "name": "a \"b\".png", "size": "4"});
    let arrived = send(&format!("method = 'POST'\n{body}"), json!({"t": EVIL, "file": file})).await;
    let boundary = multer::parse_boundary(arrived.header("content-type")).unwrap();
    assert!(!EVIL.contains(&boundary));
    let stream = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(arrived.body.clone())]);
    let mut form = multer::Multipart::new(stream, boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.unwrap() {
        let (name, file) = (field.name().unwrap().to_owned(), field.file_name().map(str::to_owned));
        let mime = field.content_type().map(ToString::to_string);
        parts.push((name, file, mime, field.bytes().await.unwrap()));
    }
    parts.sort_by(|one, other| (&one.0, &one.3).cmp(&(&other.0, &other.3)));
    let names: Vec<_> = parts.iter().map(|part| part.0.as_str()).collect();
    assert_eq!(names, ["a", "file", "many", "many"]);
    assert_eq!((&parts[0].3[..], &parts[0].1), (EVIL.as_bytes(), &None));
    assert_eq!(parts[1].3[..], [0x89, 0x50, 0x4e, 0x47]);
    assert_eq!(parts[1].2.as_deref(), Some("image/png"));
    // As browsers write it.
    assert_eq!(parts[1].1.as_deref(), Some("a %22b%22.png"));
}

#[tokio::test]
async fn a_files_name_and_type_add_nothing_to_a_part() {
    let name = "a\"; name=\"b\"\r\nContent-Type: text/html\r\n\r\n<x>\r\n--boundary";
    let body = "body = { kind = 'multipart', fields = { file = '{{1.event}}' } }";
    let file = json!({"data": "x", "dataType": "FILE", "name": name, "mimeType": "text/plain"});
    let arrived = send(&format!("method = 'POST'\n{body}"), file).await;
    let boundary = multer::parse_boundary(arrived.header("content-type")).unwrap();
    let stream = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(arrived.body.clone())]);
    let mut form = multer::Multipart::new(stream, boundary);
    let part = form.next_field().await.unwrap().unwrap();
    let mut heads: Vec<_> = part.headers().keys().map(|name| name.as_str().to_owned()).collect();
    heads.sort();
    assert_eq!(heads, ["content-disposition", "content-type"]);
    assert_eq!((part.name(), part.content_type().map(|kind| kind.as_ref())), (Some("file"), Some("text/plain")));
    assert_eq!(part.bytes().await.unwrap(), "x");
    assert!(form.next_field().await.unwrap().is_none());
    let read = read_by_node(&arrived);
    assert_eq!((read.as_array().unwrap().len(), &read[0][0], &read[0][1]["text"]), (1, &json!("file"), &json!("x")));
    // Not even for a parser that takes a single LF, or a single CR, for the end of a line.
    let head = String::from_utf8(arrived.body.to_vec()).unwrap().split("\r\n\r\n").next().unwrap().replace("\r\n", "");
    assert!(!head.contains(['\r', '\n']), "{head:?}");
    // A type that is none is a mistake, and nothing is sent.
    for body in [body, "body = { kind = 'raw', text = '{{1.event}}' }"] {
        let receiver = Receiver::start().await;
        let steps =
            format!("[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/x'\n{body}\n");
        let platform = platform(&on_event(&receiver, &steps)).await;
        connect(&platform.user("ada")).await;
        let file = json!({"data": "x", "dataType": "FILE", "mimeType": "text/plain\r\nX-Evil: 1"});
        go(&platform.user("ada"), file).await;
        assert_eq!((&platform.ended(1).await[0]["status"], receiver.all().len()), (&json!("FAILED"), 0));
    }
}

#[tokio::test]
async fn xml_is_read_by_another_parser() {
    let body = "body = { kind = 'xml', text = '''<?xml version=\"1.0\"?>\n<order id=\"{{1.event.t}}\"><name>{{1.event.t}}</name><n>{{1.event.n}}</n><note><![CDATA[{{1.event.t}}]]></note></order>''' }";
    let text = format!("{EVIL}\ttab");
    let arrived = send(&format!("method = 'POST'\n{body}"), json!({"t": text, "n": 7})).await;
    assert_eq!(arrived.header("content-type"), "application/xml");
    let document = std::str::from_utf8(&arrived.body).unwrap();
    let tree = roxmltree::Document::parse(document).unwrap();
    let root = tree.root_element();
    let names: Vec<_> = root.children().filter(|one| one.is_element()).map(|one| one.tag_name().name()).collect();
    assert_eq!(names, ["name", "n", "note"]);
    let inner = |name: &str| {
        let node = root.children().find(|one| one.has_tag_name(name)).unwrap();
        node.children().filter_map(|one| one.text()).collect::<String>()
    };
    assert_eq!((inner("name"), inner("n"), inner("note")), (text.clone(), "7".into(), text.clone()));
    assert_eq!(root.attribute("id"), Some(text.as_str()));
}

#[tokio::test]
async fn raw_json_is_written_by_hand() {
    let body = "body = { kind = 'raw', text = '''{\"a\": {\"b\": {{1.event.n}}}, \"t\": \"<{{1.event.t}}>\", \"whole\": {{1.event.t}}}''' }";
    let arrived = send(&format!("method = 'PUT'\n{body}"), json!({"t": EVIL, "n": [1, null]})).await;
    assert_eq!(arrived.header("content-type"), "application/json");
    assert_eq!(arrived.json(), json!({"a": {"b": [1, null]}, "t": format!("<{EVIL}>"), "whole": EVIL}));
}

#[tokio::test]
async fn raw_text_has_its_own_content_type() {
    let body = "body = { kind = 'raw', text = 'name;{{1.event.n}}', contentType = 'text/csv' }";
    let arrived = send(&format!("method = 'POST'\n{body}"), json!({"n": 5})).await;
    assert_eq!((arrived.header("content-type"), &arrived.body[..]), ("text/csv", &b"name;5"[..]));
    let text = "text = '<a b=\"{{1.event.t}}\">{{1.event.t}}</a>', contentType = 'text/xml; charset=utf-8'";
    let arrived = send(&format!("method = 'POST'\nbody = {{ kind = 'raw', {text} }}"), json!({"t": EVIL})).await;
    assert_eq!(arrived.header("content-type"), "text/xml; charset=utf-8");
    let tree = roxmltree::Document::parse(std::str::from_utf8(&arrived.body).unwrap()).unwrap();
    assert_eq!((tree.root_element().text(), tree.root_element().attribute("b")), (Some(EVIL), Some(EVIL)));
    // A document that a provider has given goes on as it is.
    let body = "body = { kind = 'raw', text = '{{1.event.t}}', contentType = 'application/soap+xml' }";
    let arrived = send(&format!("method = 'POST'\n{body}"), json!({"t": "<a>&lt;</a>"})).await;
    assert_eq!(&arrived.body[..], b"<a>&lt;</a>");
    // A header of the step wins over what the body would say.
    let body = "body = { kind = 'json', content = 1 }\nheaders = { content-type = 'application/vnd.acme+json' }";
    let arrived = send(&format!("method = 'POST'\n{body}"), json!({})).await;
    assert_eq!(arrived.header("content-type"), "application/vnd.acme+json");
}

#[derive(SimpleObject)]
struct Contact {
    id: i32,
    name: String,
}

struct Query;

#[Object]
impl Query {
    async fn contact(&self, id: i32, name: String) -> Contact {
        Contact { id, name }
    }
}

#[tokio::test]
async fn a_graphql_request_is_executed_by_a_real_server() {
    let body = "body = { kind = 'graphql', query = 'query Find($id: Int!, $name: String!) { contact(id: $id, name: $name) { id name } } query Other { contact(id: 0, name: \"\") { id } }', variables = { id = '{{1.event.id}}', name = '{{1.event.t}}' }, operationName = 'Find' }";
    let arrived = send(&format!("method = 'POST'\n{body}"), json!({"id": 42, "t": EVIL})).await;
    assert_eq!(arrived.header("content-type"), "application/json");
    let sent = arrived.json();
    let request = async_graphql::Request::new(sent["query"].as_str().unwrap())
        .operation_name(sent["operationName"].as_str().unwrap())
        .variables(Variables::from_json(sent["variables"].clone()));
    let answer = Schema::new(Query, EmptyMutation, EmptySubscription).execute(request).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    assert_eq!(answer.data.into_json().unwrap(), json!({"contact": {"id": 42, "name": EVIL}}));
}
