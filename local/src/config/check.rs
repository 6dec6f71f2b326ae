//! What a parsed project file must also fulfil.

use std::collections::HashSet;

use super::{
    Authorization, Config, DataSource, FEATURES, Input, Integration, OptionsRequest, RESOURCE_PREFIX, Scheme,
    check_step, check_trigger, template,
};
use crate::http::cors::serialized;

/// Something that cannot work, and the byte of the file where its integration stands.
pub(super) struct Fault {
    pub at: usize,
    pub message: String,
}

pub(super) fn check(config: &Config) -> Result<(), Fault> {
    let project = |message: String| Fault { at: 0, message };
    for feature in &config.project.features {
        if !FEATURES.contains(&feature.as_str()) {
            return Err(project(format!(
                "[project] features: \"{feature}\" is not known. Use {}.",
                FEATURES.join(", ")
            )));
        }
    }
    for origin in &config.project.allowed_origins {
        let parsed = url::Url::parse(origin).ok().map(|url| serialized(&url));
        if parsed.as_deref() != Some(origin.as_str()) || origin.contains(['*', ';', ',']) {
            return Err(project(format!(
                "[project] allowedOrigins: \"{origin}\" is not an origin. Write scheme, host and port only, such as \"https://app.example.com\"."
            )));
        }
    }
    if config.project.runs_per_account == 0 {
        return Err(project("[project] runsPerAccount must be at least 1, else no workflow ever runs.".into()));
    }
    for (key, kept) in [("keepCalls", config.project.keep_calls), ("keepRuns", config.project.keep_runs as usize)] {
        if kept == 0 {
            return Err(project(format!("[project] {key} must be at least 1, else nothing is ever to be seen.")));
        }
    }
    if config.project.provider_timeout_seconds == 0 {
        return Err(project(
            "[project] providerTimeoutSeconds must be at least 1, else no provider is in time.".into(),
        ));
    }
    let mut seen = HashSet::new();
    for page in &config.project.install_pages {
        let usable =
            url::Url::parse(page).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.fragment().is_none());
        if !usable {
            return Err(project(format!(
                "[project] installPages: \"{page}\" is no page. Write a whole address, such as \"http://localhost:3000/install\"."
            )));
        }
    }
    for resource in &config.resources {
        let fault = |message: String| Fault {
            at: resource.provider.kind.span().start,
            message: format!("resource \"{}\": {message}", resource.slug),
        };
        if !is_name(&resource.slug) || !seen.insert(resource.provider.key()) {
            return Err(fault("the slug is taken, or has other characters than letters, digits, '-' and '_'.".into()));
        }
        check_integration(&resource.provider, config).map_err(fault)?;
    }
    for integration in &config.integrations {
        let fault = |message: String| Fault { at: integration.kind.span().start, message };
        let key = integration.key();
        if !seen.insert(key.clone()) {
            return Err(fault(format!(
                "the integration \"{key}\" is there twice. Remove one, or give one another type or slug."
            )));
        }
        if key.starts_with(RESOURCE_PREFIX) {
            return Err(fault(format!("a type cannot begin with \"{RESOURCE_PREFIX}\": that is for resources.")));
        }
        check_integration(integration, config).map_err(|message| fault(format!("integration \"{key}\": {message}")))?;
    }
    Ok(())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

fn check_integration(integration: &Integration, config: &Config) -> Result<(), String> {
    let kind = integration.kind.get_ref();
    if kind.is_empty() || !kind.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')) {
        return Err("type may only have letters, digits, '.', '-' and '_'.".into());
    }
    if integration.is_custom() && integration.slug().is_empty() {
        return Err("a custom integration needs a name with letters or digits, or a slug.".into());
    }
    let oauth = integration.oauth.iter();
    let addresses =
        oauth.flat_map(|oauth| [Some(&oauth.authorize_url), Some(&oauth.token_url), oauth.revoke_url.as_ref()]);
    for address in addresses.flatten().chain([&integration.base_url]) {
        // One that begins with a variable shows what it is when that is known.
        if !["http://", "https://", "{{"].iter().any(|start| address.starts_with(start)) {
            return Err(format!("\"{address}\" is no address of the web. Begin with https:// or http://."));
        }
    }
    let schemes = std::iter::once(integration.scheme())
        .chain(integration.account_types.iter().map(|account_type| account_type.scheme));
    for scheme in schemes {
        match (scheme, &integration.oauth) {
            (Scheme::Basic, _) => {}
            (Scheme::Oauth, Some(oauth)) if oauth.client_id.is_empty() => {
                return Err("oauth.clientId is missing. Put the client id that the provider gave you there.".into());
            }
            (_, Some(_)) => {}
            (_, None) => {
                return Err("the scheme is OAuth, but there is no [integrations.oauth] table.".into());
            }
        }
    }
    if integration.scheme() == Scheme::Basic
        && matches!(&integration.authorization, Authorization::Bearer { token } if token.contains("{{token."))
    {
        return Err(
            "a key scheme needs authorization, such as kind = \"bearer\", token = \"{{inputs.apiKey}}\".".into()
        );
    }
    let pre = integration.account_types.iter().filter_map(|one| one.pre_options.as_ref()).flatten();
    let all: Vec<&Input> = integration
        .pre_options
        .iter()
        .chain(&integration.post_options)
        .chain(&integration.settings)
        .chain(integration.workflows.iter().flat_map(|workflow| &workflow.settings))
        .chain(pre)
        .collect();
    for input in all {
        if let Some(fault) = input.fault() {
            return Err(fault);
        }
        if let Some(source) = &input.source_type
            && !integration.data_sources.contains_key(source)
        {
            return Err(format!(
                "input \"{}\" names the data source \"{source}\", which is not below dataSources.",
                input.id
            ));
        }
    }
    check_variables(integration, config)?;
    unique("account type", integration.account_types.iter().map(|one| one.id.as_str()))?;
    for workflow in &integration.workflows {
        check_step::workflow(workflow, config)?;
        check_trigger::workflow(workflow, integration)?;
    }
    for trigger in &integration.triggers {
        check_trigger::trigger(trigger, integration)
            .map_err(|fault| format!("trigger \"{}\": {fault}", trigger.kind))?;
    }
    unique("trigger", integration.triggers.iter().map(|one| one.kind.as_str()))?;
    unique("workflow", integration.workflows.iter().map(|one| one.key.as_str()))?;
    let expressions = integration
        .account
        .iter()
        .flat_map(|account| account.data.values().chain(account.id.as_ref()).chain(account.ok.as_ref()));
    for expression in expressions {
        compiles(expression)?;
    }
    for (key, source) in &integration.data_sources {
        check_source(key, source, integration)?;
    }
    Ok(())
}

/// Every variable must begin with a name that is filled in somewhere; a misspelt one would only show when a user connects.
fn check_variables(integration: &Integration, config: &Config) -> Result<(), String> {
    let mut texts = vec![&integration.base_url];
    texts.extend(&integration.package_install_url);
    texts.extend(integration.account_auth.values());
    if let Some(oauth) = &integration.oauth {
        texts.extend([&oauth.authorize_url, &oauth.token_url]);
        texts.extend(&oauth.revoke_url);
    }
    match &integration.authorization {
        Authorization::Bearer { token } => texts.push(token),
        Authorization::Basic { username, password } => texts.extend([username, password]),
        Authorization::Header { value, .. } | Authorization::Query { value, .. } => texts.push(value),
    }
    let sources = integration.data_sources.values().filter_map(|source| match source {
        DataSource::Dynamic { options, .. } => Some(&options.request),
        _ => None,
    });
    for request in sources.chain(integration.account.as_ref().map(|account| &account.request)) {
        texts.push(&request.url);
        texts.extend(request.query.values());
    }
    let roots = ["sandbox", "platform", "inputs", "parameters", "token", "secrets", "cursor", "search"];
    for variable in texts.iter().flat_map(|text| template::variables(text)) {
        let (first, rest) = variable.split_once('.').unwrap_or((variable, ""));
        if !roots.contains(&first) {
            return Err(format!("{{{{{variable}}}}} is no variable. They begin with {}.", roots.join(", ")));
        }
        if first == "secrets" && !config.project.secrets.contains_key(rest) {
            return Err(format!("{{{{{variable}}}}} names a secret that is not below [project.secrets]."));
        }
    }
    Ok(())
}

fn check_source(key: &str, source: &DataSource, integration: &Integration) -> Result<(), String> {
    let dynamic = |name: &String| match integration.data_sources.get(name) {
        Some(DataSource::Dynamic { .. }) => Ok(()),
        _ => Err(format!("data source \"{key}\" names \"{name}\", which is not a dynamic data source here.")),
    };
    match source {
        DataSource::Dynamic { options, .. } => list(options).map_err(|why| format!("data source \"{key}\": {why}")),
        DataSource::Static { .. } => Ok(()),
        DataSource::Combo { main, dependent, .. } => dynamic(main).and_then(|()| dynamic(dependent)),
        DataSource::FieldMapper { records, fields, .. } => dynamic(records).and_then(|()| dynamic(fields)),
    }
}

pub(super) fn list(list: &OptionsRequest) -> Result<(), String> {
    if list.next_cursor.is_some() && list.next_url.is_some() {
        return Err("it has nextCursor and nextUrl. Keep the one that the provider gives.".into());
    }
    std::iter::once(&list.records).chain(&list.next_cursor).chain(&list.next_url).try_for_each(|one| compiles(one))
}

/// Brackets, dots and operators of one expression. The library goes deeper with each of them, and a stack ends.
const MARKS: usize = 200;

pub(super) fn compiles(expression: &str) -> Result<(), String> {
    let marks = expression.chars().filter(|c| c.is_ascii_punctuation() && !matches!(c, '_' | '-')).count();
    if marks > MARKS {
        let start: String = expression.chars().take(60).collect();
        return Err(format!(
            "the expression \"{start}…\" has {marks} brackets, dots and operators, and at most {MARKS} are read. Ask for less at once."
        ));
    }
    jmespath::compile(expression).map(drop).map_err(|error| {
        format!("\"{expression}\" is not valid JMESPath ({}). See https://jmespath.org.", error.reason)
    })
}

pub(super) fn unique<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(format!("the {what} \"{name}\" is there twice."));
        }
    }
    Ok(())
}
