//! What triggers of integrations must fulfil, and workflows that start by one.

use axum::http::HeaderName;

use super::check::{compiles, list, unique};
use super::{Integration, Poll, Trigger, TriggerType, Webhook, Workflow, template};

/// First names of variables in the requests of a trigger, beside those of all requests.
const ROOTS: [&str; 8] = ["sandbox", "platform", "inputs", "parameters", "token", "secrets", "cursor", "since"];

pub(super) fn trigger(trigger: &TriggerType, integration: &Integration) -> Result<(), String> {
    for parameter in &trigger.parameters {
        if let Some(fault) = parameter.fault() {
            return Err(fault);
        }
        if let Some(source) = &parameter.values_source
            && !integration.data_sources.contains_key(&source.source_type)
        {
            return Err(format!(
                "parameter \"{}\" names the data source \"{}\", which is not below dataSources.",
                parameter.id, source.source_type
            ));
        }
    }
    unique("parameter", trigger.parameters.iter().map(|one| one.id.as_str()))?;
    match (&trigger.poll, &trigger.webhook) {
        (Some(_), Some(_)) => Err("it has poll and webhook. Keep one of them.".into()),
        (Some(one), None) => poll(one).map_err(|why| format!("poll: {why}")),
        (None, Some(one)) => webhook(one).map_err(|why| format!("webhook: {why}")),
        (None, None) => Ok(()),
    }
}

fn poll(poll: &Poll) -> Result<(), String> {
    if poll.interval_seconds == 0 {
        return Err("intervalSeconds must be at least 1.".into());
    }
    list(&poll.list)?;
    std::iter::once(&poll.id).chain(&poll.since).try_for_each(|one| compiles(one))?;
    let request = &poll.list.request;
    std::iter::once(&request.url).chain(request.query.values()).try_for_each(|text| variables(text, &ROOTS))
}

fn webhook(webhook: &Webhook) -> Result<(), String> {
    webhook.id.iter().chain(&webhook.events).try_for_each(|one| compiles(one))?;
    let signature = &webhook.signature;
    for name in std::iter::once(&signature.header).chain(&signature.timestamp).chain(&webhook.delivery) {
        HeaderName::try_from(name.as_str()).map_err(|_| format!("\"{name}\" is no name of a header."))?;
    }
    let mut signed = template::variables(&signature.payload);
    signed.sort_unstable();
    match (signed.as_slice(), &signature.timestamp) {
        (["body"], None) | (["body", "timestamp"], Some(_)) if signature.payload.contains("{{body}}") => {}
        _ => {
            return Err(
                "signature.payload must have {{body}} once, and {{timestamp}} once if timestamp names a header.".into(),
            );
        }
    }
    let roots = [&ROOTS[..6], &["webhook"]].concat();
    let requests = std::iter::once(&webhook.register).chain(&webhook.unregister);
    requests
        .flat_map(|request| std::iter::once(&request.url).chain(request.query.values()))
        .chain([&signature.secret])
        .try_for_each(|text| variables(text, &roots))
}

fn variables(text: &str, roots: &[&str]) -> Result<(), String> {
    for variable in template::variables(text) {
        if !roots.contains(&variable.split('.').next().unwrap_or_default()) {
            return Err(format!("{{{{{variable}}}}} is no variable here. They begin with {}.", roots.join(", ")));
        }
    }
    Ok(())
}

/// A workflow that starts by a trigger of its integration.
pub(super) fn workflow(workflow: &Workflow, integration: &Integration) -> Result<(), String> {
    let Some(Trigger::Integration { trigger: wanted, parameters }) = &workflow.trigger else {
        return Ok(());
    };
    let inside = |message: String| Err(format!("workflow \"{}\": {message}", workflow.key));
    let Some(found) = integration.trigger(wanted) else {
        return inside(format!("its trigger \"{wanted}\" is not below triggers of the integration."));
    };
    if found.poll.is_none() && found.webhook.is_none() {
        return inside(format!(
            "the trigger \"{wanted}\" only stands in the catalogue. Give it poll or webhook, so that it can start a run."
        ));
    }
    if let Some(unknown) = parameters.keys().find(|key| !found.parameters.iter().any(|one| one.id == **key)) {
        return inside(format!("the trigger \"{wanted}\" has no parameter \"{unknown}\"."));
    }
    let missing = found.parameters.iter().find(|one| one.is_required() && !parameters.contains_key(&one.id));
    missing.map_or(Ok(()), |one| inside(format!("the trigger \"{wanted}\" needs the parameter \"{}\".", one.id)))
}
