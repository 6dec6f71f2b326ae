//! App events: recorded, and every workflow that listens is started for every account that has it on.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::select;
use crate::app::App;
use crate::auth::User;
use crate::auth::permissions::Act;
use crate::config::Trigger;
use crate::http::{ApiError, Json};
use crate::store::credential::{self, Status};
use crate::store::event;
use crate::workflow::{self, Start};

/// Body of `POST events/trigger`.
#[derive(Deserialize)]
pub struct Event {
    name: String,
    #[serde(default)]
    payload: Map<String, Value>,
}

/// `POST events/trigger`: recorded, 201.
pub async fn trigger(
    State(app): State<Arc<App>>,
    User(person): User,
    Json(body): Json<Event>,
) -> Result<(StatusCode, axum::Json<Value>), ApiError> {
    if body.name.trim().is_empty() {
        return Err(ApiError::bad("event_name_missing", "An event needs a name, such as \"Task Created\"."));
    }
    let now = app.clock.now_ms();
    let inside = app.clone();
    let write = app.store.write(move |db| {
        let id = event::add(db, person.id, &body.name, &body.payload, now)?;
        let accounts = credential::of_person(db, person.id)?;
        // In the same transaction: who hears 201 knows that the runs will happen.
        for (integration, workflow) in workflow::all(&inside) {
            let listens = matches!(&workflow.trigger, Some(Trigger::AppEvent { event }) if *event == body.name);
            if !listens || !workflow::is_permitted(workflow, &person.meta) {
                continue;
            }
            let integration_id = inside.id_of(integration);
            let key = integration.workflow_id(inside.project.id, &workflow.key).to_string();
            let own = accounts.iter().filter(|one| one.integration_id == integration_id && one.status == Status::Valid);
            for account in own {
                let on = account.configurations.iter().filter(|one| workflow::is_on(one, &key));
                for settings in on.filter(|one| select::may(&inside, &person, Act::Use, account, Some(one))) {
                    let whose = (person.id, account.id, settings.id);
                    let start = Start::new(&inside, integration, workflow, whose, json!({"event": body.payload}));
                    workflow::enqueue(db, start)?;
                }
            }
        }
        Ok(id)
    });
    let id = write.await?;
    app.workflows.changed.notify_one();
    Ok((StatusCode::CREATED, axum::Json(json!({"id": id}))))
}
