//! Workflows of the connected user: switching them on and off, and starting one by a request.

use super::Id;
use super::account::Selection;
use super::api::Api;
use super::effect::Request;
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::oauth::as_query;
use super::value::{Text, Value};
use super::{Core, Kept, Outcome, Then, proxy};

impl<V: Value> Core<V> {
    /// `enableWorkflow(id, options)` and `disableWorkflow(id, options)`.
    pub(super) fn switch_workflow(&mut self, call: Id, workflow: V, on: bool, options: V) -> Outcome<V> {
        let (api, kept) = self.prepare_switch(workflow, on, options)?;
        self.api(api, call, kept, |core, kept, outcome| {
            core.workflow_switched(kept.value, outcome.is_ok());
            core.settle(kept.id, outcome.map(|_| V::undefined()));
        });
        Ok(V::undefined())
    }

    /// The call, and what its answer is about; refused if the workflow is that way already, or is to be switched on for
    /// an account that does not work.
    fn prepare_switch(&self, workflow: V, on: bool, options: V) -> Result<(Api<V>, V), Failure<V>> {
        let (name, selection) = self.workflow_target(workflow, options)?;
        if on && !selection.credential.get(N::status).is(N::VALID) {
            return Err(Failure::new(Fault::INTEGRATION_NOT_INSTALLED, [name, V::undefined()]).about(name));
        }
        let is_on = selection.configuration.get(N::workflowSettings).lookup(workflow).get(N::enabled).truthy();
        if is_on == on {
            let state = V::name(if on { N::enabled } else { N::disabled });
            return Err(Failure::new(Fault::WORKFLOW_ALREADY, [workflow, state]));
        }
        let (credential, configuration) = (selection.credential.get(N::id), selection.configuration.get(N::id));
        let kept = V::object();
        kept.set(N::name, name);
        kept.set(N::credentialId, credential);
        kept.set(N::id, configuration);
        kept.set(N::key, workflow);
        kept.set(N::enabled, V::bool(on));
        let path = self.project_path(N::P_WORKFLOW, workflow.text(Text::Encode), V::undefined());
        let api = Api::new(if on { N::POST } else { N::DELETE }, path);
        Ok((Api { configuration, ..api.credential(credential) }, kept))
    }

    /// Works a switch into the state.
    fn workflow_switched(&mut self, what: V, done: bool) {
        let name = what.get(N::name);
        let credential = self.integration_state(name).get(N::allCredentials).find(N::id, what.get(N::credentialId));
        if !done || !credential.present() {
            return;
        }
        let configurations = V::list();
        for one in credential.get(N::configurations).items() {
            if !one.get(N::id).same(what.get(N::id)) {
                configurations.push(one);
                continue;
            }
            let all = one.get(N::workflowSettings).or(V::object());
            let state = V::object();
            state.set(N::settings, all.lookup(what.get(N::key)).get(N::settings).or(V::object()));
            state.set(N::enabled, what.get(N::enabled));
            let all = all.copy();
            all.put(what.get(N::key), state);
            configurations.push(one.with(N::workflowSettings, all));
        }
        self.store_credential(name, credential.with(N::configurations, configurations));
    }

    /// `updateWorkflowState({workflowId: on}, options)`: one after the other; what fails is collected.
    pub(super) fn update_workflow_state(&mut self, call: Id, updates: V, options: V) -> Outcome<V> {
        self.user()?;
        if !updates.is_object() {
            return Err(Failure::argument(N::updateWorkflowState, N::values));
        }
        let run = V::object();
        run.set(N::values, updates);
        run.set(N::options, options);
        run.set(N::errors, V::list());
        self.next_switch(call, run, 0);
        Ok(V::undefined())
    }

    fn next_switch(&mut self, call: Id, run: V, index: u32) {
        let workflow = run.get(N::values).keys().at(index);
        if !workflow.present() {
            let result = V::object();
            result.set(N::user, self.user_copy());
            result.set(N::errors, run.get(N::errors));
            return self.settle(call, Ok(result));
        }
        let on = run.get(N::values).lookup(workflow).truthy();
        run.set(N::cursor, V::number(f64::from(index + 1)));
        match self.prepare_switch(workflow, on, run.get(N::options)) {
            Ok((api, what)) => {
                run.set(N::workflows, what);
                self.api(api, call, run, |core, kept, outcome| {
                    core.workflow_switched(kept.value.get(N::workflows), outcome.is_ok());
                    let workflow = kept.value.get(N::workflows).get(N::key);
                    core.switch_answered(kept, workflow, outcome.err());
                });
            }
            Err(failure) => self.switch_answered(Kept { id: call, value: run }, workflow, Some(failure)),
        }
    }

    fn switch_answered(&mut self, run: Kept<V>, workflow: V, failure: Option<Failure<V>>) {
        if let Some(failure) = failure {
            let error = V::object();
            error.set(N::workflowId, workflow);
            error.set(N::message, failure.0.get(N::message));
            run.value.get(N::errors).push(error);
        }
        self.next_switch(run.id, run.value, run.value.get(N::cursor).as_number() as u32);
    }

    /// `workflow(id, {body, query, headers, selectedCredentialId, selectedConfigurationId})`: starts a workflow that
    /// has a Request trigger; resolves with its answer.
    pub(super) fn workflow(&mut self, call: Id, workflow: V, options: V) -> Outcome<V> {
        let (name, selection) = self.workflow_target(workflow, options)?;
        if !self.integration_state(name).get(N::enabled).truthy() {
            return Err(Failure::new(Fault::INTEGRATION_NOT_INSTALLED, [name, V::undefined()]).about(name));
        }
        let selects =
            options.get(N::selectedCredentialId).has_text() || options.get(N::selectedConfigurationId).has_text();
        if selects && !selection.configuration.get(N::workflowSettings).lookup(workflow).get(N::enabled).truthy() {
            return Err(Failure::new(Fault::WORKFLOW_OFF, [workflow, V::undefined()]));
        }
        let query = options.get(N::query);
        let query = if query.is_object() { as_query(query) } else { V::name(N::EMPTY) };
        let path = self.project_path(N::P_TRIGGER, workflow.text(Text::Encode), query);
        let headers = self.headers(self.remembered(N::token));
        if selects {
            headers.set(N::H_CREDENTIAL, selection.credential.get(N::id));
            headers.set(N::H_CONFIGURATION, selection.configuration.get(N::id));
        }
        let url = self.address(N::HERMES_PUBLIC_URL, path);
        let request = Request {
            method: V::name(N::POST),
            url,
            headers,
            body: options.get(N::body).or(V::object()),
            options,
            // A workflow may take as long as it likes before it responds.
            timeout: 0.0,
        };
        let then = Then::Raw(|core, kept, answer| core.settle(kept.id, proxy::read(answer, kept.value)));
        self.send(request, call, url, then);
        Ok(V::undefined())
    }

    /// `getCustomWebhookUserManualUrl(workflowId, credentialId)`: where the provider may send its webhooks for this
    /// user.
    pub(super) fn custom_webhook_url(&mut self, call: Id, workflow: V, credential: V) -> Outcome<V> {
        let options = V::object();
        options.set(N::selectedCredentialId, credential);
        let (name, selection) = self.workflow_target(workflow, options)?;
        let integration = self.remembered(N::catalog).lookup(name);
        let trigger = integration.get(N::workflows).find(N::id, workflow).get(N::customWebhookTriggerId);
        if !trigger.present() {
            return Err(Failure::new(Fault::WORKFLOW_WITHOUT_WEBHOOK, [workflow, V::undefined()]));
        }
        let query = V::object();
        query.set(N::id, selection.credential.get(N::id));
        let path = V::fill(N::T_WEBHOOK, [self.remembered(N::projectId), integration.get(N::id), trigger]);
        let url = self.address(N::HERMES_PUBLIC_URL, path);
        self.settle(call, Ok(V::fill(N::T_JOIN, [url, as_query(query), V::undefined()])));
        Ok(V::undefined())
    }

    /// The integration that has this workflow, and the account and configuration that the options mean.
    fn workflow_target(&self, workflow: V, options: V) -> Result<(V, Selection<V>), Failure<V>> {
        self.user()?;
        let catalog = self.remembered(N::catalog);
        let name = catalog
            .keys()
            .items()
            .find(|name| catalog.lookup(*name).get(N::workflows).find(N::id, workflow).present())
            .ok_or_else(|| Failure::new(Fault::WORKFLOW_UNKNOWN, [workflow, V::undefined()]))?;
        Ok((name, self.select(name, options)?))
    }
}
