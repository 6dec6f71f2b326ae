//! What workflows and their steps must fulfil, so that a mistake shows when the platform starts and not when a run fails.

use std::collections::HashSet;

use axum::http::{HeaderName, header};
use serde_json::Value;

use super::condition::Conditions;
use super::step::{RequestAuthorization, RequestBody, RequestStep, Target};
use super::{Config, Step, Trigger, Workflow, template};
use crate::proxy::headers::HOP_BY_HOP;
use crate::workflow::request::{body, xml};
use crate::workflow::{check_schedule, values};

/// First names of variables that every step can use.
const ROOTS: [&str; 6] = ["settings", "userMetadata", "secrets", "resources", "sandbox", "platform"];

pub(super) fn workflow(workflow: &Workflow, config: &Config) -> Result<(), String> {
    let inside = |message: String| format!("workflow \"{}\": {message}", workflow.key);
    match &workflow.trigger {
        None if !workflow.steps.is_empty() => {
            return Err(inside("it has steps and no trigger, so it would never run. Give it one.".into()));
        }
        Some(Trigger::Scheduler { interval_seconds, cron, time_zone }) => {
            check_schedule(*interval_seconds, cron.as_deref(), time_zone).map_err(inside)?;
        }
        Some(Trigger::Integration { parameters, .. }) => {
            let seen = Seen { names: ROOTS.map(String::from).into(), config };
            seen.check(&serde_json::to_value(parameters).unwrap_or_default()).map_err(inside)?;
        }
        Some(Trigger::AppEvent { event }) if event.trim().is_empty() => {
            return Err(inside("the event of its trigger has no name.".into()));
        }
        _ => {}
    }
    let answers = matches!(workflow.trigger, Some(Trigger::Request {} | Trigger::Webhook {}));
    if !answers && workflow.steps.iter().any(Step::answers) {
        return Err(inside(
            "a response step needs a request or webhook trigger; nobody else waits for an answer.".into(),
        ));
    }
    if let Some(permissions) = &workflow.permissions {
        if !config.project.has("workflow-permissions") {
            return Err(inside(
                "it has permissions, and the plan does not include \"workflow-permissions\". Add that to features."
                    .into(),
            ));
        }
        conditions(permissions).map_err(inside)?;
        let seen = Seen { names: HashSet::from(["userMetadata".to_owned()]), config };
        seen.check(&serde_json::to_value(permissions).unwrap_or_default()).map_err(inside)?;
    }
    let mut names: HashSet<String> = ROOTS.map(String::from).into();
    names.insert("1".into());
    Seen { names, config }.row(&workflow.steps, 2).map_err(inside)
}

/// The names that variables of a step can begin with.
#[derive(Clone)]
struct Seen<'a> {
    names: HashSet<String>,
    config: &'a Config,
}

impl Seen<'_> {
    fn row(&mut self, steps: &[Step], mut number: usize) -> Result<(), String> {
        for step in steps {
            let inside = |message: String| format!("step {number}: {message}");
            match step {
                Step::Request(request) => self.request(request).map_err(inside)?,
                Step::Conditional { r#if, .. } => {
                    conditions(r#if).map_err(inside)?;
                    self.check(&serde_json::to_value(r#if).unwrap_or_default()).map_err(inside)?;
                }
                Step::FanOut { over, .. } => self.lone("over", over).map_err(inside)?,
                Step::Response { status, body, .. } => {
                    if !(200..=599).contains(status) {
                        return Err(inside(format!("status {status} is no status of an answer; use 200 to 599.")));
                    }
                    self.check(body).map_err(inside)?;
                }
            }
            if let Some(name) = step.name() {
                let usable = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                    && name.starts_with(|c: char| c.is_ascii_alphabetic())
                    && name != "self";
                if !usable || !self.names.insert(name.to_owned()) {
                    return Err(inside(format!(
                        "the name \"{name}\" is taken or cannot be used. Begin with a letter, use letters, digits and '_', and no name twice."
                    )));
                }
            }
            self.names.insert(number.to_string());
            match step {
                Step::Conditional { then, r#else, .. } => {
                    self.row(then, number + 1)?;
                    self.row(r#else, number + 1 + super::step::size(then))?;
                }
                // What happens to one item is not seen after all of them.
                Step::FanOut { steps, .. } => self.clone().row(steps, number + 1)?,
                Step::Request(_) | Step::Response { .. } => {}
            }
            number += step.size();
        }
        Ok(())
    }

    fn request(&self, step: &RequestStep) -> Result<(), String> {
        if let Some(slug) = &step.resource {
            if self.config.resource(slug).is_none() {
                return Err(format!("the resource \"{slug}\" is not below [[resources]]."));
            }
            if step.target != Target::Integration {
                return Err("a request goes to a resource or to target = \"api\", not to both.".into());
            }
        }
        match step.target {
            Target::Integration if step.authorization != RequestAuthorization::None => {
                return Err("a request to the integration carries the account's authorization. Leave authorization away, or set target = \"api\".".into());
            }
            Target::Api if step.url.starts_with('/') => {
                return Err("an API request needs a whole address, such as \"https://api.example.com/x\".".into());
            }
            _ => {}
        }
        for name in step.headers.keys() {
            let parsed =
                HeaderName::try_from(name.as_str()).map_err(|_| format!("\"{name}\" is no name of a header."))?;
            let fixed = [header::HOST, header::CONTENT_LENGTH, header::EXPECT];
            if fixed.contains(&parsed) || HOP_BY_HOP.contains(&parsed.as_str()) {
                return Err(format!(
                    "the header \"{name}\" belongs to the connection and cannot be set. Leave it away."
                ));
            }
        }
        match &step.body {
            Some(RequestBody::Graphql { query, .. }) if query.contains("{{") => {
                return Err("a variable stands in a GraphQL query, where it could change what the query does. Put it into variables.".into());
            }
            Some(RequestBody::Xml { text }) => xml::check(text).map_err(|why| format!("the XML body: {why}."))?,
            Some(RequestBody::Raw { text, content_type })
                if body::is_json(content_type.as_deref()) && template::whole_variable(text).is_none() =>
            {
                body::json_template(text).map_err(|why| {
                    format!("the raw body is not JSON ({why}). Mend it, or say what it is with contentType.")
                })?;
            }
            Some(RequestBody::Raw { text, content_type: Some(kind) })
                if body::is_xml(kind) && template::whole_variable(text).is_none() =>
            {
                xml::check(text).map_err(|why| format!("the raw body is not XML: {why}."))?;
            }
            _ => {}
        }
        let mut seen = self.clone();
        if let Some(pagination) = &step.pagination {
            seen.names.insert("self".into());
            seen.lone("pagination.output", &pagination.output)?;
            seen.lone("pagination.pageToken", &pagination.page_token)?;
            pagination.stop.as_ref().map_or(Ok(()), conditions)?;
        }
        seen.check(&serde_json::to_value(step).unwrap_or_default())
    }

    fn lone(&self, key: &str, text: &str) -> Result<(), String> {
        if template::whole_variable(text).is_none() {
            return Err(format!(
                "{key} must be one variable, such as \"{{{{2.response.body.items}}}}\"; it is \"{text}\"."
            ));
        }
        self.check(&text.into())
    }

    /// Every variable must begin with a name that is there.
    fn check(&self, value: &Value) -> Result<(), String> {
        match value {
            Value::String(text) => template::variables(text).into_iter().try_for_each(|path| self.variable(path)),
            Value::Array(items) => items.iter().try_for_each(|item| self.check(item)),
            Value::Object(members) => members.values().try_for_each(|member| self.check(member)),
            _ => Ok(()),
        }
    }

    fn variable(&self, path: &str) -> Result<(), String> {
        let mut names = values::names(path);
        let first = names.next().unwrap_or_default();
        if !self.names.contains(first) {
            return Err(format!(
                "{{{{{path}}}}} is no variable here. They begin with the number or the name of a step before this one (1 is the trigger), or with {}.",
                ROOTS.join(", ")
            ));
        }
        match names.next() {
            Some(name) if first == "secrets" && !self.config.project.secrets.contains_key(name) => {
                Err(format!("{{{{{path}}}}} names a secret that is not below [project.secrets]."))
            }
            Some(name) if first == "resources" && self.config.resource(name).is_none() => {
                Err(format!("{{{{{path}}}}} names a resource that is not below [[resources]]."))
            }
            _ => Ok(()),
        }
    }
}

fn conditions(all: &Conditions) -> Result<(), String> {
    for one in all.iter().flatten() {
        let operator = serde_json::to_value(one.operator).unwrap_or_default();
        match (one.operator.takes_argument(), &one.argument) {
            (true, None) => return Err(format!("a condition with {operator} needs an argument.")),
            (false, Some(_)) => return Err(format!("a condition with {operator} takes no argument.")),
            _ => {}
        }
    }
    Ok(())
}
