//! Resources in runs: the user's account of one, and what variables can name of it.

use serde_json::{Map, Value, json};

use super::redact::Redactor;
use super::request::Job;
use crate::api::select;
use crate::app::App;
use crate::config::Resource;
use crate::http::ApiError;
use crate::store::credential::{self, Credential, Status};

/// The user's account of a resource.
pub async fn account(job: &Job<'_>, resource: &Resource) -> Result<Credential, ApiError> {
    let (person, id) = (job.account.lock().await.person_id, job.app.id_of(&resource.provider));
    let all = job.app.store.read(move |db| credential::of_person(db, person)).await?;
    let found = select::current(all.iter().filter(|one| one.integration_id == id));
    found.filter(|one| one.status == Status::Valid).cloned().ok_or_else(|| {
        ApiError::bad(
            "resource_not_connected",
            format!(
                "The user has no valid keys for the resource \"{}\". Give them with connectAction(), then run this again.",
                resource.slug
            ),
        )
    })
}

/// `{<slug>: {<input>, providerId, providerData}}` of the resources that the user has connected.
pub fn values(app: &App, accounts: &[Credential], redactor: &Redactor) -> Value {
    let mut all = Map::new();
    for resource in &app.config.resources {
        let id = app.id_of(&resource.provider);
        let Some(account) = select::current(accounts.iter().filter(|one| one.integration_id == id)) else {
            continue;
        };
        redactor.add_account(&resource.provider, &account.secrets);
        let mut values = account.secrets.inputs.clone();
        values.insert("providerId".into(), json!(account.provider_id));
        values.insert("providerData".into(), json!(account.provider_data));
        all.insert(resource.slug.clone(), values.into());
    }
    all.into()
}
