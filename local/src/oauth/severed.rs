//! A popup that has lost its opener, because the app's page or the provider's isolates itself (COOP): the app can
//! neither hear it nor lead it on, so the nonce page asks here where to go. Its cookie shows that it may.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum_extra::extract::CookieJar;
use serde_json::{Value, json};

use super::hash;
use super::nonce::COOKIE;
use crate::app::App;
use crate::http::ApiError;
use crate::store::attempt;

/// How long one question waits for the attempt to begin.
const WAIT: Duration = Duration::from_secs(20);

/// `GET oauth-next/<key>`: `{redirectUrl}`, or `{}` while the attempt has not begun.
pub async fn next(
    State(app): State<Arc<App>>,
    Path((_, key)): Path<(String, String)>,
    jar: CookieJar,
) -> Result<axum::Json<Value>, ApiError> {
    let cookies: Vec<String> =
        jar.iter().filter(|one| one.name().starts_with(COOKIE)).map(|one| hash(one.value())).collect();
    let until = tokio::time::Instant::now() + WAIT;
    loop {
        let mut changed = std::pin::pin!(app.attempt_changed.notified());
        changed.as_mut().enable();
        let (wanted, own) = (key.clone(), cookies.clone());
        if let Some(address) = app.store.read(move |db| attempt::address_for(db, &wanted, &own)).await? {
            return Ok(axum::Json(json!({"redirectUrl": address})));
        }
        if tokio::time::timeout_at(until, changed).await.is_err() {
            return Ok(axum::Json(json!({})));
        }
    }
}
