//! What becomes of a report that nobody took in: not ours, said before, or an addition to another one
//! (Order 121, articles 34 and 35).

use super::{
    super::{
        regime::Regime,
        resemblance::Sameness,
        state::{CompetenceReply, Doubling, Mark, Merging, ReportState},
    },
    Earlier, NOT_COMPETENT, Step, VERIFY, made, wrong,
};
use crate::{
    law::{calendar::shanghai_date, effect::ClockEffect},
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};
use chrono::NaiveDate;

/// The later report's facts joined this one: its period begins anew on the day on which the later
/// report was received (Order 121, article 35).
///
/// The order does not say what becomes of an extension and of a test under way. Both were decided
/// for reasons that the new facts do not undo, so that a clock that was extended is so again, and
/// one that stood still keeps standing still.
pub fn restarted_by(
    state: &ReportState,
    received_on: NaiveDate,
) -> Result<Vec<ClockEffect>, Refusal> {
    let (extension, testing) = match state {
        ReportState::Registered | ReportState::Verifying(_) => (None, None),
        ReportState::VerifyingExtended(_, extension) => (Some(extension), None),
        ReportState::PausedTest(_, extension, testing) => (extension.as_ref(), Some(testing)),
        _ => return Err(wrong(state)),
    };
    let restart = ClockEffect::Restart {
        rule: VERIFY,
        opened_on: received_on,
    };
    let extend = extension.map(|extension| ClockEffect::Extend {
        rule: VERIFY,
        by: extension.approved.by,
        on: received_on,
    });
    let pause = testing.map(|testing| ClockEffect::Pause {
        rule: VERIFY,
        cause: testing.cause,
        on: received_on.max(shanghai_date(testing.sent.at)),
    });
    Ok([Some(restart), extend, pause]
        .into_iter()
        .flatten()
        .collect())
}

pub(super) fn reply_not_competent(
    competent: Line,
    told: Mark,
    (received_on, on): (NaiveDate, NaiveDate),
) -> Step {
    let lapse = ClockEffect::Lapse { rule: VERIFY, on };
    // The duty arises with the finding that the bureau is not competent and counts from receipt.
    // Order 20 had no such period, and ours is a proposal for Order 121.
    let clocks = match Regime::on(received_on) {
        Regime::Order20 => vec![lapse],
        Regime::Order121 => vec![
            lapse,
            ClockEffect::Start {
                rule: NOT_COMPETENT,
                opened_on: received_on,
            },
            ClockEffect::Satisfy {
                rule: NOT_COMPETENT,
                on,
            },
        ],
    };
    made(
        ReportState::NotCompetent(CompetenceReply { competent, told }),
        clocks,
    )
}

/// Only the same reporter repeats itself; whoever else says the same is linked and keeps a clock,
/// a confidentiality and a reward claim of its own.
fn check_same_reporter_and_party(earlier: &Earlier) -> Result<(), Refusal> {
    if earlier.resemblance.reporter != Sameness::Same {
        return Err(Refusal::on(Code::OtherReporter, "earlierId"));
    }
    if earlier.resemblance.party != Sameness::Same {
        return Err(Refusal::on(Code::OtherParty, "earlierId"));
    }
    if matches!(
        earlier.state,
        ReportState::Duplicate(_) | ReportState::Merged(_)
    ) {
        return Err(
            Refusal::on(Code::WrongState, "earlierId").with(earlier.state.kind().to_string())
        );
    }
    Ok(())
}

/// Article 35 is new in Order 121: a report of the old order is verified by itself.
fn check_article_35(received_on: NaiveDate) -> Result<(), Refusal> {
    match Regime::on(received_on) {
        Regime::Order121 => Ok(()),
        Regime::Order20 => Err(Refusal::of(Code::OldOrderApplies)),
    }
}

pub(super) fn mark_duplicate(
    earlier: &Earlier,
    found: Mark,
    (received_on, on): (NaiveDate, NaiveDate),
) -> Result<Step, Refusal> {
    check_article_35(received_on)?;
    check_same_reporter_and_party(earlier)?;
    Ok(made(
        ReportState::Duplicate(Doubling {
            of: earlier.report,
            found,
        }),
        vec![ClockEffect::Lapse { rule: VERIFY, on }],
    ))
}

pub(super) fn merge(
    into: &Earlier,
    new_facts: Narrative,
    joined: Mark,
    (received_on, on): (NaiveDate, NaiveDate),
) -> Result<Step, Refusal> {
    check_article_35(received_on)?;
    check_same_reporter_and_party(into)?;
    // What was decided already takes no new facts; they are a lead of their own.
    restarted_by(&into.state, received_on)?;
    Ok(made(
        ReportState::Merged(Merging {
            into: into.report,
            new_facts,
            joined,
        }),
        vec![ClockEffect::Lapse { rule: VERIFY, on }],
    ))
}
