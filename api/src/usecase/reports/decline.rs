//! Deciding not to file a case: one person proposes, another approves.

use super::{
    papers,
    step::{self, Asked},
};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    notices::{field::OpenField, said::Said},
    policy::Action,
    refusal::{Code, Refusal},
    reports::{
        machine::Command,
        state::{Mark, NotFiledGround, NotFilingProposal},
    },
    text::Narrative,
};

/// An officer proposes not to file a case (Order 2, articles 19 and 20). The period goes on.
pub async fn propose_not_filing(
    app: &App,
    actor: &Actor,
    asked: Asked,
    (ground, reason): (NotFiledGround, Narrative),
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "ProposeNotFiling", |content| {
        content.field("ground", ground).field("reason", &reason)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::VerifyReport).await?;
    let proposal = NotFilingProposal {
        ground,
        reason,
        proposed: Mark {
            by: permit.person(Action::VerifyReport)?,
            at: work.now(),
        },
    };
    let changed = report.propose_not_filing(proposal, &permit)?;
    store::reports::save(&work, &changed).await?;
    step::end(
        app,
        work,
        Event::NotFilingProposed {
            report: asked.report,
        },
    )
    .await
}

/// A head who did not work on the lead approves the proposal.
pub async fn decline_filing(app: &App, actor: &Actor, asked: Asked) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "DeclineFiling", |content| content);
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::DeclineFiling).await?;
    let proposal = report
        .state
        .verification()
        .and_then(|lead| lead.proposal.clone());
    let (report, step) = step::take(app, &work, (report, Command::DeclineFiling), &permit).await?;
    let proposal = proposal.ok_or_else(|| Refusal::of(Code::NotFilingProposalRequired))?;
    let approver = step::name_of(&work, permit.person(Action::DeclineFiling)?).await?;
    let written = papers::on_file(&report)
        .say(OpenField::GroundCode, proposal.ground.to_string())
        .say(OpenField::GroundText, words(proposal.ground))
        .say(OpenField::Reason, proposal.reason.as_str())
        .say(OpenField::ApprovedBy, approver)
        .say(OpenField::DecidedOn, Said::Day(work.today()));
    papers::issue(app, &work, &report, step.paper, written.finish()).await?;
    step::end(
        app,
        work,
        Event::ReportNotFiled {
            report: asked.report,
        },
    )
    .await
}

/// The ground as it stands on the approval (Order 2, articles 19 and 20).
const fn words(ground: NotFiledGround) -> &'static str {
    match ground {
        NotFiledGround::Minor => "违法行为轻微并及时改正，没有造成危害后果",
        NotFiledGround::FirstOffence => "初次违法且危害后果轻微并及时改正",
        NotFiledGround::NoFault => "当事人有证据足以证明没有主观过错",
        NotFiledGround::Other => "依法可以不予立案的其他情形",
        NotFiledGround::NoEvidence => "没有证据初步证明存在违法行为",
        NotFiledGround::NoPenaltyDue => "依法不应当给予行政处罚",
        NotFiledGround::NoCompetence => "不属于本部门管辖",
        NotFiledGround::TimeBarred => "超过给予行政处罚的法定期限",
    }
}
