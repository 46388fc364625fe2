//! The papers of a case. Facts are what the visit found, in the words of the verdicts: nothing of the
//! report behind it stands on a paper for the other side.

use super::kept::report_of;
use crate::{
    app::App,
    error::AppError,
    store,
    usecase::notices::{self, NewNotice},
    work::Work,
};
use liangxin_domain::{
    cases::{
        case::{Case, Decision},
        command::{Command, Setting},
    },
    id::{NoticeId, UserId},
    inspections::visit::{InstrumentCheck, Measurement, Seal},
    law::violation::Violation,
    metrology::verification::VerificationStatus,
    notices::{
        draft::{Audience, Draft, MayRead, OnFile, ToRespondent, Written},
        field::{MatterField, OpenField},
        notice::Subject,
        paper::Paper,
    },
    text::Narrative,
};

/// A field of a paper holds what a narrative holds.
const MOST_CHARS: usize = 4000;

/// What the papers of a case tell of it.
struct Matter<'a> {
    case: &'a Case,
    party: String,
    facts: String,
}

/// Issues papers about a case, if the forms of the day are known.
pub(super) async fn issue(
    app: &App,
    work: &Work,
    case: &Case,
    (paper, written): (Paper, Vec<Written>),
) -> Result<(), AppError> {
    if app.law.papers.form_on(paper, work.today()).is_err() {
        return Ok(());
    }
    for written in written {
        let new = NewNotice {
            id: NoticeId::new(app.ids.uuid(work.now())),
            paper,
            subject: Subject::Case(case.id),
            division: case.division,
            written,
        };
        notices::issue(app, work, new).await?;
    }
    Ok(())
}

/// What stands on the papers of a step, once for each who gets one.
pub(super) async fn written(
    work: &Work,
    case: &Case,
    (setting, command): (&Setting, &Command),
) -> Result<Vec<Written>, AppError> {
    match command {
        Command::ProposePenalty { .. } => opened(work, case).await,
        Command::DecideCase { .. } => decided(work, case, setting.violation()?).await,
        Command::CloseCase { reason } => acquitted(work, case, reason).await,
        _ => Ok(Vec::new()),
    }
}

/// The approval to file the case.
pub(super) async fn filed(work: &Work, case: &Case) -> Result<Vec<Written>, AppError> {
    let matter = matter(work, case).await?;
    let report = report_of(work, case).await?;
    let mut officers = Vec::new();
    for officer in case.investigators.iter() {
        officers.push(name_of(work, officer).await?);
    }
    let written = matter
        .about(Draft::to(OnFile))
        .say(MatterField::ReportNumber, report.number.as_str())
        .say(OpenField::Facts, matter.facts.as_str())
        .say(MatterField::Officers, officers.join("、"))
        .say(OpenField::ApprovedBy, name_of(work, case.filed_by).await?)
        .say(OpenField::DecidedOn, work.today());
    Ok(vec![written.finish()])
}

/// That the case has a file of its own.
async fn opened(work: &Work, case: &Case) -> Result<Vec<Written>, AppError> {
    let report = report_of(work, case).await?;
    let written = matter(work, case)
        .await?
        .about(Draft::to(OnFile))
        .say(MatterField::ReportNumber, report.number.as_str())
        .say(OpenField::RecordedOn, work.today());
    Ok(vec![written.finish()])
}

/// The penalty decision, for the party and for the file.
async fn decided(
    work: &Work,
    case: &Case,
    violation: &Violation,
) -> Result<Vec<Written>, AppError> {
    let Some(decision) = case.decision() else {
        return Ok(Vec::new());
    };
    let matter = matter(work, case).await?;
    let to_party = Draft::to(ToRespondent(Some(case.merchant)));
    Ok(vec![
        penalty(&matter, to_party, (decision, violation))
            .say(OpenField::DecidedOn, work.today())
            .finish(),
        penalty(&matter, Draft::to(OnFile), (decision, violation))
            .say(OpenField::DecidedOn, work.today())
            .finish(),
    ])
}

fn penalty<A: Audience + MayRead<OpenField>>(
    matter: &Matter<'_>,
    draft: Draft<A>,
    (decision, violation): (&Decision, &Violation),
) -> Draft<A> {
    let basis = format!(
        "《{}》{}",
        violation.basis_instrument, violation.basis_article
    );
    let correction = format!("{}（{}前）", decision.correction, decision.correct_by);
    matter
        .about(draft)
        .say(OpenField::Facts, matter.facts.as_str())
        .say(OpenField::Violation, violation.conduct_zh.as_str())
        .say(OpenField::Basis, basis)
        .say(OpenField::Penalty, format!("罚款{}元", decision.fine))
        .say(OpenField::Correction, correction)
}

/// The decision that there is no penalty, for the party and for the file.
async fn acquitted(work: &Work, case: &Case, reason: &Narrative) -> Result<Vec<Written>, AppError> {
    let matter = matter(work, case).await?;
    let to_party = Draft::to(ToRespondent(Some(case.merchant)));
    Ok(vec![
        acquittal(&matter, to_party, reason)
            .say(OpenField::DecidedOn, work.today())
            .finish(),
        acquittal(&matter, Draft::to(OnFile), reason)
            .say(OpenField::DecidedOn, work.today())
            .finish(),
    ])
}

fn acquittal<A: Audience + MayRead<OpenField>>(
    matter: &Matter<'_>,
    draft: Draft<A>,
    reason: &Narrative,
) -> Draft<A> {
    matter
        .about(draft)
        .say(OpenField::Facts, matter.facts.as_str())
        .say(OpenField::Reason, reason)
}

impl Matter<'_> {
    /// Begins a paper with the number of the case and the party.
    fn about<A: MayRead<OpenField>>(&self, draft: Draft<A>) -> Draft<A> {
        draft
            .say(OpenField::CaseNumber, self.case.number.as_str())
            .say(OpenField::RespondentName, self.party.as_str())
    }
}

async fn matter<'a>(work: &Work, case: &'a Case) -> Result<Matter<'a>, AppError> {
    let measured = store::measurements::measurements_of(work, case.visit).await?;
    let checked = store::measurements::checks_of(work, case.visit).await?;
    Ok(Matter {
        case,
        party: store::merchants::get(work, case.merchant).await?.name_zh,
        facts: facts(&measured, &checked),
    })
}

/// What the visit found against the party.
fn facts(measured: &[Measurement], checked: &[InstrumentCheck]) -> String {
    let measured = measured.iter().filter(|found| found.fails());
    let measured = measured.map(|found| found.judgement.verdict.summary.zh.clone());
    let seals = checked.iter().filter(|check| check.seal == Seal::Broken);
    let overdue = checked.iter().filter_map(|check| match check.status {
        VerificationStatus::Overdue { days } => Some(format!("计量器具检定已超期{days}日。")),
        _ => None,
    });
    measured
        .chain(overdue)
        .chain(seals.map(|_| "计量器具封印破损或者缺失。".to_owned()))
        .collect::<Vec<_>>()
        .join("\n")
        .chars()
        .take(MOST_CHARS)
        .collect()
}

async fn name_of(work: &Work, user: UserId) -> Result<String, AppError> {
    let account = store::accounts::find(work, user).await?;
    account
        .map(|account| account.name_zh)
        .ok_or_else(|| AppError::damaged("user", "id"))
}
