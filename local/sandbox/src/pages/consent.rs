//! The consent page: who asks, for what, as whom; Allow or Deny.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, html};
use url::Url;

use super::{document, masthead};
use crate::{
    oauth::{realm::Realm, request::AuthorizeRequest},
    people::{PEOPLE, Person},
};

/// `id` and `csrf` bind the form to this request and this browser.
pub fn page(realm: &Realm, request: &AuthorizeRequest, remembered: Option<&str>, id: &str, csrf: &str) -> Response {
    let app = realm.app;
    let title = format!("Connect {} to {}", request.client, app.name);
    let chosen = remembered.unwrap_or(PEOPLE[0].id);
    let content = html! {
        main class="sheet" {
            (masthead(app, realm.detail.as_deref()))
            form class="consent" method="post" {
                h1 { b { (request.client) } " wants to use your " (app.name) " account" }
                input type="hidden" name="request" value=(id);
                input type="hidden" name="csrf" value=(csrf);
                fieldset class="people" {
                    legend { "Sign in as" }
                    @for person in &PEOPLE { (choice(person, person.id == chosen)) }
                }
                section class="scopes" {
                    h2 { "It will be able to" }
                    ul { @for scope in scopes(realm, request) { li { (scope) } } }
                }
                footer {
                    div class="buttons" {
                        button type="submit" name="decision" value="deny" class="secondary" { "Deny" }
                        button type="submit" name="decision" value="allow" class="primary" { "Allow" }
                    }
                    p class="quiet" { "You will go back to " b { (destination(&request.redirect_uri)) } "." }
                }
            }
        }
    };
    document(StatusCode::OK, Some(app), &title, content)
}

fn choice(person: &Person, chosen: bool) -> Markup {
    html! {
        label class="person" {
            input type="radio" name="person" value=(person.id) checked[chosen];
            span class="initials" aria-hidden="true" { (person.initials()) }
            span class="who" { strong { (person.name()) } small { (person.email) } }
            span class="role" { (person.role) }
        }
    }
}

fn scopes(realm: &Realm, request: &AuthorizeRequest) -> Vec<&'static str> {
    let asked = |name: &str| request.scopes.iter().any(|scope| scope == name);
    realm.app.scopes.iter().filter(|scope| asked(scope.name)).map(|scope| scope.words).collect()
}

fn destination(redirect_uri: &str) -> String {
    Url::parse(redirect_uri)
        .map(|url| url[url::Position::BeforeHost..url::Position::AfterPort].to_owned())
        .unwrap_or_default()
}
