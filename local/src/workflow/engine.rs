//! Takes runs from the queue when they are due, and starts those that nobody asks for: schedules, workflows that run when an
//! account is ready, and those that follow what happens at a provider.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{Id, JoinSet};
use uuid::Uuid;

use super::queue::{self, Start};
use super::{is_permitted, listen, run, schedule, settings};
use crate::app::App;
use crate::clock::iso;
use crate::config::{Integration, Trigger, Workflow};
use crate::store::execution::Status;
use crate::store::{Error, credential, execution, person, watch};

/// When the database fails, the engine tries again after this.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// Schedules that were missed while the clock was moved are made up for, up to so many runs at a time.
const MADE_UP: usize = 100;

/// Runs until it is dropped; what is under way then goes on at the next start.
pub async fn run(app: Arc<App>) {
    loop {
        // Whoever asked for a standstill is in line before: the lock is fair.
        let _running = app.workflows.running.lock().await;
        let mut engine =
            Engine { app: app.clone(), tasks: JoinSet::new(), active: HashMap::new(), broken: Vec::new(), first: true };
        tokio::select! {
            () = app.workflows.still.notified() => {}
            never = engine.go_on() => match never {},
        }
        // Afterwards none of them writes any more.
        engine.tasks.shutdown().await;
    }
}

struct Engine {
    app: Arc<App>,
    tasks: JoinSet<()>,
    /// What each task is for.
    active: HashMap<Id, Active>,
    /// Runs whose task panicked: they would do so again.
    broken: Vec<Uuid>,
    first: bool,
}

/// What a task is for.
#[derive(Clone, Copy, PartialEq)]
enum Active {
    /// A run, and its account.
    Run(Uuid, Uuid),
    /// Settings and the workflow whose provider is asked, or told where to call.
    Listen(Uuid, Uuid),
}

impl Engine {
    async fn go_on(&mut self) -> Infallible {
        let app = self.app.clone();
        loop {
            let changed = app.workflows.changed.notified();
            let next = match self.look().await {
                Ok(next) => next,
                Err(error) => {
                    tracing::error!(%error, "the workflow engine cannot read its queue");
                    tokio::time::sleep(AFTER_FAILURE).await;
                    continue;
                }
            };
            tokio::select! {
                () = changed => {}
                Some(ended) = self.tasks.join_next_with_id() => self.forget(ended),
                () = app.clock.sleep_until(next.unwrap_or(i64::MAX)) => {}
            }
        }
    }

    /// Starts what is due; the time of what comes next.
    async fn look(&mut self) -> Result<Option<i64>, Error> {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.forget(ended);
        }
        let now = self.app.clock.now_ms();
        for id in std::mem::take(&mut self.broken) {
            self.app.store.write(move |db| execution::end(db, id, Status::Failed, now)).await?;
            self.app.workflows.progressed.notify_waiters();
        }
        let scheduled = self.watch(now).await?;
        self.first = false;
        let (ready, due) =
            self.app.store.read(move |db| Ok((execution::ready(db, now)?, execution::next_due(db, now)?))).await?;
        for (id, account) in ready {
            let of_account =
                self.active.values().filter(|one| matches!(one, Active::Run(_, other) if *other == account)).count();
            let run = Active::Run(id, account);
            if !self.is_active(run) && of_account < self.app.config.project.runs_per_account {
                let task = self.tasks.spawn(run::advance(self.app.clone(), id));
                self.active.insert(task.id(), run);
            }
        }
        Ok(scheduled.into_iter().chain(due).min())
    }

    fn forget(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        match ended {
            Ok((id, ())) => {
                self.active.remove(&id);
            }
            Err(error) => {
                tracing::error!(%error, "a workflow run broke off");
                if let Some(Active::Run(run, _)) = self.active.remove(&error.id()) {
                    self.broken.push(run);
                }
            }
        }
    }

    fn is_active(&self, one: Active) -> bool {
        self.active.values().any(|other| *other == one)
    }

    /// Looks at every workflow that starts by itself; the next time of a schedule.
    async fn watch(&mut self, now: i64) -> Result<Option<i64>, Error> {
        let mut next: Option<i64> = None;
        let app = self.app.clone();
        for (integration, workflow) in super::all(&app) {
            let found = match workflow.trigger {
                Some(Trigger::Scheduler { .. }) => self.schedules(integration, workflow, now).await?,
                Some(Trigger::IntegrationEnabled {}) => {
                    self.ready_accounts(integration, workflow).await?;
                    None
                }
                Some(Trigger::Integration { .. }) => self.listens(integration, workflow, now).await?,
                _ => None,
            };
            next = next.into_iter().chain(found).min();
        }
        Ok(next)
    }

    /// Asks providers, or tells them where to call, for every set of settings where that is due; the next time of one.
    async fn listens(
        &mut self,
        integration: &Integration,
        workflow: &Workflow,
        now: i64,
    ) -> Result<Option<i64>, Error> {
        let (_, workflow_id) = self.ids(integration, workflow);
        let mut next: Option<i64> = None;
        for job in listen::look(&self.app, workflow_id, now).await? {
            let (settings, workflow) = job.key();
            let active = Active::Listen(settings, workflow);
            match job.entry.next {
                // What is under way says by itself when it has ended.
                _ if self.is_active(active) => {}
                Some(time) if time <= now => {
                    let task = self.tasks.spawn(listen::perform(self.app.clone(), job));
                    self.active.insert(task.id(), active);
                }
                time => next = next.into_iter().chain(time).min(),
            }
        }
        Ok(next)
    }

    async fn schedules(&self, integration: &Integration, workflow: &Workflow, now: i64) -> Result<Option<i64>, Error> {
        let (integration_id, workflow_id) = self.ids(integration, workflow);
        let Some(trigger) = workflow.trigger.clone() else {
            return Ok(None);
        };
        let rule = serde_json::to_string(&trigger).unwrap_or_default();
        let (app, first) = (self.app.clone(), self.first);
        self.app
            .store
            .write(move |db| {
                let Some((integration, workflow)) = super::find(&app, workflow_id) else { return Ok(None) };
                let on = watch::switched_on(db, integration_id, workflow_id)?;
                watch::forget_times(db, workflow_id, &on.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
                let mut earliest: Option<i64> = None;
                for (settings_id, account_id) in on {
                    let Some(account) = credential::by_id(db, account_id)? else { continue };
                    let stored = watch::next(db, settings_id, workflow_id, &rule)?;
                    let mut next = stored.or_else(|| schedule::next(&trigger, now));
                    let mut due = Vec::new();
                    while let Some(time) = next.filter(|time| *time <= now && due.len() < MADE_UP) {
                        due.push(time);
                        next = schedule::next(&trigger, time);
                    }
                    // What was missed while the platform was not running is made up for once.
                    if first && due.len() > 1 {
                        due.drain(..due.len() - 1);
                    }
                    if next.is_some_and(|time| time <= now) {
                        next = schedule::next(&trigger, now);
                    }
                    let permitted = person::by_id(db, account.person_id)?
                        .is_some_and(|person| is_permitted(workflow, &person.meta));
                    for time in due.into_iter().filter(|_| permitted) {
                        let output = serde_json::json!({"time": iso(time)});
                        let whose = (account.person_id, account.id, settings_id);
                        queue::enqueue(db, Start::new(&app, integration, workflow, whose, output))?;
                    }
                    if stored != next {
                        watch::set(db, settings_id, workflow_id, &rule, next)?;
                    }
                    earliest = earliest.into_iter().chain(next).min();
                }
                Ok(earliest)
            })
            .await
    }

    /// Integration Enabled: once for each set of settings, when it is complete.
    async fn ready_accounts(&self, integration: &Integration, workflow: &Workflow) -> Result<(), Error> {
        let (integration_id, workflow_id) = self.ids(integration, workflow);
        let app = self.app.clone();
        self.app
            .store
            .write(move |db| {
                let Some((integration, workflow)) = super::find(&app, workflow_id) else { return Ok(()) };
                for (settings_id, account_id) in watch::switched_on(db, integration_id, workflow_id)? {
                    if watch::is_known(db, settings_id, workflow_id)? {
                        continue;
                    }
                    let Some(account) = credential::by_id(db, account_id)? else { continue };
                    let complete = account.configurations.iter().find(|one| one.id == settings_id).is_some_and(|one| {
                        settings::are_complete(integration, workflow, one, &workflow_id.to_string())
                    });
                    let permitted = person::by_id(db, account.person_id)?
                        .is_some_and(|person| is_permitted(workflow, &person.meta));
                    if complete && permitted {
                        let output = serde_json::json!({"integration": {
                            "type": integration.key(), "credentialId": account.id, "providerId": account.provider_id,
                            "providerData": account.provider_data,
                        }});
                        let whose = (account.person_id, account.id, settings_id);
                        queue::enqueue(db, Start::new(&app, integration, workflow, whose, output))?;
                        watch::set(db, settings_id, workflow_id, "integrationEnabled", None)?;
                    }
                }
                Ok(())
            })
            .await
    }

    fn ids(&self, integration: &Integration, workflow: &Workflow) -> (Uuid, Uuid) {
        let id = self.app.id_of(integration);
        (id, integration.workflow_id(self.app.project.id, &workflow.key))
    }
}
