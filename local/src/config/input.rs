//! Inputs: the questions that an install flow or a settings page asks. They go to the app as they stand here.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Input types that the SDK knows.
const TYPES: [&str; 18] = [
    "TEXT_NO_VARS",
    "TEXTAREA_NO_VARS",
    "NUMBER",
    "EMAIL",
    "URL",
    "PASSWORD",
    "BOOLEAN_INPUT",
    "SWITCH",
    "ENUM",
    "DYNAMIC_ENUM",
    "CUSTOM_DROPDOWN",
    "COMBO_INPUT",
    "DYNAMIC_COMBO_INPUT",
    "FIELD_MAPPER",
    "COPYABLE_BUTTON_INPUT",
    "PERMISSION",
    "FILE",
    "USER_SUPPLIED_CREDENTIAL",
];

/// One question. What only one type of input needs (`key`, `savedFieldMappings`, `scopes`, …) stands in `extra`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// Name of the value.
    pub id: String,
    /// The label.
    pub title: String,
    /// Kind of input, such as `TEXT_NO_VARS`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A missing value is refused unless this is false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Not shown, so never required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden_in_connect: Option<bool>,
    /// The data source of a choice: its key below `dataSources`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
    /// Everything else, checked against [`EXTRA`].
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Further keys that an input may have.
const EXTRA: [&str; 24] = [
    "subtitle",
    "placeholder",
    "defaultValue",
    "documentationLink",
    "documentationLinkLabel",
    "hidden",
    "readOnly",
    "inputType",
    "prefixLabel",
    "suffixLabel",
    "fallbackText",
    "tooltip",
    "key",
    "keyIsDefault",
    "customDropdownOptions",
    "savedFieldMappings",
    "useDynamicMapper",
    "useDynamicFields",
    "dynamicObjectName",
    "dynamicObjectOptions",
    "requiredScopes",
    "scopes",
    "toolTipText",
    "titleText",
];

/// One value of a static choice.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is saved.
    pub value: Value,
    /// What is shown.
    pub label: String,
    /// A line of help below the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
}

impl Input {
    /// True if an answer must be there before setup can end.
    pub fn is_required(&self) -> bool {
        self.required != Some(false)
            && self.hidden_in_connect != Some(true)
            && !matches!(self.kind.as_str(), "COPYABLE_BUTTON_INPUT" | "SWITCH" | "BOOLEAN_INPUT")
    }

    /// What is wrong with this input, if anything.
    pub(super) fn fault(&self) -> Option<String> {
        if !TYPES.contains(&self.kind.as_str()) {
            return Some(format!(
                "input \"{}\" has the unknown type \"{}\". Use one of {}.",
                self.id,
                self.kind,
                TYPES.join(", ")
            ));
        }
        let key = self.extra.keys().find(|key| !EXTRA.contains(&key.as_str()))?;
        Some(format!("input \"{}\" has the unknown key \"{key}\". Remove it or mend its spelling.", self.id))
    }
}
