//! Data sources of an integration.

use serde::Deserialize;

use super::{Choice, OptionsRequest};

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
