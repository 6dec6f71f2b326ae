//! Conditions: alternatives, each of them a list that must hold as a whole.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// OR of ANDs.
pub type Conditions = Vec<Vec<Condition>>;

/// One comparison.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Condition {
    /// What is compared; a template.
    pub variable: Value,
    /// How.
    pub operator: Operator,
    /// With what; a template. Operators that look at one value alone have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub argument: Option<Value>,
}

/// The operators of the SDK's types, under the same names.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says what it compares")]
pub enum Operator {
    #[serde(rename = "$none")]
    None,
    #[serde(rename = "$stringContains")]
    StringContains,
    #[serde(rename = "$stringDoesNotContain")]
    StringDoesNotContain,
    #[serde(rename = "$stringExactlyMatches")]
    StringExactlyMatches,
    #[serde(rename = "$stringDoesNotExactlyMatch")]
    StringDoesNotExactlyMatch,
    #[serde(rename = "$stringIsIn")]
    StringIsIn,
    #[serde(rename = "$stringIsNotIn")]
    StringIsNotIn,
    #[serde(rename = "$stringStartsWith")]
    StringStartsWith,
    #[serde(rename = "$stringDoesNotStartWith")]
    StringDoesNotStartWith,
    #[serde(rename = "$stringEndsWith")]
    StringEndsWith,
    #[serde(rename = "$stringDoesNotEndWith")]
    StringDoesNotEndWith,
    #[serde(rename = "$stringGreaterThan")]
    StringGreaterThan,
    #[serde(rename = "$stringLessThan")]
    StringLessThan,
    #[serde(rename = "$numberGreaterThan")]
    NumberGreaterThan,
    #[serde(rename = "$numberLessThan")]
    NumberLessThan,
    #[serde(rename = "$numberEquals")]
    NumberEquals,
    #[serde(rename = "$numberDoesNotEqual")]
    NumberDoesNotEqual,
    #[serde(rename = "$numberLessThanOrEqualTo")]
    NumberLessThanOrEqualTo,
    #[serde(rename = "$numberGreaterThanOrEqualTo")]
    NumberGreaterThanOrEqualTo,
    #[serde(rename = "$dateTimeAfter")]
    DateTimeAfter,
    #[serde(rename = "$dateTimeBefore")]
    DateTimeBefore,
    #[serde(rename = "$dateTimeEquals")]
    DateTimeEquals,
    #[serde(rename = "$booleanTrue")]
    BooleanTrue,
    #[serde(rename = "$booleanFalse")]
    BooleanFalse,
    #[serde(rename = "$exists")]
    IsNotNull,
    #[serde(rename = "$doesNotExist")]
    IsNull,
    #[serde(rename = "$isNotUndefinedOrNull")]
    Exists,
    #[serde(rename = "$isUndefinedOrNull")]
    DoesNotExist,
    #[serde(rename = "$arrayIsIn")]
    ArrayIsIn,
    #[serde(rename = "$arrayIsNotIn")]
    ArrayIsNotIn,
    #[serde(rename = "$arrayIsEmpty")]
    ArrayIsEmpty,
    #[serde(rename = "$arrayIsNotEmpty")]
    ArrayIsNotEmpty,
}

impl Operator {
    /// False for operators that look at one value alone.
    pub fn takes_argument(self) -> bool {
        use Operator::*;
        !matches!(
            self,
            None | BooleanTrue
                | BooleanFalse
                | IsNotNull
                | IsNull
                | Exists
                | DoesNotExist
                | ArrayIsEmpty
                | ArrayIsNotEmpty
        )
    }
}
