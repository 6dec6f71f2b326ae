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
        let api = self.account(name, options.get(N::includeAccountAuth).truthy(), options)?;
        self.api(api, call, V::undefined(), |core, kept, outcome| core.settle(kept.id, outcome));
        Ok(V::undefined())
    }

    /// The call that reads an integration with its account, and with the account's token if that is wanted.
    pub(super) fn account(&self, name: V, with_token: bool, options: V) -> Result<Api<V>, Failure<V>> {
        let query = V::object();
        query.set(N::integration, name);
        query.set(N::includeAccountAuth, V::bool(with_token));
        let path = self.project_path(N::P_ACCOUNT, as_query(query), V::undefined());
        let mut api = Api::new(N::GET, path);
        let credential = self.select(name, options)?.credential.get(N::id);
        if options.get(N::selectedCredentialId).has_text() {
            api = api.credential(credential);
        }
        Ok(api)
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
        let kept = V::object();
        kept.set(N::name, name);
        kept.set(N::options, options);
        self.api(Api::new(N::POST, path).body(body), call, kept, |core, kept, outcome| {
            let outcome = outcome.and_then(|credential| {
                let (name, options) = (kept.value.get(N::name), kept.value.get(N::options));
                if !credential.get(N::id).has_text() {
                    return Err(core.invalid_answer());
                }
                core.store_credential(name, credential);
                core.installed(name, credential, false);
                if options.get(N::showPortalAfterInstall).truthy() && !core.remembered(N::headless).truthy() {
                    core.show_portal(None, name, core.integration(name)?, V::object(), V::object());
                    core.portal_with(N::shouldShowPortalAfterInstall, V::bool(true));
                }
                Ok(V::undefined())
            });
            core.settle(kept.id, outcome);
        });
        Ok(V::undefined())
    }
}
