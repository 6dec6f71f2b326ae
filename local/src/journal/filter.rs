//! Which calls of the journal are meant.

use serde::Deserialize;
use serde_json::Value;

use super::Kind;
use crate::glob::Glob;

/// The most that one question is answered with.
const LIMIT: usize = 500;

/// Conditions; a call must meet all that are given.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Filter {
    /// What it is about.
    pub kind: Option<Kind>,
    /// Verb, in any case.
    pub method: Option<String>,
    /// Path, or address of a call that went out, without the query; `*` stands for anything.
    pub path: Option<Glob>,
    /// `404`, or `4xx`.
    pub status: Option<String>,
    /// The app's id of the user.
    pub user: Option<String>,
    /// Name of the integration.
    pub integration: Option<String>,
    /// Whether a fault was made.
    pub faulty: Option<bool>,
    /// A text that stands in the request's body.
    pub sent: Option<String>,
    /// A text that stands in the answer's body.
    pub answered: Option<String>,
    /// Only calls with a higher number.
    pub after: Option<u64>,
    /// Only calls that were made for the call with this number.
    pub parent: Option<u64>,
    /// The last so many of them.
    pub limit: Option<usize>,
}

impl Filter {
    pub(super) fn after(&self) -> u64 {
        self.after.unwrap_or(0)
    }

    pub(super) fn limit(&self) -> usize {
        self.limit.unwrap_or(LIMIT).min(LIMIT)
    }

    /// True if a call, as it is shown, meets all conditions. So nobody can ask for what nobody may see.
    pub(super) fn fits(&self, shown: &Value) -> bool {
        let text = |name: &str| shown[name].as_str().unwrap_or_default();
        let is = |wanted: &Option<String>, name: &str| wanted.as_ref().is_none_or(|wanted| wanted == text(name));
        let holds = |wanted: &Option<String>, side: &str| {
            wanted.as_ref().is_none_or(|wanted| match &shown[side]["body"] {
                Value::String(body) => body.contains(wanted.as_str()),
                other => other.to_string().contains(wanted.as_str()),
            })
        };
        let path = text("address").split('?').next().unwrap_or_default();
        self.kind.is_none_or(|kind| serde_json::json!(kind) == shown["kind"])
            && self.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(text("method")))
            && self.path.as_ref().is_none_or(|wanted| wanted.fits(path))
            && self.status.as_ref().is_none_or(|wanted| fits_status(wanted, shown["status"].as_u64()))
            && is(&self.user, "user")
            && is(&self.integration, "integration")
            && self.faulty.is_none_or(|wanted| wanted != shown["fault"].is_null())
            && self.parent.is_none_or(|wanted| shown["parent"].as_u64() == Some(wanted))
            && holds(&self.sent, "request")
            && holds(&self.answered, "response")
    }
}

/// `404` or `4xx`.
fn fits_status(wanted: &str, status: Option<u64>) -> bool {
    let Some(status) = status else { return false };
    match wanted.strip_suffix("xx") {
        Some(class) => class.parse() == Ok(status / 100),
        None => wanted.parse() == Ok(status),
    }
}
