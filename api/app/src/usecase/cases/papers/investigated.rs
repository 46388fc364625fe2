//! The papers of the investigation: filing, its file, orders, suspension, more time, audits.

use super::{Matter, matter, name_if, words};
use crate::{
    app::App,
    error::AppError,
    store::{self, accounts::name_zh},
    usecase::cases::{file::evidence_of, kept::report_of},
    work::Work,
};
use liangxin_domain::{
    accounts::account::Account,
    actor::Actor,
    cases::{
        basis::BasisKind,
        case::Case,
        command::{Command, Setting},
        file::Outcome,
    },
    id::UserId,
    law::calendar::shanghai_date,
    notices::{
        draft::{Draft, OnFile, Written},
        field::{MatterField, OpenField},
        said::written_out,
    },
    text::{Line, Reason},
};
use std::collections::HashMap;

/// The approval to file the case.
pub(in crate::usecase::cases) async fn filed(
    app: &App,
    work: &Work,
    case: &Case,
) -> Result<Vec<Written>, AppError> {
    let matter = matter(app, work, case).await?;
    let report = report_of(work, case).await?;
    let officers = people(work, case.investigators.iter()).await?;
    let officers = case.investigators.iter().map(|it| name(&officers, it));
    let officers = officers.collect::<Result<Vec<_>, _>>()?;
    let (proofs, missing) = filed_on(work, &matter).await?;
    let former = match case.basis.told.in_place_of {
        Some(former) => Some(store::cases::get(work, &Actor::System, former).await?),
        None => None,
    };
    let anew = former.map(|former| format!("；{}号案件的处罚决定被撤销，重新立案", former.number));
    let draft = Draft::to(OnFile)
        .say_if(
            MatterField::ReportNumber,
            report.map(|report| report.number),
        )
        .say(MatterField::Lead, lead(case) + &anew.unwrap_or_default())
        .say(MatterField::Officers, officers.join("、"));
    let fields = vec![
        (OpenField::Facts, matter.facts.as_str().into()),
        (OpenField::Proofs, proofs.into()),
        (OpenField::Missing, missing.into()),
        (
            OpenField::ApprovedBy,
            name_zh(work, case.filed_by).await?.into(),
        ),
        (OpenField::DecidedOn, work.today().into()),
    ];
    Ok(vec![matter.write(draft, fields)])
}

/// People by their ids.
async fn people(
    work: &Work,
    ids: impl Iterator<Item = UserId>,
) -> Result<HashMap<UserId, Account>, AppError> {
    let ids: Vec<_> = ids.collect();
    store::accounts::list_named(work, &ids).await
}

fn name(people: &HashMap<UserId, Account>, id: UserId) -> Result<&str, AppError> {
    let found = people.get(&id).map(|account| account.name_zh.as_str());
    found.ok_or_else(|| AppError::damaged("user", "id"))
}

/// What shows each fact, and what is missing (Order 2, article 19: there must be evidence at first sight).
async fn filed_on(work: &Work, matter: &Matter<'_>) -> Result<(String, String), AppError> {
    let Some(visit) = matter.case.basis.visit else {
        let from = matter.case.basis.told.from.as_ref();
        let shown = from.map_or_else(
            || "立案时的书面记载".to_owned(),
            |from| format!("移送材料（{from}）"),
        );
        return Ok((shown, "没有现场检查笔录和照片".to_owned()));
    };
    let mut lines = Vec::new();
    for found in matter.measured.iter().filter(|found| found.fails()) {
        let seen = (found.by, found.made_at());
        lines.push((words::measurement(found), seen));
    }
    for check in matter.checked.iter().filter(|check| check.fails()) {
        let seen = (check.by, check.made_at());
        lines.extend(words::check(check).into_iter().map(|said| (said, seen)));
    }
    let people = people(work, lines.iter().map(|(_, (by, _))| *by)).await?;
    let mut shown = Vec::new();
    for (fact, (by, at)) in lines {
        let (by, on) = (name(&people, by)?, written_out(shanghai_date(at)));
        shown.push(format!("{fact}（现场笔录，{by}，{on}）"));
    }
    shown.push(format!("现场照片{}张", matter.photos));
    let read = (&*matter.measured, &*matter.checked, matter.photos);
    let lacks = evidence_of(work, visit, read).await?.lacks();
    Ok((shown.join("\n"), words::lacks(&lacks)))
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
        Command::SuspendCase { reason, .. } | Command::ExtendCase { reason, .. } => {
            let by = name_if(work, approver).await?;
            let mut fields = vec![
                (OpenField::Reason, reason.as_str().into()),
                (OpenField::ApprovedBy, by.into()),
                (OpenField::DecidedOn, work.today().into()),
            ];
            if let Command::ExtendCase {
                further: Some(further),
                ..
            } = command
            {
                let names: Vec<_> = further.attendees.iter().map(Line::as_str).collect();
                let together = format!(
                    "负责人集体讨论决定再延长{}日；参加人：{}",
                    further.days,
                    names.join("、")
                );
                fields.push((OpenField::Opinion, together.into()));
            }
            Ok(matter.on_file(fields))
        }
        Command::ProposePenalty { .. } | Command::ProposeNoPenalty { .. } => {
            reported(work, matter).await
        }
        Command::AuditCase {
            kind,
            opinion,
            missing,
            qualification,
        } => {
            let mut fields = vec![
                (OpenField::AuditKind, words::audit(*kind).into()),
                (OpenField::Opinion, opinion.as_str().into()),
                (OpenField::RecordedOn, work.today().into()),
            ];
            if let Some(missing) = missing {
                fields.push((OpenField::Missing, missing.into()));
            }
            if let Some(qualification) = qualification {
                fields.push((OpenField::Qualification, qualification.as_str().into()));
            }
            Ok(matter.on_file(fields))
        }
        _ => Ok(Vec::new()),
    }
}

/// The final report: what was found, what shows it, and how the case should end (Order 2, article 48).
async fn reported(work: &Work, matter: &Matter<'_>) -> Result<Vec<Written>, AppError> {
    let report = report_of(work, matter.case).await?;
    let Some(round) = matter.case.file.round() else {
        return Ok(Vec::new());
    };
    let new_facts = round.proposal.new_facts.as_ref();
    let draft = Draft::to(OnFile)
        .say_if(
            MatterField::ReportNumber,
            report.map(|report| report.number),
        )
        .say_if(MatterField::NewFacts, new_facts.map(Reason::as_str));
    let mut fields = match &round.proposal.outcome {
        Outcome::Penalty(penalty) => matter.imposed(penalty),
        Outcome::NoPenalty {
            ground,
            reason,
            corrected_on,
        } => vec![
            (OpenField::Facts, matter.facts.as_str().into()),
            (OpenField::Proofs, matter.shown(reason).into()),
            (OpenField::Basis, words::no_penalty_basis(*ground).into()),
            (OpenField::Penalty, "建议不予行政处罚".into()),
            (
                OpenField::Reason,
                words::no_penalty(*ground, *corrected_on).into(),
            ),
        ],
    };
    let by = name_zh(work, round.proposal.made.by).await?;
    fields.push((OpenField::AskedBy, by.into()));
    fields.push((OpenField::RecordedOn, work.today().into()));
    Ok(vec![matter.write(draft, fields)])
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
