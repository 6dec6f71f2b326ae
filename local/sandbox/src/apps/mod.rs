//! The apps: which there are, their paths, and what they hold at the beginning.

mod boxes;
mod drive;
mod graph;
mod input;
mod jira;
mod names;
mod salesforce;
mod sendgrid;
mod shopify;
mod slack;

use axum::Router;

use crate::{
    db::Db,
    documents::Collection,
    oauth::realm::{App, Realm, Unknown},
    state::AppState,
};

/// An app on the first page, with links to what a person can look at: label and address.
pub struct Card {
    pub app: &'static App,
    pub links: &'static [(&'static str, &'static str)],
}

pub fn cards() -> [Card; 9] {
    [
        Card { app: &slack::APP, links: &[("Marketplace", "/slack/marketplace")] },
        Card {
            app: &salesforce::APP,
            links: &[("Install the package", "/salesforce/packaging/installPackage.apexp?p0=04t000000000001")],
        },
        Card { app: &jira::APP, links: &[] },
        Card { app: &shopify::APP, links: &[] },
        Card { app: &sendgrid::APP, links: &[("API keys", "/sendgrid/keys"), ("Outbox", "/sendgrid/outbox")] },
        Card { app: &drive::APP, links: &[] },
        Card { app: &graph::ONEDRIVE, links: &[] },
        Card { app: &graph::SHAREPOINT, links: &[] },
        Card { app: &boxes::APP, links: &[] },
    ]
}

pub fn routes() -> Router<AppState> {
    Router::new()
        .merge(slack::routes())
        .merge(salesforce::routes())
        .merge(jira::routes())
        .merge(shopify::routes())
        .merge(sendgrid::routes())
        .merge(drive::routes())
        .merge(graph::routes())
        .merge(boxes::routes())
}

/// The realm that a path belongs to.
pub fn realm(path: &str) -> Result<Realm, Unknown> {
    let mut parts = path.split('/').skip(1);
    let plain = |app: &'static App| Ok(Realm { app, key: app.key.to_owned(), detail: None });
    match parts.next().unwrap_or_default() {
        "slack" => plain(&slack::APP),
        "salesforce" => Ok(salesforce::realm(false)),
        "salesforce-test" => Ok(salesforce::realm(true)),
        "jira" => plain(&jira::APP),
        "shopify" => shopify::realm(parts.next().unwrap_or_default()),
        "sendgrid" => plain(&sendgrid::APP),
        "onedrive" => plain(&graph::ONEDRIVE),
        "sharepoint" => plain(&graph::SHAREPOINT),
        "box" => plain(&boxes::APP),
        _ => plain(&drive::APP),
    }
}

/// Fills an empty database. One transaction, so that a start that is cut short leaves nothing half done.
pub fn seed(db: &Db) -> rusqlite::Result<()> {
    db.with(|tx| {
        let marker = Collection { store: "sandbox", kind: "seed" };
        if marker.get(tx, "done")?.is_some() {
            return Ok(());
        }
        slack::seed(tx)?;
        salesforce::seed(tx)?;
        jira::seed(tx)?;
        shopify::seed(tx)?;
        sendgrid::seed(tx)?;
        drive::seed(tx)?;
        marker.put(tx, "done", &serde_json::json!(true))
    })
}
