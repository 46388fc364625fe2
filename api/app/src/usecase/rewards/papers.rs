//! The papers by which a reporter learns of a reward. They are about the reward and not about the
//! report, so that nobody who works on the case finds them in its file.

use crate::{
    app::App,
    error::AppError,
    store,
    usecase::notices::{self, NewNotice},
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    id::NoticeId,
    money::Fen,
    notices::{
        draft::{Draft, ToReporter},
        field::{MatterField, OpenField},
        notice::Subject,
        paper::Paper,
        said::Said,
    },
    rewards::reward::{Reward, RewardState, TakenBack, Told},
};

/// Issues the paper that a step on a reward has made.
pub(super) async fn issue(
    app: &App,
    work: &Work,
    reward: &Reward,
    paper: Paper,
) -> Result<(), AppError> {
    let report = store::reports::get(work, &Actor::System, reward.report).await?;
    let bureau = store::places::competent_bureau(work, reward.division).await?;
    let draft = Draft::to(ToReporter(report.id))
        .say(MatterField::ReportNumber, report.number.as_str())
        .say(OpenField::ReceivedOn, Said::Day(report.received_on()))
        .say_if(
            OpenField::BureauContact,
            bureau.map(|bureau| bureau.contact()),
        );
    let today = Said::Day(work.today());
    let draft = match &reward.state {
        RewardState::NotifiedEligible(eligible) => draft
            .say(OpenField::Reason, reward.screening.reason_zh.as_str())
            .say_if(OpenField::ApplyBy, eligible.apply_by.map(Said::Day))
            .say(OpenField::RecordedOn, today),
        RewardState::NotifiedDecision(told) => {
            decided(draft, told).say(OpenField::DecidedOn, today)
        }
        RewardState::Revoked(decision, taken_back) => {
            let sum = decision.graded.award.amount;
            taken(draft, "决定撤销举报奖励", sum, taken_back).say(OpenField::DecidedOn, today)
        }
        RewardState::Withdrawn(_, taken_back) => draft
            .say(OpenField::Decision, "决定撤销举报奖励")
            .say(OpenField::Reason, taken_back.reason.as_str())
            .say(OpenField::Remedies, taken_back.appeal.as_str())
            .say(OpenField::DecidedOn, today),
        RewardState::Recovering(_, payment, taken_back) => {
            taken(draft, "决定追回已发放的举报奖励", payment.sum, taken_back)
                .say(OpenField::DecidedOn, today)
        }
        _ => draft,
    };
    let new = NewNotice {
        id: NoticeId::new(work.new_id(&app.ids)),
        paper,
        subject: Subject::Reward(reward.id),
        division: reward.division,
        written: draft.finish(),
    };
    notices::issue(app, work, new).await.map(|_| ())
}

/// A decision, or the review of one.
fn decided(draft: Draft<ToReporter>, told: &Told) -> Draft<ToReporter> {
    let award = &told.decision.graded.award;
    let steps: String = award
        .steps
        .iter()
        .map(|step| step.text_zh.as_str())
        .collect();
    let draft = draft
        .say(OpenField::Amount, yuan(award.amount))
        .say(OpenField::Basis, steps)
        .say_if(OpenField::ClaimBy, told.claim_by.map(Said::Day));
    match &told.review {
        Some(review) => draft.say(OpenField::Result, review.opinion.as_str()),
        None => draft.say_if(OpenField::ObjectBy, told.object_by.map(Said::Day)),
    }
}

fn taken(
    draft: Draft<ToReporter>,
    decision: &str,
    sum: Fen,
    taken_back: &TakenBack,
) -> Draft<ToReporter> {
    draft
        .say(OpenField::Decision, decision)
        .say(OpenField::Amount, yuan(sum))
        .say(OpenField::Reason, taken_back.reason.as_str())
        .say(OpenField::Remedies, taken_back.appeal.as_str())
}

fn yuan(sum: Fen) -> String {
    format!("{sum}元")
}
