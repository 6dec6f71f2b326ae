//! A rule: which calls it is for, how often it strikes, and what it does.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::glob::Glob;
use crate::journal::Kind;

/// The longest that a call can be held up: ten minutes.
const LONGEST_WAIT: u64 = 600_000;

/// What a request of the platform to a provider is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A call of its API.
    Call,
    /// A code or a key becomes a token.
    Token,
    /// A token is renewed.
    Renewal,
    /// A token is ended.
    Revocation,
}

/// A call, as rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// What it is about.
    pub kind: Kind,
    /// Verb.
    pub method: &'a str,
    /// Path, or whole address of a call that goes out; without the query.
    pub path: &'a str,
    /// Name of the integration, where it is known.
    pub integration: Option<&'a str>,
    /// The app's id of the user, where it is known.
    pub user: Option<&'a str>,
    /// For requests to a provider.
    pub purpose: Option<Purpose>,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Effect {
    /// Another answer; the call is not carried out.
    Status {
        /// 400 to 599.
        status: u16,
        /// Seconds, for `Retry-After`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
        /// The body; without one, an error that says that it is a fault.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Value>,
    },
    /// The answer comes late.
    Slow {
        /// Milliseconds of the machine's time.
        ms: u64,
    },
    /// The connection is reset before there is an answer; the call is not carried out.
    Reset {},
    /// The call is carried out, and the connection breaks in the middle of the answer's body.
    HalfBody {},
    /// The call is carried out, and its answer is JSON that does not parse.
    BadJson {},
    /// The provider accepts neither access token nor refresh token any more.
    RevokedToken {},
    /// The provider refuses to renew tokens.
    FailingRefresh {},
    /// The provider's pages sever themselves from the window that opened them.
    Coop {},
}

impl Effect {
    /// Its name.
    pub fn name(&self) -> String {
        match self {
            Self::Status { status, .. } => format!("status {status}"),
            Self::Slow { .. } => "slow".into(),
            Self::Reset {} => "reset".into(),
            Self::HalfBody {} => "half-body".into(),
            Self::BadJson {} => "bad-json".into(),
            Self::RevokedToken {} => "revoked-token".into(),
            Self::FailingRefresh {} => "failing-refresh".into(),
            Self::Coop {} => "coop".into(),
        }
    }

    fn is_for(&self, call: &Call<'_>) -> bool {
        match self {
            Self::RevokedToken {} => matches!(call.purpose, Some(Purpose::Call | Purpose::Renewal)),
            Self::FailingRefresh {} => call.purpose == Some(Purpose::Renewal),
            Self::Coop {} => call.kind == Kind::Page,
            _ => true,
        }
    }
}

/// A rule. Conditions that are not given are met by every call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// What the call is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Kind>,
    /// Verb, in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Path, or address of a call that goes out, without the query; `*` stands for anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<Glob>,
    /// Name of the integration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration: Option<String>,
    /// The app's id of the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// So many calls go well first.
    #[serde(default)]
    pub after: u64,
    /// Then so many are broken; without a number, all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// How likely it is that a call is broken, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// The same seed breaks the same calls.
    #[serde(default)]
    pub seed: u64,
    /// What goes wrong.
    pub effect: Effect,
}

impl Rule {
    /// Says what is wrong with a rule that came from outside.
    pub fn check(&self) -> Result<(), String> {
        if self.probability.is_some_and(|one| !(0.0..=1.0).contains(&one)) {
            return Err("probability must be from 0 to 1".into());
        }
        match self.effect {
            Effect::Status { status, .. } if !(400..=599).contains(&status) => {
                Err("effect.status must be from 400 to 599".into())
            }
            Effect::Slow { ms } if ms > LONGEST_WAIT => Err(format!("effect.ms must be at most {LONGEST_WAIT}")),
            _ => Ok(()),
        }
    }

    pub(super) fn is_for(&self, call: &Call<'_>) -> bool {
        let is = |wanted: &Option<String>, given: Option<&str>| wanted.as_deref().is_none_or(|one| given == Some(one));
        self.on.is_none_or(|kind| kind == call.kind)
            && self.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(call.method))
            && self.path.as_ref().is_none_or(|path| path.fits(call.path))
            && is(&self.integration, call.integration)
            && is(&self.user, call.user)
            && self.effect.is_for(call)
    }

    /// True if the `matched`th call is broken, after `applied` others.
    pub(super) fn strikes(&self, matched: u64, applied: u64) -> bool {
        matched > self.after
            && self.times.is_none_or(|times| applied < times)
            && self.probability.is_none_or(|probability| chance(self.seed, matched) < probability)
    }
}

/// A number from 0 to 1 that follows from seed and place alone (SplitMix64).
fn chance(seed: u64, place: u64) -> f64 {
    let mut mixed = seed.wrapping_add(place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}
