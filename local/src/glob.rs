//! Patterns for paths: `*` stands for any text, `/` included; everything else for itself.

use serde::{Deserialize, Serialize};

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Glob(String);

impl Glob {
    /// True if the whole of `text` fits.
    pub fn fits(&self, text: &str) -> bool {
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = text.strip_prefix(first) else { return false };
        let mut middle: Vec<&str> = parts.collect();
        let Some(last) = middle.pop() else { return rest.is_empty() };
        for part in middle {
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text, fits) in [
            ("/a/b", "/a/b", true),
            ("/a/b", "/a/bc", false),
            ("*/sdk/me", "/projects/1/sdk/me", true),
            ("*/sdk/me", "/projects/1/sdk/metadata", false),
            ("*/proxy/*/x", "/p/proxy/slack/a/x", true),
            ("*", "", true),
            ("**", "a", true),
            ("a*a", "a", false),
            ("a*b*c", "a-b-b-c", true),
            ("", "x", false),
        ] {
            assert_eq!(Glob(pattern.into()).fits(text), fits, "{pattern} {text}");
        }
    }
}
