//! What variables of steps can name: outputs of the steps before, settings, the user, the project's secrets.

use serde_json::{Map, Value};

use crate::config::template::{self, Values};

/// Values by their first name. Inside of a Fan Out a scope has one around it.
///
/// A name that leads nowhere is null: in a text it is nothing, in JSON it is null.
#[derive(Default)]
pub struct Scope<'a> {
    around: Option<&'a Scope<'a>>,
    own: Map<String, Value>,
}

impl<'a> Scope<'a> {
    /// A scope inside of another one.
    pub fn inside(around: &'a Scope<'a>) -> Self {
        Self { around: Some(around), own: Map::new() }
    }

    /// Sets a value under a first name.
    pub fn set(&mut self, name: impl Into<String>, value: Value) {
        self.own.insert(name.into(), value);
    }

    /// The value at a path; `None` if there is nothing, not even a null.
    pub fn find(&self, path: &str) -> Option<&Value> {
        let mut names = names(path);
        let first = names.next()?;
        let mut scope = self;
        let root = loop {
            match (scope.own.get(first), scope.around) {
                (Some(value), _) => break value,
                (None, Some(around)) => scope = around,
                (None, None) => return None,
            }
        };
        names.try_fold(root, |value, name| match value {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            other => other.get(name),
        })
    }

    /// What a template comes to; `None` for a variable that leads nowhere.
    pub fn value(&self, template: &Value) -> Option<Value> {
        match template.as_str().and_then(template::whole_variable) {
            Some(path) => self.find(path).cloned(),
            None => Some(self.json(template)),
        }
    }

    /// Fills in all texts of a JSON value; a text that is one variable keeps that value's type.
    pub fn json(&self, template: &Value) -> Value {
        // A scope has a value for every path, so nothing can be missing.
        template::json(template, self).unwrap_or_default()
    }

    /// Fills in a text.
    pub fn text(&self, template: &str) -> String {
        template::text(template, self).unwrap_or_default()
    }

    /// Fills in an address: values are percent-encoded, except at its very start.
    pub fn address(&self, template: &str) -> String {
        template::address(template, self).unwrap_or_default()
    }
}

impl Values for Scope<'_> {
    fn at(&self, path: &str) -> Option<&Value> {
        Some(self.find(path).unwrap_or(&Value::Null))
    }
}

/// The names of a path: `a.b[0].c` and `a.b.0.c` are the same.
pub fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[', ']']).map(|name| name.trim().trim_matches(['"', '\''])).filter(|name| !name.is_empty())
}

/// A value as the text that tables send: nothing for null, texts as they are, the rest as JSON.
pub fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_keep_their_types_and_are_never_templates_themselves() {
        let mut scope = Scope::default();
        scope.set("1", json!({"event": {"n": 3, "list": [{"x": true}], "t": "{{secrets.KEY}}", "none": null}}));
        scope.set("secrets", json!({"KEY": "hush"}));
        let mut inner = Scope::inside(&scope);
        inner.set("2", json!({"instance": "i"}));
        let filled = inner.json(&json!({
            "n": "{{1.event.n}}", "x": "{{ 1.event.list[0].x }}", "y": "{{1.event.list.0.x}}", "t": "<{{1.event.t}}>",
            "own": "{{2.instance}}", "none": "{{1.event.none}}", "gone": "{{7.a}}", "text": "[{{7.a}}{{1.event.none}}]",
            "proto": "{{1.__proto__.constructor}}",
        }));
        assert_eq!(
            filled,
            json!({"n": 3, "x": true, "y": true, "t": "<{{secrets.KEY}}>", "own": "i", "none": null, "gone": null,
                "text": "[]", "proto": null})
        );
        assert_eq!(inner.value(&json!("{{7.a}}")), None);
        assert_eq!(inner.value(&json!("{{1.event.none}}")), Some(Value::Null));
    }
}
