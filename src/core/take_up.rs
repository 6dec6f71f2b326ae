//! Install flows that take up an account that is there: one whose setup waits, and one that is to be connected again.

use super::failure::{Failure, Fault};
use super::flow::Flow;
use super::install::Purpose;
use super::names::Name as N;
use super::portal_install::install_values;
use super::preparation::chosen_account_type;
use super::value::Value;
use super::{Core, Outcome, stages};

impl<V: Value> Core<V> {
    /// `installFlow.reconnect(credentialId, options)`: renews this account, whichever integration it belongs to.
    pub(super) fn reconnect(&mut self, id: V, options: V) -> Outcome<V> {
        let own = options.merged(V::undefined());
        own.set(N::selectedCredentialId, id);
        let begun = self.owner_of(id).and_then(|(name, _)| self.try_start(name, own, Purpose::Flow));
        self.begun(options, begun)
    }

    /// `installFlow.resume(name, options)`: goes on with an account that waits for what can only be asked after it was
    /// made, perhaps before the page was loaded anew; or with the attempt for which the page had left. `departure` is what was
    /// kept of that, if the page has come back.
    pub(super) fn resume_flow(&mut self, name: V, options: V, departure: V) -> Outcome<V> {
        let begun = self.try_resume(name, options, departure);
        self.begun(options, begun)
    }

    fn try_resume(&mut self, name: V, options: V, departure: V) -> Outcome<V> {
        if !self.remembered(N::headless).truthy() {
            return Err(Failure::plain(Fault::HEADLESS_MODE_NOT_ENABLED));
        }
        let integration = self.installable(name, N::installFlow)?;
        if departure.get(N::key).has_text() && departure.get(N::name).same(name) {
            return self.come_back(name, integration, options, departure);
        }
        let selected = self.check_selection(name, options)?;
        let is_it =
            |one: &V| one.get(N::status).is(N::PENDING) && (!selected.present() || one.get(N::id).same(selected));
        let pending = self.integration_state(name).get(N::allCredentials).items().find(is_it);
        let Some(pending) = pending else {
            return Err(Failure::new(Fault::NOTHING_PENDING, [name, V::undefined()]).about(name));
        };
        let (account_type, _) = chosen_account_type(integration, name, options)?;
        let values = install_values(name, integration, options, account_type, V::undefined(), false);
        values.set(N::credential, pending);
        self.begin_install(values, Flow::resumed(), None, false);
        Ok(V::undefined())
    }

    fn come_back(&mut self, name: V, integration: V, options: V, departure: V) -> Outcome<V> {
        let chosen = departure.get(N::accountType);
        let account_type =
            if chosen.present() { stages::account_type(integration, name, chosen)? } else { V::undefined() };
        let values = install_values(name, integration, options, account_type, V::undefined(), false);
        values.set(N::installOptions, departure.get(N::installOptions).copy());
        values.set(N::departure, departure);
        let needs = stages::needs(name, integration, account_type);
        self.begin_install(values, Flow::returned(needs), None, false);
        Ok(V::undefined())
    }
}
