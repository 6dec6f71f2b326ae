//! What core asks of its host, and what the host tells core.
//!
//! Core never waits and never calls out: it hands over a list of effects, and later gets an [`Input`] for those that
//! have an answer. So no code of the app ever runs while core's state is borrowed, and every test can see, delay,
//! reorder or lose any single thing.

use super::Id;
use super::failure::Failure;
use super::names::Name;
use super::value::Value;

/// Something for the host to do.
#[derive(Clone, Copy, Debug)]
pub enum Effect<V> {
    /// Settle the promise that the app got for this call.
    Settle {
        /// The face's number of the call.
        call: Id,
        /// What it resolves to, or rejects with.
        result: Result<V, Failure<V>>,
    },
    /// Call a function of the app with these arguments; whatever it throws concerns nobody else.
    Notify {
        /// The function.
        callback: V,
        /// Its arguments, an array.
        arguments: V,
    },
    /// Call a function of the app and wait for what it answers, promise or not; answered by [`Input::Answer`], exactly once:
    /// with status 200, or with 0 and what it threw or rejected with.
    Ask {
        /// Names the answer.
        id: Id,
        /// The function.
        callback: V,
        /// Its arguments, an array.
        arguments: V,
    },
    /// Tell all subscribers of an event; each gets the payload and the user.
    Emit {
        /// The event's name.
        event: Name,
        /// What happened.
        payload: V,
    },
    /// Send a request; answered by [`Input::Answer`], exactly once.
    Send {
        /// Names the answer.
        id: Id,
        /// What to send.
        request: Request<V>,
    },
    /// Answer with [`Input::Time`] after so many milliseconds, or as soon as the app's signal is aborted.
    Wait {
        /// Names the answer.
        id: Id,
        /// Milliseconds from now.
        ms: f64,
        /// An `AbortSignal`, or `undefined`.
        signal: V,
    },
    /// Do not wait any longer: no [`Input::Time`] for this one.
    EndWait {
        /// What [`Effect::Wait`] named.
        id: Id,
    },
    /// Open a popup, in this very turn, and answer with [`Input::Popup`], at once and for whatever its page says
    /// until it is closed.
    OpenPopup {
        /// Names the popup.
        id: Id,
        /// Where it begins.
        url: V,
        /// As a tab, not as a window of its own.
        tab: bool,
    },
    /// Send the popup elsewhere.
    SteerPopup {
        /// Which popup.
        id: Id,
        /// Where to.
        url: V,
    },
    /// Close the popup and end its listener.
    ClosePopup {
        /// Which popup.
        id: Id,
    },
    /// Let the page itself go, and keep in this tab what has to be known when it comes back; with nothing but `undefined` it has
    /// come back, and what was kept and its word in the address are to go. Answered as [`Effect::OpenPopup`] is: the page is
    /// on its way, or it cannot go. What the user has filled in is not kept: the platform has it, and it may be secret.
    Leave {
        /// Names it as a popup; it seems closed once the page is seen again as it was.
        id: Id,
        /// Where to.
        url: V,
        /// Of this, `key` and `word`, which is in the address of [`Host::return_address`].
        attempt: V,
        /// Of this, `name`, `installOptions`, and `accountType`'s id.
        install: V,
    },
    /// Forget this call: its promise is never settled.
    Drop {
        /// The face's number of the call.
        call: Id,
    },
    /// Make sure that the portal's frame is in the page, with this address; with `undefined`, that it is not.
    Portal {
        /// The portal page.
        url: V,
    },
    /// Send a message to the portal's page, if it is still of its origin.
    Post {
        /// The message.
        message: V,
    },
    /// Show or hide the portal's frame.
    Style {
        /// Is it visible?
        shown: bool,
        /// Does the page behind it stand still?
        locked: bool,
    },
    /// Post the account's token, as a form, to a page in the popup.
    PostForm {
        /// Which popup; nothing happens if it is not there.
        id: Id,
        /// Where to.
        url: V,
        /// The token.
        token: V,
    },
    /// Hear a port that the popup's page offers: what it says comes as [`Input::Picker`], until the popup is closed.
    Listen {
        /// Which popup.
        id: Id,
        /// The `MessagePort`.
        port: V,
    },
    /// Send a message through a port.
    PostToPort {
        /// The `MessagePort`.
        port: V,
        /// What to send: strings and plain objects.
        message: V,
    },
    /// Load a vendor's script, if it is not there, and build a picker. Answered by [`Input::Answer`]: 200 with the
    /// picker, or 0 with what went wrong.
    LoadPicker {
        /// Names the answer; 0 if nobody waits for it.
        id: Id,
        /// `googledrive` or `box`.
        vendor: V,
        /// What to build it with; without a `token` in it, nothing is built.
        settings: V,
    },
    /// Show a picker that was built. Answered as [`Effect::OpenPopup`] is, and closed as one; what it says comes as
    /// [`Input::Picker`].
    ShowPicker {
        /// Names it from now on.
        id: Id,
        /// What [`Effect::LoadPicker`] was answered with.
        widget: V,
    },
    /// Write a warning for the developer.
    Warn {
        /// What to write: the same that an error would carry.
        failure: Failure<V>,
    },
}

/// A request as the host sends it.
#[derive(Clone, Copy, Debug)]
pub struct Request<V> {
    /// The HTTP method.
    pub method: V,
    /// The whole address.
    pub url: V,
    /// Our headers, an object.
    pub headers: V,
    /// The body: objects are sent as JSON, everything else as it is. `undefined` for none.
    pub body: V,
    /// The app's own options of this request, or `undefined`: `headers` (in any form that `fetch` takes; they go over
    /// ours, but for the token), `signal`, `responseType` (`text`, `blob`, `arrayBuffer`, `stream`, `response`; otherwise
    /// a good answer is read by its content type), `onUploadProgress`, `onDownloadProgress`.
    pub options: V,
    /// Milliseconds until it ends without an answer; 0 for no limit.
    pub timeout: f64,
}

/// What came back for a request.
#[derive(Clone, Copy, Debug)]
pub struct Answer<V> {
    /// The HTTP status; 0 when no answer came at all, 1 when the request could not even be made, 2 when the app's
    /// signal ended it, 3 when its time was over.
    pub status: u32,
    /// The body as its content type says (JSON parsed, text, or a `Blob`); for 0 to 3 the error.
    pub body: V,
    /// The server's name for this request, if it gave one.
    pub request_id: V,
    /// How many milliseconds the server wants us to wait before we ask again (`Retry-After`); `NaN` if it says nothing.
    pub retry_after: f64,
}

impl<V: Value> Answer<V> {
    /// No answer of a server's: see [`Answer::status`].
    pub fn none(status: u32, body: V) -> Self {
        Answer { status, body, request_id: V::undefined(), retry_after: f64::NAN }
    }
}

/// Something that the host tells core.
#[derive(Clone, Copy, Debug)]
pub enum Input<V> {
    /// The answer to [`Effect::Send`] or [`Effect::Ask`].
    Answer(Id, Answer<V>),
    /// The time of [`Effect::Wait`] has come.
    Time(Id),
    /// A popup has something to tell.
    Popup(Id, PopupEvent<V>),
    /// The portal's page has loaded, perhaps anew.
    FrameLoaded,
    /// The portal's frame is not in the page any more, though nobody here has removed it.
    FrameLost,
    /// A file picker says something.
    Picker(Id, V),
}

/// See [`Effect::OpenPopup`].
#[derive(Clone, Copy, Debug)]
pub enum PopupEvent<V> {
    /// It is open.
    Opened,
    /// The browser blocked it.
    Blocked,
    /// Its own window sent a message.
    Message {
        /// The origin of the page that sent it.
        origin: V,
        /// What it sent.
        data: V,
        /// The first port that came with it, or `undefined`.
        port: V,
    },
}

/// What core reads from its host in passing. None of these may call code of the app.
pub trait Host<V> {
    /// Milliseconds since 1970.
    fn now(&self) -> f64;
    /// A number from 0 to 1, for spreading things in time; not for secrets.
    fn random(&self) -> f64;
    /// A fresh UUID from a cryptographic source; `None` where there is no such source.
    fn random_id(&self) -> Option<V>;
    /// The origin of the page; `undefined` outside of a browser.
    fn page_origin(&self) -> V;
    /// The address of the page, with this word in it.
    fn return_address(&self, word: V) -> V;
    /// Does this popup seem closed, and is the user looking at our page?
    fn look_at_popup(&self, id: Id) -> (bool, bool);
    /// A function that the app can call; it arrives as a call of `method` with `id` as its only argument.
    fn callback(&self, method: super::method::Method, id: Id) -> V;
}
