//! The papers of execution, closing and the archive.

use super::{Matter, name_if};
use crate::{error::AppError, store, work::Work};
use liangxin_domain::{
    actor::Actor,
    cases::{
        archive::{Part, place},
        command::{Command, Setting},
    },
    law::calendar::shanghai_date,
    notices::{
        draft::{Draft, ToBody, Written},
        field::OpenField,
        notice::{Notice, Subject},
        recipient::RecipientKind,
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
        Command::ArchiveCase => archived(work, matter).await,
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

/// The catalogue: the papers of the case in the two parts of its file, by the titles that they bear.
async fn archived(work: &Work, matter: &Matter<'_>) -> Result<Vec<Written>, AppError> {
    let subject = Subject::Case(matter.case.id);
    let mut papers = store::notices::list(work, &Actor::System, subject).await?;
    papers.sort_by_key(|paper| place(paper.paper));
    let papers = &papers;
    let parts = [(Part::Main, "正卷"), (Part::Side, "副卷")];
    let lines = parts.into_iter().flat_map(move |(part, title)| {
        let of_part = papers
            .iter()
            .filter(move |paper| place(paper.paper).0 == part);
        let listed = of_part
            .zip(1..)
            .map(move |(paper, at)| format!("{at}. {}", entry(matter, paper)));
        std::iter::once(title.to_owned()).chain(listed)
    });
    let lines: Vec<_> = lines.collect();
    Ok(matter.on_file(vec![
        (OpenField::Catalogue, lines.join("\n").into()),
        (OpenField::RecordedOn, work.today().into()),
    ]))
}

fn entry(matter: &Matter<'_>, paper: &Notice) -> String {
    let made = written_out(shanghai_date(paper.issued_at));
    let title = matter.title_of(paper);
    let whose = whose(paper.recipient.kind());
    format!("{title}（{whose}），{}，{made}", paper.number)
}

/// Whose copy a paper is.
const fn whose(kind: RecipientKind) -> &'static str {
    match kind {
        RecipientKind::Complainant => "送投诉人",
        RecipientKind::Respondent => "送当事人",
        RecipientKind::Reporter => "送举报人",
        RecipientKind::Bureau => "送有关市场监督管理部门",
        RecipientKind::Body => "送有关单位",
        RecipientKind::File => "存卷",
    }
}
