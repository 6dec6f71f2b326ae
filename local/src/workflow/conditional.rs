//! Whether conditions hold.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::Value;

use super::values::{Scope, as_text};
use crate::config::condition::{Condition, Conditions, Operator};

/// OR of ANDs.
pub fn holds(conditions: &Conditions, scope: &Scope<'_>) -> bool {
    conditions.iter().any(|all| all.iter().all(|one| is_met(one, scope)))
}

fn is_met(condition: &Condition, scope: &Scope<'_>) -> bool {
    use Operator::*;
    let found = scope.value(&condition.variable);
    let argument = condition.argument.as_ref().and_then(|argument| scope.value(argument)).unwrap_or_default();
    let value = found.clone().unwrap_or_default();
    let texts = || (as_text(&value).unwrap_or_default(), as_text(&argument).unwrap_or_default());
    let numbers = |compare: fn(&f64, &f64) -> bool| match (number(&value), number(&argument)) {
        (Some(one), Some(other)) => compare(&one, &other),
        _ => false,
    };
    let times = |compare: fn(&DateTime<Utc>, &DateTime<Utc>) -> bool| match (time(&value), time(&argument)) {
        (Some(one), Some(other)) => compare(&one, &other),
        _ => false,
    };
    let text = |compare: fn(&str, &str) -> bool| {
        let (one, other) = texts();
        compare(&one, &other)
    };
    match condition.operator {
        None => true,
        StringContains => text(|one, other| one.contains(other)),
        StringDoesNotContain => text(|one, other| !one.contains(other)),
        StringExactlyMatches => text(|one, other| one == other),
        StringDoesNotExactlyMatch => text(|one, other| one != other),
        StringIsIn => listed(&argument).contains(&texts().0),
        StringIsNotIn => !listed(&argument).contains(&texts().0),
        StringStartsWith => text(|one, other| one.starts_with(other)),
        StringDoesNotStartWith => text(|one, other| !one.starts_with(other)),
        StringEndsWith => text(|one, other| one.ends_with(other)),
        StringDoesNotEndWith => text(|one, other| !one.ends_with(other)),
        StringGreaterThan => text(|one, other| one > other),
        StringLessThan => text(|one, other| one < other),
        NumberGreaterThan => numbers(f64::gt),
        NumberLessThan => numbers(f64::lt),
        NumberEquals => numbers(f64::eq),
        NumberDoesNotEqual => !numbers(f64::eq),
        NumberLessThanOrEqualTo => numbers(f64::le),
        NumberGreaterThanOrEqualTo => numbers(f64::ge),
        DateTimeAfter => times(DateTime::gt),
        DateTimeBefore => times(DateTime::lt),
        DateTimeEquals => times(DateTime::eq),
        BooleanTrue => is_bool(&value, true),
        BooleanFalse => is_bool(&value, false),
        // The cloud compares these two with null alone: what is not there at all is not null.
        IsNotNull => found != Some(Value::Null),
        IsNull => found == Some(Value::Null),
        Exists => !value.is_null(),
        DoesNotExist => value.is_null(),
        ArrayIsIn => is_in(&value, &argument),
        ArrayIsNotIn => !is_in(&value, &argument),
        ArrayIsEmpty => is_empty(&value),
        ArrayIsNotEmpty => !is_empty(&value),
    }
}

/// The texts of a list: a JSON list, or a text with commas.
fn listed(list: &Value) -> Vec<String> {
    match list {
        Value::Array(items) => items.iter().filter_map(as_text).collect(),
        Value::String(text) => match serde_json::from_str(text) {
            Ok(Value::Array(items)) => items.iter().filter_map(as_text).collect(),
            _ => text.split(',').map(|item| item.trim().to_owned()).collect(),
        },
        other => as_text(other).into_iter().collect(),
    }
}

/// A list is in another if all of its items are; any other value if it is one of the items.
fn is_in(value: &Value, list: &Value) -> bool {
    let list = listed(list);
    match value {
        Value::Array(items) => items.iter().filter_map(as_text).all(|item| list.contains(&item)),
        other => as_text(other).is_some_and(|item| list.contains(&item)),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Null => true,
        _ => false,
    }
}

fn is_bool(value: &Value, wanted: bool) -> bool {
    match value {
        Value::Bool(one) => *one == wanted,
        Value::String(text) => text.parse() == Ok(wanted),
        _ => false,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// ISO 8601, with or without time and offset (then UTC), the form of e-mail headers, or milliseconds since 1970.
fn time(value: &Value) -> Option<DateTime<Utc>> {
    if let Some(milliseconds) = value.as_i64() {
        return DateTime::from_timestamp_millis(milliseconds);
    }
    let text = value.as_str()?.trim();
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc2822(text))
        .map(|time| time.to_utc())
        .ok()
        .or_else(|| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok().map(|time| time.and_utc()))
        .or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0).map(|time| time.and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(operator: &str, variable: Value, argument: Value) -> bool {
        let mut scope = Scope::default();
        scope.set("v", variable);
        let condition = json!({"variable": "{{v}}", "operator": operator, "argument": argument});
        holds(&vec![vec![serde_json::from_value(condition).unwrap()]], &scope)
    }

    #[test]
    fn every_operator_tells_both_ways() {
        let cases = [
            ("$stringContains", json!("abc"), json!("b"), json!("x")),
            ("$stringDoesNotContain", json!("abc"), json!("x"), json!("b")),
            ("$stringExactlyMatches", json!("abc"), json!("abc"), json!("ab")),
            ("$stringDoesNotExactlyMatch", json!("abc"), json!("ab"), json!("abc")),
            ("$stringIsIn", json!("b"), json!("a, b"), json!("abc")),
            ("$stringIsNotIn", json!("b"), json!(["a", "c"]), json!(["b"])),
            ("$stringStartsWith", json!("abc"), json!("ab"), json!("bc")),
            ("$stringDoesNotStartWith", json!("abc"), json!("bc"), json!("ab")),
            ("$stringEndsWith", json!("abc"), json!("bc"), json!("ab")),
            ("$stringDoesNotEndWith", json!("abc"), json!("ab"), json!("bc")),
            ("$stringGreaterThan", json!("b"), json!("a"), json!("c")),
            ("$stringLessThan", json!("b"), json!("c"), json!("a")),
            ("$numberGreaterThan", json!(10), json!("9"), json!(10)),
            ("$numberLessThan", json!("9"), json!(10), json!(9)),
            ("$numberEquals", json!("1.50"), json!(1.5), json!(1)),
            ("$numberDoesNotEqual", json!(1), json!(2), json!(1)),
            ("$numberLessThanOrEqualTo", json!(9), json!(9), json!(8)),
            ("$numberGreaterThanOrEqualTo", json!(9), json!(9), json!(10)),
            ("$dateTimeAfter", json!("2024-01-02"), json!("2024-01-01T23:59:59Z"), json!("2024-01-02T00:00:00Z")),
            ("$dateTimeBefore", json!("2024-01-01T01:00:00+02:00"), json!("2024-01-01"), json!("2023-12-31T22:00:00Z")),
            ("$dateTimeEquals", json!("2024-01-01T02:00:00+02:00"), json!(1_704_067_200_000_i64), json!("2024-01-02")),
            ("$arrayIsIn", json!("a"), json!(["a", "b"]), json!(["b"])),
            ("$arrayIsNotIn", json!(["a", "c"]), json!(["a", "b"]), json!(["a", "c", "d"])),
        ];
        for (operator, variable, yes, no) in &cases {
            assert!(check(operator, variable.clone(), yes.clone()), "{operator}");
            assert!(!check(operator, variable.clone(), no.clone()), "{operator}");
        }
        let alone = [
            ("$booleanTrue", json!(true), json!("no")),
            ("$booleanFalse", json!("false"), json!(null)),
            ("$exists", json!(0), json!(null)),
            ("$doesNotExist", json!(null), json!("")),
            ("$isNotUndefinedOrNull", json!(""), json!(null)),
            ("$isUndefinedOrNull", json!(null), json!(0)),
            ("$arrayIsEmpty", json!([]), json!([1])),
            ("$arrayIsNotEmpty", json!([1]), json!([])),
        ];
        for (operator, yes, no) in &alone {
            assert!(check(operator, yes.clone(), json!(null)), "{operator}");
            assert!(!check(operator, no.clone(), json!(null)), "{operator}");
        }
        assert!(check("$none", json!(null), json!(null)));
        assert_eq!(cases.len() + alone.len() + 1, 32, "the SDK's types have 32 operators");
    }

    #[test]
    fn what_is_not_a_number_or_a_time_meets_nothing() {
        assert!(!check("$numberGreaterThan", json!("x"), json!(1)));
        assert!(!check("$numberEquals", json!(null), json!(0)));
        assert!(!check("$dateTimeBefore", json!("soon"), json!("2024-01-01")));
    }

    #[test]
    fn only_two_operators_tell_missing_from_null() {
        let missing = |operator: &str| {
            let condition = json!({"variable": "{{gone.x}}", "operator": operator});
            holds(&vec![vec![serde_json::from_value(condition).unwrap()]], &Scope::default())
        };
        assert!(missing("$exists") && !missing("$doesNotExist"));
        assert!(!missing("$isNotUndefinedOrNull") && missing("$isUndefinedOrNull"));
    }

    #[test]
    fn one_alternative_that_holds_as_a_whole_is_enough() {
        let yes = json!({"variable": "a", "operator": "$stringExactlyMatches", "argument": "a"});
        let no = json!({"variable": "a", "operator": "$stringExactlyMatches", "argument": "b"});
        let holds = |conditions| holds(&serde_json::from_value(conditions).unwrap(), &Scope::default());
        assert!(holds(json!([[no, yes], [yes, yes]])));
        assert!(!holds(json!([[yes, no], [no]])));
        assert!(!holds(json!([])));
    }
}
