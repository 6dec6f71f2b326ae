//! What goes over the wire: accounts, settings and integrations as the SDK reads them.

use serde_json::{Map, Value, json};

use crate::app::App;
use crate::clock::iso;
use crate::config::condition::{Condition, Conditions};
use crate::config::{AccountType, DataSource, Integration, Scheme, template};
use crate::store::configuration::Configuration;
use crate::store::credential::Credential;
use crate::store::person::Person;
use crate::workflow::{self, values};

/// An account, without its secrets.
pub fn credential(app: &App, one: &Credential) -> Value {
    let mut value = json!({
        "id": one.id,
        "projectId": app.project.id,
        "integrationId": one.integration_id,
        "personaId": one.person_id,
        "isPreviewCredential": false,
        "providerId": one.provider_id,
        "providerData": one.provider_data,
        "status": one.status.name(),
        "configurations": one.configurations.iter().map(configuration).collect::<Vec<_>>(),
        "config": one.configurations.first().map(|settings| json!({
            "sharedSettings": settings.shared_settings,
            "workflowSettings": settings.workflow_settings,
            "configMeta": settings.meta,
        })),
        "dateCreated": iso(one.created),
        "dateUpdated": iso(one.updated),
        "dateRefreshed": iso(one.refreshed),
        "refreshFailureCount": one.refresh_failures,
    });
    if let Some(until) = one.valid_until {
        value["dateValidUntil"] = iso(until).into();
    }
    if let Some(external) = &one.external_id {
        value["externalId"] = external.clone().into();
    }
    value
}

/// One set of settings.
pub fn configuration(one: &Configuration) -> Value {
    let mut value = json!({
        "id": one.id,
        "connectCredentialId": one.credential_id,
        "workflowSettings": one.workflow_settings,
        "sharedSettings": one.shared_settings,
        "configMeta": one.meta,
        "isDefault": one.is_default,
        "dateCreated": iso(one.created),
        "dateUpdated": iso(one.updated),
    });
    if let Some(external) = &one.external_id {
        value["externalId"] = external.clone().into();
    }
    value
}

/// An integration, as its user sees it; `users` have connected it.
pub fn integration(app: &App, one: &Integration, person: &Person, has_credential: bool, users: usize) -> Value {
    let project = app.project.id;
    let id = one.id(project);
    let key = one.key();
    let date = iso(0);
    let (allowed, refused): (Vec<_>, Vec<_>) =
        one.workflows.iter().partition(|workflow| workflow::is_permitted(workflow, &person.meta));
    let refused: Vec<_> = refused.iter().map(|workflow| one.workflow_id(project, &workflow.key)).collect();
    let workflows: Vec<Value> = allowed
        .into_iter()
        .map(|workflow| {
            without_nulls(json!({
                "id": one.workflow_id(project, &workflow.key),
                "description": workflow.description,
                "projectId": project,
                "integrationId": id,
                "customWebhookTriggerId": workflow::webhook_id(app, one, workflow),
                "dateCreated": date,
                "dateUpdated": date,
                "steps": [],
            }))
        })
        .collect();
    let mut value = json!({
        "id": id,
        "dateCreated": date,
        "dateUpdated": date,
        "projectId": project,
        "type": one.kind.get_ref(),
        "isActive": one.active,
        "name": one.name,
        "brandColor": one.brand_color,
        "authenticationType": one.scheme(),
        "needPreOauthInputs": one.scheme() == Scheme::Oauth && !one.pre_options.is_empty(),
        "hasCredential": has_credential,
        "connectedUserLimitOnDevCred": one.connected_user_limit.unwrap_or_default(),
        "connectedUserLimitReached": one.connected_user_limit.is_some_and(|limit| users >= limit as usize),
        "providerType": key,
        "noPermissionWorkflows": refused,
        "configs": [{
            "id": uuid::Uuid::new_v5(&project, format!("config/{key}").as_bytes()),
            "integrationId": id,
            "dateCreated": date,
            "dateUpdated": date,
            "values": portal(app, one),
        }],
        "workflows": workflows,
        "sdkIntegrationConfig": sdk_config(app, one),
    });
    if one.is_custom() {
        value["customIntegrationId"] = json!(one.custom_id(project));
        value["customIntegration"] = json!({
            "id": one.custom_id(project),
            "projectId": project,
            "dateCreated": date,
            "dateUpdated": date,
            "name": one.name,
            "slug": one.key(),
            "icon": one.icon,
            "authenticationType": one.scheme(),
            "inputFields": one.pre_options,
            "oauthScopes": one.oauth.as_ref().map(|oauth| oauth.scopes.join(" ")),
            "usePKCEInCodeExchange": one.oauth.as_ref().is_some_and(|oauth| oauth.pkce),
            "isPublished": true,
        });
    }
    value
}

fn portal(app: &App, one: &Integration) -> Value {
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

fn sdk_config(app: &App, one: &Integration) -> Value {
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

fn data_source(key: &str, source: &DataSource, one: &Integration) -> Value {
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
