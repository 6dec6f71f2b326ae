//! `paragon.toml`: what the project offers. Read once at the start; every mistake names its line and its remedy.

mod check;
mod check_step;
mod check_trigger;
pub mod condition;
mod input;
mod integration;
mod listen;
mod oauth;
mod request;
mod resource;
mod source;
pub mod step;
pub mod template;
mod trigger;
mod workflow;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

pub use input::{Choice, Input};
pub use integration::{AccountType, Integration, Scheme};
pub use listen::{Encoding, Poll, Signature, Webhook};
pub use oauth::{ClientAuth, OAuth};
pub use request::{Account, Authorization, OptionsRequest, ProviderRequest};
pub use resource::{PREFIX as RESOURCE_PREFIX, Resource};
pub use source::DataSource;
pub use step::Step;
pub use trigger::TriggerType;
pub use workflow::{Trigger, Workflow};

/// The file that is written at the first start.
pub const DEFAULT: &str = include_str!("default.toml");

/// Features of the plan that an app may ask for.
pub const FEATURES: [&str; 9] = [
    "byo",
    "dfm",
    "headless-cp",
    "th-api",
    "monitoring",
    "rbac",
    "user-metadata",
    "whitelabel",
    "workflow-permissions",
];

/// The whole project file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Config {
    /// Settings of the project as a whole.
    #[serde(default)]
    pub project: Project,
    /// What can be connected.
    #[serde(default)]
    pub integrations: Vec<Integration>,
    /// APIs of the app's own that workflows use.
    #[serde(default)]
    pub resources: Vec<Resource>,
}

/// Settings of the project as a whole.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Project {
    /// Name of the billing plan, as `me` shows it.
    pub billing_plan: String,
    /// Plan features, see [`FEATURES`].
    pub features: Vec<String>,
    /// Origins beside the loopback ones that may call the API from a page, such as `https://app.example.com`.
    pub allowed_origins: Vec<String>,
    /// API requests of workflows may reach this machine and its network.
    pub private_targets: bool,
    /// Values for `{{secrets.<name>}}` in workflows.
    pub secrets: BTreeMap<String, Secret>,
    /// Runs of one account that are under way at the same time.
    pub runs_per_account: usize,
    /// Ended runs, and app events, that are kept.
    pub keep_runs: u32,
    /// Calls that the journal keeps.
    pub keep_calls: usize,
    /// Seconds that a provider may be silent before its answer, and in the middle of it. An answer that the platform reads itself
    /// must be complete after five times as long.
    pub provider_timeout_seconds: u32,
    /// Pages of the app that marketplace pages of the sandbox may send users to, with a code.
    pub install_pages: Vec<String>,
}

/// A value that only workflows see.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub enum Secret {
    /// Written here.
    Value(String),
    /// Read from an environment variable at the start.
    Environment {
        /// The variable's name.
        env: String,
    },
}

impl Secret {
    /// The value; an unset environment variable is empty.
    pub fn value(&self) -> String {
        match self {
            Self::Value(value) => value.clone(),
            Self::Environment { env } => std::env::var(env).unwrap_or_default(),
        }
    }
}

impl Project {
    /// True if the plan includes a feature.
    pub fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|one| one == feature)
    }

    /// All secrets with their values.
    pub fn secret_values(&self) -> Map<String, Value> {
        self.secrets.iter().map(|(name, secret)| (name.clone(), secret.value().into())).collect()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl Default for Project {
    fn default() -> Self {
        Self {
            billing_plan: "connect_enterprise".into(),
            features: FEATURES.map(String::from).to_vec(),
            allowed_origins: Vec::new(),
            private_targets: true,
            secrets: BTreeMap::new(),
            runs_per_account: 5,
            keep_runs: 10_000,
            keep_calls: 2_000,
            provider_timeout_seconds: 60,
            install_pages: Vec::new(),
        }
    }
}

/// Why a project file was refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read.
    #[error("cannot read the project file {path}: {source}. Give another one with --config, or mend its permissions.")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file does not parse, or has unknown or missing keys.
    #[error(
        "{path}: the project file is not valid.\n{message}\nMend this line, or delete the file: a new default is written at the next start."
    )]
    Invalid {
        /// Which file.
        path: PathBuf,
        /// What the parser said, with line and column.
        message: String,
    },
    /// The file parses, but something in it cannot work.
    #[error("{path}, line {line}: {message}")]
    Wrong {
        /// Which file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// What is wrong and what to do.
        message: String,
    },
}

impl Config {
    /// Reads and checks a project file.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Unreadable { path: path.into(), source })?;
        Self::parse(&text, path)
    }

    /// Reads and checks the text of a project file; `path` is for messages.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Error> {
        let mut config: Self =
            toml::from_str(text).map_err(|error| Error::Invalid { path: path.into(), message: error.to_string() })?;
        check::check(&config).map_err(|fault| Error::Wrong {
            path: path.into(),
            line: text[..fault.at.min(text.len())].matches('\n').count() + 1,
            message: fault.message,
        })?;
        // Without the feature a custom integration is there, and users cannot have it.
        let own = config.project.has("byo");
        config.integrations.iter_mut().for_each(|one| one.active &= own || !one.is_custom());
        Ok(config)
    }

    /// The integration with this name: a type such as `slack`, or `custom.<slug>`.
    pub fn integration(&self, name: &str) -> Option<&Integration> {
        self.integrations.iter().find(|integration| integration.key() == name)
    }

    /// The integration or the resource with this name: a resource's is `resource.<slug>`.
    pub fn provider(&self, name: &str) -> Option<&Integration> {
        match name.strip_prefix(RESOURCE_PREFIX) {
            Some(slug) => self.resource(slug).map(|resource| &resource.provider),
            None => self.integration(name),
        }
    }

    /// The resource with this name.
    pub fn resource(&self, slug: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.slug == slug)
    }

    /// The integration with this id, or with this id of a custom integration.
    pub fn integration_by_id(&self, project: Uuid, id: Uuid) -> Option<&Integration> {
        self.integrations.iter().find(|i| i.id(project) == id || (i.is_custom() && i.custom_id(project) == id))
    }

    /// The ids that are made from a project's id, as they are in one project and in another.
    pub fn renamed(&self, from: Uuid, to: Uuid) -> Vec<(String, String)> {
        let ids = |project: Uuid| {
            let of = move |one: &Integration| {
                let workflows = one.workflows.iter().map(|workflow| one.workflow_id(project, &workflow.key));
                [one.id(project), one.custom_id(project)].into_iter().chain(workflows).collect::<Vec<_>>()
            };
            let of_resources = self.resources.iter().map(move |one| one.provider.id(project));
            self.integrations.iter().flat_map(of).chain(of_resources).map(|id| id.to_string())
        };
        if from == to { Vec::new() } else { ids(from).zip(ids(to)).collect() }
    }

    /// Names of inputs, headers and parameters that carry secrets.
    pub fn secret_names(&self) -> impl Iterator<Item = &str> {
        let providers = self.integrations.iter().chain(self.resources.iter().map(|one| &one.provider));
        providers.flat_map(|one| {
            let inputs = one.pre_options.iter().chain(&one.post_options).chain(&one.settings);
            let passwords = inputs.filter(|input| input.kind == "PASSWORD").map(|input| input.id.as_str());
            let carrier = match &one.authorization {
                Authorization::Header { name, .. } | Authorization::Query { name, .. } => Some(name.as_str()),
                Authorization::Bearer { .. } | Authorization::Basic { .. } => None,
            };
            passwords.chain(carrier)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("paragon.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn the_default_file_is_valid() {
        let config = parse(DEFAULT).unwrap();
        let keys: Vec<_> = config.integrations.iter().map(Integration::key).collect();
        assert_eq!(
            keys,
            ["slack", "salesforce", "jira", "shopify", "sendgrid", "googledrive", "onedrive", "sharepoint", "box"]
        );
    }

    #[test]
    fn an_unknown_key_names_its_line() {
        let error = parse("[project]\nfeatures = []\ncolour = 'red'\n").unwrap_err();
        assert!(error.contains("line 3") && error.contains("colour"), "{error}");
    }

    #[test]
    fn what_cannot_work_names_its_line_and_the_remedy() {
        let one = "[[integrations]]\ntype = 'a'\nname = 'A'\nbaseUrl = 'http://x.test'\nauthorization = { kind = 'bearer', token = '{{inputs.key}}' }\n";
        let error = parse(&format!("{one}\n{one}")).unwrap_err();
        assert!(error.contains("line 8") && error.contains("twice"), "{error}");
        let error = parse(&one.replace("inputs", "imputs")).unwrap_err();
        assert!(error.contains("line 2") && error.contains("{{imputs.key}} is no variable"), "{error}");
    }

    #[test]
    fn a_workflow_that_cannot_run_is_told_with_its_step() {
        let file = |rest: &str| {
            format!(
                "[[integrations]]\ntype = 'a'\nname = 'A'\nbaseUrl = 'http://x.test'\nauthorization = {{ kind = 'bearer', token = '{{{{inputs.k}}}}' }}\n[[integrations.workflows]]\nkey = 'w'\ndescription = 'W'\n{rest}"
            )
        };
        let event = "trigger = { kind = 'appEvent', event = 'E' }";
        let cases = [
            ("steps = [{ kind = 'request', url = '/x' }]".to_owned(), "no trigger"),
            ("trigger = { kind = 'scheduler', cron = '0 9 * * *' }".into(), "six fields"),
            ("trigger = { kind = 'scheduler' }".into(), "intervalSeconds or cron"),
            (format!("{event}\nsteps = [{{ kind = 'response' }}]"), "response step needs"),
            (
                format!("{event}\nsteps = [{{ kind = 'request', url = '/{{{{2.event.x}}}}' }}]"),
                "step 2: {{2.event.x}} is no variable",
            ),
            (
                format!("{event}\nsteps = [{{ kind = 'request', url = '/{{{{secrets.X}}}}' }}]"),
                "not below [project.secrets]",
            ),
            (
                format!("{event}\nsteps = [{{ kind = 'request', url = '/x', headers = {{ Host = 'y' }} }}]"),
                "belongs to the connection",
            ),
            (format!("{event}\nsteps = [{{ kind = 'request', url = '/x', target = 'api' }}]"), "whole address"),
            (
                format!(
                    "{event}\nsteps = [{{ kind = 'request', url = '/x', authorization = {{ kind = 'bearer', token = 't' }} }}]"
                ),
                "target = \"api\"",
            ),
            (
                format!(
                    "{event}\nsteps = [{{ kind = 'request', url = '/x', body = {{ kind = 'graphql', query = '{{{{1.event.q}}}}' }} }}]"
                ),
                "Put it into variables",
            ),
            (
                format!(
                    "{event}\nsteps = [{{ kind = 'request', url = '/x', body = {{ kind = 'raw', text = 'no' }} }}]"
                ),
                "not JSON",
            ),
            (
                format!(
                    "{event}\nsteps = [{{ kind = 'request', url = '/x', body = {{ kind = 'xml', text = '<a>' }} }}]"
                ),
                "not closed",
            ),
            (
                format!(
                    "{event}\nsteps = [{{ kind = 'request', url = '/x', body = {{ kind = 'raw', text = '<a>', contentType = 'text/xml' }} }}]"
                ),
                "not XML",
            ),
            (format!("{event}\nsteps = [{{ kind = 'fanOut', over = 'x', steps = [] }}]"), "must be one variable"),
            (
                format!(
                    "{event}\nsteps = [{{ kind = 'conditional', if = [[{{ variable = 'x', operator = '$numberEquals' }}]] }}]"
                ),
                "needs an argument",
            ),
            (
                format!(
                    "{event}\nsteps = [{{ kind = 'conditional', if = [[{{ variable = 'x', operator = '$equals' }}]] }}]"
                ),
                "unknown variant",
            ),
            (format!("{event}\nsteps = [{{ kind = 'request', url = '/x', urll = 'y' }}]"), "urll"),
            (format!("{event}\nsteps = [{{ kind = 'request', name = 'settings', url = '/x' }}]"), "taken"),
        ];
        for (text, why) in cases {
            let error = parse(&file(&text)).unwrap_err();
            assert!(error.contains(why), "{why}: {error}");
        }
        let fine = format!(
            "{event}\nsteps = [{{ kind = 'request', name = 'a', url = '/x' }}, {{ kind = 'conditional', if = [], then = [{{ kind = 'fanOut', over = '{{{{a.response.body}}}}', steps = [{{ kind = 'request', url = '/{{{{4.instance}}}}' }}] }}], else = [{{ kind = 'request', url = '/{{{{2.response.body}}}}' }}] }}, {{ kind = 'request', url = '/{{{{6.response.body}}}}' }}]"
        );
        parse(&file(&fine)).unwrap();
    }

    #[test]
    fn ids_stay_the_same_between_starts() {
        let project = Uuid::from_u128(7);
        let (one, two) = (parse(DEFAULT).unwrap(), parse(DEFAULT).unwrap());
        assert_eq!(one.integrations[0].id(project), two.integrations[0].id(project));
        assert_ne!(one.integrations[0].id(project), one.integrations[1].id(project));
    }
}
