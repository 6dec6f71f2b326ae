//! The values that every step of a run can name: `settings`, `userMetadata`, `secrets`, own addresses.

use serde_json::{Map, Value, json};

use super::values::Scope;
use crate::app::App;
use crate::config::{Input, Integration, Workflow};
use crate::store::configuration::Configuration;
use crate::store::credential::Credential;
use crate::store::person::Person;

/// The outermost scope of a run.
pub fn scope(
    app: &App,
    integration: &Integration,
    workflow: &Workflow,
    person: &Person,
    credential: &Credential,
    settings: &Configuration,
) -> Scope<'static> {
    let id = integration.workflow_id(app.project.id, &workflow.key);
    // Answers of the questions after connecting are settings too, unless they are secret.
    let open = integration.post_options.iter().filter(|input| input.kind != "PASSWORD");
    let answers = open.filter_map(|input| credential.secrets.inputs.get_key_value(&input.id));
    let mut values: Map<String, Value> = answers.map(|(id, value)| (id.clone(), value.clone())).collect();
    values.extend(settings.shared_settings.clone());
    values.extend(of_workflow(settings, &id.to_string()));
    // What the platform knows itself cannot be replaced by an input of the same name.
    values.insert("userId".into(), json!(person.user_id));
    values.insert("providerId".into(), json!(credential.provider_id));
    values.insert("providerData".into(), json!(credential.provider_data));
    values.insert("oauthAccessToken".into(), json!(credential.secrets.token_text("access_token")));
    values.insert("webhookURL".into(), json!(super::webhook_url(app, integration, workflow, credential.id)));

    let mut scope = Scope::default();
    scope.set("settings", values.into());
    scope.set("userMetadata", json!(person.meta));
    scope.set("secrets", app.config.project.secret_values().into());
    scope.set("sandbox", json!(app.addresses.sandbox));
    scope.set("platform", json!(app.addresses.base));
    scope
}

/// Settings of one workflow.
pub fn of_workflow(settings: &Configuration, workflow: &str) -> Map<String, Value> {
    settings.workflow_settings.get(workflow).and_then(|one| one["settings"].as_object()).cloned().unwrap_or_default()
}

/// True if a workflow is on.
pub fn is_on(settings: &Configuration, workflow: &str) -> bool {
    settings.workflow_settings.get(workflow).is_some_and(|one| one["enabled"] == true)
}

/// True if all required settings, of the integration and of the workflow, are there.
pub fn are_complete(integration: &Integration, workflow: &Workflow, settings: &Configuration, id: &str) -> bool {
    let filled = |inputs: &[Input], values: &Map<String, Value>| {
        inputs.iter().filter(|input| input.is_required()).all(|input| {
            values
                .get(&input.id)
                .is_some_and(|value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty()))
        })
    };
    filled(&integration.settings, &settings.shared_settings) && filled(&workflow.settings, &of_workflow(settings, id))
}
