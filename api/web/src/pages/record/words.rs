//! What stands on the record of a visit, in both languages: the rows of the form, then what was found, the photos, what else
//! happened, and how it was signed. What nobody kept (who the representative is, what the party says, a witness) is an empty
//! row, to be written by hand.

use liangxin_app::{app::App, usecase::inspections::OnSiteRecord};
use liangxin_domain::{
    id::UserId,
    inspections::{
        arrival::{Arrival, PartyMet},
        occurred::Occurred,
        signing::{Signature, Signing},
        visit::VisitState,
        written::FieldAct,
    },
    law::calendar::shanghai_date,
    notices::{
        field::{MatterField, OpenField},
        paper::Paper,
    },
    refusal::Lang,
};

use super::{
    entries,
    times::{self, by_when, doubted, said},
};
use crate::pages::{
    bundle::words as case_words,
    by_hand::{self, Known},
    layout::Bilingual,
    notice::words::moment,
    paper::{PaperView, Section, Signed},
    passport,
};

/// Name and words.
pub(super) type Row = (Bilingual, Bilingual);

/// Everything that is printed; nothing on a day on which the form was not in force.
pub(super) fn view(app: &App, record: &OnSiteRecord, check: String) -> Option<PaperView> {
    let begun = record.visit.arrivals.iter().map(|it| it.at).min()?;
    let form = (Paper::OnSiteRecord, shanghai_date(begun));
    let mut view = by_hand::sheet(app, &record.bureau, form, known(record))?;
    let mut sections = entries::sections(app, record);
    sections.extend([
        section(("照片", "Photos"), photos(record)),
        section(
            ("更换人员、重新打开", "Others sent, opened again"),
            course(record),
        ),
        section(("签名情况", "How it was signed"), signings(record)),
    ]);
    sections.retain(|part| !part.rows.is_empty());
    view.sections = sections;
    view.digest = Some(record.digest.to_string());
    view.check = Some(check);
    view.signed = Signed::OnEachPage;
    view.basis.push(Bilingual::new(
        "校验值由各项计量结果及其判定、各项器具查看和作废情况算出，签名即签署于该校验值；照片各有校验值。",
        "The digest is of all measurements with their verdicts, all looks at instruments, and what is void of them; a signature stands under it. Photos have digests of their own.",
    ));
    Some(view)
}

fn section((zh, en): (&str, &str), rows: Vec<Row>) -> Section {
    Section {
        heading: Bilingual::new(zh, en),
        rows,
    }
}

/// The rows of the form.
fn known(record: &OnSiteRecord) -> Known {
    let merchant = &record.merchant;
    let place = match &merchant.stall_no {
        Some(number) => format!("{} {number}号", merchant.address),
        None => merchant.address.clone(),
    };
    let cause = |lang| passport::cause(record.visit.origin.kind().cause(), lang);
    let party = Bilingual::new(merchant.name_zh.clone(), merchant.name_en.clone());
    let mut known = Known::from([
        (OpenField::InspectedAt.into(), when(record)),
        (OpenField::InspectionPlace.into(), same(&place)),
        (MatterField::Officers.into(), officers(record)),
        (OpenField::RespondentName.into(), party),
        (OpenField::RespondentAddress.into(), same(&merchant.address)),
        (
            OpenField::InspectionCause.into(),
            Bilingual::new(cause(Lang::Zh), cause(Lang::En)),
        ),
        (OpenField::Rights.into(), rights(record)),
    ]);
    if let Some(code) = &merchant.credit_code {
        known.insert(OpenField::RespondentCode.into(), same(code));
    }
    known
}

/// From the first arrival to the end, by the phones that wrote them down.
fn when(record: &OnSiteRecord) -> Bilingual {
    let begun = record.visit.arrivals.iter().min_by_key(|it| it.at);
    let begun = begun.map_or_else(|| same(""), |arrival| came(record, arrival));
    let ended = match record.visit.state {
        VisitState::Submitted { at } => {
            let said = said(record, FieldAct::SubmitVisit, (None, at));
            doubted(moment(said.map_or(at, Occurred::at)), said)
        }
        VisitState::Dispatched | VisitState::CheckedIn => {
            Bilingual::new("（检查尚未结束）", "(not over yet)")
        }
    };
    Bilingual::new(
        format!("{}至{}", begun.zh, ended.zh),
        format!("{} to {}", begun.en, ended.en),
    )
}

/// When an officer arrived.
fn came(record: &OnSiteRecord, arrival: &Arrival) -> Bilingual {
    let said = said(
        record,
        FieldAct::CheckIn,
        (Some(arrival.by), arrival.received_at),
    );
    doubted(moment(arrival.at), said)
}

/// Who was sent, with the certificate that was carried, when and where each arrived; and whoever was there before others went.
fn officers(record: &OnSiteRecord) -> Bilingual {
    let visit = &record.visit;
    let arrived = |user| visit.arrivals.iter().find(|it| it.by == user);
    let sent = visit.team.iter().map(|user| (user, arrived(user)));
    let others = visit.arrivals.iter().filter(|it| !visit.team.has(it.by));
    let all = sent.chain(others.map(|it| (it.by, Some(it))));
    lines(all.map(|(user, arrival)| officer(record, user, arrival)))
}

fn officer(record: &OnSiteRecord, user: UserId, arrival: Option<&Arrival>) -> Bilingual {
    let name = person(record, user);
    let carried = arrival.and_then(|it| it.certificate_no.clone());
    let known = record.people.get(&user);
    let number = carried.or_else(|| known.and_then(|named| named.certificate_no.clone()));
    let number = number.unwrap_or_default();
    let came = match arrival {
        Some(arrival) => {
            let (at, place) = (came(record, arrival), case_words::place(&arrival.place));
            Bilingual::new(
                format!("{}到达，{}", at.zh, place.zh),
                format!("arrived {}, {}", at.en, place.en),
            )
        }
        None => Bilingual::new("未到达", "did not arrive"),
    };
    Bilingual::new(
        format!("{} {number}（{}）", name.zh, came.zh),
        format!("{} {number} ({})", name.en, came.en),
    )
}

/// What each officer said of the certificate and of the right to ask for another officer. Nothing else that may have been told
/// was kept.
fn rights(record: &OnSiteRecord) -> Bilingual {
    lines(record.visit.arrivals.iter().map(|arrival| {
        let name = person(record, arrival.by);
        let (zh, en) = met(arrival.party);
        Bilingual::new(format!("{}：{zh}", name.zh), format!("{}: {en}", name.en))
    }))
}

const fn met(party: Option<PartyMet>) -> (&'static str, &'static str) {
    match party {
        Some(PartyMet::Told) => (
            "已出示执法证件，告知有权申请回避；当事人未申请回避",
            "showed the certificate and told of the right to ask for another officer; nobody asked",
        ),
        Some(PartyMet::AsksToStepBack) => (
            "已出示执法证件，告知有权申请回避；当事人申请该人员回避",
            "showed the certificate and told of the right to ask for another officer; the party asks for it",
        ),
        Some(PartyMet::NobodyThere) => ("现场无人，未能出示", "nobody was there to show it to"),
        None => ("未记载", "not recorded"),
    }
}

fn photos(record: &OnSiteRecord) -> Vec<Row> {
    let mut rows = Vec::new();
    for (place, photo) in record.photos.iter().enumerate() {
        let (declared, number) = (&photo.declared, place + 1);
        let kind = case_words::kind(declared.kind);
        let (zh, en) = match (&photo.withdrawn, photo.stored_at) {
            (Some(withdrawn), _) => (
                format!("不再补交：{}", withdrawn.reason),
                format!("will not come: {}", withdrawn.reason),
            ),
            (None, Some(_)) => ("原件已保存".to_owned(), "original held".to_owned()),
            (None, None) => (
                "原件尚未收到".to_owned(),
                "original not here yet".to_owned(),
            ),
        };
        let (digest, size) = (declared.sha256, declared.size_bytes);
        rows.push((
            Bilingual::new(
                format!("{number}. {}", kind.zh),
                format!("{number}. {}", kind.en),
            ),
            Bilingual::new(
                format!("SHA-256 {digest}\n{size} 字节，{zh}"),
                format!("SHA-256 {digest}\n{size} bytes, {en}"),
            ),
        ));
    }
    rows
}

/// That others went, and that the visit was opened again. Why others went was written for the office alone, and may say who
/// knows whom: the party signs this sheet.
fn course(record: &OnSiteRecord) -> Vec<Row> {
    let visit = &record.visit;
    let teams = visit.former_teams.iter().map(|former| {
        let before = former.officers.iter().map(|user| person(record, user));
        let before: Vec<_> = before.collect();
        let zh: Vec<_> = before.iter().map(|it| it.zh.as_str()).collect();
        let en: Vec<_> = before.iter().map(|it| it.en.as_str()).collect();
        let by = by_at(record, former.made.by, former.made.at);
        (
            Bilingual::new("更换检查人员", "Others sent"),
            Bilingual::new(
                format!("原派{}（{}）", zh.join("、"), by.zh),
                format!("before: {} ({})", en.join(", "), by.en),
            ),
        )
    });
    let reopened = visit.reopenings.iter().map(|reopening| {
        let (closed, made) = (moment(reopening.closed_at), reopening.made);
        let when = said(record, FieldAct::ReopenVisit, (Some(made.by), made.at));
        let by = by_when(record, made.by, made.at, when);
        let reason = reopening.reason.as_str();
        (
            Bilingual::new("重新打开检查", "Opened again"),
            Bilingual::new(
                format!("曾于{}结束；{reason}（{}）", closed.zh, by.zh),
                format!("had been closed at {}; {reason} ({})", closed.en, by.en),
            ),
        )
    });
    teams.chain(reopened).collect()
}

fn signings(record: &OnSiteRecord) -> Vec<Row> {
    let signings = record.visit.signings.iter().enumerate();
    signings
        .map(|(place, signing)| {
            let number = place + 1;
            let name = Bilingual::new(format!("第{number}次"), format!("No. {number}"));
            (name, signed(record, signing))
        })
        .collect()
}

/// A signature, or why there is none, with what it stands under.
fn signed(record: &OnSiteRecord, signing: &Signing) -> Bilingual {
    let mut said = vec![match &signing.signature {
        Signature::Signed { name, .. } => {
            Bilingual::new(format!("当事人签名：{name}"), format!("signed by {name}"))
        }
        Signature::Refused { reason } => Bilingual::new(
            format!("当事人未签名，原因：{reason}"),
            format!("not signed: {reason}"),
        ),
    }];
    if let Some(taken) = signing.taken {
        let when = times::said(record, FieldAct::SignRecord, (Some(taken.by), taken.at));
        said.push(by_when(record, taken.by, taken.at, when));
    }
    if let Some(under) = signing.under {
        said.push(same(&format!("SHA-256 {under}")));
    }
    said.push(match signing.covers(record.digest) {
        true => Bilingual::new("所签即本笔录", "stands under this record"),
        false => Bilingual::new(
            "此后有补充、更正或者作废，不在所签范围内",
            "what was added, corrected or made void since does not stand above it",
        ),
    });
    lines(said.into_iter())
}

/// Who did something, and when.
pub(super) fn by_at(
    record: &OnSiteRecord,
    user: UserId,
    at: chrono::DateTime<chrono::Utc>,
) -> Bilingual {
    let (name, at) = (person(record, user), moment(at));
    Bilingual::new(
        format!("{}，{}", name.zh, at.zh),
        format!("{}, {}", name.en, at.en),
    )
}

fn person(record: &OnSiteRecord, user: UserId) -> Bilingual {
    match record.people.get(&user) {
        Some(named) => Bilingual::new(named.name_zh.clone(), named.name_en.clone()),
        None => same(&user.to_string()),
    }
}

/// What is the same in both languages.
pub(super) fn same(words: &str) -> Bilingual {
    Bilingual::new(words, words)
}

/// One line each.
pub(super) fn lines(all: impl Iterator<Item = Bilingual>) -> Bilingual {
    let (zh, en): (Vec<_>, Vec<_>) = all
        .map(|line| (line.zh.clone(), line.text(Lang::En).to_owned()))
        .unzip();
    Bilingual::new(zh.join("\n"), en.join("\n"))
}
