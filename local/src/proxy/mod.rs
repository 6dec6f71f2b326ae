//! The proxy: the app's request goes to the provider with the account's authentication, and the answer comes back.

mod answer;
pub(crate) mod headers;
mod payload;
pub(crate) mod target;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::api::select;
use crate::app::App;
use crate::auth::User;
use crate::http::ApiError;
use crate::oauth::renew;
use crate::provider::{self, Outgoing, Proof};
use crate::store::credential::Status;

/// `ANY proxy/<integration>/<path>`.
pub async fn handle(State(app): State<Arc<App>>, User(person): User, request: Request) -> Result<Response, ApiError> {
    let (parts, sent) = request.into_parts();
    let call = target::Call::read(&app, &parts)?;
    let raw = headers::wants_raw(&parts.headers);
    let chosen = select::credential_for(&app, &person, call.integration, &parts.headers).await?;
    select::require_use(&app, &person, &chosen, &parts.headers)?;
    match chosen.status {
        Status::Valid => {}
        Status::Pending => return Err(select::not_enabled(call.integration)),
        Status::Invalid => {
            return Err(ApiError::unauthorized(
                "credential_invalid",
                format!("{} no longer accepts this account. Ask the user to connect it again.", call.integration.name),
            )
            .from_integration());
        }
    }
    let mut chosen = renew::fresh(&app, call.integration, chosen).await?;

    let mut outgoing = headers::outgoing(&parts.headers, raw);
    let mut body = payload::take(&parts, sent, &mut outgoing).await?;
    let mut renewed_once = false;
    let response = loop {
        let context = provider::context(&app, &chosen.secrets);
        let url = call.url(&context)?;
        let proof = Proof::new(call.integration, &context)?;
        let again = body.again();
        let request = Outgoing {
            name: &call.integration.name,
            integration: &call.integration.key(),
            method: &parts.method,
            headers: &outgoing,
            url,
            proof: &proof,
            secrets: Vec::new(),
            private: true,
            reading: !raw,
        };
        let response = provider::forward(&app, request, body).await?;
        let (StatusCode::UNAUTHORIZED, Some(copy), false) = (response.status(), again, renewed_once) else {
            break response;
        };
        let Some(renewed) = renew::after_refusal(&app, call.integration, &chosen).await? else {
            break response;
        };
        (chosen, body, renewed_once) = (renewed, copy, true);
    };
    if raw { Ok(answer::raw(response)) } else { answer::wrapped(&app, call.integration, response).await }
}
