//! What a user has set: integration settings, workflow settings, and further configurations of an account.

use super::Id;
use super::account::Selection;
use super::api::Api;
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::value::{Text, Value};
use super::{Core, Kept, Outcome};

impl<V: Value> Core<V> {
    /// `updateIntegrationUserSettings(name, update, {selectedCredentialId, selectedConfigurationId})`.
    pub(super) fn update_integration_settings(&mut self, call: Id, name: V, update: V, options: V) -> Outcome<V> {
        let selection = self.settings_target(name, update, options)?;
        let config = V::object();
        config.set(N::sharedSettings, selection.configuration.get(N::sharedSettings).merged(update));
        self.save_settings(call, name, selection, config);
        Ok(V::undefined())
    }

    /// `updateWorkflowUserSettings(name, workflowId, update, options)`.
    pub(super) fn update_workflow_settings(
        &mut self,
        call: Id,
        name: V,
        workflow: V,
        update: V,
        options: V,
    ) -> Outcome<V> {
        let selection = self.settings_target(name, update, options)?;
        let known = selection.configuration.get(N::workflowSettings).lookup(workflow);
        let of_integration = self.integration(name)?.get(N::workflows).find(N::id, workflow);
        if !known.present() && !of_integration.present() {
            return Err(Failure::new(Fault::WORKFLOW_UNKNOWN, [workflow, V::undefined()]));
        }
        let state = V::object();
        state.set(N::enabled, V::bool(known.get(N::enabled).truthy()));
        state.set(N::settings, known.get(N::settings).merged(update));
        // Those of the other workflows too: a platform may take what it is sent for all there is.
        let states = selection.configuration.get(N::workflowSettings).merged(V::undefined());
        states.put(workflow, state);
        let config = V::object();
        config.set(N::workflowSettings, states);
        self.save_settings(call, name, selection, config);
        Ok(V::undefined())
    }

    fn settings_target(&self, name: V, update: V, options: V) -> Result<Selection<V>, Failure<V>> {
        self.user()?;
        self.integration(name)?;
        if !update.is_object() {
            return Err(Failure::argument(N::updateUserSettings, N::values));
        }
        self.select(name, options)
    }

    fn save_settings(&mut self, call: Id, name: V, selection: Selection<V>, config: V) {
        let credential = selection.credential.get(N::id);
        let path = self.project_path(N::P_CREDENTIAL, credential.text(Text::Encode), V::undefined());
        let body = V::object();
        body.set(N::config, config);
        let api = Api { configuration: selection.configuration.get(N::id), ..Api::new(N::PATCH, path).body(body) };
        self.api(api.credential(credential), call, name, |core, kept, outcome| {
            let result = outcome.and_then(|credential| {
                let errors = credential.get(N::errors).or(V::list());
                if !credential.get(N::id).has_text() && errors.length() == 0 {
                    // A gateway's own page, say: nothing tells that anything was saved.
                    return Err(core.invalid_answer());
                }
                core.store_answer(kept.value, credential);
                let result = V::object();
                result.set(N::userState, core.user_copy());
                result.set(N::errors, errors);
                Ok(result)
            });
            core.settle(kept.id, result);
        });
    }

    /// A credential that came as an answer, without what the answer says besides.
    fn store_answer(&mut self, name: V, credential: V) {
        if credential.get(N::id).has_text() {
            let stored = credential.copy();
            stored.put(V::name(N::errors), V::undefined());
            self.store_credential(name, stored);
        }
    }

    /// `createConfiguration({credentialId, externalId})`: resolves with the new configuration.
    pub(super) fn create_configuration(&mut self, call: Id, options: V) -> Outcome<V> {
        let (name, credential) = self.owner_of(options.get(N::credentialId))?;
        let external = options.get(N::externalId);
        let body = V::object();
        if external.present() {
            if !external.has_text() {
                return Err(Failure::plain(Fault::EXTERNAL_ID_EMPTY));
            }
            body.set(N::externalId, external.text(Text::Trim));
        }
        let before = credential.get(N::configurations);
        let path = self.project_path(N::P_CONFIGURATIONS, credential.get(N::id).text(Text::Encode), V::undefined());
        let kept = V::object();
        kept.set(N::name, name);
        kept.set(N::configurations, before);
        self.api(Api::new(N::POST, path).body(body), call, kept, |core, kept, outcome| {
            core.configuration_changed(kept, outcome, |known, configuration| {
                !known.find(N::id, configuration.get(N::id)).present()
            });
        });
        Ok(V::undefined())
    }

    /// `updateConfiguration({id, credentialId, meta})`: resolves with the configuration.
    pub(super) fn update_configuration(&mut self, call: Id, options: V) -> Outcome<V> {
        let (api, kept) = self.one_configuration(N::PATCH, options)?;
        let body = V::object();
        body.set(N::meta, options.get(N::meta));
        self.api(api.body(body), call, kept, |core, kept, outcome| {
            core.configuration_changed(kept, outcome, |known, configuration| {
                known.at(0).get(N::id).same(configuration.get(N::id))
            });
        });
        Ok(V::undefined())
    }

    /// `destroyConfiguration({id, credentialId})`.
    pub(super) fn destroy_configuration(&mut self, call: Id, options: V) -> Outcome<V> {
        let (api, kept) = self.one_configuration(N::DELETE, options)?;
        if kept.get(N::configurations).at(0).get(N::isDefault).truthy() {
            return Err(Failure::new(Fault::CONFIGURATION_DEFAULT, [options.get(N::id), V::undefined()]));
        }
        self.api(api, call, kept, |core, kept, outcome| {
            if outcome.is_ok() {
                core.drop_configuration(kept.value.get(N::name), kept.value.get(N::configurations).at(0));
            }
            core.settle(kept.id, outcome.map(|_| V::undefined()));
        });
        Ok(V::undefined())
    }

    /// The call that is about one configuration, and what to keep for its answer.
    fn one_configuration(&self, method: N, options: V) -> Result<(Api<V>, V), Failure<V>> {
        let (name, credential) = self.owner_of(options.get(N::credentialId))?;
        let id = options.get(N::id);
        let configuration = credential.get(N::configurations).find(N::id, id);
        if !configuration.present() {
            return Err(Failure::new(Fault::CONFIGURATION_UNKNOWN, [name, id]).about(name));
        }
        let list = V::list();
        list.push(configuration);
        let kept = V::object();
        kept.set(N::name, name);
        kept.set(N::configurations, list);
        let credential = credential.get(N::id);
        let path = self.project_path(N::P_CONFIGURATIONS, credential.text(Text::Encode), V::undefined());
        Ok((Api { configuration: id, ..Api::new(method, path).credential(credential) }, kept))
    }

    fn configuration_changed(&mut self, kept: Kept<V>, outcome: Outcome<V>, is_it: fn(V, V) -> bool) {
        let result = outcome.and_then(|credential| {
            let known = kept.value.get(N::configurations);
            let found = credential.get(N::configurations).items().find(|one| is_it(known, *one));
            let found = found.ok_or_else(|| self.invalid_answer())?;
            self.store_answer(kept.value.get(N::name), credential);
            Ok(found.deep_copy())
        });
        self.settle(kept.id, result);
    }

    fn drop_configuration(&mut self, name: V, configuration: V) {
        let all = self.integration_state(name).get(N::allCredentials);
        let owner = all.find(N::id, configuration.get(N::connectCredentialId));
        let left = V::list();
        for one in owner.get(N::configurations).items() {
            if !one.get(N::id).same(configuration.get(N::id)) {
                left.push(one);
            }
        }
        if owner.present() {
            self.store_credential(name, owner.with(N::configurations, left));
        }
    }

    /// The integration's name and the account with this id (or external id).
    pub(super) fn owner_of(&self, id: V) -> Result<(V, V), Failure<V>> {
        let integrations = self.user()?.get(N::integrations);
        if id.has_text() {
            for name in integrations.keys().items() {
                let all = integrations.lookup(name).get(N::allCredentials);
                let found = super::account::find_credential(all, id);
                if found.present() {
                    return Ok((name, found));
                }
            }
        }
        Err(Failure::new(Fault::CREDENTIAL_UNKNOWN, [V::name(N::THIS_USER), id]))
    }
}
