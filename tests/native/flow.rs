//! The install flow's machine: every path for every combination of needs, and random sequences of events.

use paragon_connect::core::flow::{Effect, Event, Flow, Needs, Stage};
use proptest::prelude::*;

fn all_needs() -> impl Iterator<Item = (bool, Needs)> {
    (0..32u8).map(|bits| {
        let bit = |index: u8| bits >> index & 1 == 1;
        (bit(0), Needs { instruction: bit(1), pre_options: bit(2), oauth: bit(3), post_options: bit(4) })
    })
}

/// What an app does at a stage, and what then comes from the platform.
fn good_answer(stage: Stage, needs: Needs) -> Event {
    match stage {
        Stage::AccountType => Event::AccountTypeChosen(needs),
        Stage::Instruction => Event::InstructionFinished,
        Stage::PreOptions => Event::PreOptionsGiven,
        Stage::OAuth => Event::Authorized,
        Stage::PostOptions => Event::PostOptionsGiven,
        Stage::Done => panic!("nothing is asked at the end"),
    }
}

/// Runs a flow to its end as a willing user would; gives the stages that were shown.
fn walk(wants_account_type: bool, needs: Needs) -> Vec<Stage> {
    let mut flow = Flow::new(wants_account_type, needs);
    let mut shown = vec![];
    let mut effects = flow.step(Event::Start);
    for _ in 0..20 {
        let mut next = None;
        for effect in effects.drain(..) {
            match effect {
                Effect::Show(stage) => {
                    shown.push(stage);
                    next = Some(good_answer(stage, needs));
                }
                Effect::Save => next = Some(Event::Saved),
                Effect::Complete => next = Some(Event::Completed),
                Effect::OpenPopup => assert_eq!(flow.stage(), Stage::OAuth),
                Effect::Finish => return shown,
                other => panic!("a good path has no {other:?}"),
            }
        }
        effects = flow.step(next.expect("the flow is stuck"));
    }
    panic!("the flow never ends");
}

#[test]
fn every_combination_shows_its_stages_in_order_and_ends() {
    for (wants_account_type, needs) in all_needs() {
        let expected: Vec<Stage> = [
            (wants_account_type, Stage::AccountType),
            (needs.instruction, Stage::Instruction),
            (needs.pre_options, Stage::PreOptions),
            (needs.oauth, Stage::OAuth),
            (needs.post_options, Stage::PostOptions),
        ]
        .into_iter()
        .filter_map(|(wanted, stage)| wanted.then_some(stage))
        .collect();
        assert_eq!(walk(wants_account_type, needs), expected, "{wants_account_type} {needs:?}");
    }
}

#[test]
fn a_stage_that_fails_can_be_tried_again() {
    let needs = Needs { pre_options: true, post_options: true, ..Needs::default() };
    let mut flow = Flow::new(false, needs);
    flow.step(Event::Start);
    assert_eq!(flow.step(Event::PreOptionsGiven), [Effect::Save]);
    assert_eq!(flow.step(Event::SaveFailed), [Effect::Fail(Stage::PreOptions)]);
    assert_eq!(flow.stage(), Stage::PreOptions);
    assert_eq!(flow.step(Event::PreOptionsGiven), [Effect::Save]);
    assert_eq!(flow.step(Event::Saved), [Effect::Show(Stage::PostOptions)]);
    flow.step(Event::PostOptionsGiven);
    assert_eq!(flow.step(Event::CompletionFailed), [Effect::Fail(Stage::PostOptions)]);
    assert_eq!(flow.step(Event::PostOptionsGiven), [Effect::Complete]);
    assert_eq!(flow.step(Event::Completed), [Effect::Finish]);
}

#[test]
fn the_popup_can_be_opened_again_after_it_failed() {
    let mut flow = Flow::new(false, Needs { oauth: true, ..Needs::default() });
    assert_eq!(flow.step(Event::Start), [Effect::OpenPopup, Effect::Show(Stage::OAuth)]);
    assert_eq!(flow.step(Event::AuthorizationFailed), [Effect::Fail(Stage::OAuth)]);
    assert_eq!(flow.step(Event::Retry), [Effect::OpenPopup]);
    assert_eq!(flow.step(Event::Authorized), [Effect::Finish]);
}

#[test]
fn another_account_type_asks_again() {
    let (plain, asking) = (Needs { oauth: true, ..Needs::default() }, Needs { pre_options: true, ..Needs::default() });
    let mut flow = Flow::new(true, plain);
    flow.step(Event::Start);
    assert_eq!(flow.step(Event::AccountTypeChosen(asking)), [Effect::Show(Stage::PreOptions)]);
    assert_eq!(flow.step(Event::AccountTypeChosen(plain)), [Effect::OpenPopup, Effect::Show(Stage::OAuth)]);
}

#[test]
fn a_call_that_does_not_fit_changes_nothing() {
    let mut flow = Flow::new(false, Needs { oauth: true, ..Needs::default() });
    flow.step(Event::Start);
    for event in [Event::PreOptionsGiven, Event::PostOptionsGiven, Event::Retry, Event::InstructionFinished] {
        assert_eq!(flow.step(event), [Effect::Refuse(Stage::OAuth)]);
    }
    assert_eq!(flow.step(Event::Authorized), [Effect::Finish]);
}

#[test]
fn cancelling_removes_what_the_flow_has_made_also_when_it_comes_late() {
    let needs = Needs { oauth: true, post_options: true, ..Needs::default() };
    let mut flow = Flow::new(false, needs);
    flow.step(Event::Start);
    flow.step(Event::Authorized);
    assert_eq!(flow.step(Event::Cancel), [Effect::Discard]);

    let mut flow = Flow::new(false, Needs { pre_options: true, ..Needs::default() });
    flow.step(Event::Start);
    flow.step(Event::PreOptionsGiven);
    assert_eq!(flow.step(Event::Cancel), []);
    assert_eq!(flow.step(Event::Saved), [Effect::Discard]);
    assert_eq!(flow.step(Event::Saved), []);
}

fn events() -> impl Strategy<Value = Event> {
    let needs = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(instruction, pre_options, oauth, post_options)| Needs { instruction, pre_options, oauth, post_options },
    );
    prop_oneof![
        needs.prop_map(Event::AccountTypeChosen),
        Just(Event::InstructionFinished),
        Just(Event::PreOptionsGiven),
        Just(Event::PostOptionsGiven),
        Just(Event::Retry),
        Just(Event::Authorized),
        Just(Event::AuthorizationFailed),
        Just(Event::Saved),
        Just(Event::SaveFailed),
        Just(Event::Completed),
        Just(Event::CompletionFailed),
        Just(Event::Cancel),
        Just(Event::Superseded),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_happens_there_is_one_end_and_nothing_after_it(
        wants_account_type: bool,
        bits in 0..16u8,
        sequence in prop::collection::vec(events(), 0..40),
    ) {
        let bit = |index: u8| bits >> index & 1 == 1;
        let needs = Needs { instruction: bit(0), pre_options: bit(1), oauth: bit(2), post_options: bit(3) };
        let mut flow = Flow::new(wants_account_type, needs);
        let mut finished = 0;
        let mut effects = flow.step(Event::Start);
        for event in sequence.into_iter().map(Some).chain([None]) {
            let ended = flow.ended();
            for effect in effects.drain(..) {
                finished += i32::from(effect == Effect::Finish);
            }
            prop_assert!(finished <= 1);
            prop_assert!(finished == 0 || ended, "finished, but goes on");
            let Some(event) = event else { break };
            let stage = flow.stage();
            effects = flow.step(event);
            if ended {
                prop_assert!(effects.iter().all(|effect| *effect == Effect::Discard), "{event:?} after the end: {effects:?}");
            }
            if matches!(effects.first(), Some(Effect::Refuse(_))) {
                prop_assert_eq!(stage, flow.stage());
            }
        }
        // Never stuck: whoever answers what is asked reaches the end from here.
        for _ in 0..12 {
            if flow.ended() {
                break;
            }
            let stage = flow.stage();
            // Whether the app or the platform is on turn, one of these moves it on.
            let answers = [Event::Authorized, Event::Saved, Event::Completed, Event::Retry, good_answer_or_cancel(stage, needs)];
            let moved = answers.into_iter().any(|event| {
                let effects = flow.step(event);
                !effects.is_empty() && !matches!(effects.first(), Some(Effect::Refuse(_)))
            });
            prop_assert!(moved, "stuck at {stage:?}");
        }
        prop_assert!(flow.ended(), "no end in sight at {:?}", flow.stage());
    }
}

fn good_answer_or_cancel(stage: Stage, needs: Needs) -> Event {
    if stage == Stage::Done { Event::PreOptionsGiven } else { good_answer(stage, needs) }
}
