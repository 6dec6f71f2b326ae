//! Workflows of an integration: what starts them, and which steps they take.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Input, Step, condition::Conditions};

/// A workflow that users can turn on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Workflow {
    /// Short name, unique in the integration; the id is made from it.
    pub key: String,
    /// What people read.
    pub description: String,
    /// A longer text.
    #[serde(default)]
    pub info_text: Option<String>,
    /// On from the start.
    #[serde(default)]
    pub default_enabled: bool,
    /// Not in the portal.
    #[serde(default)]
    pub hidden: bool,
    /// Settings of the workflow.
    #[serde(default)]
    pub settings: Vec<Input>,
    /// Which users may have it, by their metadata: variables such as `{{userMetadata.plan}}`. Missing: everybody.
    #[serde(default)]
    pub permissions: Option<Conditions>,
    /// What starts it. Without one it can be switched on and off, and never runs.
    #[serde(default)]
    pub trigger: Option<Trigger>,
    /// What it does.
    #[serde(default)]
    pub steps: Vec<Step>,
}

/// What starts a workflow.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Trigger {
    /// An app event of this name. Its payload is `{{1.event}}`.
    AppEvent {
        /// The name.
        event: String,
    },
    /// A call of the app. `{{1.request.body}}`, `.query`, `.headers`.
    Request {},
    /// The account is connected and the required settings are filled in; once for each set of settings.
    IntegrationEnabled {},
    /// Again and again. Exactly one of the two is given.
    Scheduler {
        /// Seconds between two runs.
        #[serde(default)]
        interval_seconds: Option<u32>,
        /// Six fields, seconds first.
        #[serde(default)]
        cron: Option<String>,
        /// Of `cron`; an IANA name.
        #[serde(default = "pacific")]
        time_zone: String,
    },
    /// Something happened at the provider, see [`super::TriggerType`]. `{{1.event}}`.
    Integration {
        /// Type of one of the integration's triggers.
        #[serde(rename = "type")]
        trigger: String,
        /// Its parameters; texts in them can be variables, such as `{{settings.channel}}`.
        #[serde(default)]
        parameters: BTreeMap<String, Value>,
    },
    /// A call of the provider. `{{1.request.body}}`, `.query`, `.headers`.
    Webhook {},
}

impl Trigger {
    /// As the task history names the step.
    pub fn step_type(&self) -> &'static str {
        match self {
            Self::AppEvent { .. } => "TRIGGER/EVENT",
            Self::Request {} => "TRIGGER/ENDPOINT",
            Self::IntegrationEnabled {} => "TRIGGER/INTEGRATION_ENABLED",
            Self::Scheduler { .. } => "TRIGGER/CRON",
            Self::Integration { .. } => "TRIGGER/INTEGRATION",
            Self::Webhook {} => "TRIGGER/WEBHOOK",
        }
    }
}

fn pacific() -> String {
    "America/Los_Angeles".into()
}
