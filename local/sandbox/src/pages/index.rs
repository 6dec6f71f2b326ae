//! The first page: the apps, and what there is to look at in each.

use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;

use super::{document, tile};
use crate::{apps, state::AppState};

pub async fn page(State(state): State<AppState>) -> Response {
    let title = "Sandbox providers";
    let content = html! {
        main class="wide" {
            header class="intro" {
                h1 { (title) }
                p { "Nine small apps that stand in for well-known ones, at " code { (state.base()) } ". They ask for consent, give out tokens and answer as the originals do. Everything in them is made up, and stays on this machine." }
            }
            ul class="cards" {
                @for card in apps::cards() {
                    li class={ "card app-" (card.app.key) } {
                        div class="card-head" {
                            (tile(card.app))
                            div { h2 { (card.app.name) } p class="quiet" { "stands in for " (card.app.stands_for) } }
                        }
                        p { (card.app.about) }
                        @if !card.links.is_empty() {
                            p class="links" { @for (label, address) in card.links { a href=(address) { (label) } } }
                        }
                    }
                }
            }
            section class="people-list" {
                h2 { "People who can sign in" }
                ul { @for person in &crate::people::PEOPLE { li { strong { (person.name()) } " " span class="quiet" { (person.email) " · " (person.role) } } } }
            }
        }
    };
    document(StatusCode::OK, None, title, content)
}
