//! One request and its answer.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use url::Url;

use super::{Job, Outcome, Retry, Sent, authorize, body, file, no_answer};
use crate::config::step::{Target, Verb};
use crate::http::ApiError;
use crate::oauth::renew;
use crate::provider::{self, Outgoing, Payload, Proof};
use crate::proxy::target::Call;
use crate::store::credential::Secrets;
use crate::workflow::resources;
use crate::workflow::values::{Scope, as_text};

/// Header of a step that says how the bytes of its files are written. It is not sent.
pub const ENCODING: &str = "x-paragon-encoding";

/// A request, ready to be sent.
struct Prepared {
    method: Method,
    headers: HeaderMap,
    payload: Payload,
    query: Vec<(String, String)>,
    url: String,
}

/// Sends one request.
pub async fn once(job: &Job<'_>, scope: &Scope<'_>) -> Sent {
    let (prepared, input) = match prepare(job, scope).await {
        Ok(both) => both,
        Err(error) => return mistake(job, json!({"method": job.step.method, "url": job.step.url}), &error),
    };
    let url = prepared.url.clone();
    // The token that the request may need counts too.
    let longest = job.app.longest_answer();
    let outcome = match tokio::time::timeout(longest, deliver(job, scope, prepared)).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => {
            let output = no_answer(job.redactor, &error);
            // A mistake of the project file stays one; what the network did may pass.
            let passing = matches!(error.code(), "provider_unreachable" | "oauth_unreachable");
            Outcome::Failed { output, retry: passing.then_some(Retry::Soon), progress: None }
        }
        Err(_) => {
            let host = Url::parse(&url).ok().and_then(|url| url.host_str().map(str::to_owned));
            let whom = host.as_deref().unwrap_or(&job.integration.name);
            let output = no_answer(job.redactor, &provider::too_slow(whom, longest));
            Outcome::Failed { output, retry: Some(Retry::Soon), progress: None }
        }
    };
    Sent { input, outcome }
}

fn mistake(job: &Job<'_>, input: Value, error: &ApiError) -> Sent {
    Sent { input, outcome: Outcome::Failed { output: no_answer(job.redactor, error), retry: None, progress: None } }
}

async fn prepare(job: &Job<'_>, scope: &Scope<'_>) -> Result<(Prepared, Value), ApiError> {
    let step = job.step;
    let method = match step.method {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
        Verb::Put => Method::PUT,
        Verb::Patch => Method::PATCH,
        Verb::Delete => Method::DELETE,
    };
    let query = pairs(&step.query, scope);
    let mut headers = HeaderMap::new();
    let mut encoding = None;
    let mut shown_headers = Map::new();
    for (name, value) in pairs(&step.headers, scope) {
        if name.eq_ignore_ascii_case(ENCODING) {
            encoding = Some(value.clone());
        } else {
            let (Ok(key), Ok(text)) = (HeaderName::try_from(&name), HeaderValue::try_from(&value)) else {
                return Err(ApiError::bad(
                    "header_invalid",
                    format!(
                        "The header \"{name}\" has a name or a value that cannot be sent; a value may have no line breaks."
                    ),
                ));
            };
            headers.append(key, text);
        }
        shown_headers.insert(name, value.into());
    }
    let built = match &step.body {
        Some(wanted) => body::build(wanted, scope, encoding.as_deref()).await?,
        None => body::Built::default(),
    };
    if let Some(kind) = &built.content_type
        && (built.fixed_type || !headers.contains_key(header::CONTENT_TYPE))
    {
        let kind = HeaderValue::try_from(kind).map_err(|_| {
            ApiError::bad("content_type_invalid", format!("The content type \"{kind}\" cannot be sent."))
        })?;
        headers.insert(header::CONTENT_TYPE, kind);
    }
    let url = scope.address(&step.url);
    let input = json!({
        "method": step.method, "url": url, "query": shown(&query), "headers": shown_headers, "body": built.shown,
    });
    let payload = built.bytes.map_or(Payload::Empty, |bytes| Payload::Kept(bytes.into()));
    Ok((Prepared { method, headers, payload, query, url }, input))
}

/// A table of names and values: a list repeats its name, nothing leaves it away.
pub fn pairs(table: &Map<String, Value>, scope: &Scope<'_>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, template) in table {
        match scope.json(template) {
            Value::Array(items) => all.extend(items.iter().filter_map(as_text).map(|item| (name.clone(), item))),
            one => all.extend(as_text(&one).map(|text| (name.clone(), text))),
        }
    }
    all
}

fn shown(pairs: &[(String, String)]) -> Value {
    pairs.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect::<Map<_, _>>().into()
}

async fn deliver(job: &Job<'_>, scope: &Scope<'_>, prepared: Prepared) -> Result<Outcome, ApiError> {
    let response = match (&job.step.resource, job.step.target) {
        (Some(slug), _) => to_resource(job, slug, prepared).await?,
        (None, Target::Integration) => in_the_accounts_name(job, prepared).await?,
        (None, Target::Api) => to_anybody(job, scope, prepared).await?,
    };
    let address = response.url().clone();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = provider::whole(job.app, address.host_str().unwrap_or_default(), response).await?;
    let output = json!({"response": {
        "body": file::read_answer(&headers, &address, bytes), "headers": table(&headers), "statusCode": status.as_u16(),
    }});
    if !status.is_client_error() && !status.is_server_error() {
        return Ok(Outcome::Done(output));
    }
    let asked = (status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE)
        .then(|| retry_after(&headers, job.app.clock.now_ms()))
        .flatten();
    Ok(Outcome::Failed { output, retry: Some(asked.map_or(Retry::Soon, Retry::After)), progress: None })
}

fn add_query(url: &mut Url, query: &[(String, String)]) {
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
}

/// An integration request: the account's authentication and base address; a refused token is renewed once.
async fn in_the_accounts_name(job: &Job<'_>, prepared: Prepared) -> Result<reqwest::Response, ApiError> {
    let Job { app, integration, .. } = *job;
    let call = Call::to(integration, prepared.url);
    let mut payload = prepared.payload;
    let mut account = job.account.lock().await;
    *account = renew::fresh(app, integration, account.clone()).await?;
    let mut chosen = account.clone();
    drop(account);
    let mut renewed_once = false;
    loop {
        job.redactor.add_account(integration, &chosen.secrets);
        let context = provider::context(app, &chosen.secrets);
        let mut url = call.url(&context)?;
        add_query(&mut url, &prepared.query);
        let proof = Proof::new(integration, &context)?;
        proof.secrets().iter().for_each(|secret| job.redactor.add(secret));
        let again = payload.again();
        let outgoing = Outgoing {
            name: &integration.name,
            integration: &integration.key(),
            method: &prepared.method,
            headers: &prepared.headers,
            url,
            proof: &proof,
            secrets: job.redactor.all(),
            private: true,
            reading: true,
        };
        let response = provider::forward(app, outgoing, payload).await?;
        let (StatusCode::UNAUTHORIZED, Some(copy), false) = (response.status(), again, renewed_once) else {
            return Ok(response);
        };
        let Some(renewed) = renew::after_refusal(app, integration, &chosen).await? else {
            return Ok(response);
        };
        *job.account.lock().await = renewed.clone();
        (chosen, payload, renewed_once) = (renewed, copy, true);
    }
}

/// A request to a resource: with the user's keys, or with those of the project.
async fn to_resource(job: &Job<'_>, slug: &str, prepared: Prepared) -> Result<reqwest::Response, ApiError> {
    let app = job.app;
    let resource = app.config.resource(slug).ok_or_else(|| {
        ApiError::bad("resource_unknown", format!("The project file has no resource \"{slug}\" any more."))
    })?;
    let provider = &resource.provider;
    if resource.is_of_users() {
        let account = resources::account(job, resource).await?;
        return in_the_accounts_name(&Job { integration: provider, account: &account.into(), ..*job }, prepared).await;
    }
    let context = provider::context(app, &Secrets::default());
    let mut url = Call::to(provider, prepared.url).url(&context)?;
    add_query(&mut url, &prepared.query);
    let proof = Proof::new(provider, &context)?;
    proof.secrets().iter().for_each(|secret| job.redactor.add(secret));
    let outgoing = Outgoing {
        name: &provider.name,
        integration: &provider.key(),
        method: &prepared.method,
        headers: &prepared.headers,
        url,
        proof: &proof,
        secrets: job.redactor.all(),
        private: true,
        reading: true,
    };
    provider::forward(app, outgoing, prepared.payload).await
}

/// An API request: any address, with the authorization of the step.
async fn to_anybody(job: &Job<'_>, scope: &Scope<'_>, prepared: Prepared) -> Result<reqwest::Response, ApiError> {
    let mut url = whole_address(&prepared.url)?;
    add_query(&mut url, &prepared.query);
    let host = url.host_str().unwrap_or_default().to_owned();
    let private = job.app.config.project.private_targets;
    let mut payload = prepared.payload;
    let mut again_once = false;
    loop {
        let authorization = authorize::proof(job, scope, &job.step.authorization, &host).await?;
        authorization.proof.secrets().iter().for_each(|secret| job.redactor.add(secret));
        let again = payload.again();
        let outgoing = Outgoing {
            name: &host,
            integration: &job.integration.key(),
            method: &prepared.method,
            headers: &prepared.headers,
            url: url.clone(),
            proof: &authorization.proof,
            secrets: job.redactor.all(),
            private,
            reading: true,
        };
        let response = provider::forward(job.app, outgoing, payload).await?;
        let (StatusCode::UNAUTHORIZED, Some(copy), Some(kept), false) =
            (response.status(), again, &authorization.kept, again_once)
        else {
            return Ok(response);
        };
        // The server may have ended the token that was kept before its time.
        authorize::forget(job.app, kept).await?;
        (payload, again_once) = (copy, true);
    }
}

/// A whole address of HTTP, without user name and password.
pub fn whole_address(text: &str) -> Result<Url, ApiError> {
    let mut url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .ok_or_else(|| {
            ApiError::bad(
                "address_invalid",
                "This request needs a whole address, beginning with https:// or http://, without a user name in it.",
            )
        })?;
    url.set_fragment(None);
    Ok(url)
}

/// Headers of an answer; those that came several times are joined.
fn table(headers: &HeaderMap) -> Map<String, Value> {
    let mut all = Map::new();
    for name in headers.keys() {
        let values: Vec<_> =
            headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        all.insert(name.to_string(), values.join(", ").into());
    }
    all
}

/// Seconds of `Retry-After`, which may also be a date.
fn retry_after(headers: &HeaderMap, now_ms: i64) -> Option<i64> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(seconds);
    }
    let date = OffsetDateTime::parse(&text.replace("GMT", "+0000"), &Rfc2822).ok()?;
    Some((date.unix_timestamp() - now_ms.div_euclid(1000)).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers, 1_700_000_000_000)
        };
        assert_eq!(read("120"), Some(120));
        assert_eq!(read("Tue, 14 Nov 2023 22:14:20 GMT"), Some(60));
        assert_eq!(read("Tue, 14 Nov 2023 22:00:00 GMT"), Some(0));
        assert_eq!(read("later"), None);
    }

    #[test]
    fn addresses_are_whole_and_of_http() {
        assert_eq!(whole_address("https://a.test/x#y").unwrap().as_str(), "https://a.test/x");
        for bad in ["/x", "ftp://a.test", "https://me:secret@a.test", "file:///etc/passwd", "javascript:1"] {
            assert!(whole_address(bad).is_err(), "{bad}");
        }
    }
}
