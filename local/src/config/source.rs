//! Data sources and workflows of an integration.

use serde::Deserialize;

use super::{Choice, Input, OptionsRequest};

/// Where the values of a choice come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum DataSource {
    /// From the connected account.
    Dynamic {
        /// Its label.
        title: String,
        /// A line below the label.
        subtitle: Option<String>,
        /// The provider pages and searches.
        #[serde(default)]
        support_pagination: bool,
        /// Parameters whose change means that the list must be read again.
        refresh_dependencies: Option<Vec<String>>,
        /// How to read it.
        options: Box<OptionsRequest>,
    },
    /// Always the same.
    Static {
        /// Its label.
        title: String,
        /// The values.
        values: Vec<Choice>,
    },
    /// Two choices, the second depends on the first.
    Combo {
        /// Its label.
        title: String,
        /// Key of a dynamic source.
        main: String,
        /// Key of a dynamic source.
        dependent: String,
    },
    /// Objects of the provider and their fields.
    FieldMapper {
        /// Its label.
        title: String,
        /// Key of a dynamic source: the objects.
        records: String,
        /// Key of a dynamic source: the fields of one.
        fields: String,
    },
}

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
}
