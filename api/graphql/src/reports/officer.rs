//! What stands beside a report: hints, notes, links, disputes, suggestions, and what a citizen is told
//! of others nearby.

use super::input::PositionInput;
use crate::{
    context::Known as _,
    moment::Moment,
    problem::{Problem, settle},
};
use async_graphql::{Context, Enum, InputObject, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::{
    app::App,
    error::AppError,
    store::{self, places::Bureau},
    usecase::reports::Looking,
};
use liangxin_domain::reports::nearby::About;
use liangxin_domain::reports::record::RecordKind;
use liangxin_domain::reports::resemblance::Suggestion;
use liangxin_domain::reports::signal::Factor;
use liangxin_domain::reports::state::NotFiledGround;
use liangxin_domain::reports::state::ReportStateKind;
use liangxin_domain::{
    merchants::code::MerchantCode,
    places::dispute::{Dispute, DisputeState},
    refusal::{Code, Refusal},
    reports::{record::Record, report::Report, resemblance, signal::Signal},
    text::Line,
};
use uuid::Uuid;

/// A hint that an officer should look twice. It decides nothing.
#[derive(SimpleObject)]
#[graphql(name = "Signal")]
pub(crate) struct SignalView {
    /// Which factor.
    factor: Factor,
    /// The count behind it, and the bound that it was held against.
    why: String,
}

impl From<Signal> for SignalView {
    fn from(found: Signal) -> Self {
        Self {
            factor: found.factor,
            why: found.why,
        }
    }
}

/// What was noted about a report.
#[derive(SimpleObject)]
#[graphql(name = "ReportRecord")]
pub(crate) struct ReportRecordView {
    /// The kind.
    kind: RecordKind,
    /// When it was noted.
    at: Moment,
    /// The other report, if there is one.
    other_id: Option<Uuid>,
    /// From which unit it went.
    from_unit: Option<String>,
    /// To which unit it went.
    to_unit: Option<String>,
    /// In words.
    words: Option<String>,
    /// The article that demands it.
    article: Option<String>,
}

impl From<Record> for ReportRecordView {
    fn from(found: Record) -> Self {
        let Record {
            kind,
            other,
            from,
            to,
            words,
            article,
            by: _,
            at,
        } = found;
        Self {
            kind,
            at: Moment(at),
            other_id: other.map(|report| report.uuid()),
            from_unit: from.map(|unit| unit.to_string()),
            to_unit: to.map(|unit| unit.to_string()),
            words: words.map(|words| words.to_string()),
            article: article.map(|article| article.to_string()),
        }
    }
}

/// A report beside another one.
#[derive(SimpleObject)]
pub(crate) struct LinkedReport {
    /// Its id.
    id: Uuid,
    /// Its number on paper.
    number: String,
    /// How far it has come.
    state: ReportStateKind,
    /// The day in China on which the system had it.
    received_on: NaiveDate,
}

impl LinkedReport {
    pub(super) fn of(report: &Report) -> Self {
        Self {
            id: report.id.uuid(),
            number: report.number.clone(),
            state: report.state.kind(),
            received_on: report.received_on(),
        }
    }
}

/// Another report, and what to do about it.
#[derive(SimpleObject)]
pub(crate) struct ReportSuggestion {
    /// The other report.
    report: LinkedReport,
    /// What the system suggests.
    suggestion: Suggestion,
}

impl ReportSuggestion {
    pub(super) fn of(report: &Report, suggestion: resemblance::Suggestion) -> Self {
        Self {
            report: LinkedReport::of(report),
            suggestion,
        }
    }
}

/// A proposal not to file a case.
#[derive(SimpleObject)]
#[graphql(name = "NotFilingProposal")]
pub(crate) struct NotFilingProposalView {
    /// Why.
    ground: NotFiledGround,
    /// Why, in words.
    reason: String,
    /// When it was proposed.
    proposed_at: Moment,
}

impl NotFilingProposalView {
    pub(super) fn of(report: &Report) -> Option<Self> {
        let proposal = report.state.verification()?.proposal.as_ref()?;
        Some(Self {
            ground: proposal.ground,
            reason: proposal.reason.to_string(),
            proposed_at: Moment(proposal.proposed.at),
        })
    }
}

/// How a dispute about competence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "DisputeState")]
pub(crate) enum DisputeStateView {
    /// The units are talking; `proposal` tells what one of them said.
    Open,
    /// They agreed.
    Agreed,
    /// A superior said whose it is.
    Designated,
}

/// What one unit said in a dispute; the other one has to say the same.
#[derive(SimpleObject)]
pub(crate) struct DisputeProposal {
    /// Whose it would be.
    unit: String,
    /// The unit that said so.
    side: String,
    /// When it was said.
    at: Moment,
}

/// A dispute about who is competent for a report.
#[derive(SimpleObject)]
#[graphql(name = "CompetenceDispute")]
pub(crate) struct DisputeView {
    /// Its id.
    id: Uuid,
    /// The unit that had it.
    holder: String,
    /// The unit that is said to be competent instead.
    other: String,
    /// Why.
    reason: String,
    /// When it was raised.
    raised_at: Moment,
    /// How it stands.
    state: DisputeStateView,
    /// What one of the units said, while the other one has not agreed.
    proposal: Option<DisputeProposal>,
    /// Whose it is, once ended.
    unit: Option<String>,
    /// Grows with every word of a unit; send it back as `seen` with an answer.
    version: i32,
}

impl From<Dispute> for DisputeView {
    fn from(found: Dispute) -> Self {
        let (state, unit) = match found.state {
            DisputeState::Open | DisputeState::Proposed { .. } => (DisputeStateView::Open, None),
            DisputeState::Agreed { unit, .. } => (DisputeStateView::Agreed, Some(unit)),
            DisputeState::Designated { unit, .. } => (DisputeStateView::Designated, Some(unit)),
        };
        let proposal = match found.state {
            DisputeState::Proposed { unit, side, at, .. } => Some(DisputeProposal {
                unit: unit.to_string(),
                side: side.to_string(),
                at: Moment(at),
            }),
            _ => None,
        };
        Self {
            id: found.id.uuid(),
            holder: found.holder.to_string(),
            other: found.other.to_string(),
            reason: found.reason.to_string(),
            raised_at: Moment(found.raised_at),
            state,
            proposal,
            unit: unit.map(|unit| unit.to_string()),
            version: found.version,
        }
    }
}

page! {
    /// A page of disputes about competence.
    CompetenceDisputePage of DisputeView, "The disputes, the oldest first."
}

/// Where to look for similar reports: a place, or the place of a merchant.
#[derive(InputObject)]
pub(super) struct SimilarReportsInput {
    /// The place as the phone measured it.
    position: Option<PositionInput>,
    /// The code on a merchant's wall. It says where to look, never whom to look for.
    merchant_code: Option<String>,
    /// The goods. At most 120 characters.
    goods: Option<String>,
}

impl SimilarReportsInput {
    pub(super) async fn parse(self, app: &App) -> Result<Looking, AppError> {
        let around = match (&self.position, self.merchant_code.as_deref()) {
            (Some(position), _) => position.parse("position")?,
            (None, Some(code)) => {
                let unknown = || Refusal::on(Code::MerchantUnknown, "merchantCode");
                let code = MerchantCode::parse(code).map_err(|_malformed| unknown())?;
                let found = store::merchants::find_by_code(&app.db, &code).await?;
                found
                    .ok_or_else(unknown)?
                    .position
                    .ok_or(Refusal::on(Code::FieldRequired, "position"))?
            }
            (None, None) => return Err(Refusal::on(Code::FieldRequired, "position").into()),
        };
        Ok(Looking {
            around,
            goods: Line::parse_optional(self.goods.as_deref(), "goods")?,
        })
    }
}

/// That there are similar reports: at least three that officers took in, from different senders on different days, as it stood
/// when the week began.
#[derive(SimpleObject)]
pub(crate) struct SimilarReports {
    /// What they have in common.
    about: About,
}

/// What may be told of reports nearby.
#[derive(SimpleObject)]
pub(crate) struct SimilarPayload {
    /// At most two groups.
    similar: Vec<SimilarReports>,
    /// Why nothing was looked up.
    problems: Vec<Problem>,
}

impl SimilarPayload {
    pub(super) fn of(
        ctx: &Context<'_>,
        outcome: Result<Vec<About>, AppError>,
    ) -> Result<Self, AppError> {
        let (found, problems) = settle(outcome, ctx.lang())?;
        let similar = found.unwrap_or_default();
        Ok(Self {
            similar: similar
                .into_iter()
                .map(|about| SimilarReports { about })
                .collect(),
            problems,
        })
    }
}

/// A market regulation department.
#[derive(SimpleObject)]
#[graphql(name = "Bureau")]
pub(crate) struct BureauView {
    /// What it is competent for, with everything below (GB/T 2260).
    division: String,
    /// Its name in Chinese.
    name_zh: String,
    /// Its name in English.
    name_en: String,
    /// Where it is.
    address: String,
    /// Its telephone number.
    hotline: String,
}

impl From<Bureau> for BureauView {
    fn from(found: Bureau) -> Self {
        Self {
            division: found.division.to_string(),
            name_zh: found.name_zh,
            name_en: found.name_en,
            address: found.address,
            hotline: found.hotline,
        }
    }
}
