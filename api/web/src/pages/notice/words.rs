//! A paper in words: its form's sentences with what was written in them, and what no sentence says.

use chrono::{DateTime, Utc};
use liangxin_domain::{
    law::{calendar::shanghai_date, code_set::CodeSet, provenance::Provenance},
    notices::{
        field::{Field, MatterField, OpenField, PartyField},
        form::{Form, Piece, pieces},
        notice::{Channel, Notice, NoticeState, Service, Subject, SubjectKind},
        paper::Paper,
        recipient::RecipientKind,
        said::Said,
    },
    refusal::Lang,
};
use std::collections::BTreeSet;

use crate::pages::{
    layout::{BEIJING, Bilingual},
    paper::{PaperView, ServiceView, Signed, written_out},
};
use liangxin_app::{app::App, usecase::notices::OpenNotice};

/// Everything that is printed.
pub(in crate::pages) fn view(app: &App, open: &OpenNotice) -> PaperView {
    let (sentences, mut said) = sentences(open);
    // A sheet that is a table of facts names its addressee in the table; one with sentences begins
    // with the name and does not say it twice.
    let addressee = if sentences.is_empty() {
        None
    } else {
        said.extend(addressed_by(open.notice.recipient.kind()));
        addressee(open)
    };
    let rest = open.form.fields().filter(|field| !said.contains(field));
    let mut rest: Vec<_> = rest.collect();
    rest.sort_by_key(|field| place(*field));
    let rows = rest
        .into_iter()
        .filter_map(|field| Some((name(app, &open.form, field)?, row(app, open, field)?)));
    PaperView {
        bureau: Bilingual::new(open.bureau_zh.clone(), open.bureau_en.clone()),
        title: Bilingual::new(open.form.title_zh.clone(), open.form.title_en.clone()),
        form: open.form.number,
        number: Some(open.notice.number.clone()),
        addressee,
        sentences,
        rows: rows.collect(),
        sections: Vec::new(),
        picture: None,
        signatures: open
            .form
            .signatures
            .iter()
            .map(|signature| Bilingual::new(signature.zh.clone(), signature.en.clone()))
            .collect(),
        issued_on: Some(shanghai_date(open.notice.issued_at)),
        service: service(&open.notice),
        basis: basis(&open.form),
        digest: Some(open.digest.to_string()),
        check: None,
        signed: Signed::AtItsEnd,
    }
}

/// Where a field stands in the table: numbers and who it is about first, who approved it and the day last.
const fn place(field: Field) -> u8 {
    match field {
        Field::Open(
            OpenField::CaseNumber
            | OpenField::ComplaintNumber
            | OpenField::ComplainantToken
            | OpenField::FromBureau
            | OpenField::ToBureau
            | OpenField::ToBody
            | OpenField::BodyName
            | OpenField::RespondentName
            | OpenField::RespondentCode
            | OpenField::RespondentAddress,
        )
        | Field::Matter(
            MatterField::MatterNumber | MatterField::ReportNumber | MatterField::EarlierReport,
        )
        | Field::Reporter(_)
        | Field::Party(_)
        | Field::Contact(_) => 0,
        Field::Open(OpenField::ApprovedBy | OpenField::DecidedOn | OpenField::RecordedOn) => 2,
        Field::Open(_) | Field::Matter(_) => 1,
    }
}

/// What the table says of a field: the article of a ground in place of its code, which is a word for machines.
fn row(app: &App, open: &OpenNotice, field: Field) -> Option<Bilingual> {
    let article = match field {
        Field::Open(OpenField::GroundCode) => article(app, open),
        _ => None,
    };
    article.or_else(|| written(open, field))
}

/// The article of the ground on a paper. Of a complaint the day on which it came chose the ground, of a report the day of the
/// decision. A paper that does not say when the complaint came shows the code, as it was issued.
fn article(app: &App, open: &OpenNotice) -> Option<Bilingual> {
    let received_on = match open.written.get(OpenField::ReceivedOn.into()) {
        Some(Said::Day(day)) => Some(*day),
        _ => None,
    };
    let (set, day) = match open.notice.paper {
        Paper::RefusalNotice => (CodeSet::Refusal, received_on?),
        Paper::TerminationNotice => (CodeSet::Termination, received_on?),
        Paper::NotFiledApproval => (CodeSet::NotFiled, shanghai_date(open.notice.issued_at)),
        _ => return None,
    };
    let Some(Said::Words(code)) = open.written.get(OpenField::GroundCode.into()) else {
        return None;
    };
    let ground = app.law.code_sets.get_on(set, code, day).ok()?;
    let article = format!("《{}》{}", ground.instrument, ground.article);
    Some(Bilingual::new(article, ""))
}

/// The heading of a paper.
pub(in crate::pages) fn title(app: &App, notice: &Notice) -> Bilingual {
    let day = shanghai_date(notice.issued_at);
    match app.law.papers.form_on(notice.paper, day) {
        Ok(form) => Bilingual::new(form.title_zh.clone(), form.title_en.clone()),
        // The edition was taken out of the law file; the stable word is still true.
        Err(_) => Bilingual::new(notice.paper.to_string(), ""),
    }
}

/// What a file is about.
pub(super) fn subject(subject: Subject) -> Bilingual {
    let (zh, en) = match subject.kind() {
        SubjectKind::Complaint => ("投诉", "Complaint"),
        SubjectKind::Report => ("举报", "Report"),
        SubjectKind::Case => ("案件", "Case"),
        SubjectKind::Reward => ("举报奖励", "Reward"),
        SubjectKind::Dispute => ("管辖争议", "Dispute about competence"),
    };
    let id = subject.id();
    Bilingual::new(format!("{zh} {id}"), format!("{en} {id}"))
}

/// For whom a paper is.
pub(in crate::pages) fn recipient(kind: RecipientKind) -> Bilingual {
    let (zh, en) = match kind {
        RecipientKind::Complainant => ("投诉人", "Complainant"),
        RecipientKind::Respondent => ("被投诉人（当事人）", "Operator"),
        RecipientKind::Reporter => ("举报人", "Reporter"),
        RecipientKind::Bureau => ("其他机关", "Another bureau"),
        RecipientKind::Body => ("其他单位", "Another body"),
        RecipientKind::File => ("存卷", "File"),
    };
    Bilingual::new(zh, en)
}

/// Whom the first line addresses. A reporter has no name here.
fn addressee(open: &OpenNotice) -> Option<Bilingual> {
    let kind = open.notice.recipient.kind();
    let named = addressed_by(kind)
        .into_iter()
        .find_map(|field| written(open, field));
    match kind {
        RecipientKind::File => None,
        _ => Some(named.unwrap_or_else(|| recipient(kind))),
    }
}

/// The fields that name the addressee, the best one first.
fn addressed_by(kind: RecipientKind) -> Vec<Field> {
    match kind {
        RecipientKind::Complainant => vec![PartyField::ComplainantName.into()],
        RecipientKind::Respondent => vec![OpenField::RespondentName.into()],
        RecipientKind::Bureau => vec![OpenField::ToBureau.into()],
        RecipientKind::Body => vec![OpenField::ToBody.into(), OpenField::BodyName.into()],
        RecipientKind::Reporter | RecipientKind::File => Vec::new(),
    }
}

/// The name of a field on this form.
pub(in crate::pages) fn name(app: &App, form: &Form, field: Field) -> Option<Bilingual> {
    let (zh, en) = match form.names.get(&field) {
        Some((zh, en)) => (zh, en),
        None => {
            let label = app.law.papers.label(field)?;
            (&label.zh, &label.en)
        }
    };
    Some(Bilingual::new(zh.clone(), en.clone()))
}

/// The sentences that can be said, and the fields that they say. A sentence of both languages is
/// printed or neither, so that nobody reads less than the other.
fn sentences(open: &OpenNotice) -> (Vec<Bilingual>, BTreeSet<Field>) {
    let form = &open.form;
    let mut said = BTreeSet::new();
    let mut printed = Vec::new();
    for (zh, en) in form.text_zh.iter().zip(&form.text_en) {
        let named: Option<Vec<_>> = pieces(zh)
            .into_iter()
            .chain(pieces(en))
            .filter_map(|piece| match piece {
                Piece::Words(_) => None,
                Piece::Field(name) => Some(named(open, name)),
            })
            .collect();
        if let Some(named) = named {
            said.extend(named.into_iter().map(|(field, _)| field));
            printed.push(Bilingual::new(
                ended(put_in(open, zh, Lang::Zh)),
                put_in(open, en, Lang::En),
            ));
        }
    }
    (printed, said)
}

fn named(open: &OpenNotice, name: &str) -> Option<(Field, Bilingual)> {
    let field = name.parse().ok()?;
    written(open, field).map(|words| (field, words))
}

/// What stands in a field; the English of standing words is the form's.
fn written(open: &OpenNotice, field: Field) -> Option<Bilingual> {
    let said = words(open.written.get(field)?);
    let standing = open
        .form
        .standing
        .iter()
        .find(|standing| standing.field == field && standing.words == said.zh);
    Some(match standing {
        Some(standing) => Bilingual::new(said.zh, standing.en.clone()),
        None => said,
    })
}

fn put_in(open: &OpenNotice, sentence: &str, lang: Lang) -> String {
    pieces(sentence)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(text) => text.to_owned(),
            Piece::Field(name) => named(open, name)
                .map(|(_, words)| words.text(lang).to_owned())
                .unwrap_or_default(),
        })
        .collect()
}

/// A Chinese sentence with its full stop, also where its last words are somebody's who wrote none.
fn ended(mut sentence: String) -> String {
    if sentence.ends_with(|last: char| last.is_alphanumeric() || "）”》〕".contains(last)) {
        sentence.push('。');
    }
    sentence
}

fn words(said: &Said) -> Bilingual {
    match said {
        Said::Words(words) => Bilingual::new(words.clone(), ""),
        Said::Day(day) => written_out(*day),
        Said::Moment(at) => moment(*at),
    }
}

/// A moment as it is written out on paper.
pub(in crate::pages) fn moment(at: DateTime<Utc>) -> Bilingual {
    let local = at.with_timezone(&BEIJING);
    Bilingual::new(
        local.format("%Y年%-m月%-d日%-H时%M分").to_string(),
        local.format("%H:%M, %-d %B %Y").to_string(),
    )
}

fn service(notice: &Notice) -> ServiceView {
    match &notice.state {
        NoticeState::Issued if notice.recipient.kind() == RecipientKind::File => {
            ServiceView::InFile
        }
        NoticeState::Issued => ServiceView::Open(boxes(notice)),
        NoticeState::Served { service, .. } => ServiceView::Done(served(service)),
    }
}

/// The ways in which a paper can be served, with a box each. The party of a case is told nothing by telephone or short
/// message (Order 2, article 82), and may be told by what is left behind or published.
fn boxes(notice: &Notice) -> Bilingual {
    let (subject, recipient) = (notice.subject.kind(), notice.recipient.kind());
    let ways = match (subject, recipient) {
        (SubjectKind::Case, RecipientKind::Respondent) => [
            Channel::InPerson,
            Channel::Left,
            Channel::Post,
            Channel::Internet,
            Channel::Email,
            Channel::PublicNotice,
        ],
        _ => [
            Channel::Internet,
            Channel::Phone,
            Channel::Sms,
            Channel::Email,
            Channel::Post,
            Channel::InPerson,
        ],
    };
    let ways = ways.map(channel);
    let zh: Vec<_> = ways.iter().map(|way| format!("□{}", way.zh)).collect();
    let en: Vec<_> = ways.iter().map(|way| format!("□ {}", way.en)).collect();
    Bilingual::new(zh.join("　"), en.join("  "))
}

fn served(service: &Service) -> Vec<(Bilingual, Bilingual)> {
    let mut rows = vec![
        (Bilingual::new("送达方式", "How"), channel(service.channel)),
        (Bilingual::new("送达时间", "When"), moment(service.at)),
        (
            Bilingual::new("送达凭证", "Proof"),
            Bilingual::new(service.proof.to_string(), ""),
        ),
    ];
    if let Some(digest) = service.proof_sha256 {
        rows.push((
            Bilingual::new("凭证校验值", "Digest of the proof"),
            Bilingual::new(digest.to_string(), ""),
        ));
    }
    rows
}

fn channel(channel: Channel) -> Bilingual {
    let (zh, en) = match channel {
        Channel::Internet => ("网络", "Internet"),
        Channel::Phone => ("电话", "Phone"),
        Channel::Sms => ("短信", "SMS"),
        Channel::Email => ("电子邮件", "E-mail"),
        Channel::Post => ("邮寄", "Post"),
        Channel::InPerson => ("当面", "In person"),
        Channel::Left => ("留置", "Left behind"),
        Channel::PublicNotice => ("公告", "Public notice"),
    };
    Bilingual::new(zh, en)
}

/// On what the paper rests, and what of it nobody has confirmed.
pub(in crate::pages) fn basis(form: &Form) -> Vec<Bilingual> {
    let Form {
        instrument,
        edition,
        article,
        ..
    } = form;
    let mut lines = vec![Bilingual::new(
        format!("依据：《{instrument}》{article}（{edition}）"),
        format!("Basis: 《{instrument}》{article} ({edition})"),
    )];
    lines.extend(doubt(
        form.provenance,
        ("记载事项", "What is on this paper"),
    ));
    lines.extend(doubt(form.layout, ("标题和版式", "Heading and layout")));
    lines
}

fn doubt(provenance: Provenance, (zh, en): (&str, &str)) -> Option<Bilingual> {
    let (why_zh, why_en) = match provenance {
        Provenance::Verified => return None,
        Provenance::Secondary => ("来自二手资料", "known at second hand"),
        Provenance::Unverified => (
            "未与公布的文书格式核对，使用前应当确认",
            "not compared with the published form (unverified); confirm before use",
        ),
        Provenance::Proposal => (
            "法规未规定格式，由本系统拟定",
            "no rule gives a form; ours (proposal)",
        ),
    };
    Some(Bilingual::new(
        format!("{zh}：{why_zh}"),
        format!("{en}: {why_en}"),
    ))
}
