//! Templates: `{{path.to.value}}` in the texts of the project file.
//!
//! A value is inserted as data: nothing in it is read as a template again, and in an address it is percent-encoded, so that it
//! can change neither host nor path. Only a variable at the very start of an address, where host and scheme stand, is taken as it is.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// What stays as it is in an address: RFC 3986 "unreserved".
pub const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where variables get their values from.
pub trait Values {
    /// The value at a path such as `inputs.shop`, if there is one.
    fn at(&self, path: &str) -> Option<&Value>;
}

/// A JSON object; its nulls are no values.
impl Values for Value {
    fn at(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(self, |value, key| value.get(key)).filter(|value| !value.is_null())
    }
}

/// A template names a value that is not there.
#[derive(Debug, thiserror::Error, PartialEq)]
#[error("there is no value for {{{{{0}}}}}")]
pub struct Missing(pub String);

/// Fills a template in.
pub fn text(template: &str, context: &impl Values) -> Result<String, Missing> {
    render(template, context, |value, _| value)
}

/// Fills in a template of an address.
pub fn address(template: &str, context: &impl Values) -> Result<String, Missing> {
    render(template, context, |value, at_start| {
        if at_start {
            value.trim_end_matches('/').to_owned()
        } else {
            utf8_percent_encode(&value, COMPONENT).to_string()
        }
    })
}

/// Fills in all texts of a JSON value. A text that is only a variable becomes the variable's own value, with its type.
pub fn json(template: &Value, context: &impl Values) -> Result<Value, Missing> {
    Ok(match template {
        Value::String(text_template) => match whole_variable(text_template) {
            Some(path) => context.at(path).cloned().ok_or_else(|| Missing(path.into()))?,
            None => Value::String(text(text_template, context)?),
        },
        Value::Array(items) => Value::Array(items.iter().map(|item| json(item, context)).collect::<Result<_, _>>()?),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, value)| Ok((key.clone(), json(value, context)?)))
                .collect::<Result<_, Missing>>()?,
        ),
        other => other.clone(),
    })
}

/// The names of all variables of a template.
pub fn variables(template: &str) -> Vec<&str> {
    template.split("{{").skip(1).filter_map(|rest| rest.split_once("}}").map(|(path, _)| path.trim())).collect()
}

/// The path of a template that is one variable and nothing else.
pub fn whole_variable(template: &str) -> Option<&str> {
    let inner = template.trim().strip_prefix("{{")?.strip_suffix("}}")?;
    (!inner.contains("{{") && !inner.contains("}}")).then(|| inner.trim())
}

fn render(template: &str, context: &impl Values, convert: impl Fn(String, bool) -> String) -> Result<String, Missing> {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((path, tail)) = after.split_once("}}") else {
            break;
        };
        out.push_str(before);
        let path = path.trim();
        let value = context.at(path).ok_or_else(|| Missing(path.into()))?;
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let at_start = out.is_empty();
        out.push_str(&convert(value, at_start));
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json as j;

    #[test]
    fn fills_in_and_names_what_is_missing() {
        let context = j!({"inputs": {"shop": "tea", "n": 3}});
        assert_eq!(text("a {{ inputs.shop }} {{inputs.n}}", &context).unwrap(), "a tea 3");
        assert_eq!(text("{{inputs.x}}", &context), Err(Missing("inputs.x".into())));
        assert_eq!(text("open {{ only", &context).unwrap(), "open {{ only");
    }

    #[test]
    fn a_value_cannot_change_host_or_path_of_an_address() {
        let context = j!({"inputs": {"shop": "evil.test/../a?b#c@d"}, "base": "http://127.0.0.1:9401/"});
        assert_eq!(
            address("https://{{inputs.shop}}.example.com/x", &context).unwrap(),
            "https://evil.test%2F..%2Fa%3Fb%23c%40d.example.com/x"
        );
        assert_eq!(address("{{base}}/x", &context).unwrap(), "http://127.0.0.1:9401/x");
    }

    #[test]
    fn values_are_never_templates_themselves() {
        let context = j!({"a": "{{b}}", "b": "secret"});
        assert_eq!(text("{{a}}", &context).unwrap(), "{{b}}");
    }

    #[test]
    fn a_lone_variable_keeps_its_type() {
        let context = j!({"n": 3});
        assert_eq!(json(&j!({"x": ["{{n}}", "n={{n}}"]}), &context).unwrap(), j!({"x": [3, "n=3"]}));
    }
}
