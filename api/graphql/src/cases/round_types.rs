//! Final reports, audits, notices, answers and hearings on the wire.

use super::{
    execution_types::CorrectionCheckView,
    penalty_types::{MissedOrderView, PenaltyView, ServedView},
};
use crate::moment::Moment;
use async_graphql::SimpleObject;
use chrono::NaiveDate;
use liangxin_domain::cases::{
    announce::{Answer, AnswerKind, Notice},
    decide::Conference,
    file::{Audit, AuditKind, NoPenaltyGround, Outcome, Round, Suspension, SuspensionCause},
    hearing::Hearing,
    order::Order,
    same_act::SameAct,
};
use uuid::Uuid;

/// One final report and what came of it.
#[derive(SimpleObject)]
#[graphql(name = "CaseRound")]
pub(super) struct RoundView {
    /// The penalty that it proposes; null if it proposes none.
    penalty: Option<PenaltyView>,
    /// Why it proposes no penalty.
    no_penalty: Option<NoPenaltyGround>,
    /// What shows that.
    no_penalty_reason: Option<String>,
    /// The day on which somebody saw that it was put right, where no penalty is proposed.
    corrected_on: Option<NaiveDate>,
    /// What makes the case weighty; merchants do not see it.
    weighty: Option<String>,
    /// What came out since a notice that announced less.
    new_facts: Option<String>,
    /// Other cases against the merchant that may be about the same act, which is fined once; merchants do not see it.
    same_acts: Vec<SameActView>,
    /// When it was written.
    proposed_at: Moment,
    /// Its audits; merchants do not see them.
    audits: Vec<AuditView>,
    /// The notice of the intended penalty.
    notice: Option<NoticeView>,
    /// What the merchant said.
    answers: Vec<AnswerView>,
    /// The hearing that the merchant asked for.
    hearing: Option<HearingView>,
    /// What the heads said together last; merchants do not see it.
    conference: Option<ConferenceView>,
    /// What they said before that, the oldest first; merchants do not see it.
    former_conferences: Vec<ConferenceView>,
}

impl RoundView {
    /// Nothing for a party that got no notice of it.
    pub(super) fn of(round: &Round, is_party: bool) -> Option<Self> {
        let notice = round.notice.as_ref();
        if is_party && notice.is_none_or(|notice| notice.served.is_none()) {
            return None;
        }
        let for_officers = !is_party;
        let proposal = &round.proposal;
        let (no_penalty, no_penalty_reason, corrected_on) = match &proposal.outcome {
            Outcome::Penalty(_) => (None, None, None),
            Outcome::NoPenalty {
                ground,
                reason,
                corrected_on,
            } => (Some(*ground), Some(reason.to_string()), *corrected_on),
        };
        let audits = round.audits.iter().filter(|_| for_officers);
        let weighty = proposal.weighty.as_ref().filter(|_| for_officers);
        let same_acts = proposal.same_acts.iter().filter(|_| for_officers);
        let conference = round.conference.as_ref().filter(|_| for_officers);
        let former = round.former_conferences.iter().filter(|_| for_officers);
        Some(Self {
            penalty: round.penalty().map(PenaltyView::of),
            no_penalty,
            no_penalty_reason,
            corrected_on,
            weighty: weighty.map(ToString::to_string),
            new_facts: proposal.new_facts.as_ref().map(ToString::to_string),
            same_acts: same_acts.map(SameActView::of).collect(),
            proposed_at: Moment(proposal.made.at),
            audits: audits.map(AuditView::of).collect(),
            notice: notice.map(NoticeView::of),
            answers: round.answers.iter().map(AnswerView::of).collect(),
            hearing: round
                .hearing
                .as_ref()
                .map(|hearing| HearingView::of(hearing, is_party)),
            conference: conference.map(ConferenceView::of),
            former_conferences: former.map(ConferenceView::of).collect(),
        })
    }
}

/// Another case that fines the merchant for the same violation, which was not decided before the conduct of this one.
#[derive(SimpleObject)]
#[graphql(name = "SameAct")]
pub(super) struct SameActView {
    /// The case.
    case_id: Uuid,
    /// Its number.
    number: String,
    /// The violation.
    violation: String,
}

impl SameActView {
    fn of(same: &SameAct) -> Self {
        Self {
            case_id: same.case.uuid(),
            number: same.number.clone(),
            violation: same.violation.to_string(),
        }
    }
}

/// An audit.
#[derive(SimpleObject)]
#[graphql(name = "Audit")]
pub(super) struct AuditView {
    /// Which one.
    kind: AuditKind,
    /// In what words.
    opinion: String,
    /// What was missing; null if it passed.
    missing: Option<String>,
    /// What the auditor said that qualifies for a legal audit.
    qualification: Option<String>,
    /// When it was audited.
    at: Moment,
}

impl AuditView {
    fn of(audit: &Audit) -> Self {
        Self {
            kind: audit.kind,
            opinion: audit.opinion.to_string(),
            missing: audit.missing.as_ref().map(ToString::to_string),
            qualification: audit.qualification.as_ref().map(ToString::to_string),
            at: Moment(audit.made.at),
        }
    }
}

/// The notice of the intended penalty.
#[derive(SimpleObject)]
#[graphql(name = "Notice")]
pub(super) struct NoticeView {
    /// When it was written.
    issued_at: Moment,
    /// Whether the merchant may ask for a hearing.
    offers_hearing: bool,
    /// That it reached the merchant; `until` is the last day for a statement, a defence or a request to be heard.
    served: Option<ServedView>,
}

impl NoticeView {
    fn of(notice: &Notice) -> Self {
        Self {
            issued_at: Moment(notice.issued.at),
            offers_hearing: notice.offers_hearing,
            served: notice.served.as_ref().map(ServedView::of),
        }
    }
}

/// What the merchant said.
#[derive(SimpleObject)]
#[graphql(name = "NoticeAnswer")]
pub(super) struct AnswerView {
    /// What it is.
    kind: AnswerKind,
    /// In its words.
    words: Option<String>,
    /// The signed paper, where an officer noted it.
    proof: Option<String>,
    /// When it was said.
    at: Moment,
}

impl AnswerView {
    fn of(answer: &Answer) -> Self {
        Self {
            kind: answer.kind,
            words: answer.words.as_ref().map(ToString::to_string),
            proof: answer.proof.as_ref().map(ToString::to_string),
            at: Moment(answer.at),
        }
    }
}

/// A hearing.
#[derive(SimpleObject)]
#[graphql(name = "Hearing")]
pub(super) struct HearingView {
    /// When it was asked for.
    asked_at: Moment,
    /// When it is held.
    at: Option<Moment>,
    /// Where.
    place: Option<String>,
    /// Who leads it.
    chair_id: Option<Uuid>,
    /// What was said.
    record: Option<String>,
    /// What the chair proposes; merchants do not see it.
    opinion: Option<String>,
    /// When the record was written.
    held_at: Option<Moment>,
}

impl HearingView {
    fn of(hearing: &Hearing, is_party: bool) -> Self {
        let announced = hearing.announced.as_ref();
        let held = hearing.held.as_ref();
        Self {
            asked_at: Moment(hearing.asked_at),
            at: announced.map(|announced| Moment(announced.at)),
            place: announced.map(|announced| announced.place.to_string()),
            chair_id: announced.map(|announced| announced.chair.uuid()),
            record: held.map(|held| held.record.to_string()),
            opinion: held
                .filter(|_| !is_party)
                .map(|held| held.opinion.to_string()),
            held_at: held.map(|held| Moment(held.made.at)),
        }
    }
}

/// What the heads said together.
#[derive(SimpleObject)]
#[graphql(name = "Conference")]
pub(super) struct ConferenceView {
    /// Who took part.
    attendees: Vec<String>,
    /// What was said.
    record: String,
    /// What they came to.
    opinion: String,
    /// When it was noted.
    at: Moment,
}

impl ConferenceView {
    fn of(conference: &Conference) -> Self {
        Self {
            attendees: conference
                .attendees
                .iter()
                .map(ToString::to_string)
                .collect(),
            record: conference.record.to_string(),
            opinion: conference.opinion.to_string(),
            at: Moment(conference.made.at),
        }
    }
}

/// An order of correction before the decision.
#[derive(SimpleObject)]
#[graphql(name = "CorrectionOrder")]
pub(super) struct OrderView {
    /// The violation that was seen.
    violation: String,
    /// What must be put right.
    correction: String,
    /// Until when.
    correct_by: NaiveDate,
    /// What follows if it is missed.
    consequence: String,
    /// When it was made.
    at: Moment,
    /// The day on which it counts as served; null before somebody looked after it.
    served_on: Option<NaiveDate>,
    /// Whether the correction was made, as often as somebody looked.
    checks: Vec<CorrectionCheckView>,
    /// That it was missed, as a charge names it: once for each look after its last day that found so.
    missed: Vec<MissedOrderView>,
}

impl OrderView {
    pub(super) fn of(order: &Order, case_number: &str) -> Self {
        let missed = order.missed(case_number);
        Self {
            served_on: order.served_on,
            checks: order.checks.iter().map(CorrectionCheckView::of).collect(),
            missed: missed.iter().map(MissedOrderView::of).collect(),
            violation: order.violation.to_string(),
            correction: order.correction.to_string(),
            correct_by: order.correct_by,
            consequence: order.consequence.to_string(),
            at: Moment(order.made.at),
        }
    }
}

/// A time in which the investigation waited.
#[derive(SimpleObject)]
#[graphql(name = "CaseSuspension")]
pub(super) struct SuspensionView {
    /// Why.
    cause: SuspensionCause,
    /// In what words.
    reason: String,
    /// From when.
    from: Moment,
    /// Until when; null while it waits.
    until: Option<Moment>,
}

impl SuspensionView {
    pub(super) fn of(suspension: &Suspension) -> Self {
        Self {
            cause: suspension.cause,
            reason: suspension.reason.to_string(),
            from: Moment(suspension.approved.at),
            until: suspension.resumed.map(|mark| Moment(mark.at)),
        }
    }
}
