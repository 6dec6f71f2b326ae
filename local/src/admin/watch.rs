//! What changes in a project, as it happens: a stream of server-sent events for the console.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use serde_json::{Map, Value, json};
use tokio::sync::watch;

use super::{Named, clock};
use crate::app::App;
use crate::journal::{CLASSES, SLICE_MS};
use crate::projects::Projects;

/// Changes that come close together go out together.
const PAUSE: Duration = Duration::from_millis(100);
/// What tells nobody that it has changed (faults, the clock, what is stored) is looked at this often.
const LOOK: Duration = Duration::from_millis(500);
/// The most calls in one event.
const CALLS: usize = 2_000;

/// `GET watch`: events whose data is JSON. Each tells only what has changed since the one before; the first, everything.
///
/// `calls` are lines about calls that are new or have got on, `oldest` the lowest number of a call that is kept, `slices`
/// the tally's new or grown slices. `clears` counts how often the journal was emptied: with another number than before,
/// calls and slices of earlier events are gone. `stored` is another number whenever something stored has changed,
/// `projects` are the ids of all projects. The stream ends when the project is thrown away.
pub async fn watch(
    State(projects): State<Arc<Projects>>,
    Named(app): Named,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let watcher = Watcher { changed: app.journal.subscribe(), projects, app, journal: 0, told: Map::new() };
    let events = futures_util::stream::unfold(watcher, async |mut watcher| {
        let news = watcher.next().await?;
        Some((Ok(Event::default().data(news.to_string())), watcher))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

struct Watcher {
    projects: Arc<Projects>,
    app: Arc<App>,
    changed: watch::Receiver<u64>,
    /// The journal's number at the last look.
    journal: u64,
    /// What was told last of everything that is told as a whole.
    told: Map<String, Value>,
}

impl Watcher {
    /// The next event's data; `None` when the project is gone.
    async fn next(&mut self) -> Option<Value> {
        if !self.told.is_empty() {
            tokio::time::sleep(PAUSE).await;
        }
        loop {
            let open = self.projects.list();
            if !open.iter().any(|one| Arc::ptr_eq(one, &self.app)) {
                return None;
            }
            self.changed.borrow_and_update();
            let news = self.look(open.iter().map(|one| one.project.id.to_string()).collect());
            if !news.is_empty() {
                return Some(news.into());
            }
            // The journal lives as long as the project, which is held here.
            let _ = tokio::time::timeout(LOOK, self.changed.changed()).await;
        }
    }

    fn look(&mut self, projects: Vec<String>) -> Map<String, Value> {
        let app = &self.app;
        let mut news = Map::new();
        let journal = app.journal.news(self.journal, CALLS);
        self.journal = journal.number;
        if !journal.calls.is_empty() {
            news.insert("calls".into(), journal.calls.into());
        }
        if !journal.slices.is_empty() {
            news.insert("slices".into(), json!(journal.slices));
        }
        let wholes = [
            ("clears", json!(journal.clears)),
            ("oldest", json!(journal.oldest)),
            ("clock", clock::setting(app)),
            ("faults", json!(app.faults.list())),
            ("stored", json!(app.store.changes())),
            ("projects", json!(projects)),
            ("tally", json!({"sliceMs": SLICE_MS, "classes": CLASSES})),
        ];
        for (name, value) in wholes {
            if self.told.get(name) != Some(&value) {
                self.told.insert(name.into(), value.clone());
                news.insert(name.into(), value);
            }
        }
        news
    }
}
