//! Requests of the project file in the name of a stored account, which is renewed where that is needed; and lists, page by page.

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::{Answer, address, base, context, search, send};
use crate::app::App;
use crate::config::{Integration, OptionsRequest, ProviderRequest};
use crate::http::ApiError;
use crate::oauth::renew;
use crate::store::credential::Credential;

/// One page of a list.
#[derive(Debug)]
pub struct Page {
    /// What is on it.
    pub records: Vec<Value>,
    /// Cursor or address of the next one; null after the last.
    pub next: Value,
}

/// Sends a request, and once more with a renewed token if the provider refuses the account's. `what` says in errors what was
/// asked for.
pub async fn ask(
    app: &Arc<App>,
    integration: &Integration,
    account: &mut Credential,
    request: &ProviderRequest,
    extra: &Map<String, Value>,
    what: &str,
) -> Result<Answer, ApiError> {
    *account = renew::fresh(app, integration, account.clone()).await?;
    let mut answer = send(app, integration, &account.secrets, request, extra.clone()).await?;
    if answer.status == StatusCode::UNAUTHORIZED
        && let Some(renewed) = renew::after_refusal(app, integration, account).await?
    {
        *account = renewed;
        answer = send(app, integration, &account.secrets, request, extra.clone()).await?;
    }
    if answer.status.is_success() {
        return Ok(answer);
    }
    let text = format!("{} answered {} when it was asked for {what}.", integration.name, answer.status);
    Err(ApiError::new(answer.status, "provider_failed", text).from_integration().with_output(answer.body))
}

/// Reads one page of a list. `extra` holds `cursor` after the first page.
pub async fn page(
    app: &Arc<App>,
    integration: &Integration,
    account: &mut Credential,
    list: &OptionsRequest,
    mut extra: Map<String, Value>,
    what: &str,
) -> Result<Page, ApiError> {
    let request = match extra.get("cursor").filter(|_| list.next_url.is_some()) {
        Some(cursor) => {
            let url = next_url(app, integration, account, list, cursor, &extra)?;
            extra.insert("cursor".into(), url.into());
            ProviderRequest { url: "{{cursor}}".into(), query: Default::default(), ..list.request.clone() }
        }
        None => list.request.clone(),
    };
    let body = ask(app, integration, account, &request, &extra, what).await?.body;
    let records = match search(&list.records, &body) {
        Value::Array(records) => records,
        _ => Vec::new(),
    };
    let next = list.next_cursor.as_ref().or(list.next_url.as_ref());
    let next = next.map(|expression| search(expression, &body)).unwrap_or_default();
    let next = if next == Value::String(String::new()) || next == Value::Bool(false) { Value::Null } else { next };
    Ok(Page { records, next })
}

/// The address that the page before named, whole or from the root of its host: the list's own host, and no other.
fn next_url(
    app: &App,
    integration: &Integration,
    account: &Credential,
    list: &OptionsRequest,
    cursor: &Value,
    extra: &Map<String, Value>,
) -> Result<String, ApiError> {
    let mut values = context(app, &account.secrets);
    let own = if list.request.url.starts_with('/') {
        base(integration, &values)?
    } else {
        if let Some(members) = values.as_object_mut() {
            members.extend(extra.clone());
        }
        address("a list", &list.request.url, integration, &values)?
    };
    let named = cursor.as_str().filter(|text| text.starts_with('/') || text.contains("://"));
    let named = named.and_then(|text| own.join(text).ok());
    named.filter(|url| url.origin() == own.origin()).map(String::from).ok_or_else(|| {
        ApiError::bad("cursor_invalid", "This cursor does not belong to this list. Begin with the first page.")
    })
}
