//! The papers of the investigation: filing, its file, orders, suspension, more time, audits.

use super::{Matter, matter, name_of, words};
use crate::{app::App, error::AppError, usecase::cases::kept::report_of, work::Work};
use liangxin_domain::{
    cases::{
        basis::BasisKind,
        case::Case,
        command::{Command, Setting},
    },
    notices::{
        draft::{Draft, OnFile, Written},
        field::{MatterField, OpenField},
    },
};

/// The approval to file the case.
pub(in crate::usecase::cases) async fn filed(
    app: &App,
    work: &Work,
    case: &Case,
) -> Result<Vec<Written>, AppError> {
    let matter = matter(app, work, case).await?;
    let report = report_of(work, case).await?;
    let mut officers = Vec::new();
    for officer in case.investigators.iter() {
        officers.push(name_of(work, officer).await?);
    }
    let written = Draft::to(OnFile)
        .say(OpenField::CaseNumber, case.number.as_str())
        .say(OpenField::RespondentName, matter.party.name_zh.as_str())
        .say_if(
            MatterField::ReportNumber,
            report.map(|report| report.number),
        )
        .say(MatterField::Lead, lead(case))
        .say(OpenField::Facts, matter.facts.as_str())
        .say(MatterField::Officers, officers.join("、"))
        .say(OpenField::ApprovedBy, name_of(work, case.filed_by).await?)
        .say(OpenField::DecidedOn, work.today());
    Ok(vec![written.finish()])
}

/// What is written for a step of the investigation.
pub(super) async fn written(
    work: &Work,
    matter: &Matter<'_>,
    (setting, command): (&Setting, &Command),
) -> Result<Vec<Written>, AppError> {
    let approver = work.actor().user();
    match command {
        Command::OrderCorrection { .. } => Ok(ordered(work, matter, setting)),
        Command::SuspendCase { reason, .. } | Command::ExtendCase { reason } => {
            let by = match approver {
                Some(user) => name_of(work, user).await?,
                None => String::new(),
            };
            Ok(matter.on_file(vec![
                (OpenField::Reason, reason.as_str().into()),
                (OpenField::ApprovedBy, by.into()),
                (OpenField::DecidedOn, work.today().into()),
            ]))
        }
        Command::ProposePenalty { .. } | Command::ProposeNoPenalty { .. } => {
            opened(work, matter).await
        }
        Command::AuditCase {
            kind,
            opinion,
            missing,
        } => {
            let mut fields = vec![
                (OpenField::AuditKind, words::audit(*kind).into()),
                (OpenField::Opinion, opinion.as_str().into()),
                (OpenField::RecordedOn, work.today().into()),
            ];
            if let Some(missing) = missing {
                fields.push((OpenField::Missing, missing.into()));
            }
            Ok(matter.on_file(fields))
        }
        _ => Ok(Vec::new()),
    }
}

/// That the case has a file of its own.
async fn opened(work: &Work, matter: &Matter<'_>) -> Result<Vec<Written>, AppError> {
    let report = report_of(work, matter.case).await?;
    let written = Draft::to(OnFile)
        .say(OpenField::CaseNumber, matter.case.number.as_str())
        .say(OpenField::RespondentName, matter.party.name_zh.as_str())
        .say_if(
            MatterField::ReportNumber,
            report.map(|report| report.number),
        )
        .say(OpenField::RecordedOn, work.today());
    Ok(vec![written.finish()])
}

/// An order of correction before the decision (form 33).
fn ordered(work: &Work, matter: &Matter<'_>, setting: &Setting) -> Vec<Written> {
    let Some(order) = matter.case.file.orders.last() else {
        return Vec::new();
    };
    let Some(row) = setting.row(&order.violation) else {
        return Vec::new();
    };
    let basis = format!("《{}》{}", row.basis_instrument, row.basis_article);
    matter.for_both(vec![
        (OpenField::Facts, matter.facts.as_str().into()),
        (OpenField::Violation, row.conduct_zh.as_str().into()),
        (OpenField::Basis, basis.into()),
        (OpenField::Correction, (&order.correction).into()),
        (OpenField::CorrectBy, order.correct_by.into()),
        (OpenField::Consequence, (&order.consequence).into()),
        (OpenField::DecidedOn, work.today().into()),
    ])
}

/// How the bureau came to know, and what is missing in spite of which the case was opened.
fn lead(case: &Case) -> String {
    let kind = match case.basis.kind {
        BasisKind::Report => "举报",
        BasisKind::Visit => "监督检查",
        BasisKind::Lead => "调解中发现的线索",
        BasisKind::TransferIn => "其他机关移送",
        BasisKind::OwnDiscovery => "自行发现",
    };
    let from = case
        .basis
        .told
        .from
        .as_ref()
        .map(|from| format!("（{from}）"));
    let in_spite = case.basis.told.in_spite.as_ref();
    let in_spite = in_spite.map(|reason| format!("；证据尚不齐备而立案的理由：{reason}"));
    format!(
        "{kind}{}{}",
        from.unwrap_or_default(),
        in_spite.unwrap_or_default()
    )
}
