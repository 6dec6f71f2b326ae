//! The part of the drive's `q` that is understood: comparisons joined by `and`.

use serde_json::Value;

use crate::lex::{Reader, Token};

pub enum Test {
    Name(Operator, String),
    Type(Operator, String),
    Parent(String),
    Trashed(bool),
}

#[derive(Clone, Copy)]
pub enum Operator {
    Is,
    IsNot,
    Contains,
}

pub fn parse(text: &str) -> Result<Vec<Test>, String> {
    let mut reader = Reader::new(text)?;
    let mut tests = Vec::new();
    if reader.end().is_ok() {
        return Ok(tests);
    }
    loop {
        tests.push(test(&mut reader)?);
        if !reader.take("and") {
            break;
        }
    }
    reader.end()?;
    Ok(tests)
}

fn test(reader: &mut Reader) -> Result<Test, String> {
    if let Ok(parent) = reader.text() {
        reader.expect("in")?;
        reader.expect("parents")?;
        return Ok(Test::Parent(parent));
    }
    let name = reader.name()?;
    let operator = operator(reader)?;
    match name.as_str() {
        "name" => Ok(Test::Name(operator, reader.text()?)),
        "mimeType" => Ok(Test::Type(operator, reader.text()?)),
        "trashed" => {
            let value = reader.name()?;
            match (operator, value.as_str()) {
                (Operator::Is, "true") | (Operator::IsNot, "false") => Ok(Test::Trashed(true)),
                (Operator::Is, "false") | (Operator::IsNot, "true") => Ok(Test::Trashed(false)),
                _ => Err("trashed is compared with true or false".to_owned()),
            }
        }
        other => Err(format!("the term \"{other}\" is not supported")),
    }
}

fn operator(reader: &mut Reader) -> Result<Operator, String> {
    if reader.take("contains") {
        return Ok(Operator::Contains);
    }
    match reader.next() {
        Some(Token::Operator("=")) => Ok(Operator::Is),
        Some(Token::Operator("!=")) => Ok(Operator::IsNot),
        _ => Err("expected =, != or contains".to_owned()),
    }
}

impl Test {
    pub fn holds(&self, file: &Value) -> bool {
        match self {
            Self::Name(operator, text) => operator.holds(&file["name"], text),
            Self::Type(operator, text) => operator.holds(&file["mimeType"], text),
            Self::Parent(parent) => file["parents"].as_array().is_some_and(|all| all.iter().any(|one| one == parent)),
            Self::Trashed(trashed) => file["trashed"] == *trashed,
        }
    }
}

impl Operator {
    fn holds(self, value: &Value, text: &str) -> bool {
        let value = value.as_str().unwrap_or_default();
        match self {
            Self::Is => value == text,
            Self::IsNot => value != text,
            Self::Contains => value.to_lowercase().contains(&text.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tests_files() {
        let file = json!({ "name": "It's tea.txt", "mimeType": "text/plain", "parents": ["f1"], "trashed": false });
        let holds = |text: &str| -> bool {
            parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).iter().all(|test| test.holds(&file))
        };
        assert!(holds(""));
        assert!(holds(r"name contains 'TEA' and 'f1' in parents and trashed = false"));
        assert!(holds(r"name = 'It\'s tea.txt'"));
        assert!(!holds("mimeType != 'text/plain'"));
        for wrong in ["name", "name = ", "size > 3", "trashed = maybe", "name = 'a' or name = 'b'", "'f1' in owners"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
