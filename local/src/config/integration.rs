//! One integration of the project file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Account, Authorization, DataSource, Input, OAuth, TriggerType, Workflow};

/// How end users prove themselves.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// Keys, or user name and password.
    Basic,
    /// OAuth 2.0, authorization code.
    Oauth,
    /// OAuth 2.0, client credentials: the end user gives `clientId` and `clientSecret`.
    OauthClientCredential,
}

/// Something that can be connected.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Integration {
    /// `slack`, `salesforce`, …, or `custom`.
    #[serde(rename = "type")]
    pub kind: Spanned<String>,
    /// What people read.
    pub name: String,
    /// A custom integration's name in calls, after `custom.`; made from `name` if it is missing.
    #[serde(default)]
    pub slug: Option<String>,
    /// A custom integration's own icon.
    #[serde(default)]
    pub icon: Option<String>,
    /// Colour of the product.
    #[serde(default = "grey")]
    pub brand_color: String,
    /// Colour of the portal.
    #[serde(default)]
    pub accent_color: Option<String>,
    /// One line.
    #[serde(default)]
    pub description: String,
    /// Several lines of Markdown.
    #[serde(default)]
    pub overview: String,
    /// False hides it from users.
    #[serde(default = "yes")]
    pub active: bool,
    /// Missing: `oauth` if there is an `oauth` table, else `basic`.
    #[serde(default)]
    pub scheme: Option<Scheme>,
    /// Where relative paths lead; a template.
    pub base_url: String,
    /// Hosts (`host` or `host:port`) that full addresses may name, beside that of `baseUrl`.
    #[serde(default)]
    pub allowed_hosts: Vec<String>,
    /// The provider's OAuth server.
    #[serde(default)]
    pub oauth: Option<OAuth>,
    /// How requests are authenticated. Missing: `Bearer {{token.access_token}}`.
    #[serde(default)]
    pub authorization: Authorization,
    /// Whose account it is, and whether a key works.
    #[serde(default)]
    pub account: Option<Account>,
    /// Kinds of accounts that users choose from.
    #[serde(default)]
    pub account_types: Vec<AccountType>,
    /// Asked before the account is connected.
    #[serde(default)]
    pub pre_options: Vec<Input>,
    /// Asked after it.
    #[serde(default)]
    pub post_options: Vec<Input>,
    /// Settings of the integration.
    #[serde(default)]
    pub settings: Vec<Input>,
    /// Where choices come from.
    #[serde(default)]
    pub data_sources: BTreeMap<String, DataSource>,
    /// What can run.
    #[serde(default)]
    pub workflows: Vec<Workflow>,
    /// What can happen at the provider.
    #[serde(default)]
    pub triggers: Vec<TriggerType>,
    /// So many users may connect it, as with a client id of the platform's; missing: any number.
    #[serde(default)]
    pub connected_user_limit: Option<u32>,
    /// The account's access token may be given to pages, which file pickers need.
    #[serde(default)]
    pub expose_account_token: bool,
    /// What pages get beside the token (with `expose_account_token`): templates by name, such as `DOMAIN`.
    #[serde(default)]
    pub account_auth: BTreeMap<String, String>,
    /// A package that must be installed at the provider first.
    #[serde(default)]
    pub package_install_url: Option<String>,
}

/// A kind of account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AccountType {
    /// Such as `production`.
    pub id: String,
    /// How it proves itself.
    pub scheme: Scheme,
    /// Lower case, fits into "Add new … for Salesforce".
    #[serde(default)]
    pub description: Option<String>,
    /// Values for the templates of the OAuth addresses: `{{parameters.<key>}}`.
    #[serde(default)]
    pub oauth_parameters: BTreeMap<String, String>,
    /// Asked before the account is connected, instead of the integration's `preOptions`.
    #[serde(default)]
    pub pre_options: Option<Vec<Input>>,
    /// No post options for this type.
    #[serde(default)]
    pub skip_post_options: bool,
}

impl Integration {
    /// One with nothing in it.
    pub(super) fn empty(kind: Spanned<String>, name: String, base_url: String) -> Self {
        Self {
            kind,
            name,
            base_url,
            slug: None,
            icon: None,
            brand_color: grey(),
            accent_color: None,
            description: String::new(),
            overview: String::new(),
            active: true,
            scheme: None,
            allowed_hosts: Vec::new(),
            oauth: None,
            authorization: Authorization::default(),
            account: None,
            account_types: Vec::new(),
            pre_options: Vec::new(),
            post_options: Vec::new(),
            settings: Vec::new(),
            data_sources: BTreeMap::new(),
            workflows: Vec::new(),
            triggers: Vec::new(),
            connected_user_limit: None,
            expose_account_token: false,
            account_auth: BTreeMap::new(),
            package_install_url: None,
        }
    }

    /// The name in calls: the type, or `custom.<slug>`.
    pub fn key(&self) -> String {
        if self.is_custom() { format!("custom.{}", self.slug()) } else { self.kind.get_ref().clone() }
    }

    /// True for integrations that the project brought itself.
    pub fn is_custom(&self) -> bool {
        self.kind.get_ref() == "custom"
    }

    /// The last part of a custom integration's name.
    pub fn slug(&self) -> String {
        self.slug.clone().unwrap_or_else(|| {
            self.name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
        })
    }

    /// Id, the same at every start.
    pub fn id(&self, project: Uuid) -> Uuid {
        Uuid::new_v5(&project, format!("integration/{}", self.key()).as_bytes())
    }

    /// Id of the custom integration behind it.
    pub fn custom_id(&self, project: Uuid) -> Uuid {
        Uuid::new_v5(&project, format!("custom-integration/{}", self.key()).as_bytes())
    }

    /// Id of one of its workflows.
    pub fn workflow_id(&self, project: Uuid, key: &str) -> Uuid {
        Uuid::new_v5(&project, format!("workflow/{}/{key}", self.key()).as_bytes())
    }

    /// The scheme of the integration itself.
    pub fn scheme(&self) -> Scheme {
        self.scheme.unwrap_or(if self.oauth.is_some() { Scheme::Oauth } else { Scheme::Basic })
    }

    /// The scheme of one of its account types.
    pub fn scheme_of(&self, account_type: Option<&AccountType>) -> Scheme {
        account_type.map_or(self.scheme(), |chosen| chosen.scheme)
    }

    /// One of its triggers, by type.
    pub fn trigger(&self, kind: &str) -> Option<&TriggerType> {
        self.triggers.iter().find(|one| one.kind == kind)
    }

    /// An account type by id.
    pub fn account_type(&self, id: &str) -> Option<&AccountType> {
        self.account_types.iter().find(|one| one.id == id)
    }

    /// What is asked before connecting.
    pub fn pre_options<'a>(&'a self, account_type: Option<&'a AccountType>) -> &'a [Input] {
        account_type.and_then(|one| one.pre_options.as_deref()).unwrap_or(&self.pre_options)
    }
}

pub(super) fn yes() -> bool {
    true
}

fn grey() -> String {
    "#5b6472".into()
}
