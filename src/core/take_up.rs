//! Install flows that take up an account that is there: one whose setup waits, and one that is to be connected again.

use super::failure::{Failure, Fault};
use super::flow::Flow;
use super::install::Purpose;
use super::names::Name as N;
use super::portal_install::install_values;
use super::preparation::chosen_account_type;
use super::value::Value;
use super::{Core, Outcome};

impl<V: Value> Core<V> {
    /// `installFlow.reconnect(credentialId, options)`: renews this account, whichever integration it belongs to.
    pub(super) fn reconnect(&mut self, id: V, options: V) -> Outcome<V> {
        let own = options.merged(V::undefined());
        own.set(N::selectedCredentialId, id);
        let begun = self.owner_of(id).and_then(|(name, _)| self.try_start(name, own, Purpose::Flow));
        self.begun(options, begun)
    }

    /// `installFlow.resume(name, options)`: goes on with an account that waits for what can only be asked after it was
    /// made, perhaps before the page was loaded anew.
    pub(super) fn resume_flow(&mut self, name: V, options: V) -> Outcome<V> {
        let begun = self.try_resume(name, options);
        self.begun(options, begun)
    }

    fn try_resume(&mut self, name: V, options: V) -> Outcome<V> {
        if !self.remembered(N::headless).truthy() {
            return Err(Failure::plain(Fault::HEADLESS_MODE_NOT_ENABLED));
        }
        let integration = self.installable(name, N::installFlow)?;
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
}
