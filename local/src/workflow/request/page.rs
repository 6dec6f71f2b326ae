//! Requests that ask for all pages.

use serde_json::{Map, Value, json};

use super::{Job, Outcome, Sent, send};
use crate::config::step::Pagination;
use crate::provider;
use crate::workflow::conditional;
use crate::workflow::values::Scope;

/// A provider that never ends is left after so many pages.
const PAGES: usize = 1000;
/// Or when all pages together are longer than one answer may be.
const TOGETHER: usize = provider::READ_LIMIT;

/// Asks for page after page. `progress` is how far the try before this one came.
pub async fn all(job: &Job<'_>, scope: &Scope<'_>, pagination: &Pagination, progress: Option<Value>) -> Sent {
    let (mut items, mut token) = read(progress);
    let mut first_input = None;
    let (mut pages, mut together) = (0, size(&items));
    loop {
        let mut own = Scope::inside(scope);
        own.set("self", json!({"pageToken": token}));
        let sent = send::once(job, &own).await;
        pages += 1;
        let input = first_input.get_or_insert(sent.input).clone();
        let output = match sent.outcome {
            Outcome::Done(output) => output,
            Outcome::Failed { output, retry, .. } => {
                let progress = Some(json!({"items": items, "pageToken": token}));
                return Sent { input, outcome: Outcome::Failed { output, retry, progress } };
            }
        };
        own.set("self", json!({"pageToken": token, "response": output["response"]}));
        let page = own.value(&pagination.output.as_str().into());
        let Some(Value::Array(page)) = page else {
            let why = format!("{} is not a list in the answer of page {pages}.", pagination.output);
            return stopped(input, &items, &token, &output, why);
        };
        if !fits(&mut together, &page) {
            return stopped(input, &items, &token, &output, format!("all together are longer than {TOGETHER} bytes."));
        }
        items.extend(page);
        let next = own.value(&pagination.page_token.as_str().into()).unwrap_or_default();
        own.set("self", json!({"pageToken": next, "response": output["response"]}));
        let ended = pagination.stop.as_ref().is_some_and(|conditions| conditional::holds(conditions, &own));
        if ended || is_nothing(&next) {
            return Sent { input, outcome: Outcome::Done(joined(items, &output, None)) };
        }
        if next == token {
            return stopped(input, &items, &token, &output, "the provider gave the same page token again.".into());
        }
        if pages == PAGES {
            return stopped(input, &items, &token, &output, format!("there were more than {PAGES} pages."));
        }
        token = next;
    }
}

/// What a step gives that has some of the pages, and cannot get the others. `None` if it has not even one.
pub fn partial(progress: Value, failure: &Value) -> Option<Value> {
    let (items, _) = read(Some(progress));
    let why = match &failure["response"]["error"] {
        Value::String(why) => why.clone(),
        _ => format!("The provider answered {}.", failure["response"]["statusCode"]),
    };
    (!items.is_empty()).then(|| joined(items, failure, Some(why)))
}

/// Counts a page in; false if it is one too many.
fn fits(together: &mut usize, page: &[Value]) -> bool {
    *together += size(page);
    *together <= TOGETHER
}

/// Bytes of these as JSON.
fn size(items: &[Value]) -> usize {
    items.iter().map(|item| item.to_string().len()).sum()
}

fn stopped(input: Value, items: &[Value], token: &Value, output: &Value, why: String) -> Sent {
    let why = format!("There may be more pages: {why}");
    if items.is_empty() {
        let failed = json!({"response": {"error": why, "statusCode": output["response"]["statusCode"]}});
        let progress = Some(json!({"items": [], "pageToken": token}));
        return Sent { input, outcome: Outcome::Failed { output: failed, retry: None, progress } };
    }
    Sent { input, outcome: Outcome::Done(joined(items.to_vec(), output, Some(why))) }
}

fn joined(items: Vec<Value>, last: &Value, error: Option<String>) -> Value {
    let mut response = Map::new();
    response.insert("body".into(), items.into());
    response.insert("headers".into(), last["response"]["headers"].clone());
    response.insert("statusCode".into(), last["response"]["statusCode"].clone());
    if let Some(error) = error {
        response.insert("error".into(), error.into());
    }
    json!({"response": response})
}

fn read(progress: Option<Value>) -> (Vec<Value>, Value) {
    let mut progress = progress.unwrap_or_default();
    match progress["items"].take() {
        Value::Array(items) => (items, progress["pageToken"].take()),
        _ => (Vec::new(), Value::Null),
    }
}

fn is_nothing(token: &Value) -> bool {
    matches!(token, Value::Null | Value::Bool(false)) || token == ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_not_gathered_without_end() {
        let page = [json!({"text": "x".repeat(10 * 1024 * 1024)})];
        // What the tries before this one have got counts too.
        let (items, token) = read(Some(json!({"items": page, "pageToken": 2})));
        let mut together = size(&items);
        assert!(fits(&mut together, &page) && fits(&mut together, &page) && !fits(&mut together, &page));
        let output = json!({"response": {"statusCode": 200}});
        let Outcome::Done(given) = stopped(json!({}), &items, &token, &output, "too much".into()).outcome else {
            panic!("what is there is given");
        };
        assert_eq!(given["response"]["body"].as_array().unwrap().len(), 1);
        assert!(given["response"]["error"].as_str().unwrap().contains("too much"));
    }
}
