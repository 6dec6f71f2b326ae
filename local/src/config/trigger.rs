//! Triggers of an integration: what can happen at the provider, as the catalogue of triggers tells it, and how the platform
//! learns of it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Poll, Webhook};

/// Something that can happen at the provider.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TriggerType {
    /// Its name in calls, such as `SLACK_TRIGGER_MESSAGE_POSTED`.
    #[serde(rename = "type")]
    pub kind: String,
    /// How the platform learns of it.
    pub trigger_model: Model,
    /// What people read.
    pub title: String,
    /// A line more.
    #[serde(default)]
    pub description: String,
    /// What it wants to know.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub parameters: Vec<Parameter>,
    /// Workflows start by it: the platform asks. Not shown.
    #[serde(default, skip_serializing)]
    #[schema(ignore)]
    pub poll: Option<Poll>,
    /// Workflows start by it: the provider calls. Not shown.
    #[serde(default, skip_serializing)]
    #[schema(ignore)]
    pub webhook: Option<Webhook>,
}

/// How the platform learns of an event.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = TriggerModel)]
pub enum Model {
    /// It asks, again and again.
    Polling,
    /// The provider calls.
    Webhook,
}

/// A value that a trigger wants. What only one type of parameter needs stands in `extra`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    /// Name of the value.
    pub id: String,
    /// The label.
    pub title: String,
    /// Kind of input, see [`TYPES`].
    #[serde(rename = "type")]
    pub kind: String,
    /// A missing value is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Where choices come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values_source: Option<Source>,
    /// Everything else, checked against [`EXTRA`].
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A data source of the integration.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Source {
    /// Its key below `dataSources`.
    pub source_type: String,
    /// Ids of the parameters that the choices depend on.
    #[serde(default)]
    pub dependencies: Vec<String>,
}

/// Types that parameters can have.
const TYPES: [&str; 13] = [
    "TEXTAREA",
    "SWITCH",
    "BOOLEAN_INPUT",
    "CODE",
    "TEXT",
    "TEXT_NO_VARS",
    "PASSWORD",
    "NUMBER",
    "ENUM",
    "EDITABLE_ENUM",
    "EnumTextAreaPairInput",
    "CONDITIONAL",
    "TIME_CONSTRAINT_INPUT",
];

/// Further keys that a parameter may have.
const EXTRA: [&str; 9] = [
    "subtitle",
    "placeholder",
    "defaultValue",
    "dependentInputs",
    "values",
    "supportedOperators",
    "disableOrCondition",
    "supportedKeys",
    "supportedUnits",
];

impl Parameter {
    /// A missing value is refused.
    pub fn is_required(&self) -> bool {
        self.required != Some(false)
    }

    /// What is wrong with it, if anything.
    pub(super) fn fault(&self) -> Option<String> {
        let id = &self.id;
        if !TYPES.contains(&self.kind.as_str()) {
            let all = TYPES.join(", ");
            return Some(format!("parameter \"{id}\" has the unknown type \"{}\". Use one of {all}.", self.kind));
        }
        let key = self.extra.keys().find(|key| !EXTRA.contains(&key.as_str()))?;
        Some(format!("parameter \"{id}\" has the unknown key \"{key}\". Remove it or mend its spelling."))
    }
}
