//! Resources: APIs of the app's own that workflows use, with keys of each user or with keys of the project.

use serde::Deserialize;
use toml::Spanned;
use uuid::Uuid;

use super::{Account, Authorization, ClientAuth, Input, Integration, OAuth, Scheme};

/// An API that requests of workflows can name. Accounts of it are stored and renewed as those of integrations are.
#[derive(Debug, Deserialize)]
#[serde(from = "Declared")]
pub struct Resource {
    /// Its name in calls.
    pub slug: String,
    /// How it is spoken to.
    pub provider: Integration,
}

/// As it stands in the project file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Declared {
    slug: Spanned<String>,
    #[serde(default)]
    name: Option<String>,
    base_url: String,
    #[serde(default)]
    allowed_hosts: Vec<String>,
    authorization: Authorization,
    #[serde(default)]
    inputs: Vec<Input>,
    #[serde(default)]
    oauth: Option<Renewal>,
    #[serde(default)]
    account: Option<Account>,
}

/// Where access tokens come from that the app does not give, or that end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Renewal {
    token_url: String,
    #[serde(default)]
    grant: Grant,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    client_auth: ClientAuth,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
enum Grant {
    /// The app gives `access_token` and `refresh_token`.
    #[default]
    RefreshToken,
    /// The user's `clientId` and `clientSecret` are exchanged for a token.
    ClientCredentials,
}

impl Resource {
    /// Id, the same at every start.
    pub fn id(&self, project: Uuid) -> Uuid {
        Uuid::new_v5(&project, format!("resource/{}", self.slug).as_bytes())
    }

    /// True if every user brings keys; false if the project's own are used for all.
    pub fn is_of_users(&self) -> bool {
        !self.provider.pre_options.is_empty() || self.provider.oauth.is_some()
    }
}

impl From<Declared> for Resource {
    fn from(declared: Declared) -> Self {
        let slug = declared.slug.get_ref().clone();
        let grant = declared.oauth.as_ref().map(|oauth| oauth.grant);
        let scheme = match grant {
            None => Scheme::Basic,
            Some(Grant::RefreshToken) => Scheme::Oauth,
            Some(Grant::ClientCredentials) => Scheme::OauthClientCredential,
        };
        let oauth = declared.oauth.map(|oauth| OAuth {
            // Nobody is sent there: the app brings the tokens.
            authorize_url: oauth.token_url.clone(),
            token_url: oauth.token_url,
            revoke_url: None,
            client_id: oauth.client_id,
            client_secret: oauth.client_secret,
            scopes: oauth.scopes,
            pkce: false,
            client_auth: oauth.client_auth,
            authorize_parameters: Default::default(),
            token_parameters: Default::default(),
        });
        let kind = Spanned::new(declared.slug.span(), format!("{PREFIX}{slug}"));
        let name = declared.name.unwrap_or_else(|| slug.clone());
        let provider = Integration {
            scheme: Some(scheme),
            allowed_hosts: declared.allowed_hosts,
            oauth,
            authorization: declared.authorization,
            account: declared.account,
            pre_options: declared.inputs,
            ..Integration::empty(kind, name, declared.base_url)
        };
        Self { slug, provider }
    }
}

/// What the names of resources begin with where integrations are named too, as in the journal.
pub const PREFIX: &str = "resource.";
