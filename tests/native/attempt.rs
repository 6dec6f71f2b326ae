//! The OAuth attempt's machine: the first channel that speaks wins, closing is only a hint, and it always ends.

use paragon_connect::core::attempt::{Attempt, Effect, Event, Outcome};
use proptest::prelude::*;

fn looking(closed: bool) -> Event {
    Event::Tick { closed, focused: true }
}

/// An attempt whose popup is at the provider.
fn steered() -> Attempt {
    let (mut attempt, first) = Attempt::begin(false);
    assert_eq!(first, Effect::Open);
    assert_eq!(attempt.step(Event::Opened), [Effect::Build, Effect::Wait]);
    assert_eq!(attempt.step(Event::Built), []);
    assert_eq!(attempt.step(Event::NonceLoaded), [Effect::Steer]);
    attempt
}

#[test]
fn the_popup_is_sent_to_the_provider_once_and_only_when_cookie_and_address_are_there() {
    let (mut attempt, _) = Attempt::begin(false);
    attempt.step(Event::Opened);
    assert_eq!(attempt.step(Event::NonceLoaded), []);
    assert_eq!(attempt.step(Event::Built), [Effect::Steer]);
    assert_eq!(attempt.step(Event::NonceLoaded), []);
    assert_eq!(attempt.step(Event::Built), []);
}

#[test]
fn every_channel_can_end_it() {
    for (event, outcome) in [
        (Event::MessageSuccess, Outcome::Success),
        (Event::PollFound, Outcome::Success),
        (Event::MessageError, Outcome::Refused),
        (Event::PollError, Outcome::Refused),
        (Event::BuildFailed, Outcome::BuildFailed),
        (Event::TimedOut, Outcome::TimedOut),
        (Event::Abandoned, Outcome::Abandoned),
    ] {
        let mut attempt = steered();
        assert_eq!(attempt.step(event), [Effect::End(outcome)]);
        assert!(attempt.ended());
    }
}

/// An attempt whose popup was seen at the provider for a while.
fn consenting() -> Attempt {
    let mut attempt = steered();
    for _ in 0..8 {
        assert_eq!(attempt.step(looking(false)), [Effect::Wait]);
    }
    attempt
}

#[test]
fn a_closed_popup_is_reported_after_the_platform_had_its_say() {
    let mut attempt = consenting();
    assert_eq!(attempt.step(looking(true)), [Effect::Wait, Effect::Poll]);
    assert_eq!(attempt.step(looking(true)), [Effect::Wait], "one question at a time");
    assert_eq!(attempt.step(Event::PollEmpty), []);
    assert_eq!(attempt.step(looking(true)), [Effect::Wait, Effect::Poll]);
    assert_eq!(attempt.step(Event::PollEmpty), [Effect::End(Outcome::Closed)]);

    let mut attempt = consenting();
    attempt.step(looking(true));
    assert_eq!(attempt.step(Event::PollFound), [Effect::End(Outcome::Success)], "it was closed by its own last page");
}

#[test]
fn a_popup_that_is_gone_at_once_may_have_severed_itself_and_gets_three_seconds() {
    for steer in [true, false] {
        let (mut attempt, _) = Attempt::begin(false);
        attempt.step(Event::Opened);
        attempt.step(Event::Built);
        if steer {
            attempt.step(Event::NonceLoaded);
        }
        let mut ticks = 0;
        loop {
            ticks += 1;
            if attempt.step(looking(true)).contains(&Effect::Poll)
                && attempt.step(Event::PollEmpty) == [Effect::End(Outcome::Closed)]
            {
                break;
            }
            assert!(ticks < 100);
        }
        assert_eq!(ticks, 12);
    }
}

#[test]
fn one_that_the_app_page_itself_severed_is_asked_for_before_it_can_be_steered() {
    let (mut attempt, _) = Attempt::begin(false);
    attempt.step(Event::Opened);
    for _ in 0..8 {
        assert_eq!(
            attempt.step(Event::Tick { closed: true, focused: false }),
            [Effect::Wait],
            "nothing to ask for yet"
        );
    }
    attempt.step(Event::Built);
    let asked = (0..4).any(|_| attempt.step(Event::Tick { closed: true, focused: false }).contains(&Effect::Poll));
    assert!(asked);
    assert_eq!(attempt.step(Event::PollFound), [Effect::End(Outcome::Success)]);
}

#[test]
fn a_popup_that_severed_itself_is_not_taken_for_closed_while_the_user_is_there() {
    let mut attempt = steered();
    let mut polls = 0;
    for _ in 0..400 {
        let effects = attempt.step(Event::Tick { closed: true, focused: false });
        if effects.contains(&Effect::Poll) {
            polls += 1;
            assert_eq!(attempt.step(Event::PollEmpty), []);
        }
    }
    assert!(polls > 50, "the platform is asked instead: {polls}");
    attempt.step(Event::Tick { closed: true, focused: false });
    assert_eq!(attempt.step(Event::PollFound), [Effect::End(Outcome::Success)]);
}

#[test]
fn a_poll_that_fails_is_no_end() {
    let mut attempt = steered();
    for _ in 0..100 {
        attempt.step(looking(false));
        assert_eq!(attempt.step(Event::PollBroken), []);
    }
    assert_eq!(attempt.step(Event::MessageSuccess), [Effect::End(Outcome::Success)]);
}

#[test]
fn without_a_timeout_of_its_own_it_ends_after_ten_minutes() {
    let mut attempt = steered();
    let mut ticks = 0;
    loop {
        ticks += 1;
        let effects = attempt.step(looking(false));
        if effects.contains(&Effect::End(Outcome::TimedOut)) {
            break;
        }
        attempt.step(Event::PollEmpty);
        assert!(ticks < 10_000);
    }
    assert_eq!(ticks, 2400);
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::Opened),
        Just(Event::Blocked),
        Just(Event::Built),
        Just(Event::BuildFailed),
        Just(Event::NonceLoaded),
        Just(Event::MessageSuccess),
        Just(Event::MessageError),
        Just(Event::PollFound),
        Just(Event::PollError),
        Just(Event::PollEmpty),
        Just(Event::PollBroken),
        (any::<bool>(), any::<bool>()).prop_map(|(closed, focused)| Event::Tick { closed, focused }),
        Just(Event::TimedOut),
        Just(Event::Abandoned),
    ]
}

proptest! {
    #[test]
    fn one_outcome_and_nothing_after_it(sequence in prop::collection::vec(events(), 0..60)) {
        let (mut attempt, _) = Attempt::begin(false);
        let mut ends = 0;
        let mut steers = 0;
        for event in sequence {
            let over = attempt.ended();
            let effects = attempt.step(event);
            prop_assert!(!over || effects.is_empty(), "{event:?} after the end: {effects:?}");
            ends += effects.iter().filter(|effect| matches!(effect, Effect::End(_))).count();
            steers += effects.iter().filter(|effect| **effect == Effect::Steer).count();
            prop_assert!(ends <= 1 && steers <= 1);
            prop_assert_eq!(ends == 1, attempt.ended());
        }
    }
}
