//! What becomes of a report that nobody took in: not ours, said before, or an addition to another one
//! (Order 121, articles 34 and 35).

use super::{NOT_COMPETENT, VERIFY, day, wrong};
use crate::{
    event::Event,
    law::{calendar::shanghai_date, effect::ClockEffect},
    notices::paper::Paper,
    refusal::{Code, Refusal},
    reports::{
        command::Earlier,
        regime::Regime,
        report::Report,
        resemblance::Sameness,
        state::{CompetenceReply, Doubling, Mark, Merging, ReportState},
    },
    step::Step,
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

impl Report {
    pub(super) fn reply_not_competent(
        self,
        competent: Line,
        told: Mark,
    ) -> Result<Step<Self>, Refusal> {
        self.check_registered()?;
        let (received_on, on) = (self.received_on(), day(told));
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
        let event = Event::ReportNotCompetent { report: self.id };
        let reply = CompetenceReply { competent, told };
        let step = self.come_to(ReportState::NotCompetent(reply), event, clocks);
        Ok(step.by(Paper::CompetenceReply))
    }

    pub(super) fn mark_duplicate(
        self,
        earlier: &Earlier,
        found: Mark,
    ) -> Result<Step<Self>, Refusal> {
        self.check_joins(earlier)?;
        let of = earlier.report.id;
        let doubling = ReportState::Duplicate(Doubling { of, found });
        Ok(self.join(doubling, found).by(Paper::DuplicateRecord))
    }

    pub(super) fn merge(
        self,
        earlier: &Earlier,
        new_facts: Narrative,
        joined: Mark,
    ) -> Result<Step<Self>, Refusal> {
        self.check_joins(earlier)?;
        // What was decided already takes no new facts; they are a lead of their own.
        restarted_by(&earlier.report.state, self.received_on())?;
        let merging = ReportState::Merged(Merging {
            into: earlier.report.id,
            new_facts,
            joined,
        });
        Ok(self.join(merging, joined).by(Paper::MergeRecord))
    }

    fn check_joins(&self, earlier: &Earlier) -> Result<(), Refusal> {
        self.check_registered()?;
        check_article_35(self.received_on())?;
        check_same_reporter_and_party(earlier)
    }

    /// It ends in the earlier report.
    fn join(self, state: ReportState, mark: Mark) -> Step<Self> {
        let event = Event::ReportMerged { report: self.id };
        let (rule, on) = (VERIFY, day(mark));
        self.come_to(state, event, vec![ClockEffect::Lapse { rule, on }])
    }
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
        earlier.report.state,
        ReportState::Duplicate(_) | ReportState::Merged(_)
    ) {
        let kind = earlier.report.state.kind();
        return Err(Refusal::on(Code::WrongState, "earlierId").with(kind.to_string()));
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
