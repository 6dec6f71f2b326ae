//! Faults that a test asks for: which calls, how often, and what goes wrong with them. Nothing of it is stored.

mod cut;
mod layer;
mod rule;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

pub use cut::{BAD_JSON, Cut};
pub use layer::{calls, pages};
pub use rule::{Call, Effect, Purpose, Rule};

/// So many rules at once.
const RULES: usize = 200;

/// The rules of a project, in the order in which they came.
#[derive(Debug, Default)]
pub struct Faults(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    rules: Vec<Active>,
    last_id: u64,
}

/// A rule, and what it has done.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Active {
    id: u64,
    /// Calls that it was for.
    matched: u64,
    /// Calls that it broke.
    applied: u64,
    #[serde(flatten)]
    rule: Rule,
}

/// What is to happen to one call.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// It waits first.
    pub wait: Duration,
    /// Then this goes wrong.
    pub effect: Option<Effect>,
    /// In words, for the journal.
    pub name: Option<String>,
}

impl Faults {
    /// Adds a rule; its number. `None` if there are too many.
    pub fn add(&self, rule: Rule) -> Option<Active> {
        let mut state = self.state();
        if state.rules.len() >= RULES {
            return None;
        }
        state.last_id += 1;
        let active = Active { id: state.last_id, matched: 0, applied: 0, rule };
        state.rules.push(active.clone());
        Some(active)
    }

    /// All rules.
    pub fn list(&self) -> Vec<Active> {
        self.state().rules.clone()
    }

    /// Takes a rule away; false if there is none with this number.
    pub fn remove(&self, id: u64) -> bool {
        let mut state = self.state();
        let before = state.rules.len();
        state.rules.retain(|one| one.id != id);
        state.rules.len() < before
    }

    /// Takes all rules away.
    pub fn clear(&self) {
        self.state().rules.clear();
    }

    /// True if nothing can go wrong, so that nobody has to find out about a call.
    pub fn is_empty(&self) -> bool {
        self.state().rules.is_empty()
    }

    /// What happens to a call: every rule that makes it slow, and the first one that does something else.
    pub fn decide(&self, call: &Call<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let mut names = Vec::new();
        for active in &mut self.state().rules {
            let slow = matches!(active.rule.effect, Effect::Slow { .. });
            if (!slow && verdict.effect.is_some()) || !active.rule.is_for(call) {
                continue;
            }
            active.matched += 1;
            if !active.rule.strikes(active.matched, active.applied) {
                continue;
            }
            active.applied += 1;
            names.push(format!("{} (fault {})", active.rule.effect.name(), active.id));
            match &active.rule.effect {
                Effect::Slow { ms } => verdict.wait += Duration::from_millis(*ms),
                effect => verdict.effect = Some(effect.clone()),
            }
        }
        verdict.name = (!names.is_empty()).then(|| names.join(", "));
        verdict
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Kind;
    use serde_json::json;

    fn faults(rules: &[serde_json::Value]) -> Faults {
        let faults = Faults::default();
        for rule in rules {
            let rule: Rule = serde_json::from_value(rule.clone()).unwrap();
            rule.check().unwrap();
            faults.add(rule).unwrap();
        }
        faults
    }

    fn call(path: &str) -> Call<'_> {
        Call { kind: Kind::Api, method: "GET", path, integration: None, user: None, purpose: None }
    }

    #[test]
    fn strikes_after_so_many_calls_and_so_many_times() {
        let rule = json!({"path": "*/me", "after": 1, "times": 2, "effect": {"kind": "status", "status": 503}});
        let faults = faults(&[rule]);
        let struck: Vec<bool> = (0..5).map(|_| faults.decide(&call("/p/me")).effect.is_some()).collect();
        assert_eq!(struck, [false, true, true, false, false]);
        assert!(faults.decide(&call("/p/you")).effect.is_none());
        let shown = json!(faults.list());
        assert_eq!((&shown[0]["matched"], &shown[0]["applied"]), (&json!(5), &json!(2)));
    }

    #[test]
    fn chance_follows_its_seed() {
        let pattern = |seed: u64| -> Vec<bool> {
            let faults = faults(&[json!({"probability": 0.5, "seed": seed, "effect": {"kind": "reset"}})]);
            (0..64).map(|_| faults.decide(&call("/x")).effect.is_some()).collect()
        };
        assert_eq!(pattern(7), pattern(7));
        assert_ne!(pattern(7), pattern(8));
        let struck = pattern(7).into_iter().filter(|one| *one).count();
        assert!((16..=48).contains(&struck), "{struck} of 64");
    }

    #[test]
    fn slow_adds_to_what_else_goes_wrong() {
        let slow = json!({"effect": {"kind": "slow", "ms": 20}});
        let faults = faults(&[slow.clone(), json!({"effect": {"kind": "reset"}}), slow]);
        let verdict = faults.decide(&call("/x"));
        assert_eq!(verdict.wait, Duration::from_millis(40));
        assert_eq!(verdict.effect, Some(Effect::Reset {}));
        assert_eq!(verdict.name.unwrap(), "slow (fault 1), reset (fault 2), slow (fault 3)");
    }
}
