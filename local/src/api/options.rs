//! Choices that are read from the connected account.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::select;
use crate::app::App;
use crate::auth::User;
use crate::config::DataSource;
use crate::http::{ApiError, Json, nullable_object};
use crate::provider;
use crate::store::credential::Status;

/// Body of `POST actions`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OptionsRequest)]
pub struct Read {
    /// Name of the integration.
    action: String,
    /// Key of the data source.
    source_key: String,
    /// A list of `{key, source: {value}}`, or an object.
    #[serde(default)]
    parameters: Value,
    #[serde(default, deserialize_with = "nullable_object")]
    #[schema(value_type = Option<Page>)]
    pagination_parameters: Page,
}

/// Which page of the list.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(as = PageRequest)]
pub struct Page {
    /// 0 for the first page, then what the answer before gave.
    page_cursor: Value,
    search: Option<String>,
}

/// The choices of an input.
#[derive(Serialize, ToSchema)]
#[schema(as = Options)]
pub struct Answer {
    output: Records,
}

/// One page of choices.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Records {
    /// Usually `{value, label}`.
    records: Vec<Value>,
    /// Null after the last page.
    next_page_cursor: Value,
}

/// Reads one page of the choices of an input from the connected account.
#[utoipa::path(
    post, path = "/sdk/actions", tag = "Integrations", operation_id = "readOptions",
    params(select::NamedAccount), request_body = Read, responses((status = 200, body = Answer))
)]
pub async fn read(
    State(app): State<Arc<App>>,
    User(person): User,
    headers: HeaderMap,
    Json(body): Json<Read>,
) -> Result<axum::Json<Answer>, ApiError> {
    let integration = app.integration(&body.action)?;
    let options = match integration.data_sources.get(&body.source_key) {
        Some(DataSource::Dynamic { options, .. }) => options,
        Some(DataSource::Static { values, .. }) => {
            let records = values.iter().map(|value| json!(value)).collect();
            return Ok(axum::Json(Answer { output: Records { records, next_page_cursor: Value::Null } }));
        }
        _ => {
            let known: Vec<_> = integration.data_sources.keys().cloned().collect();
            return Err(ApiError::not_found(
                "data_source_unknown",
                format!(
                    "\"{}\" has no data source \"{}\" that can be read. It has: {}.",
                    body.action,
                    body.source_key,
                    known.join(", ")
                ),
            ));
        }
    };
    let mut chosen = select::credential_for(&app, &person, integration, &headers).await?;
    if chosen.status == Status::Invalid {
        return Err(ApiError::bad(
            "credential_invalid",
            format!("{} no longer accepts this account. Ask the user to connect it again.", integration.name),
        )
        .from_integration());
    }
    let page = provider::page(&app, integration, &mut chosen, options, extra(&body), "the options").await?;
    Ok(axum::Json(Answer { output: Records { records: page.records, next_page_cursor: page.next } }))
}

/// `cursor` (missing on the first page), `search` and `parameters` for the templates of the request.
fn extra(body: &Read) -> Map<String, Value> {
    let mut extra = Map::new();
    let page = &body.pagination_parameters;
    let is_first = matches!(&page.page_cursor, Value::Null | Value::Bool(_))
        || page.page_cursor == json!(0)
        || page.page_cursor == json!("");
    if !is_first {
        extra.insert("cursor".into(), page.page_cursor.clone());
    }
    if let Some(search) = page.search.as_ref().filter(|text| !text.is_empty()) {
        extra.insert("search".into(), search.clone().into());
    }
    let mut parameters = Map::new();
    match &body.parameters {
        Value::Array(list) => {
            for one in list {
                if let Some(key) = one["key"].as_str() {
                    parameters.insert(key.into(), one["source"]["value"].clone());
                }
            }
        }
        Value::Object(members) => parameters.extend(members.clone()),
        _ => {}
    }
    extra.insert("parameters".into(), parameters.into());
    extra
}
