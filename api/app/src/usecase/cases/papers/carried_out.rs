//! The papers of execution, closing and the archive.

use super::{Matter, catalogue::catalogue, name_if};
use crate::{error::AppError, work::Work};
use liangxin_domain::{
    cases::command::{Command, Setting},
    notices::{
        draft::{Draft, ToBody, Written},
        field::OpenField,
        said::written_out,
    },
    text::{Line, Reason},
};

pub(super) async fn written(
    work: &Work,
    matter: &Matter<'_>,
    (setting, command): (&Setting, &Command),
) -> Result<Vec<Written>, AppError> {
    match command {
        Command::RemindParty => Ok(reminded(work, matter, setting)),
        Command::ApplyToCourt { court, grounds } => {
            Ok(applied(work, matter, (setting, court, grounds)))
        }
        Command::FinishCase { in_spite } => finished(work, matter, in_spite.as_ref()).await,
        Command::ArchiveCase => Ok(matter.on_file(vec![
            (OpenField::Catalogue, catalogue(work, matter).await?.into()),
            (OpenField::RecordedOn, work.today().into()),
        ])),
        _ => Ok(Vec::new()),
    }
}

fn reminded(work: &Work, matter: &Matter<'_>, setting: &Setting) -> Vec<Written> {
    let Some(owed) = matter.case.owed_by(work.today(), setting.paying) else {
        return Vec::new();
    };
    let payment = "收到本催告书之日起十个工作日内，到本机关指定的银行或者通过电子支付系统缴纳。";
    matter.for_both(vec![
        (OpenField::Sum, format!("{}元", owed.penalty).into()),
        (OpenField::LateFee, format!("{}元", owed.late_fee).into()),
        (OpenField::Payment, payment.into()),
        (OpenField::DecidedOn, work.today().into()),
    ])
}

fn applied(
    work: &Work,
    matter: &Matter<'_>,
    (setting, court, grounds): (&Setting, &Line, &Reason),
) -> Vec<Written> {
    let (Some(owed), Some(standing)) = (
        matter.case.owed_by(work.today(), setting.paying),
        matter.case.standing(),
    ) else {
        return Vec::new();
    };
    let fields = vec![
        (OpenField::Penalty, matter.stands(standing).into()),
        (OpenField::Sum, format!("{}元", owed.penalty).into()),
        (OpenField::LateFee, format!("{}元", owed.late_fee).into()),
        (OpenField::Grounds, grounds.as_str().into()),
        (OpenField::ToBody, court.as_str().into()),
        (OpenField::DecidedOn, work.today().into()),
    ];
    let mut written = vec![matter.write(Draft::to(ToBody), fields.clone())];
    written.extend(matter.on_file(fields));
    written
}

async fn finished(
    work: &Work,
    matter: &Matter<'_>,
    in_spite: Option<&Reason>,
) -> Result<Vec<Written>, AppError> {
    let case = matter.case;
    let paid: Vec<_> = case
        .file
        .execution
        .payments
        .iter()
        .map(|payment| {
            format!(
                "{}缴纳{}元（票据：{}）",
                written_out(payment.paid_on),
                payment.sum,
                payment.receipt
            )
        })
        .collect();
    let mut said = vec![if paid.is_empty() {
        "没有缴款记录".to_owned()
    } else {
        paid.join("，")
    }];
    said.extend(case.file.execution.checks.last().map(|check| {
        let made = if check.is_made {
            "已改正"
        } else {
            "未改正"
        };
        format!("{}复查{made}：{}", written_out(check.on), check.found)
    }));
    said.extend(in_spite.map(|reason| format!("未全部履行而结案的理由：{reason}")));
    let approver = name_if(work, case.file.closed.map(|mark| mark.by)).await?;
    let mut fields = vec![
        (OpenField::Execution, said.join("；").into()),
        (OpenField::ApprovedBy, approver.into()),
        (OpenField::DecidedOn, work.today().into()),
    ];
    if let Some(standing) = case.standing() {
        fields.push((OpenField::Penalty, matter.stands(standing).into()));
    }
    Ok(matter.on_file(fields))
}
