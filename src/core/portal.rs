//! The portal: `connect()`, what the portal's page is told, and when its frame is there and shows.
//!
//! What the page shows lies in `memory.portal` (the protocol's `nextModalState`): it shows an integration, or `null`.

use super::Id;
use super::callbacks::CALLBACKS;
use super::effect::Effect;
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::preparation::chosen_account_type;
use super::value::{Kind, Value};
use super::{Core, Outcome};

/// How long the page may take to leave after the portal was closed, before its frame is hidden anyway.
const FAREWELL_MS: f64 = 1_000.0;
/// How long the page may take to show itself, before the developer is told that it does not.
const ARRIVAL_MS: f64 = 15_000.0;

/// What is known of the portal's page.
#[derive(Default)]
pub struct Portal {
    /// The promise of the `connect()` or `installIntegration()` that the portal is open for.
    pub(super) call: Option<Id>,
    /// The page has loaded, or has spoken: it hears us.
    pub(super) loaded: bool,
    /// The page has said that it is open for the user (`onOpen`).
    opened: bool,
    /// The page wants its frame to be seen.
    shown: bool,
    /// Names what is waited for.
    tag: Id,
}

/// What the page's context and state are made of; when one of these is another, the page is told.
const TOLD: [N; 7] =
    [N::user, N::token, N::projectId, N::project, N::environments, N::portal, N::endUserIntegrationConfig];

/// What the page is told of the options, as the app gave it.
const OPTIONS: [N; 7] = [
    N::showPortalAfterInstall,
    N::bypassPostOAuthPrompt,
    N::allowMultipleCredentials,
    N::accountType,
    N::externalId,
    N::selectedCredentialId,
    N::selectedConfigurationId,
];

impl<V: Value> Core<V> {
    /// `connect(name, options)`: shows the portal; resolves once the integration is connected, rejects when that fails.
    pub(super) fn connect(&mut self, call: Id, name: V, options: V) -> Outcome<V> {
        self.user()?;
        let integration = self.integration(name)?;
        if options.get(N::mapObjectFields).present() {
            self.require_feature(N::connect, N::dfm)?;
        }
        if let Err(failure) = self.check_portal_options(name, options) {
            self.notify(options.get(N::onError), &[V::failure(failure)]);
            return Err(failure);
        }
        if options.get(N::isApiInstallation).truthy() {
            return self.install_integration(call, name, options);
        }
        if self.remembered(N::headless).truthy() {
            self.effect(Effect::Warn { failure: Failure::plain(Fault::PORTAL_IN_HEADLESS_MODE) });
            self.effect(Effect::Drop { call });
            return Ok(V::undefined());
        }
        self.show_portal(Some(call), name, integration, options, V::object());
        Ok(V::undefined())
    }

    fn check_portal_options(&self, name: V, options: V) -> Outcome<V> {
        let selected = self.check_selection(name, options)?;
        if selected.present() || options.get(N::selectedConfigurationId).has_text() {
            self.select(name, options)?;
        }
        Ok(selected)
    }

    /// Shows an integration in the portal; the promise of `call` waits for what comes of it. `told` holds what its page is told of how it is
    /// installed; the options of the app are added.
    pub(super) fn show_portal(&mut self, call: Option<Id>, name: V, integration: V, options: V, told: V) {
        self.end_portal_call();
        self.portal.call = call;
        self.keep_callbacks(name, options, &CALLBACKS);
        self.keep_sources(name, options);
        told.set(N::isApiInstallation, V::bool(told.get(N::isApiInstallation).truthy()));
        let told = told.merged(options.picked(&OPTIONS));
        let wanted = options.get(N::accountType);
        match chosen_account_type(integration, name, options) {
            Ok((chosen, _)) if wanted.is_text() => told.set(N::selectedAccountConfig, chosen),
            Ok(_) => {}
            Err(failure) => self.effect(Effect::Warn { failure }),
        }
        if wanted.kind() == Kind::List {
            told.set(N::selectedMultipleAccountTypes, wanted);
        }
        let selected = self.check_portal_options(name, options).unwrap_or(V::undefined());
        if selected.present() {
            told.set(N::selectedCredentialId, selected);
        }
        let config = options.picked(&[N::overrideRedirectUrl]);
        config.set(N::mapObjectFields, self.shown_mappings(name));
        self.memory.set(N::endUserIntegrationConfig, config);
        let state = self.portal_state().copy();
        state.set(N::config, self.shown_config(name, integration));
        state.set(N::integration, integration);
        state.set(N::apiInstallationOptions, told);
        state.set(N::selectedCredentialId, selected);
        state.set(N::connectionError, V::undefined());
        state.set(N::shouldShowPortalAfterInstall, V::bool(false));
        self.memory.set(N::portal, state);
        self.portal.opened = false;
        self.need_portal();
        self.portal_waits(ARRIVAL_MS);
    }

    /// The page's state; at first it shows nothing.
    pub(super) fn portal_state(&self) -> V {
        let state = self.remembered(N::portal);
        if state.present() {
            return state;
        }
        let state = V::object();
        let style = V::object();
        style.set(N::overflow, V::name(N::auto));
        let options = V::object();
        options.set(N::isApiInstallation, V::bool(false));
        options.set(N::showPortalAfterInstall, V::bool(false));
        state.set(N::integration, V::null());
        state.set(N::overlayStyle, style);
        state.set(N::apiInstallationOptions, options);
        state
    }

    /// The integration that the portal is open for, by its name; `undefined` when it is closed.
    pub(super) fn portal_name(&self) -> V {
        let id = self.remembered(N::portal).get(N::integration).get(N::id);
        if id.present() { self.name_of_id(id) } else { V::undefined() }
    }

    /// Makes sure that the portal's page is in the page: when a user comes, so that it is there when it is wanted, and
    /// when it is wanted.
    pub(super) fn need_portal(&mut self) {
        let project = self.remembered(N::projectId);
        let url = V::fill(N::T_PORTAL, [self.service(N::CONNECT_PUBLIC_URL), project, V::undefined()]);
        self.effect(Effect::Portal { url });
    }

    /// Changes one thing of what the page shows.
    pub(super) fn portal_with(&mut self, key: N, value: V) {
        self.memory.set(N::portal, self.portal_state().with(key, value));
    }

    /// `setModalState(state)`, of the page.
    pub(super) fn set_modal_state(&mut self, state: V) -> V {
        self.memory.set(N::portal, self.portal_state().merged(state));
        V::undefined()
    }

    /// `onOpen()`, of the page: the user sees it.
    pub(super) fn portal_opened(&mut self) -> V {
        let name = self.portal_name();
        if name.present() && !self.portal.opened {
            self.end_waits(self.portal.tag);
            self.portal.opened = true;
            self.style_portal();
            self.announce(N::onPortalOpen, name);
        }
        V::undefined()
    }

    /// `updateContainerStyle({isModalShown})`, of the page.
    pub(super) fn portal_shown(&mut self, shown: bool) -> V {
        self.end_waits(self.portal.tag);
        self.portal.shown = shown;
        self.style_portal();
        V::undefined()
    }

    /// Closes the portal. The page takes its leave and asks to be hidden; if it does not, it is hidden anyway. `asked`: by
    /// `closePortal()` or the page's `onClose()`; whoever has called `connect()` hears of that even if the page has never
    /// shown itself.
    pub(super) fn close_portal(&mut self, asked: bool) -> V {
        let name = self.portal_name();
        if !name.present() {
            return V::undefined();
        }
        self.end_portal_call();
        self.portal_with(N::integration, V::null());
        self.memory.set(N::endUserIntegrationConfig, V::undefined());
        let opened = core::mem::take(&mut self.portal.opened);
        self.style_portal();
        if opened || asked {
            self.announce(N::onPortalClose, name);
        }
        self.portal_waits(FAREWELL_MS);
        V::undefined()
    }

    /// The user or the host is about to go: the portal closes, and nothing of it stays in the page.
    pub(super) fn remove_portal(&mut self) {
        self.close_portal(false);
        self.end_waits(self.portal.tag);
        self.portal = Portal::default();
        for key in &[N::portal, N::endUserIntegrationConfig, N::callbacks, N::told] {
            self.memory.set(*key, V::undefined());
        }
        self.effect(Effect::Portal { url: V::undefined() });
    }

    /// The page has loaded, perhaps anew.
    pub(super) fn portal_loaded(&mut self) {
        self.portal.loaded = true;
        self.memory.set(N::told, V::undefined());
    }

    /// The frame was taken out of the page by others.
    pub(super) fn portal_lost(&mut self) {
        self.close_portal(false);
        self.portal_shown(false);
        self.portal.loaded = false;
    }

    fn style_portal(&mut self) {
        let Portal { shown, opened, .. } = self.portal;
        self.effect(Effect::Style { shown, locked: shown && opened });
    }

    fn portal_waits(&mut self, ms: f64) {
        self.end_waits(self.portal.tag);
        self.portal.tag = self.fresh_id();
        self.wait(ms, self.portal.tag, |core, _| {
            if !core.portal_name().present() {
                core.portal_shown(false);
            } else if !core.portal.loaded {
                let page = core.service(N::CONNECT_PUBLIC_URL);
                let failure = Failure::new(Fault::PORTAL_SILENT, [page, V::undefined()]);
                core.effect(Effect::Warn { failure });
            }
        });
    }

    /// Whoever waits for the portal's outcome will not hear of one: the user closed it, or it was opened for another.
    fn end_portal_call(&mut self) {
        if let Some(call) = self.portal.call.take() {
            self.effect(Effect::Drop { call });
        }
    }

    /// Tells the page what has changed since it was told last. Before what else is done in this turn, so that its own
    /// calls are answered after it.
    pub(super) fn tell_portal(&mut self) {
        let told = self.remembered(N::told);
        if !self.portal.loaded
            || told.present() && TOLD.iter().all(|key| told.get(*key).same(self.remembered(*key).or(V::undefined())))
        {
            return;
        }
        self.memory.set(N::told, self.memory.picked(&TOLD));
        let user = self.user_copy();
        if user.get(N::authenticated).truthy() {
            user.set(N::token, self.remembered(N::token));
        }
        let context = self.memory.picked(&[N::projectId, N::project, N::endUserIntegrationConfig]);
        context.set(N::user, user);
        context.set(N::environments, self.environments());
        let message = V::object();
        message.set(N::messageType, V::name(N::UI_UPDATE));
        message.set(N::nextContext, context);
        message.set(N::nextModalState, self.portal_state());
        // Not `insert`, whose panic would bring formatting into the module.
        let later = core::mem::take(&mut self.effects);
        self.effects.push(Effect::Post { message });
        self.effects.extend(later);
    }
}
