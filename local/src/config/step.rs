//! Steps of a workflow. They are stored with every run, so that it ends as it began when the project file changes.
//!
//! Step 1 is the trigger; the others are counted from 2 in the order in which they stand in the file, those inside of a
//! step right after it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ClientAuth, condition::Conditions};

/// One step.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Step {
    /// Sends a request.
    Request(Box<RequestStep>),
    /// Goes one of two ways.
    Conditional {
        /// Another name for its number in variables.
        #[serde(default)]
        name: Option<String>,
        /// What decides.
        r#if: Conditions,
        /// Steps if it holds.
        #[serde(default)]
        then: Vec<Step>,
        /// Steps if not.
        #[serde(default)]
        r#else: Vec<Step>,
    },
    /// Takes its steps for each item of a list; the item is `{{<number>.instance}}`.
    FanOut {
        /// Another name for its number in variables.
        #[serde(default)]
        name: Option<String>,
        /// A variable that is a list.
        over: String,
        /// Steps for each item.
        steps: Vec<Step>,
    },
    /// Answers the call that started the run.
    Response {
        /// Another name for its number in variables.
        #[serde(default)]
        name: Option<String>,
        /// HTTP status.
        #[serde(default = "ok")]
        status: u16,
        /// A template of any JSON.
        #[serde(default)]
        body: Value,
    },
}

impl Step {
    /// The name that the project file gives it.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Request(step) => step.name.as_deref(),
            Self::Conditional { name, .. } | Self::FanOut { name, .. } | Self::Response { name, .. } => name.as_deref(),
        }
    }

    /// How many numbers it takes: its own and those of the steps inside of it.
    pub fn size(&self) -> usize {
        1 + match self {
            Self::Request(_) | Self::Response { .. } => 0,
            Self::Conditional { then, r#else, .. } => size(then) + size(r#else),
            Self::FanOut { steps, .. } => size(steps),
        }
    }

    /// As the task history names it.
    pub fn step_type(&self) -> &'static str {
        match self {
            Self::Request(_) => "ACTION/REQUEST",
            Self::Conditional { .. } => "IFELSE/ACTION",
            Self::FanOut { .. } => "FANOUT/ACTION",
            Self::Response { .. } => "ACTION/RESPONSE",
        }
    }

    /// True if this step, or one inside of it, answers the call.
    pub fn answers(&self) -> bool {
        match self {
            Self::Request(_) => false,
            Self::Response { .. } => true,
            Self::Conditional { then, r#else, .. } => then.iter().chain(r#else).any(Self::answers),
            Self::FanOut { steps, .. } => steps.iter().any(Self::answers),
        }
    }
}

/// How many numbers these steps take.
pub fn size(steps: &[Step]) -> usize {
    steps.iter().map(Step::size).sum()
}

/// A request. Texts are templates.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RequestStep {
    /// Another name for its number in variables.
    #[serde(default)]
    pub name: Option<String>,
    /// Whom it goes to.
    #[serde(default)]
    pub target: Target,
    /// The resource that it goes to instead of the integration, in the user's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// HTTP verb.
    #[serde(default)]
    pub method: Verb,
    /// `target = "integration"`: a path below `baseUrl`, or a whole address on one of its hosts. `"api"`: any whole address.
    pub url: String,
    /// Parameters; a list repeats its name, nothing leaves it away.
    #[serde(default)]
    pub query: Map<String, Value>,
    /// Headers; nothing leaves it away.
    #[serde(default)]
    pub headers: Map<String, Value>,
    /// The body.
    #[serde(default)]
    pub body: Option<RequestBody>,
    /// Of API requests only: integration requests carry the account's own.
    #[serde(default)]
    pub authorization: RequestAuthorization,
    /// The run goes on when the request fails.
    #[serde(default)]
    pub continue_on_failure: bool,
    /// Up to five further tries, after 10, 20, 30, 50 and 80 seconds, or after what `Retry-After` says.
    #[serde(default)]
    pub auto_retry: bool,
    /// Asks for all pages.
    #[serde(default)]
    pub pagination: Option<Pagination>,
}

/// Whom a request goes to.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    /// The integration's provider, in the account's name.
    #[default]
    Integration,
    /// Anybody else.
    Api,
}

/// HTTP verbs of requests.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the verbs of HTTP")]
pub enum Verb {
    #[default]
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// A body; sets the content type.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum RequestBody {
    /// JSON.
    Json {
        /// Any JSON.
        content: Value,
    },
    /// `multipart/form-data`. File values become files.
    Multipart {
        /// By name; a list repeats its name.
        fields: Map<String, Value>,
    },
    /// `application/x-www-form-urlencoded`.
    Urlencoded {
        /// By name; a list repeats its name.
        fields: Map<String, Value>,
    },
    /// A GraphQL request as JSON.
    Graphql {
        /// The document. What changes goes into `variables`.
        query: String,
        /// Any JSON.
        #[serde(default)]
        variables: Map<String, Value>,
        /// Which operation of several.
        #[serde(default)]
        operation_name: Option<String>,
    },
    /// XML. Variables may stand in texts and in values of attributes.
    Xml {
        /// The document.
        text: String,
    },
    /// As it is written. Without a content type, or with that of JSON, it is JSON, and variables are inserted as such; with one of
    /// XML it is XML.
    Raw {
        /// The body.
        text: String,
        /// Its content type.
        #[serde(default)]
        content_type: Option<String>,
    },
}

/// How an API request proves itself.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum RequestAuthorization {
    /// Not at all.
    #[default]
    None,
    /// `Authorization: Bearer <token>`.
    Bearer {
        /// The token.
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
    /// A parameter of the address.
    Query {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// Any one header.
    Header {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// OAuth 2.0 client credentials.
    ClientCredentials {
        /// The client.
        client: TokenClient,
    },
    /// OAuth 2.0 refresh token. A rotated one is kept and used from then on.
    RefreshToken {
        /// The client.
        client: TokenClient,
        /// The first refresh token.
        refresh_token: String,
    },
    /// OAuth 2.0 resource owner password credentials.
    Password {
        /// The client.
        client: TokenClient,
        /// User name.
        username: String,
        /// Password.
        password: String,
    },
}

/// A client of an OAuth server. Texts are templates.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TokenClient {
    /// Token endpoint.
    pub token_url: String,
    /// Client id.
    pub client_id: String,
    /// And its secret; empty for a public client.
    #[serde(default)]
    pub client_secret: String,
    /// Scopes to ask for.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Credentials in the header (`basic`) or in the body.
    #[serde(default)]
    pub client_auth: ClientAuth,
}

/// How a request asks for all pages. Templates and conditions also see `{{self.response}}` and `{{self.pageToken}}`.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Pagination {
    /// The page's list, such as `{{self.response.body.records}}`. The step's `response.body` is all of them in one list.
    pub output: String,
    /// The next page's token, such as `{{self.response.body.next}}`; nothing at the end.
    pub page_token: String,
    /// Holds after the last page. Without it the token decides alone.
    #[serde(default)]
    pub stop: Option<Conditions>,
}

fn ok() -> u16 {
    200
}
