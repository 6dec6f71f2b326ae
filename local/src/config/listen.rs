//! How the platform learns of what happens at a provider: it asks again and again, or it has told the provider where to call.

use serde::{Deserialize, Serialize};

use super::{OptionsRequest, ProviderRequest};

/// Asking again and again. What is there at the first time starts nothing; what is new later starts one run each.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Poll {
    /// Seconds between two times.
    #[serde(default = "a_minute")]
    pub interval_seconds: u32,
    /// How to read the list, all pages of it. `{{parameters.<id>}}` and `{{since}}` are filled in.
    pub list: OptionsRequest,
    /// JMESPath over an item: what tells it from the others.
    pub id: String,
    /// JMESPath over the list: `{{since}}` of the next time. Until it gives something, `{{since}}` is when the workflow was
    /// turned on (ISO 8601).
    #[serde(default)]
    pub since: Option<String>,
}

/// Being called by the provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Webhook {
    /// Tells the provider where to call: `{{webhook.url}}`, `{{webhook.secret}}`, `{{parameters.<id>}}`.
    pub register: ProviderRequest,
    /// JMESPath over the answer: `{{webhook.id}}`.
    #[serde(default)]
    pub id: Option<String>,
    /// Tells the provider to call no more.
    #[serde(default)]
    pub unregister: Option<ProviderRequest>,
    /// How the provider proves that it is the one who calls.
    pub signature: Signature,
    /// Header that holds the event's id: one that comes twice starts one run.
    #[serde(default)]
    pub delivery: Option<String>,
    /// JMESPath over the body: the event, or a list of events. Missing: the body is the event.
    #[serde(default)]
    pub events: Option<String>,
}

/// HMAC-SHA256 over the body as it was sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Signature {
    /// Header that holds it.
    pub header: String,
    /// What stands before it, such as `sha256=`.
    #[serde(default)]
    pub prefix: String,
    /// How its bytes are written.
    #[serde(default)]
    pub encoding: Encoding,
    /// The key; a template.
    #[serde(default = "own_secret")]
    pub secret: String,
    /// Header that holds the time of the call (seconds since 1970): an old call is refused.
    #[serde(default)]
    pub timestamp: Option<String>,
    /// What is signed: `{{body}}`, and `{{timestamp}}`.
    #[serde(default = "body")]
    pub payload: String,
}

/// How bytes are written.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum Encoding {
    /// Two digits a byte.
    #[default]
    Hex,
    /// With padding.
    Base64,
}

fn a_minute() -> u32 {
    60
}

fn own_secret() -> String {
    "{{webhook.secret}}".into()
}

fn body() -> String {
    "{{body}}".into()
}
