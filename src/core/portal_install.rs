//! Installing with the portal: `installIntegration()` outside of headless mode, and the OAuth popup for the portal's page.

use super::Id;
use super::flow::{Flow, Needs};
use super::names::Name as N;
use super::preparation::{chosen_account_type, install_options};
use super::value::Value;
use super::{Core, Outcome, stages};

impl<V: Value> Core<V> {
    /// `installIntegration(name, options)` outside of headless mode: the popup at once if nothing else has to be asked;
    /// else the portal asks.
    pub(super) fn install_in_portal(&mut self, call: Id, name: V, options: V) -> Outcome<V> {
        self.user()?;
        let integration = self.integration(name)?;
        self.require_feature(N::installIntegration, N::HEADLESS_FEATURE)?;
        let selected = self.check_install(name, options)?;
        let (account_type, _) = chosen_account_type(integration, name, options)?;
        let told = V::object();
        for key in &[N::showPortalAfterInstall, N::bypassPostOAuthPrompt, N::allowMultipleCredentials] {
            told.set(*key, V::bool(false));
        }
        told.set(N::isApiInstallation, V::bool(true));
        self.show_portal(Some(call), name, integration, options, told);
        let needs = stages::needs(name, integration, account_type);
        let chosen = account_type.present() || stages::account_types(integration).length() == 0;
        if chosen && needs.oauth && !needs.instruction && !needs.pre_options {
            // The callbacks are kept, and called from there. There may be no options at all.
            let own = options.merged(V::undefined());
            own.set(N::onSuccess, V::undefined());
            own.set(N::onError, V::undefined());
            let values = install_values(name, integration, own, account_type, selected, true);
            self.begin_install(values, popup_only(), None, true);
        }
        Ok(V::undefined())
    }

    /// `startOAuthFlow(name, {endUserSuppliedValues, selectedAccountConfig, …}, {onSuccess, onError, oauthTimeout})`:
    /// the popup alone. What else has to be asked, before or after, is asked by the portal.
    pub(super) fn start_oauth_flow(&mut self, name: V, given: V, handlers: V) -> Outcome<V> {
        self.user()?;
        let integration = self.integration(name)?;
        let selected = self.check_selection(name, given)?;
        let chosen = given.get(N::selectedAccountConfig).get(N::id);
        let account_type = if chosen.present() {
            stages::account_type(integration, name, chosen)?
        } else {
            chosen_account_type(integration, name, given)?.0
        };
        let options = given.merged(handlers);
        let of_connect = self.remembered(N::endUserIntegrationConfig).get(N::overrideRedirectUrl);
        let own = given.get(N::userProvidedIntegrationConfig).get(N::overrideRedirectUrl);
        options.set(N::overrideRedirectUrl, given.get(N::overrideRedirectUrl).or(own).or(of_connect));
        let values = install_values(name, integration, options, account_type, selected, false);
        values.set(N::preOptions, given.get(N::endUserSuppliedValues));
        let told = given.merged(V::undefined());
        if selected.present() {
            told.set(N::selectedCredentialId, selected);
        }
        values.set(N::installOptions, told);
        self.begin_install(values, popup_only(), None, true);
        Ok(V::undefined())
    }
}

/// A flow that is nothing but the popup.
fn popup_only() -> Flow {
    Flow::new(false, Needs { oauth: true, ..Needs::default() })
}

/// What is kept of an install: see [`super::install::Install`]. `direct`: for `installIntegration`.
pub(super) fn install_values<V: Value>(
    name: V,
    integration: V,
    options: V,
    account_type: V,
    selected: V,
    direct: bool,
) -> V {
    let values = V::object();
    values.set(N::name, name);
    values.set(N::integration, integration);
    values.set(N::options, options);
    values.set(N::installOptions, install_options(options, selected, direct));
    values.set(N::accountType, account_type);
    values
}
