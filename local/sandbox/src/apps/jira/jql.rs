//! The part of JQL that is understood: comparisons joined by AND, and ORDER BY created or key.

use serde_json::Value;

use crate::lex::{Reader, Token};

pub struct Jql {
    tests: Vec<(Field, Operator, String)>,
    descending: bool,
}

#[derive(Clone, Copy)]
enum Field {
    Project,
    Status,
    Type,
    Key,
    Summary,
    Reporter,
}

#[derive(Clone, Copy, PartialEq)]
enum Operator {
    Is,
    IsNot,
    Contains,
}

pub fn parse(text: &str) -> Result<Jql, String> {
    let mut reader = Reader::new(text)?;
    let mut jql = Jql { tests: Vec::new(), descending: true };
    let mut more = reader.end().is_err() && !reader.take("ORDER");
    let ordered = reader.end().is_err() && !more;
    while more {
        let name = reader.name()?;
        let field = field(&name).ok_or_else(|| format!("the field '{name}' does not exist or is not supported"))?;
        let operator = match reader.next() {
            Some(Token::Operator("=")) => Operator::Is,
            Some(Token::Operator("!=")) => Operator::IsNot,
            Some(Token::Operator("~")) => Operator::Contains,
            _ => return Err(format!("expected =, != or ~ after {name}")),
        };
        let value = match reader.next() {
            Some(Token::Word(text) | Token::Text(text)) => text,
            Some(Token::Number(number)) => number.to_string(),
            _ => return Err(format!("expected a value for {name}")),
        };
        jql.tests.push((field, operator, value.to_lowercase()));
        more = reader.take("AND");
    }
    if ordered || reader.take("ORDER") {
        reader.expect("BY")?;
        let by = reader.name()?;
        if !["created", "key", "id"].iter().any(|known| by.eq_ignore_ascii_case(known)) {
            return Err(format!("cannot sort by '{by}'; created and key can be used"));
        }
        jql.descending = reader.take("DESC");
        if !jql.descending {
            reader.take("ASC");
        }
    }
    reader.end()?;
    Ok(jql)
}

fn field(name: &str) -> Option<Field> {
    Some(match name.to_ascii_lowercase().as_str() {
        "project" => Field::Project,
        "status" => Field::Status,
        "issuetype" | "type" => Field::Type,
        "key" | "issuekey" => Field::Key,
        "summary" | "text" => Field::Summary,
        "reporter" => Field::Reporter,
        _ => return None,
    })
}

impl Jql {
    /// The issues that fit; newest first unless asked otherwise. `issues` are oldest first.
    pub fn run(&self, mut issues: Vec<Value>) -> Vec<Value> {
        issues.retain(|issue| {
            self.tests.iter().all(|(field, operator, value)| {
                let found = values(issue, *field).into_iter().any(|have| {
                    let have = have.as_str().unwrap_or_default().to_lowercase();
                    if *operator == Operator::Contains { have.contains(value) } else { have == *value }
                });
                found != (*operator == Operator::IsNot)
            })
        });
        if self.descending {
            issues.reverse();
        }
        issues
    }
}

/// What a field may be called by.
fn values(issue: &Value, field: Field) -> Vec<&Value> {
    let fields = &issue["fields"];
    match field {
        Field::Project => vec![&fields["project"]["key"], &fields["project"]["id"], &fields["project"]["name"]],
        Field::Status => vec![&fields["status"]["name"], &fields["status"]["id"]],
        Field::Type => vec![&fields["issuetype"]["name"], &fields["issuetype"]["id"]],
        Field::Key => vec![&issue["key"], &issue["id"]],
        Field::Summary => vec![&fields["summary"]],
        Field::Reporter => vec![&fields["reporter"]["accountId"], &fields["reporter"]["displayName"]],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_and_orders() {
        let issue = |key: &str, status: &str, summary: &str| {
            let project = json!({ "key": key.split('-').next(), "id": "1", "name": "P" });
            json!({ "key": key, "fields": { "project": project, "status": { "name": status }, "summary": summary } })
        };
        let issues =
            vec![issue("A-1", "Done", "Paint the door"), issue("A-2", "To Do", "Oil"), issue("B-1", "Done", "Door")];
        let keys = |text: &str| -> Vec<Value> {
            let jql = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            jql.run(issues.clone()).into_iter().map(|issue| issue["key"].clone()).collect()
        };
        assert_eq!(keys(""), ["B-1", "A-2", "A-1"]);
        assert_eq!(keys("ORDER BY created ASC"), ["A-1", "A-2", "B-1"]);
        assert_eq!(keys("project = a"), ["A-2", "A-1"]);
        assert_eq!(keys("project = A AND status = \"Done\" ORDER BY key DESC"), ["A-1"]);
        assert_eq!(keys("summary ~ 'door' AND project != B"), ["A-1"]);
        for wrong in
            ["project", "project =", "nope = 1", "project = A OR project = B", "ORDER created", "ORDER BY size"]
        {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
