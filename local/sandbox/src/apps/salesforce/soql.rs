//! The part of SOQL that is understood: fields, AND-joined conditions, ORDER BY, LIMIT, OFFSET, COUNT().

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::objects::{self, Field, Object};
use crate::lex::{Reader, Token};

/// What is wrong with a query: the original's error code, and a text.
pub type Wrong = (&'static str, String);

pub struct Query {
    pub object: &'static Object,
    /// Empty for `COUNT()`.
    pub fields: Vec<&'static Field>,
    conditions: Vec<Condition>,
    order: Option<(&'static Field, bool)>,
    limit: Option<usize>,
    offset: usize,
}

struct Condition {
    field: &'static Field,
    test: Test,
}

enum Test {
    Compare(&'static str, Value),
    Like(String),
    In(Vec<Value>),
}

pub fn parse(text: &str) -> Result<Query, Wrong> {
    let malformed = |text: String| ("MALFORMED_QUERY", text);
    let mut reader = Reader::new(text).map_err(malformed)?;
    reader.expect("SELECT").map_err(malformed)?;
    let mut names = Vec::new();
    loop {
        names.push(reader.name().map_err(malformed)?);
        if !reader.take_token(&Token::Comma) {
            break;
        }
    }
    let count = names.len() == 1 && names[0].eq_ignore_ascii_case("COUNT") && reader.take_token(&Token::Open);
    if count && !reader.take_token(&Token::Close) {
        return Err(malformed("only COUNT() with nothing in its brackets is supported".to_owned()));
    }
    reader.expect("FROM").map_err(malformed)?;
    let name = reader.name().map_err(malformed)?;
    let object = objects::find(&name).ok_or_else(|| ("INVALID_TYPE", format!("there is no object \"{name}\"")))?;
    let field = |name: &str| {
        object
            .field(name)
            .ok_or_else(|| ("INVALID_FIELD", format!("there is no field \"{name}\" on \"{}\"", object.name)))
    };
    let fields = if count { Vec::new() } else { names.iter().map(|name| field(name)).collect::<Result<_, _>>()? };
    let mut query = Query { object, fields, conditions: Vec::new(), order: None, limit: None, offset: 0 };
    if reader.take("WHERE") {
        loop {
            let field = field(&reader.name().map_err(malformed)?)?;
            let test = read_test(&mut reader).map_err(malformed)?;
            query.conditions.push(Condition { field, test });
            if !reader.take("AND") {
                break;
            }
        }
    }
    if reader.take("ORDER") {
        reader.expect("BY").map_err(malformed)?;
        let by = field(&reader.name().map_err(malformed)?)?;
        let descending = reader.take("DESC");
        if !descending {
            reader.take("ASC");
        }
        query.order = Some((by, descending));
    }
    if reader.take("LIMIT") {
        query.limit = Some(reader.count().map_err(malformed)?);
    }
    if reader.take("OFFSET") {
        query.offset = reader.count().map_err(malformed)?;
    }
    reader.end().map_err(malformed)?;
    Ok(query)
}

fn read_test(reader: &mut Reader) -> Result<Test, String> {
    if reader.take("LIKE") {
        return Ok(Test::Like(reader.text()?.to_lowercase()));
    }
    if reader.take("IN") {
        if !reader.take_token(&Token::Open) {
            return Err("expected a bracket after IN".to_owned());
        }
        let mut values = Vec::new();
        loop {
            values.push(read_value(reader)?);
            match reader.next() {
                Some(Token::Comma) => {}
                Some(Token::Close) => return Ok(Test::In(values)),
                _ => return Err("the list after IN has no end".to_owned()),
            }
        }
    }
    match reader.next() {
        Some(Token::Operator(operator)) if operator != "~" => Ok(Test::Compare(operator, read_value(reader)?)),
        _ => Err("expected a comparison".to_owned()),
    }
}

fn read_value(reader: &mut Reader) -> Result<Value, String> {
    match reader.next() {
        Some(Token::Text(text)) => Ok(text.into()),
        Some(Token::Number(number)) => Ok(number.into()),
        // Dates are written without quotes.
        Some(Token::Word(word)) => Ok(match word.to_ascii_lowercase().as_str() {
            "true" => true.into(),
            "false" => false.into(),
            "null" => Value::Null,
            _ => word.into(),
        }),
        _ => Err("expected a value".to_owned()),
    }
}

impl Query {
    /// The records that fit, in order.
    pub fn run(&self, mut records: Vec<Value>) -> Vec<Value> {
        records.retain(|record| self.conditions.iter().all(|condition| condition.holds(record)));
        if let Some((field, descending)) = self.order {
            records.sort_by(|a, b| {
                let order = compare(&a[field.name], &b[field.name]).unwrap_or(Ordering::Equal);
                if descending { order.reverse() } else { order }
            });
        }
        records.into_iter().skip(self.offset).take(self.limit.unwrap_or(usize::MAX)).collect()
    }

    /// The chosen fields of a record, with its `attributes`.
    pub fn project(&self, record: &Value, url: String) -> Value {
        let attributes = serde_json::json!({ "type": self.object.name, "url": url });
        let mut members = Map::from_iter([("attributes".to_owned(), attributes)]);
        members.extend(self.fields.iter().map(|field| (field.name.to_owned(), record[field.name].clone())));
        Value::Object(members)
    }
}

impl Condition {
    fn holds(&self, record: &Value) -> bool {
        let value = &record[self.field.name];
        match &self.test {
            Test::In(values) => values.iter().any(|other| compare(value, other) == Some(Ordering::Equal)),
            Test::Like(pattern) => value.as_str().is_some_and(|text| like(&text.to_lowercase(), pattern)),
            Test::Compare(operator, other) => match (*operator, compare(value, other)) {
                ("=", order) => order == Some(Ordering::Equal),
                ("!=", order) => order != Some(Ordering::Equal),
                ("<", order) => order == Some(Ordering::Less),
                (">", order) => order == Some(Ordering::Greater),
                ("<=", order) => matches!(order, Some(Ordering::Less | Ordering::Equal)),
                (_, order) => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            },
        }
    }
}

/// Texts compare in any case, as with the original.
fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Null, Value::Null) => Some(Ordering::Equal),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::String(a), Value::String(b)) => Some(a.to_lowercase().cmp(&b.to_lowercase())),
        _ => None,
    }
}

/// `%` stands for any text. Takes the first fit of every part, which is enough without `_`.
fn like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('%');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(text: &str) -> Vec<Value> {
        let records = vec![
            json!({ "Name": "Alpha", "AnnualRevenue": 10 }),
            json!({ "Name": "beta", "AnnualRevenue": 30 }),
            json!({ "Name": "Gamma's", "AnnualRevenue": null }),
        ];
        parse(text).unwrap_or_else(|wrong| panic!("{wrong:?}")).run(records).iter().map(|r| r["Name"].clone()).collect()
    }

    #[test]
    fn conditions_order_and_limits() {
        assert_eq!(names("SELECT Name FROM Account"), ["Alpha", "beta", "Gamma's"]);
        assert_eq!(names("select name from account where name = 'BETA'"), ["beta"]);
        assert_eq!(names("SELECT Name FROM Account WHERE AnnualRevenue > 5 AND AnnualRevenue != 30"), ["Alpha"]);
        assert_eq!(names("SELECT Name FROM Account WHERE Name LIKE '%am%\\'s'"), ["Gamma's"]);
        assert_eq!(names("SELECT Name FROM Account WHERE AnnualRevenue = null"), ["Gamma's"]);
        assert_eq!(
            names("SELECT Name FROM Account WHERE Name IN ('alpha', 'beta') ORDER BY Name DESC"),
            ["beta", "Alpha"]
        );
        assert_eq!(names("SELECT Name FROM Account ORDER BY Name LIMIT 1 OFFSET 1"), ["beta"]);
    }

    #[test]
    fn errors_have_the_right_code() {
        let code = |text| parse(text).err().map(|wrong| wrong.0);
        for text in [
            "",
            "SELECT",
            "SELECT Name",
            "SELECT Name FROM Account WHERE",
            "SELECT Name FROM Account LIMIT x",
            "SELECT Name FROM Account; DROP",
            "SELECT Name FROM Account WHERE Name IN ('a'",
            "SELECT COUNT(Id) FROM Account",
        ] {
            assert_eq!(code(text), Some("MALFORMED_QUERY"), "{text}");
        }
        assert_eq!(code("SELECT Name FROM Nothing"), Some("INVALID_TYPE"));
        assert_eq!(code("SELECT Nope FROM Account"), Some("INVALID_FIELD"));
        assert_eq!(code("SELECT COUNT() FROM Account"), None);
    }
}
