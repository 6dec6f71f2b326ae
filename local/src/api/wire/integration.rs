//! Integrations as the SDK reads them.

use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::clock::iso;
use crate::config::condition::{Condition, Conditions};
use crate::config::{AccountType, DataSource, Integration as Config, Scheme, template};
use crate::store::person::Person;
use crate::workflow::{self, values};

/// An integration of the project, as one user sees it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Integration {
    id: Uuid,
    date_created: String,
    date_updated: String,
    project_id: Uuid,
    /// `custom` for those that the project brought itself.
    #[serde(rename = "type")]
    kind: String,
    is_active: bool,
    name: String,
    brand_color: String,
    authentication_type: Scheme,
    need_pre_oauth_inputs: bool,
    has_credential: bool,
    /// 0: no limit.
    connected_user_limit_on_dev_cred: u32,
    connected_user_limit_reached: bool,
    /// Name in calls.
    provider_type: String,
    /// Workflows that this user may not have.
    no_permission_workflows: Vec<Uuid>,
    configs: Vec<Portal>,
    workflows: Vec<Workflow>,
    /// Account types, inputs and data sources.
    #[schema(value_type = Object)]
    sdk_integration_config: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_integration_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_integration: Option<Custom>,
    /// Facts about the account; only where one account is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub provider_data: Option<Map<String, Value>>,
    /// The account's token; only where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub account_auth: Option<Map<String, Value>>,
}

/// What the portal shows.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Portal {
    id: Uuid,
    integration_id: Uuid,
    date_created: String,
    date_updated: String,
    /// Texts, settings, and what is shown of workflows.
    #[schema(value_type = Object)]
    values: Value,
}

/// A workflow that the user may have.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Workflow {
    id: Uuid,
    description: String,
    project_id: Uuid,
    integration_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_webhook_trigger_id: Option<Uuid>,
    date_created: String,
    date_updated: String,
    /// Always empty: steps are the project's own matter.
    #[schema(value_type = Vec<Object>)]
    steps: Vec<Value>,
}

/// What a custom integration is made of.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CustomIntegration)]
pub struct Custom {
    id: Uuid,
    project_id: Uuid,
    date_created: String,
    date_updated: String,
    name: String,
    slug: String,
    icon: Option<String>,
    authentication_type: Scheme,
    #[schema(value_type = Vec<Object>)]
    input_fields: Value,
    oauth_scopes: Option<String>,
    #[serde(rename = "usePKCEInCodeExchange")]
    uses_pkce: bool,
    is_published: bool,
}

/// An integration, as its user sees it; `users` have connected it.
pub fn integration(app: &App, one: &Config, person: &Person, has_credential: bool, users: usize) -> Integration {
    let project = app.project.id;
    let id = one.id(project);
    let key = one.key();
    let date = iso(0);
    let (allowed, refused): (Vec<_>, Vec<_>) =
        one.workflows.iter().partition(|workflow| workflow::is_permitted(workflow, &person.meta));
    let refused = refused.iter().map(|workflow| one.workflow_id(project, &workflow.key)).collect();
    let workflows = allowed
        .into_iter()
        .map(|workflow| Workflow {
            id: one.workflow_id(project, &workflow.key),
            description: workflow.description.clone(),
            project_id: project,
            integration_id: id,
            custom_webhook_trigger_id: workflow::webhook_id(app, one, workflow),
            date_created: date.clone(),
            date_updated: date.clone(),
            steps: Vec::new(),
        })
        .collect();
    Integration {
        id,
        date_created: date.clone(),
        date_updated: date.clone(),
        project_id: project,
        kind: one.kind.get_ref().clone(),
        is_active: one.active,
        name: one.name.clone(),
        brand_color: one.brand_color.clone(),
        authentication_type: one.scheme(),
        need_pre_oauth_inputs: one.scheme() == Scheme::Oauth && !one.pre_options.is_empty(),
        has_credential,
        connected_user_limit_on_dev_cred: one.connected_user_limit.unwrap_or_default(),
        connected_user_limit_reached: one.connected_user_limit.is_some_and(|limit| users >= limit as usize),
        provider_type: key.clone(),
        no_permission_workflows: refused,
        configs: vec![Portal {
            id: Uuid::new_v5(&project, format!("config/{key}").as_bytes()),
            integration_id: id,
            date_created: date.clone(),
            date_updated: date.clone(),
            values: portal(app, one),
        }],
        workflows,
        sdk_integration_config: sdk_config(app, one),
        custom_integration_id: one.is_custom().then(|| one.custom_id(project)),
        custom_integration: one.is_custom().then(|| Custom {
            id: one.custom_id(project),
            project_id: project,
            date_created: date.clone(),
            date_updated: date,
            name: one.name.clone(),
            slug: key,
            icon: one.icon.clone(),
            authentication_type: one.scheme(),
            input_fields: json!(one.pre_options),
            oauth_scopes: one.oauth.as_ref().map(|oauth| oauth.scopes.join(" ")),
            uses_pkce: one.oauth.as_ref().is_some_and(|oauth| oauth.pkce),
            is_published: true,
        }),
        provider_data: None,
        account_auth: None,
    }
}

fn portal(app: &App, one: &Config) -> Value {
    let workflows: Map<String, Value> = one
        .workflows
        .iter()
        .enumerate()
        .map(|(order, workflow)| {
            let id = one.workflow_id(app.project.id, &workflow.key).to_string();
            let meta = json!({
                "id": id,
                "description": workflow.description,
                "infoText": workflow.info_text,
                "defaultEnabled": workflow.default_enabled,
                "hidden": workflow.hidden,
                "order": order,
                "inputs": workflow.settings,
                "permissions": workflow.permissions.as_ref().map(permissions),
            });
            (id, without_nulls(meta))
        })
        .collect();
    json!({
        "description": one.description,
        "overview": one.overview,
        "accentColor": one.accent_color.as_ref().unwrap_or(&one.brand_color),
        "paragonLink": false,
        "sharedMeta": {"inputs": one.settings},
        "workflowMeta": workflows,
    })
}

fn sdk_config(app: &App, one: &Config) -> Value {
    let sources: Map<String, Value> =
        one.data_sources.iter().map(|(key, source)| (key.clone(), data_source(key, source, one))).collect();
    let mut value = json!({
        "oauthInputs": if one.scheme() == Scheme::Oauth { one.pre_options.as_slice() } else { &[] },
        "accountTypes": one.account_types.iter().map(account_type).collect::<Vec<_>>(),
        "authConfigInputs": one.pre_options,
        "postOauthInputs": one.post_options,
        "dataSources": sources,
    });
    if let Some(address) = &one.package_install_url {
        let own = json!({"sandbox": app.addresses.sandbox, "platform": app.addresses.base});
        if let Ok(address) = template::address(address, &own) {
            value["authSchemeOptions"] = json!({"packageInstallUrl": address});
        }
    }
    value
}

fn account_type(one: &AccountType) -> Value {
    let parameters: Vec<Value> = one
        .oauth_parameters
        .iter()
        .map(|(key, value)| json!({"key": key, "source": {"type": "VALUE", "value": value}}))
        .collect();
    without_nulls(json!({
        "id": one.id,
        "scheme": one.scheme,
        "accountDescription": one.description,
        "oauthParameters": if parameters.is_empty() { Value::Null } else { parameters.into() },
        "endUserSuppliedValues": one.pre_options,
        "skipPostOAuthInputs": one.skip_post_options,
    }))
}

fn data_source(key: &str, source: &DataSource, one: &Config) -> Value {
    let named = |name: &String| one.data_sources.get(name).map(|source| data_source(name, source, one));
    without_nulls(match source {
        DataSource::Dynamic { title, subtitle, support_pagination, refresh_dependencies, .. } => json!({
            "type": "DYNAMIC_DATA_SOURCE",
            "cacheKey": key,
            "title": title,
            "subtitle": subtitle,
            "supportPagination": support_pagination,
            "refreshDependencies": refresh_dependencies.clone().unwrap_or_default(),
        }),
        DataSource::Static { title, values } => json!({
            "type": "STATIC_ENUM_DATA_SOURCE", "id": key, "title": title, "values": values,
        }),
        DataSource::Combo { title, main, dependent } => json!({
            "type": "COMBO_INPUT_DATA_SOURCE", "id": key, "title": title,
            "mainInputSource": named(main), "dependentInputSource": named(dependent),
        }),
        DataSource::FieldMapper { title, records, fields } => json!({
            "type": "FIELD_MAPPER_DATA_SOURCE", "id": key, "title": title,
            "recordSource": named(records), "fieldSource": named(fields),
        }),
    })
}

/// Conditions in the form of the SDK's types.
fn permissions(conditions: &Conditions) -> Value {
    let join = |how: &str, all: Vec<Value>| json!({"type": "JOIN", "join": how, "conditions": all});
    let source = |value: &Value| match value.as_str().and_then(template::whole_variable) {
        Some(path) => {
            let names = values::names(path).skip(1).collect::<Vec<_>>();
            json!({"type": "PERSONA_METADATA", "path": names})
        }
        None => json!({"type": "VALUE", "value": value}),
    };
    let one = |one: &Condition| {
        let mut condition = json!({"operator": one.operator, "variable": source(&one.variable)});
        if let Some(argument) = &one.argument {
            condition["argument"] = source(argument);
        }
        json!({"type": "OPERATOR", "condition": condition})
    };
    join("OR", conditions.iter().map(|all| join("AND", all.iter().map(one).collect())).collect())
}

fn without_nulls(mut value: Value) -> Value {
    if let Some(members) = value.as_object_mut() {
        members.retain(|_, member| !member.is_null());
    }
    value
}
