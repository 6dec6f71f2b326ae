//! Notes the calls that come in.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::Response;

use super::{Entry, Kind, Tee};
use crate::app::App;

tokio::task_local! {
    static CURRENT: Arc<Entry>;
}

/// The call that this code runs for, if it is one of the journal's.
pub fn current() -> Option<Arc<Entry>> {
    CURRENT.try_with(Arc::clone).ok()
}

/// The layer around a project's calls.
pub async fn record(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let Some(kind) = Kind::of_path(request.uri().path()) else {
        return next.run(request).await;
    };
    let address = request.uri().path_and_query().map_or_else(|| request.uri().path(), |both| both.as_str()).to_owned();
    let method = request.method().as_str().to_owned();
    let secrets = app.journal.secrets_of(&address);
    let entry = app.journal.begin(|new| Entry::new(new, None, kind, app.clock.now_ms(), &method, address));
    {
        let mut rest = entry.rest();
        rest.request.headers = request.headers().clone();
        rest.secrets = secrets;
        let bearer = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        rest.secrets.extend(bearer.and_then(|value| value.split_once(' ')).map(|(_, token)| token.trim().to_owned()));
    }
    let request = request.map(|body| axum::body::Body::new(Tee::request(body, entry.clone())));
    let response = CURRENT.scope(entry.clone(), next.run(request)).await;
    entry.answered(response.status().as_u16(), response.headers());
    response.map(|body| axum::body::Body::new(Tee::response(body, entry)))
}
