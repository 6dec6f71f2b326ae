//! How the platform speaks to a provider in the name of a connected account.

mod ask;
pub mod guard;
mod outbound;
mod proof;
mod send;
mod upstream;

use serde_json::{Value, json};
use url::Url;

use crate::app::App;
use crate::config::{Integration, template};
use crate::http::ApiError;
use crate::store::credential::Secrets;

pub use ask::{Page, ask, page};
pub use outbound::{About, Failed, send as send_out};
pub use proof::Proof;
pub use send::{Answer, READ_LIMIT, account, search, send, too_slow, unreachable, whole};
pub use upstream::{Outgoing, Payload, forward};

/// The values that templates of the project file can name.
pub fn context(app: &App, secrets: &Secrets) -> Value {
    json!({
        "sandbox": app.addresses.sandbox,
        "platform": app.addresses.base,
        "inputs": secrets.inputs,
        "parameters": secrets.parameters,
        "token": secrets.token,
        "secrets": app.config.project.secret_values(),
    })
}

/// The provider's base address for an account.
pub fn base(integration: &Integration, context: &Value) -> Result<Url, ApiError> {
    address("baseUrl", &integration.base_url, integration, context)
}

/// Fills in a template of an address, and reads it.
pub fn address(what: &str, text: &str, integration: &Integration, context: &Value) -> Result<Url, ApiError> {
    let filled = template::address(text, context).map_err(|missing| incomplete(integration, what, &missing))?;
    Url::parse(&filled)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty())
        .ok_or_else(|| {
            ApiError::bad(
                "address_invalid",
                format!(
                    "{what} of the integration \"{}\" does not give a usable address for this account. Check what the user entered, and the project file.",
                    integration.key()
                ),
            )
        })
}

/// The account lacks a value that a template names.
pub fn incomplete(integration: &Integration, what: &str, missing: &template::Missing) -> ApiError {
    ApiError::bad(
        "value_missing",
        format!(
            "{what} of the integration \"{}\" cannot be filled in: {missing}. The user has not entered it yet, or the project file names it wrongly.",
            integration.key()
        ),
    )
}
