//! One OAuth attempt as a pure state machine: a popup, the address to send it to, and several channels that may tell
//! how it ended. The first that speaks wins; afterwards nothing happens any more.
//!
//! `oauth.rs` keeps the values (addresses, credential, error) and carries the effects out.

use alloc::vec;
use alloc::vec::Vec;

/// How long it lasts between two looks at the popup, in milliseconds.
pub const TICK_MS: f64 = 250.0;
/// Every how many ticks the platform is asked for the outcome.
const TICKS_PER_POLL: u32 = 12;
/// The same when the popup cannot be seen (any more), so that no message is to be expected from it.
const TICKS_PER_POLL_UNSEEN: u32 = 4;
/// After how many ticks an attempt without an `oauthTimeout` of its own ends: ten minutes, the life of most
/// authorization requests.
const TICKS_AT_MOST: u32 = 2400;
/// How many answers of "not yet" in a row, asked after the popup was seen closed, mean that the user closed it.
const EMPTY_AFTER_CLOSE: u32 = 2;
/// A popup that was there for so many ticks after it had been sent to the provider is not severed: gone means closed.
const TICKS_TO_TRUST: u32 = 8;
/// One that was not, must stay gone for so many ticks, with the user looking at our page, to count as closed.
const TICKS_OF_PATIENCE: u32 = 12;

/// What happens to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The browser opened the popup, on the platform's own page; or the page itself is on its way there, or back.
    Opened,
    /// The browser did not, or the page cannot.
    Blocked,
    /// The platform told the provider's address.
    Built,
    /// The platform could not.
    BuildFailed,
    /// The platform's page in the popup has set its cookie.
    NonceLoaded,
    /// The popup reported a credential.
    MessageSuccess,
    /// The popup reported an error (a denial, for one).
    MessageError,
    /// The platform named a credential.
    PollFound,
    /// The platform knows that the attempt failed.
    PollError,
    /// The platform knows nothing yet.
    PollEmpty,
    /// The platform could not be asked; the next time it may be.
    PollBroken,
    /// Time has passed.
    Tick {
        /// The popup seems closed. Only a hint: a page that isolates itself looks the same from here.
        closed: bool,
        /// The user is looking at our page and not at another window.
        focused: bool,
    },
    /// The `oauthTimeout` of the app is over.
    TimedOut,
    /// The app cancels, or another flow begins.
    Abandoned,
}

/// What has to be done after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Open the popup on the platform's own page.
    Open,
    /// Let the page itself go, in the place of a popup.
    Leave,
    /// Ask the platform for the provider's address.
    Build,
    /// Send the popup to the provider.
    Steer,
    /// Ask the platform how it went.
    Poll,
    /// Look again after [`TICK_MS`].
    Wait,
    /// Close the popup, end all listeners and timers, and report this.
    End(Outcome),
}

/// How an attempt ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is a credential.
    Success,
    /// The browser blocked the popup.
    Blocked,
    /// The platform could not say where the provider is.
    BuildFailed,
    /// The provider, or the platform, said no.
    Refused,
    /// The user closed the popup.
    Closed,
    /// It took too long.
    TimedOut,
    /// Nobody wants to know any more.
    Abandoned,
}

/// One attempt.
#[derive(Clone, Debug, Default)]
pub struct Attempt {
    /// The page itself goes to the provider.
    in_page: bool,
    built: bool,
    nonce: bool,
    steered: bool,
    asking: bool,
    /// Ticks in a row at which it was gone while the user looked at our page.
    gone: u32,
    empty_when_gone: u32,
    /// Ticks at which it was there after it had been sent to the provider.
    seen: u32,
    ticks: u32,
    ended: bool,
}

impl Attempt {
    /// A new attempt, in a popup or in the page itself, and the first thing to do.
    pub fn begin(in_page: bool) -> (Self, Effect) {
        let first = if in_page { Effect::Build } else { Effect::Open };
        (Attempt { in_page, ..Attempt::default() }, first)
    }

    /// The attempt for which the page had left. It is back, so the platform knows how it ended.
    pub fn returned() -> (Self, Effect) {
        let known = Attempt { built: true, steered: true, asking: true, seen: TICKS_TO_TRUST, ..Attempt::default() };
        (known, Effect::Poll)
    }

    /// Is it over?
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Takes an event and says what to do. After the end: nothing.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        if self.ended {
            return vec![];
        }
        match event {
            Event::Opened if self.steered => vec![Effect::Wait],
            Event::Opened => vec![Effect::Build, Effect::Wait],
            Event::Built if self.in_page => {
                // Should the page be seen again as it was left, nobody is at the provider any more.
                *self = Attempt { built: true, steered: true, seen: TICKS_TO_TRUST, ..*self };
                vec![Effect::Leave]
            }
            Event::Built => {
                self.built = true;
                self.steer()
            }
            Event::NonceLoaded => {
                self.nonce = true;
                self.steer()
            }
            Event::PollEmpty => self.empty(),
            Event::PollBroken => {
                self.asking = false;
                vec![]
            }
            Event::Tick { closed, focused } => self.tick(closed, focused),
            Event::MessageSuccess | Event::PollFound => self.end(Outcome::Success),
            Event::MessageError | Event::PollError => self.end(Outcome::Refused),
            Event::Blocked => self.end(Outcome::Blocked),
            Event::BuildFailed => self.end(Outcome::BuildFailed),
            Event::TimedOut => self.end(Outcome::TimedOut),
            Event::Abandoned => self.end(Outcome::Abandoned),
        }
    }

    /// The popup goes to the provider once its address is known and the cookie is set, and only once.
    fn steer(&mut self) -> Vec<Effect> {
        if self.built && self.nonce && !self.steered {
            self.steered = true;
            return vec![Effect::Steer];
        }
        vec![]
    }

    fn tick(&mut self, closed: bool, focused: bool) -> Vec<Effect> {
        self.ticks += 1;
        if self.ticks >= TICKS_AT_MOST {
            return self.end(Outcome::TimedOut);
        }
        // A popup that is gone while the user looks at our page was closed; one that is gone while the user is
        // elsewhere may be a page that severs its opener (the provider's, or our own app's), and goes on.
        if closed && focused {
            self.gone += 1;
        } else {
            self.gone = 0;
            self.empty_when_gone = 0;
        }
        self.seen += u32::from(self.steered && !closed);
        let ticks_per_poll = match (closed, self.gone > 0 && !self.may_be_severed()) {
            (_, true) => 1,
            (true, false) => TICKS_PER_POLL_UNSEEN,
            (false, false) => TICKS_PER_POLL,
        };
        let mut effects = vec![Effect::Wait];
        // Unseen, it may have gone to the provider without us.
        let under_way = self.steered || self.built && closed;
        if under_way && !self.asking && self.ticks.is_multiple_of(ticks_per_poll) {
            self.asking = true;
            effects.push(Effect::Poll);
        }
        effects
    }

    /// It was gone nearly as soon as it was sent to the provider: that is how severing looks.
    fn may_be_severed(&self) -> bool {
        self.seen < TICKS_TO_TRUST
    }

    fn empty(&mut self) -> Vec<Effect> {
        self.asking = false;
        if self.gone == 0 {
            return vec![];
        }
        self.empty_when_gone += 1;
        let patient_enough = !self.may_be_severed() || self.gone >= TICKS_OF_PATIENCE;
        if patient_enough && self.empty_when_gone >= EMPTY_AFTER_CLOSE {
            return self.end(Outcome::Closed);
        }
        vec![]
    }

    fn end(&mut self, outcome: Outcome) -> Vec<Effect> {
        self.ended = true;
        vec![Effect::End(outcome)]
    }
}
