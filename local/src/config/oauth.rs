//! The OAuth server of an integration.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::integration::yes;

/// A provider's OAuth 2.0 server. Addresses are templates.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OAuth {
    /// Authorization endpoint.
    pub authorize_url: String,
    /// Token endpoint.
    pub token_url: String,
    /// Revocation endpoint (RFC 7009).
    #[serde(default)]
    pub revoke_url: Option<String>,
    /// This platform's client id there.
    #[serde(default)]
    pub client_id: String,
    /// And its secret; empty for a public client.
    #[serde(default)]
    pub client_secret: String,
    /// Scopes to ask for.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Proof key for code exchange (S256).
    #[serde(default = "yes")]
    pub pkce: bool,
    /// How the client proves itself at the token endpoint.
    #[serde(default)]
    pub client_auth: ClientAuth,
    /// Further parameters of the authorization address, such as `prompt = "consent"`.
    #[serde(default)]
    pub authorize_parameters: BTreeMap<String, String>,
    /// Further parameters of token requests, such as `resource`.
    #[serde(default)]
    pub token_parameters: BTreeMap<String, String>,
}

/// How a client proves itself at the token endpoint.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum ClientAuth {
    /// HTTP Basic.
    Basic,
    /// `client_id` and `client_secret` in the form.
    #[default]
    Body,
}
