//! The install flow as a pure state machine: which stage comes next, and what has to be done now.
//!
//! No values live here, only what has been given and what is needed, so that every path can be listed, generated at
//! random and replayed. `install.rs` keeps the values and carries the effects out.

use alloc::vec;
use alloc::vec::Vec;

/// A stage that an app may have to render. The order is the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Choose one of the integration's account types.
    AccountType,
    /// Follow an instruction (install a package at the provider), then go on.
    Instruction,
    /// Fill in what is needed before the provider is asked (a shop's name, an API key).
    PreOptions,
    /// The provider's consent page is open in a popup.
    OAuth,
    /// Fill in what can only be asked once the account is there (which site, which list).
    PostOptions,
    /// Nothing is left to do.
    Done,
}

/// What the integration asks for, given the account type that was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// There is an instruction to follow.
    pub instruction: bool,
    /// There are inputs to fill in before the credential is made.
    pub pre_options: bool,
    /// The credential comes from the provider by OAuth; otherwise it is saved from the inputs.
    pub oauth: bool,
    /// There are inputs to fill in afterwards.
    pub post_options: bool,
}

/// What happens to a flow: the app's calls, and the outcome of what the flow asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The flow begins.
    Start,
    /// An account type was chosen; these are its needs.
    AccountTypeChosen(Needs),
    /// The instruction was followed.
    InstructionFinished,
    /// Values for the inputs before the credential.
    PreOptionsGiven,
    /// Values for the inputs after it.
    PostOptionsGiven,
    /// Try again what failed: open the popup, or save what needs no input.
    Retry,
    /// The OAuth attempt made a credential.
    Authorized,
    /// The OAuth attempt ended without one.
    AuthorizationFailed,
    /// The credential was saved.
    Saved,
    /// It was not.
    SaveFailed,
    /// The setup was completed.
    Completed,
    /// It was not.
    CompletionFailed,
    /// The app gives up.
    Cancel,
    /// Another flow begins, or the user is gone: this one ends without a word.
    Superseded,
}

/// What has to be done after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Tell the app about this stage (`onNext`).
    Show(Stage),
    /// Begin an OAuth attempt.
    OpenPopup,
    /// End the OAuth attempt that is under way.
    AbandonPopup,
    /// Save the credential from the inputs.
    Save,
    /// Complete the setup with the inputs that came after.
    Complete,
    /// Tell the app that this stage failed (`onError`); it can be tried again.
    Fail(Stage),
    /// Tell the app that the call does not fit the stage where the flow is; nothing has changed.
    Refuse(Stage),
    /// Tell the app that all is done (`onComplete`).
    Finish,
    /// Remove the credential that this flow has made.
    Discard,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The app's turn.
    Waiting(Stage),
    /// The platform's or the provider's turn.
    Working(Stage),
    /// Over: all is done.
    Finished,
    /// Over: cancelled, or another one began.
    Left,
}

/// One run of the install flow.
#[derive(Clone, Debug)]
pub struct Flow {
    wants_account_type: bool,
    needs: Needs,
    instructed: bool,
    pre_given: bool,
    /// What was filled in is not known any more, should it be needed again.
    answers_lost: bool,
    credential: bool,
    state: State,
    /// Cancelled while a credential was being made: remove it when it comes.
    discard_late: bool,
}

impl Flow {
    /// A flow for an integration. `wants_account_type`: it has account types and none was chosen beforehand;
    /// `needs` are those of the account type that was, or of the integration itself.
    pub fn new(wants_account_type: bool, needs: Needs) -> Self {
        Flow {
            wants_account_type,
            needs,
            instructed: false,
            pre_given: false,
            answers_lost: false,
            credential: false,
            state: State::Waiting(Stage::AccountType),
            discard_late: false,
        }
    }

    /// A flow that goes on with an account that is there, and asks what is to be asked then.
    pub fn resumed() -> Self {
        let needs = Needs { post_options: true, ..Needs::default() };
        Flow { credential: true, ..Flow::new(false, needs) }
    }

    /// A flow whose page has been at the provider and is back: all before that was answered, but the answers are gone.
    pub fn returned(needs: Needs) -> Self {
        Flow { instructed: true, pre_given: true, answers_lost: true, ..Flow::new(false, needs) }
    }

    /// Has it come to its end?
    pub fn ended(&self) -> bool {
        matches!(self.state, State::Finished | State::Left)
    }

    /// Has it come to a good end?
    pub fn finished(&self) -> bool {
        self.state == State::Finished
    }

    /// The first stage that still has something to ask.
    pub fn stage(&self) -> Stage {
        if self.ended() {
            Stage::Done
        } else if self.wants_account_type {
            Stage::AccountType
        } else if self.needs.instruction && !self.instructed {
            Stage::Instruction
        } else if self.needs.pre_options && !self.pre_given {
            Stage::PreOptions
        } else if !self.credential {
            // Without OAuth the credential is made from what was filled in, be it nothing.
            if self.needs.oauth { Stage::OAuth } else { Stage::PreOptions }
        } else if self.needs.post_options {
            Stage::PostOptions
        } else {
            Stage::Done
        }
    }

    /// Takes an event and says what to do. After the end nothing happens any more, except that a credential that
    /// arrives for a cancelled flow is removed.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        match (self.state, event) {
            (State::Left, Event::Saved | Event::Authorized) if self.discard_late => {
                self.discard_late = false;
                vec![Effect::Discard]
            }
            (State::Finished | State::Left, _) => vec![],
            (_, Event::Start) => self.advance(),
            (_, Event::Cancel) => self.cancel(),
            (_, Event::Superseded) => self.leave(),

            (State::Working(Stage::OAuth), Event::Authorized) => self.gained(),
            (State::Working(Stage::OAuth), Event::AuthorizationFailed) => self.failed(Stage::OAuth),
            (State::Working(Stage::PreOptions), Event::Saved) => self.gained(),
            (State::Working(Stage::PreOptions), Event::SaveFailed) => self.failed(Stage::PreOptions),
            (State::Working(Stage::PostOptions), Event::Completed) => self.finish(),
            (State::Working(Stage::PostOptions), Event::CompletionFailed) => self.failed(Stage::PostOptions),

            (State::Waiting(Stage::OAuth), Event::Retry) => self.authorize(),
            // Saving failed and there was nothing to fill in, so nothing can be corrected: only tried again.
            (State::Waiting(Stage::PreOptions), Event::Retry) if !self.needs.pre_options => self.advance(),
            (State::Waiting(Stage::PostOptions), Event::PostOptionsGiven) => {
                self.work(Stage::PostOptions, Effect::Complete)
            }
            (State::Waiting(_), Event::AccountTypeChosen(needs)) if !self.credential => {
                *self = Flow { wants_account_type: false, needs, instructed: false, pre_given: false, ..*self };
                self.advance()
            }
            (State::Waiting(_), Event::InstructionFinished) if !self.credential => {
                self.instructed = true;
                self.advance()
            }
            (State::Waiting(_), Event::PreOptionsGiven) if !self.credential => {
                self.pre_given = true;
                self.advance()
            }
            (
                State::Waiting(stage) | State::Working(stage),
                Event::AccountTypeChosen(_)
                | Event::InstructionFinished
                | Event::PreOptionsGiven
                | Event::PostOptionsGiven
                | Event::Retry,
            ) => vec![Effect::Refuse(stage)],
            // Answers to questions that this flow is not asking any more.
            (State::Waiting(_) | State::Working(_), _) => vec![],
        }
    }

    /// Goes to the next stage that asks for something.
    fn advance(&mut self) -> Vec<Effect> {
        match self.stage() {
            Stage::OAuth => {
                // The popup first: nothing that the app does when it is told may come between the click and it.
                let mut effects = self.authorize();
                effects.push(Effect::Show(Stage::OAuth));
                effects
            }
            Stage::PreOptions if self.pre_given || !self.needs.pre_options => {
                self.work(Stage::PreOptions, Effect::Save)
            }
            Stage::Done => self.finish(),
            stage => {
                self.state = State::Waiting(stage);
                vec![Effect::Show(stage)]
            }
        }
    }

    fn authorize(&mut self) -> Vec<Effect> {
        self.work(Stage::OAuth, Effect::OpenPopup)
    }

    fn work(&mut self, stage: Stage, effect: Effect) -> Vec<Effect> {
        self.state = State::Working(stage);
        vec![effect]
    }

    fn gained(&mut self) -> Vec<Effect> {
        self.credential = true;
        self.advance()
    }

    fn failed(&mut self, stage: Stage) -> Vec<Effect> {
        if stage == Stage::PreOptions || core::mem::take(&mut self.answers_lost) {
            // Otherwise `stage()` would claim that nothing is missing.
            self.pre_given = false;
        }
        self.state = State::Waiting(stage);
        let mut effects = vec![Effect::Fail(stage)];
        if self.stage() != stage {
            effects.extend(self.advance());
        }
        effects
    }

    fn finish(&mut self) -> Vec<Effect> {
        self.state = State::Finished;
        vec![Effect::Finish]
    }

    fn cancel(&mut self) -> Vec<Effect> {
        self.discard_late = matches!(self.state, State::Working(Stage::PreOptions | Stage::OAuth));
        let mut effects = self.leave();
        if self.credential {
            effects.push(Effect::Discard);
        }
        effects
    }

    fn leave(&mut self) -> Vec<Effect> {
        let popup = self.state == State::Working(Stage::OAuth);
        self.state = State::Left;
        if popup { vec![Effect::AbandonPopup] } else { vec![] }
    }
}
