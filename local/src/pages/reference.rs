//! The calls of the platform as a page, from their description.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde_json::Value;

use super::document;

/// Shows an OpenAPI document.
pub fn reference(api: &Value) -> Response {
    let paths = api["paths"].as_object();
    let calls: Vec<Call<'_>> = paths
        .into_iter()
        .flatten()
        .flat_map(|(path, item)| {
            item.as_object().into_iter().flatten().map(move |(method, what)| Call { method, path, what })
        })
        .collect();
    let server = api["servers"][0]["url"].as_str().unwrap_or_default();
    let body = html! {
        main {
            h1 { "The calls" }
            p { "Below " code { (server) } ". The same for programs: " a href="/openapi.json" { "openapi.json" } "." }
            p { (text(&api["info"]["description"])) }
            @for tag in api["tags"].as_array().into_iter().flatten() {
                @let name = text(&tag["name"]);
                h2 { (name) }
                @for call in calls.iter().filter(|call| call.what["tags"][0] == name) { (shown(api, call)) }
            }
        }
    };
    document(StatusCode::OK, "The calls", body, false)
}

struct Call<'a> {
    method: &'a str,
    path: &'a str,
    what: &'a Value,
}

fn shown(api: &Value, call: &Call<'_>) -> Markup {
    let is_server = call.what["security"][0].get("apiKey").is_some();
    let body = &call.what["requestBody"];
    html! {
        details {
            summary { code { (call.method.to_uppercase()) " " (call.path) } " " (text(&call.what["summary"])) }
            @if is_server { p { "With the project's API key." } }
            @for parameter in call.what["parameters"].as_array().into_iter().flatten() {
                p {
                    code { (text(&parameter["name"])) }
                    " (" (text(&parameter["in"])) @if parameter["required"] == true { ", needed" } "): "
                    (text(&parameter["description"]))
                }
            }
            @if !body.is_null() { p { "Body:" } (schema(api, &body["content"]["application/json"]["schema"])) }
            @for (status, answer) in call.what["responses"].as_object().into_iter().flatten() {
                @if status.starts_with('2') || status == "default" {
                    p { "Answers " code { (status) } " " (text(&answer["description"])) }
                    (schema(api, &answer["content"]["application/json"]["schema"]))
                }
            }
        }
    }
}

/// The JSON schema; a name is replaced by what it stands for, once.
fn schema(api: &Value, schema: &Value) -> Markup {
    let name = schema["$ref"].as_str().or(schema["items"]["$ref"].as_str());
    let named = name.and_then(|name| name.rsplit('/').next()).map(|name| (name, &api["components"]["schemas"][name]));
    html! {
        @match named {
            Some((name, inside)) => {
                @if schema["items"].is_object() { p { "A list of " code { (name) } ":" } }
                pre { (serde_json::to_string_pretty(inside).unwrap_or_default()) }
            }
            None => pre { (serde_json::to_string_pretty(schema).unwrap_or_default()) },
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
