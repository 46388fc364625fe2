//! What happened in a complaint, step by step.
use crate::moment::Moment;
use async_graphql::SimpleObject;
use chrono::NaiveDate;
use liangxin_domain::complaints::consent::ConsentMatter;
use liangxin_domain::complaints::consent::Side;
use liangxin_domain::complaints::consent::Way;
use liangxin_domain::complaints::mediation::ChosenBy;
use liangxin_domain::complaints::mediation::CostBearer;
use liangxin_domain::complaints::mediation::RecusalRuling;
use liangxin_domain::complaints::mediation::SessionMode;
use liangxin_domain::complaints::side::LeadOutcome;
use liangxin_domain::complaints::{
    consent::ConsentRecord,
    desk::Proposed,
    ending::{Agreed, Ending, Terminated},
    ground::{RefusalReason, TerminationReason},
    mediation::{Announcement, RecusalDecision, Session, TestResult},
    side::Lead,
};
use liangxin_domain::law::calendar::shanghai_date;
use uuid::Uuid;

/// A consent in a dispute.
#[derive(SimpleObject)]
#[graphql(name = "ComplaintConsent")]
pub(crate) struct ConsentView {
    /// Whose.
    side: Side,
    /// To what.
    matter: ConsentMatter,
    /// How it was given.
    way: Way,
    /// The day in China on which it was given.
    given_on: NaiveDate,
    /// When it was withdrawn.
    withdrawn_at: Option<Moment>,
}

impl From<ConsentRecord> for ConsentView {
    fn from(record: ConsentRecord) -> Self {
        Self {
            side: record.side,
            matter: record.matter,
            way: record.consent.way,
            given_on: shanghai_date(record.consent.at),
            withdrawn_at: record.withdrawn_at.map(Moment),
        }
    }
}

/// A refusal or a termination that waits for a head.
#[derive(SimpleObject)]
#[graphql(name = "ComplaintProposal")]
pub(crate) struct ProposalOfComplaint {
    /// The code of the ground.
    ground: String,
    /// The reason in words.
    reason: Option<String>,
    /// The provision that is cited.
    citation: Option<String>,
    /// When it was proposed.
    at: Moment,
}

impl From<&Proposed<RefusalReason>> for ProposalOfComplaint {
    fn from(proposed: &Proposed<RefusalReason>) -> Self {
        Self {
            ground: proposed.what.ground.to_string(),
            reason: Some(proposed.what.words.to_string()),
            citation: proposed.what.citation.as_ref().map(ToString::to_string),
            at: Moment(proposed.at),
        }
    }
}

impl From<&Proposed<TerminationReason>> for ProposalOfComplaint {
    fn from(proposed: &Proposed<TerminationReason>) -> Self {
        Self {
            ground: proposed.what.ground.to_string(),
            reason: proposed.what.words.as_ref().map(ToString::to_string),
            citation: proposed.what.citation.as_ref().map(ToString::to_string),
            at: Moment(proposed.at),
        }
    }
}

/// A session on site that was announced.
#[derive(SimpleObject)]
#[graphql(name = "AnnouncedSession")]
pub(crate) struct AnnouncedView {
    /// When it will be.
    meets_at: Moment,
    /// Where.
    place: String,
    /// Who mediates.
    mediators: Vec<String>,
    /// The last day to ask that a mediator steps back.
    recusal_until: NaiveDate,
}

impl From<&Announcement> for AnnouncedView {
    fn from(announced: &Announcement) -> Self {
        Self {
            meets_at: Moment(announced.meets_at),
            place: announced.place.to_string(),
            mediators: announced
                .mediators
                .iter()
                .map(ToString::to_string)
                .collect(),
            recusal_until: announced.recusal_until,
        }
    }
}

/// A session that was held.
#[derive(SimpleObject)]
#[graphql(name = "MediationSession")]
pub(crate) struct SessionView {
    /// How.
    mode: SessionMode,
    /// When the session was held.
    held_at: Moment,
    /// The place, for a session on site.
    place: Option<String>,
    /// Who mediated.
    mediators: Vec<String>,
    /// What was said.
    record: String,
}

impl From<&Session> for SessionView {
    fn from(session: &Session) -> Self {
        Self {
            mode: session.mode,
            held_at: Moment(session.held_at),
            place: session.place.as_ref().map(ToString::to_string),
            mediators: session.mediators.iter().map(ToString::to_string).collect(),
            record: session.record.to_string(),
        }
    }
}

/// A test that is over.
#[derive(SimpleObject)]
#[graphql(name = "MediationTest")]
pub(crate) struct TestView {
    /// The testing body.
    body: String,
    /// What was tested.
    sample: String,
    /// Who chose the body.
    chosen_by: ChosenBy,
    /// Who pays.
    cost: CostBearer,
    /// The first day that did not count.
    began_on: NaiveDate,
    /// The first day that counted again.
    ended_on: NaiveDate,
    /// What it says.
    result: String,
}

impl From<&TestResult> for TestView {
    fn from(test: &TestResult) -> Self {
        Self {
            body: test.order.body.to_string(),
            sample: test.order.sample.to_string(),
            chosen_by: test.order.chosen_by,
            cost: test.order.cost,
            began_on: test.order.began_on,
            ended_on: test.ended_on,
            result: test.result.to_string(),
        }
    }
}

/// A decision about a mediator.
#[derive(SimpleObject)]
#[graphql(name = "RecusalDecision")]
pub(crate) struct RecusalView {
    /// Who asked.
    side: Side,
    /// Which mediator.
    mediator: String,
    /// What the bureau said.
    ruling: RecusalRuling,
    /// When it was decided.
    at: Moment,
}

impl From<&RecusalDecision> for RecusalView {
    fn from(decision: &RecusalDecision) -> Self {
        Self {
            side: decision.request.side,
            mediator: decision.request.mediator.to_string(),
            ruling: decision.ruling,
            at: Moment(decision.at),
        }
    }
}

/// How a complaint ended.
#[derive(Default, SimpleObject)]
#[graphql(name = "ComplaintEnding")]
pub(crate) struct EndingView {
    /// The code of the ground, if it was refused or terminated.
    ground: Option<String>,
    /// The reason in words.
    reason: Option<String>,
    /// The provision that is cited.
    citation: Option<String>,
    /// What was agreed.
    terms: Option<String>,
    /// When it ended.
    at: Moment,
    /// When the complainant was told of a termination.
    complainant_told_at: Option<Moment>,
    /// When the operator was told of it.
    respondent_told_at: Option<Moment>,
}

impl From<Ending> for EndingView {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Refused(refused) => Self {
                ground: Some(refused.what.ground.to_string()),
                reason: Some(refused.what.words.to_string()),
                citation: refused.what.citation.map(|citation| citation.to_string()),
                at: Moment(refused.at),
                ..Self::default()
            },
            Ending::Withdrawn(withdrawn) => Self {
                reason: withdrawn.words.map(|words| words.to_string()),
                at: Moment(withdrawn.at),
                ..Self::default()
            },
            Ending::AgreedLetter(agreed) | Ending::AgreedPerformed(agreed) => Self::agreed(&agreed),
            Ending::Terminated(terminated) => Self::terminated(terminated),
        }
    }
}

impl EndingView {
    fn agreed(agreed: &Agreed) -> Self {
        Self {
            terms: Some(agreed.terms.to_string()),
            at: Moment(agreed.at),
            ..Self::default()
        }
    }

    fn terminated(terminated: Terminated) -> Self {
        let reason = terminated.decision.what;
        Self {
            ground: Some(reason.ground.to_string()),
            reason: reason.words.map(|words| words.to_string()),
            citation: reason.citation.map(|citation| citation.to_string()),
            at: Moment(terminated.decision.at),
            complainant_told_at: terminated.complainant_told.map(|told| Moment(told.at)),
            respondent_told_at: terminated.respondent_told.map(|told| Moment(told.at)),
            ..Self::default()
        }
    }
}

/// A lead found while mediating.
#[derive(SimpleObject)]
#[graphql(name = "MediationLead")]
pub(crate) struct LeadView {
    /// What was found.
    words: String,
    /// When the lead was found.
    at: Moment,
    /// The report that it opened, which says what becomes of it; those of before that was so have none.
    report_id: Option<Uuid>,
    /// What became of one without a report.
    outcome: Option<LeadOutcome>,
    /// Why.
    reason: Option<String>,
}

impl From<&Lead> for LeadView {
    fn from(lead: &Lead) -> Self {
        Self {
            words: lead.words.to_string(),
            at: Moment(lead.at),
            report_id: lead.report.map(|report| report.uuid()),
            outcome: lead.settled.as_ref().map(|settled| settled.outcome),
            reason: lead
                .settled
                .as_ref()
                .map(|settled| settled.words.to_string()),
        }
    }
}
