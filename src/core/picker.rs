//! `ExternalFilePicker`: who may open one and with which token, how it ends, and what the app is told.
//!
//! A picker is an object that the face holds for the app's, and passes with each call; so it is freed with the app's.
//! It has `type`, `options`, `ready` (what the last good `init` brought), `widget` (the vendor's picker, as the face has
//! built it; Microsoft's has none, it is a popup), and while it is shown `open`, its id. Under that id it also lies in
//! `memory.pickers`. Every picker that was opened ends once: with `onFileSelect` or `onCancel`, and then `onClose`.

use super::Id;
use super::effect::{Answer, Effect, PopupEvent};
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::picker_page::{POPUPS, base_of, picker_address};
use super::value::{UrlPart, Value};
use super::{Core, Kept, Outcome, Then};

/// How long it lasts between two looks at a popup, in milliseconds.
const LOOK_MS: f64 = 500.0;

impl<V: Value> Core<V> {
    /// `new ExternalFilePicker(type, options)`.
    pub(super) fn new_picker(&self, name: V, options: V) -> Outcome<V> {
        self.user()?;
        self.integration(name)?;
        if !is_popup(name) && !name.is(N::googledrive) && !name.is(N::box_) {
            return Err(Failure::new(Fault::PICKER_UNKNOWN, [name, V::undefined()]));
        }
        let picker = V::object();
        picker.set(N::r#type, name);
        picker.set(N::options, options.or(V::object()));
        Ok(picker)
    }

    /// `init(config)`: reads the account, and has the vendor's script loaded meanwhile.
    pub(super) fn init_picker(&mut self, call: Id, picker: V, config: V) -> Outcome<V> {
        let user = self.user()?;
        let name = picker.get(N::r#type);
        let needed = if name.is(N::box_) { N::folderId } else { N::developerKey };
        if !is_popup(name) && !config.get(needed).has_text() {
            return Err(Failure::argument(N::init, needed));
        }
        self.select(name, config)?;
        let api = self.account(name, true, config)?;
        let ready = V::object();
        ready.set(N::picker, picker);
        ready.set(N::config, config);
        ready.set(N::projectId, self.remembered(N::projectId));
        ready.set(N::userId, user.get(N::userId));
        if !is_popup(name) {
            // Nobody waits for this one: what goes wrong shows when the account is there.
            self.effect(Effect::LoadPicker { id: 0, vendor: name, settings: settings(ready) });
        }
        self.api(api, call, ready, Self::picker_account);
        Ok(V::undefined())
    }

    fn picker_account(&mut self, kept: Kept<V>, outcome: Outcome<V>) {
        let ready = kept.value;
        let picker = ready.get(N::picker);
        let name = picker.get(N::r#type);
        let taken = outcome.and_then(|account| {
            ready.set(N::token, token_of(account, name)?);
            if is_popup(name) { base_of(account, name) } else { Ok(V::undefined()) }
        });
        let base = match taken {
            Ok(base) => base,
            Err(failure) => return self.settle(kept.id, Err(failure)),
        };
        if is_popup(name) {
            ready.set(N::address, base);
            return self.picker_ready(kept.id, ready);
        }
        let none = V::undefined();
        let id = self.await_answer(0, kept.id, none, none, ready, Then::Raw(Self::picker_loaded));
        self.effect(Effect::LoadPicker { id, vendor: name, settings: settings(ready) });
    }

    fn picker_loaded(&mut self, kept: Kept<V>, answer: Answer<V>) {
        let picker = kept.value.get(N::picker);
        if answer.status == 0 {
            let failure = Failure::new(Fault::PICKER_NOT_LOADED, [picker.get(N::r#type), V::undefined()])
                .with(N::cause, answer.body)
                .with(N::retryable, V::bool(true));
            return self.settle(kept.id, Err(failure));
        }
        kept.value.set(N::widget, answer.body);
        self.picker_ready(kept.id, kept.value);
    }

    fn picker_ready(&mut self, call: Id, ready: V) {
        if !self.is_for_this_user(ready) {
            return self.settle(call, Err(Failure::plain(Fault::SESSION_REPLACED)));
        }
        let picker = ready.get(N::picker);
        picker.set(N::ready, ready);
        picker.set(N::widget, ready.get(N::widget));
        self.settle(call, Ok(V::bool(true)));
    }

    /// Ids and not the session: the same user who logs in again may go on.
    fn is_for_this_user(&self, ready: V) -> bool {
        self.remembered(N::user).get(N::userId).same(ready.get(N::userId))
            && self.remembered(N::projectId).same(ready.get(N::projectId))
    }

    /// `open()`, in the click's own turn. Whether it is open the face sees in the picker, when all effects are carried out.
    pub(super) fn open_picker(&mut self, picker: V) -> Outcome<V> {
        self.user()?;
        let ready = picker.get(N::ready);
        let name = picker.get(N::r#type);
        if !self.is_for_this_user(ready) {
            self.picker_warning(Fault::PICKER_NOT_READY, picker);
            return Ok(V::undefined());
        }
        // One that is open begins anew: its window may lie behind others.
        let known = picker.get(N::open);
        if self.remembered(N::pickers).lookup(known).same(picker) {
            self.end_picker(known.as_number() as Id, None);
        }
        let id = self.fresh_id();
        if is_popup(name) {
            let Some(channel) = self.host.random_id() else { return Err(Failure::plain(Fault::NO_RANDOM_SOURCE)) };
            ready.set(N::channelId, channel);
            let url = picker_address(ready, self.host.page_origin());
            self.effect(Effect::OpenPopup { id, url: V::name(N::EMPTY), tab: false });
            self.effect(Effect::PostForm { id, url, token: ready.get(N::token) });
        } else {
            self.effect(Effect::ShowPicker { id, widget: picker.get(N::widget) });
        }
        picker.set(N::open, V::number(f64::from(id)));
        self.remembered(N::pickers).put(picker.get(N::open), picker);
        Ok(V::undefined())
    }

    /// The picker that is open under this id; `undefined` if there is none.
    pub(super) fn picker_at(&self, id: Id) -> V {
        self.remembered(N::pickers).lookup(V::number(f64::from(id)))
    }

    /// A picker was shown or not, or its popup's window sent a message. That counts only from the vendor's own page,
    /// and only if it offers a port for this very attempt.
    pub(super) fn picker_event(&mut self, id: Id, picker: V, event: PopupEvent<V>) {
        let ready = picker.get(N::ready);
        match event {
            PopupEvent::Opened => {
                self.notify(picker.get(N::options).get(N::onOpen), &[]);
                if is_popup(picker.get(N::r#type)) {
                    self.watch_picker(id);
                }
            }
            PopupEvent::Blocked => {
                self.picker_warning(Fault::PICKER_NOT_SHOWN, picker);
                self.end_picker(id, None);
            }
            PopupEvent::Message { origin, data, port } => {
                if origin.same(ready.get(N::address).url(UrlPart::Origin))
                    && data.get(N::r#type).is(N::initialize)
                    && data.get(N::channelId).same(ready.get(N::channelId))
                    && port.present()
                {
                    self.begin_port(id, picker, port);
                }
            }
        }
    }

    /// A window says nothing when it is closed.
    fn watch_picker(&mut self, id: Id) {
        self.wait(LOOK_MS, id, |core, id| {
            let (closed, _) = core.host.look_at_popup(id);
            if closed { core.end_picker(id, None) } else { core.watch_picker(id) }
        });
    }

    /// What a picker says: the vendor's own words from a popup's port, else `{action, items?}` or the response of
    /// Google's picker, which has the same `action`.
    pub(super) fn picker_said(&mut self, id: Id, data: V) {
        let picker = self.picker_at(id);
        let action = data.get(N::action);
        if !picker.present() {
            return;
        }
        if is_popup(picker.get(N::r#type)) {
            self.port_said(id, picker, data);
        } else if action.is(N::cancel) {
            self.end_picker(id, None);
        } else if action.is(N::picked) {
            let response = data.copy();
            response.put(V::name(N::action), V::undefined());
            self.end_picker(id, Some(data.get(N::items).or(response)));
        }
    }

    /// Closes a picker, if it is open, and tells the app: what was chosen, or that nothing was.
    pub(super) fn end_picker(&mut self, id: Id, chosen: Option<V>) {
        let picker = self.picker_at(id);
        if !picker.present() {
            return;
        }
        self.remembered(N::pickers).put(picker.get(N::open), V::undefined());
        picker.set(N::open, V::undefined());
        self.end_waits(id);
        self.effect(Effect::ClosePopup { id });
        let options = picker.get(N::options);
        match chosen {
            Some(files) => self.notify(options.get(N::onFileSelect), &[files]),
            None => self.notify(options.get(N::onCancel), &[]),
        }
        self.notify(options.get(N::onClose), &[]);
    }

    /// Closes all: their user is gone.
    pub(super) fn end_pickers(&mut self) {
        let open = self.remembered(N::pickers);
        for key in open.keys().items() {
            self.end_picker(open.lookup(key).get(N::open).as_number() as Id, None);
        }
    }

    fn picker_warning(&mut self, fault: Fault, picker: V) {
        let failure = Failure::new(fault, [picker.get(N::r#type), V::undefined()]);
        self.effect(Effect::Warn { failure });
    }
}

/// Microsoft's pickers are pages in a popup.
fn is_popup<V: Value>(name: V) -> bool {
    POPUPS.iter().any(|known| name.is(*known))
}

/// For the vendors' parts of the face; without a token before the account was read.
fn settings<V: Value>(ready: V) -> V {
    let settings = V::object();
    settings.set(N::config, ready.get(N::config).or(V::object()));
    settings.set(N::options, ready.get(N::picker).get(N::options));
    settings.set(N::token, ready.get(N::token));
    settings
}

/// The account's token at the vendor.
pub(super) fn token_of<V: Value>(account: V, name: V) -> Outcome<V> {
    let token = account.get(N::accountAuth).get(N::OAUTH_ACCESS_TOKEN);
    if token.has_text() {
        return Ok(token);
    }
    Err(Failure::new(Fault::PICKER_ACCOUNT_INCOMPLETE, [V::name(N::OAUTH_ACCESS_TOKEN), name]))
}
