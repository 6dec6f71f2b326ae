//! Permissions of a user token: which accounts and settings it reaches, and what it may do with them.
//!
//! The claim is an object of scopes. On each level (integration, account, settings) the most specific scope that fits
//! decides alone; what no scope names is out of reach.

use serde_json::{Map, Value};

use crate::http::ApiError;

/// The claim's name.
pub const CLAIM: &str = "urn:useparagon:connect:permissions";
/// The permission to connect, change and disconnect.
const WRITE: &str = "credential:write";

/// What a token may do. The default is everything, as for whatever the platform does by itself.
#[derive(Clone, Debug, Default)]
pub struct Permissions(Option<Scopes>);

/// Scopes of one level and what is below them.
#[derive(Clone, Debug)]
struct Scopes(Vec<(Scope, Grant)>);

#[derive(Clone, Debug, PartialEq)]
enum Scope {
    /// `integration:*` or by name.
    Integration(Option<String>),
    /// `credential:*` or by id.
    Credential(Option<String>),
    /// `configuration:*` or by external id.
    Configuration(Option<String>),
}

#[derive(Clone, Debug)]
enum Grant {
    /// `true`.
    All,
    /// A list, or `false`, which is an empty one.
    Only { write: bool },
    /// Further scopes.
    Below(Scopes),
}

/// What a call is about; what it does not name is `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// Name of the integration.
    pub integration: &'a str,
    /// Id of the account; none for one that does not exist yet.
    pub credential: Option<&'a str>,
    /// Settings are meant, with this external id if they have one.
    pub configuration: Option<Option<&'a str>>,
}

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Look.
    See,
    /// Connect, change, disconnect.
    Write,
    /// Speak to the provider, or start workflows.
    Use,
}

impl Permissions {
    /// Reads the claim. It may be an object, or its JSON as a text.
    pub fn read(claim: &Value) -> Result<Self, String> {
        match claim {
            Value::Null => Ok(Self(None)),
            Value::String(text) => {
                let parsed: Value =
                    serde_json::from_str(text).map_err(|_| "it is a text that is no JSON".to_owned())?;
                if parsed.is_string() { Err("it is no object".into()) } else { Self::read(&parsed) }
            }
            Value::Object(scopes) => Ok(Self(Some(Scopes::read(scopes, 0)?))),
            _ => Err("it is no object".into()),
        }
    }

    /// True if the token may do this.
    pub fn allow(&self, act: Act, about: About<'_>) -> bool {
        let Some(scopes) = &self.0 else { return true };
        match scopes.decide(about) {
            Some(Grant::All) => true,
            Some(Grant::Only { write }) => act == Act::See || (act == Act::Write && *write),
            // The call is about more than what the scopes below name: its parts can be seen, and no more.
            Some(Grant::Below(below)) => act == Act::See && !below.0.is_empty(),
            // An account whose settings are named somewhere can be seen too.
            None => act == Act::See && about.configuration.is_none() && scopes.name_settings(),
        }
    }

    /// Refuses what the token may not do.
    pub fn require(&self, act: Act, about: About<'_>) -> Result<(), ApiError> {
        if self.allow(act, about) { Ok(()) } else { Err(refused(act, about)) }
    }

    /// True if nothing is held back.
    pub fn are_unlimited(&self) -> bool {
        self.0.is_none()
    }
}

impl Scopes {
    fn name_settings(&self) -> bool {
        self.0.iter().any(|(scope, _)| matches!(scope, Scope::Configuration(_)))
    }

    fn read(members: &Map<String, Value>, above: u8) -> Result<Self, String> {
        let mut all = Vec::new();
        for (name, value) in members {
            let scope = Scope::read(name)?;
            if scope.level() <= above {
                return Err(format!("the scope \"{name}\" stands inside of one that is as specific"));
            }
            let grant = match value {
                Value::Bool(true) => Grant::All,
                Value::Bool(false) => Grant::Only { write: false },
                Value::Array(list) if list.iter().all(Value::is_string) => {
                    Grant::Only { write: list.iter().any(|one| one == WRITE) }
                }
                Value::Object(below) => Grant::Below(Self::read(below, scope.level())?),
                _ => return Err(format!("the scope \"{name}\" is neither true, a list of texts, nor an object")),
            };
            all.push((scope, grant));
        }
        // The most specific first.
        all.sort_by_key(|(scope, _)| std::cmp::Reverse((scope.level(), scope.names_one())));
        Ok(Self(all))
    }

    /// The most specific grant that fits; one with further scopes is gone into as far as the call is specific.
    fn decide(&self, about: About<'_>) -> Option<&Grant> {
        let (_, grant) = self.0.iter().find(|(scope, _)| scope.fits(about))?;
        match grant {
            Grant::Below(below) if below.0.iter().any(|(scope, _)| scope.is_asked(about)) => below.decide(about),
            other => Some(other),
        }
    }
}

impl Scope {
    fn read(text: &str) -> Result<Self, String> {
        let unknown = || {
            format!(
                "\"{text}\" is no scope. There are integration:*, integration:<name>, credential:*, credential:<id>, configuration:* and configuration:ext:<id>"
            )
        };
        let (kind, name) = text.split_once(':').ok_or_else(unknown)?;
        let one = (name != "*").then(|| name.to_owned());
        match kind {
            _ if name.is_empty() => Err(unknown()),
            "integration" => Ok(Self::Integration(one)),
            "credential" => Ok(Self::Credential(one.map(|id| id.to_ascii_lowercase()))),
            "configuration" => match &one {
                None => Ok(Self::Configuration(None)),
                Some(id) => id.strip_prefix("ext:").map(|id| Self::Configuration(Some(id.into()))).ok_or_else(unknown),
            },
            _ => Err(unknown()),
        }
    }

    fn level(&self) -> u8 {
        match self {
            Self::Integration(_) => 1,
            Self::Credential(_) => 2,
            Self::Configuration(_) => 3,
        }
    }

    fn names_one(&self) -> bool {
        matches!(self, Self::Integration(Some(_)) | Self::Credential(Some(_)) | Self::Configuration(Some(_)))
    }

    /// True if a call says enough for this scope to be asked about.
    fn is_asked(&self, about: About<'_>) -> bool {
        !matches!(self, Self::Configuration(_)) || about.configuration.is_some()
    }

    fn fits(&self, about: About<'_>) -> bool {
        match self {
            Self::Integration(name) => name.as_ref().is_none_or(|name| name == about.integration),
            Self::Credential(id) => id.as_deref().is_none_or(|id| about.credential == Some(id)),
            Self::Configuration(id) => {
                about.configuration.is_some_and(|given| id.as_deref().is_none_or(|wanted| given == Some(wanted)))
            }
        }
    }
}

fn refused(act: Act, about: About<'_>) -> ApiError {
    let what = match act {
        Act::See => "see",
        Act::Write => "change",
        Act::Use => "use",
    };
    ApiError::new(
        axum::http::StatusCode::FORBIDDEN,
        "7210",
        format!(
            "This user token may not {what} this at \"{}\": its claim \"{CLAIM}\" does not allow it. Sign a token with the permission if the user should have it.",
            about.integration
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "7c0ffee0-0000-4000-8000-000000000001";

    fn read(claim: Value) -> Permissions {
        Permissions::read(&claim).unwrap()
    }

    fn about<'a>(
        integration: &'a str,
        credential: Option<&'a str>,
        configuration: Option<Option<&'a str>>,
    ) -> About<'a> {
        About { integration, credential, configuration }
    }

    #[test]
    fn the_most_specific_scope_decides_alone() {
        let granted =
            read(json!({"integration:*": true, "integration:slack": ["credential:write"], "integration:jira": []}));
        for (integration, act, may) in [
            ("box", Act::Use, true),
            ("slack", Act::Write, true),
            ("slack", Act::See, true),
            ("slack", Act::Use, false),
            ("jira", Act::See, true),
            ("jira", Act::Write, false),
        ] {
            assert_eq!(granted.allow(act, about(integration, Some(ID), None)), may, "{integration} {act:?}");
        }
        assert!(!read(json!({"integration:slack": true})).allow(Act::See, about("box", None, None)));
        assert!(!read(json!({})).allow(Act::See, about("box", None, None)));
    }

    #[test]
    fn accounts_are_reached_by_id_and_new_ones_by_the_star() {
        let one = read(json!({"integration:slack": {format!("credential:{ID}"): true}}));
        assert!(one.allow(Act::Use, about("slack", Some(ID), Some(None))));
        assert!(!one.allow(Act::See, about("slack", Some("other"), None)));
        assert!(!one.allow(Act::Write, about("slack", None, None)));
        let all = read(
            json!({"integration:slack": {"credential:*": ["credential:write"], format!("credential:{ID}"): false}}),
        );
        assert!(all.allow(Act::Write, about("slack", None, None)));
        assert!(
            all.allow(Act::See, about("slack", Some(ID), None))
                && !all.allow(Act::Write, about("slack", Some(ID), None))
        );
        // Scopes of accounts may also stand alone.
        assert!(read(json!({format!("credential:{ID}"): true})).allow(Act::Use, about("x", Some(ID), None)));
    }

    #[test]
    fn settings_are_reached_by_external_id() {
        let team = read(json!({"integration:*": {"credential:*": {"configuration:ext:Team A": true}}}));
        assert!(team.allow(Act::Write, about("slack", Some(ID), Some(Some("Team A")))));
        assert!(!team.allow(Act::See, about("slack", Some(ID), Some(Some("Team B")))));
        assert!(!team.allow(Act::See, about("slack", Some(ID), Some(None))));
        // The account itself can be seen, and no more.
        assert!(
            team.allow(Act::See, about("slack", Some(ID), None))
                && !team.allow(Act::Write, about("slack", Some(ID), None))
        );
        let most = read(json!({"configuration:*": true, "configuration:ext:B": []}));
        assert!(most.allow(Act::Use, about("x", Some(ID), Some(None))));
        assert!(!most.allow(Act::Use, about("x", Some(ID), Some(Some("B")))));
    }

    #[test]
    fn a_claim_that_cannot_be_meant_is_told() {
        assert!(Permissions::read(&Value::Null).unwrap().are_unlimited());
        assert!(!read(json!("{\"integration:*\": true}")).are_unlimited());
        for (claim, why) in [
            (json!(["x"]), "no object"),
            (json!("nonsense"), "no JSON"),
            (json!("\"x\""), "no object"),
            (json!({"integrations": true}), "no scope"),
            (json!({"configuration:x": true}), "no scope"),
            (json!({"integration:": true}), "no scope"),
            (json!({"integration:*": "all"}), "neither true"),
            (json!({"integration:*": [1]}), "neither true"),
            (json!({"credential:*": {"integration:*": true}}), "inside of one"),
        ] {
            let error = Permissions::read(&claim).unwrap_err();
            assert!(error.contains(why), "{why}: {error}");
        }
    }
}
