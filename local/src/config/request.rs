//! Requests that the platform itself sends to a provider, and how a provider wants to be spoken to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How a connected account proves itself to the provider. The texts are templates, see [`super::template`].
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum Authorization {
    /// `Authorization: Bearer <token>`.
    Bearer {
        /// The token, such as `{{inputs.apiKey}}`.
        token: String,
    },
    /// HTTP Basic.
    Basic {
        /// User name.
        username: String,
        /// Password.
        #[serde(default)]
        password: String,
    },
    /// Any one header.
    Header {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// A parameter of the address.
    Query {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
}

impl Default for Authorization {
    fn default() -> Self {
        Self::Bearer { token: "{{token.access_token}}".into() }
    }
}

/// A request to a provider. `url` is a path below `baseUrl`, or a whole address.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ProviderRequest {
    /// HTTP verb.
    #[serde(default = "get")]
    pub method: String,
    /// Path or address; a template.
    pub url: String,
    /// Parameters; templates. One that comes out empty is left away.
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    /// JSON body; texts in it are templates.
    #[serde(default)]
    pub body: Option<serde_json::Value>,
}

/// How the platform learns whose account was connected, and at the same time checks that a key works.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Account {
    /// What to ask.
    pub request: ProviderRequest,
    /// JMESPath: true if the answer means success; for providers that answer 200 to everything.
    #[serde(default)]
    pub ok: Option<String>,
    /// JMESPath: the account's id at the provider (`providerId`).
    #[serde(default)]
    pub id: Option<String>,
    /// JMESPath by name: what to keep in `providerData`.
    #[serde(default)]
    pub data: BTreeMap<String, String>,
}

/// How a choice from the account is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OptionsRequest {
    /// What to ask; `{{cursor}}`, `{{search}}` and `{{parameters.<key>}}` are filled in.
    pub request: ProviderRequest,
    /// JMESPath: a list of `{value, label}`.
    pub records: String,
    /// JMESPath: the next page's cursor, or nothing at the end.
    #[serde(default)]
    pub next_cursor: Option<String>,
    /// JMESPath: the next page's address, for providers that give that instead.
    #[serde(default)]
    pub next_url: Option<String>,
}

fn get() -> String {
    "GET".into()
}
