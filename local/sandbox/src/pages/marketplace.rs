//! An app's marketplace: the clients that can be installed from here, each with the pages that an install leads to.

use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;
use url::form_urlencoded;

use super::{document, masthead};
use crate::{Client, oauth::realm::Realm, state::AppState};

pub async fn page(State(state): State<AppState>, realm: Realm) -> Response {
    let title = format!("{} marketplace", realm.app.name);
    let listed: Vec<&Client> = state.clients().iter().filter(|client| !client.install_uris.is_empty()).collect();
    let content = html! {
        main class="sheet" {
            (masthead(realm.app, Some("Marketplace")))
            section class="notice" {
                h1 { (title) }
                @if listed.is_empty() { p { "Nothing can be installed: no client has a page that an install could lead to." } }
                @for client in listed {
                    h2 { (client.id) }
                    @for uri in &client.install_uris {
                        p { a href=(install(&realm, client, uri)) { "Install" } " " span class="quiet" { "and go on at " (uri) } }
                    }
                }
            }
        }
    };
    document(StatusCode::OK, Some(realm.app), &title, content)
}

fn install(realm: &Realm, client: &Client, uri: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &client.id)
        .append_pair("redirect_uri", uri)
        .finish();
    format!("/{}/marketplace/install?{query}", realm.key)
}
