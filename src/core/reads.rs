//! What apps read about integrations beside the user's state, and the rarer ways to make an account.

use super::Id;
use super::api::Api;
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::oauth::as_query;
use super::value::{Text, Value};
use super::{Core, Outcome};

impl<V: Value> Core<V> {
    /// `getIntegrationId(name)`.
    pub(super) fn integration_id(&self, name: V) -> Outcome<V> {
        self.user()?;
        self.listed_integration(name).map(|integration| integration.get(N::id))
    }

    /// `getIntegrationBySlug(name)`: the integration as the platform describes it.
    pub(super) fn integration_by_slug(&self, name: V) -> Outcome<V> {
        self.user()?;
        self.listed_integration(name).map(V::deep_copy)
    }

    /// `getAssetUrl(name)`: the address of one of the platform's pictures.
    pub(super) fn asset_url(&self, name: V) -> V {
        V::fill(N::T_ASSET, [self.service(N::DASHBOARD_PUBLIC_URL), name, V::undefined()])
    }

    /// `getIntegrationAccount(name, {includeAccountAuth, selectedCredentialId})`.
    pub(super) fn integration_account(&mut self, call: Id, name: V, options: V) -> Outcome<V> {
        self.user()?;
        self.integration(name)?;
        let query = V::object();
        query.set(N::integration, name);
        query.set(N::includeAccountAuth, V::bool(options.get(N::includeAccountAuth).truthy()));
        let path = self.project_path(N::P_ACCOUNT, as_query(query), V::undefined());
        let mut api = Api::new(N::GET, path);
        let credential = self.select(name, options)?.credential.get(N::id);
        if options.get(N::selectedCredentialId).has_text() {
            api = api.credential(credential);
        }
        self.api(api, call, V::undefined(), |core, kept, outcome| core.settle(kept.id, outcome));
        Ok(V::undefined())
    }

    /// `getTriggers(name, {selectedCredentialId})`.
    pub(super) fn triggers(&mut self, call: Id, name: V, options: V) -> Outcome<V> {
        self.user()?;
        self.integration(name)?;
        let credential = self.select(name, options)?.credential.get(N::id);
        let query = V::object();
        query.set(N::integrations, name);
        let path = self.project_path(N::P_TRIGGERS, as_query(query), V::undefined());
        let api = Api { service: N::API_TRIGGER_KIT_PUBLIC_URL, ..Api::new(N::GET, path).credential(credential) };
        self.api(api, call, V::undefined(), |core, kept, outcome| core.settle(kept.id, outcome));
        Ok(V::undefined())
    }

    /// `connectAction(resourceName, payload)`: an account for a resource of the project.
    pub(super) fn connect_resource(&mut self, call: Id, slug: V, payload: V) -> Outcome<V> {
        let resource = self.user()?.get(N::resources).find(N::slug, slug);
        if !resource.present() {
            return Err(Failure::new(Fault::RESOURCE_UNKNOWN, [slug, V::undefined()]));
        }
        let path = self.project_path(N::P_RESOURCE, resource.get(N::id).text(Text::Encode), V::undefined());
        self.api(Api::new(N::POST, path).body(payload), call, slug, |core, kept, outcome| {
            if let Ok(credential) = outcome {
                core.resource_connected(kept.value, credential);
            }
            core.settle(kept.id, outcome);
        });
        Ok(V::undefined())
    }

    fn resource_connected(&mut self, slug: V, credential: V) {
        let Ok(user) = self.user() else { return };
        let resources = V::list();
        for resource in user.get(N::resources).items() {
            if resource.get(N::slug).same(slug) {
                let next = resource.with(N::credentialId, credential.get(N::id));
                next.set(N::credentialStatus, credential.get(N::status));
                resources.push(next);
            } else {
                resources.push(resource);
            }
        }
        self.memory.set(N::user, user.with(N::resources, resources));
    }

    /// `completeInstall(name, {authorizationCode, redirectUrl, integrationOptions})`: for installs that began in the
    /// provider's marketplace.
    pub(super) fn complete_install(&mut self, call: Id, name: V, options: V) -> Outcome<V> {
        self.user()?;
        let integration = self.integration(name)?;
        if !options.get(N::authorizationCode).has_text() {
            return Err(Failure::argument(N::completeInstall, N::authorizationCode));
        }
        let body = V::object();
        body.set(N::code, options.get(N::authorizationCode));
        body.set(N::integrationId, integration.get(N::id));
        if options.get(N::redirectUrl).present() {
            body.set(N::redirectUrl, options.get(N::redirectUrl));
        }
        body.set(N::integrationOptions, options.get(N::integrationOptions).or(V::object()));
        let none = V::undefined();
        let path = self.project_path(N::P_CREDENTIALS, none, none);
        self.api(Api::new(N::POST, path).body(body), call, name, |core, kept, outcome| {
            let outcome = outcome.and_then(|credential| {
                if !credential.get(N::id).has_text() {
                    let asked = V::name(N::P_CREDENTIALS);
                    return Err(Failure::new(Fault::ANSWER_INVALID, [asked, V::undefined()]));
                }
                core.store_credential(kept.value, credential);
                core.announce_install(kept.value, credential);
                Ok(V::undefined())
            });
            core.settle(kept.id, outcome);
        });
        Ok(V::undefined())
    }

    /// `getDataSourceOptions(name, key)`: what the platform knows of a data source; `undefined` if it has none.
    pub(super) fn data_source(&self, name: V, key: V) -> Outcome<V> {
        self.user()?;
        let sources = self.integration(name)?.get(N::sdkIntegrationConfig).get(N::dataSources);
        Ok(sources.lookup(key).deep_copy())
    }

    /// `getSourcesForInput(name, input)`: where the choices of an input come from; `null` if it has no choices.
    pub(super) fn sources_for_input(&self, name: V, input: V) -> Outcome<V> {
        self.user()?;
        let known = self.listed_integration(name).unwrap_or(V::undefined());
        let sources = known.get(N::sdkIntegrationConfig).get(N::dataSources);
        let source = sources.lookup(input.get(N::sourceType)).deep_copy();
        let kind = source.get(N::r#type);
        let result = V::object();
        let take = |kind: N, keys: &[N]| {
            result.set(N::kind, V::name(kind));
            for key in keys {
                let part = source.get(*key);
                if part.present() {
                    result.set(*key, part);
                }
            }
        };
        match () {
            () if kind.is(N::DYNAMIC_DATA_SOURCE) => {
                take(N::single, &[]);
                result.set(N::source, source);
            }
            () if kind.is(N::COMBO_INPUT_DATA_SOURCE) => {
                take(N::combo, &[N::mainInputSource, N::dependentInputSource]);
            }
            () if kind.is(N::DYNAMIC_COMBO_INPUT_DATA_SOURCE) => {
                let keys = [N::mainInputSource, N::dependentInputSource, N::variableInputSource];
                take(N::defaultFieldValue, &keys);
            }
            () if kind.is(N::FIELD_MAPPER_DATA_SOURCE) => {
                let keys = [N::recordSource, N::fieldSource, N::dependentInputSource, N::dependentFieldInputSource];
                take(N::fieldMapper, &keys);
            }
            () => return Ok(V::null()),
        }
        Ok(result)
    }
}
