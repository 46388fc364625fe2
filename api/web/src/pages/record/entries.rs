//! What was found on site, entry by entry in the order in which it was recorded: the instrument, what was seen or measured, the
//! lines of the verdict, who recorded it and when. What is void stays readable and says so; what was recorded after somebody
//! signed stands apart, as an addendum.

use chrono::{DateTime, Utc};
use liangxin_app::{app::App, usecase::inspections::OnSiteRecord};
use liangxin_domain::{
    id::{EntryId, InstrumentId},
    inspections::{
        amend::Void,
        occurred::Occurred,
        visit::{InstrumentCheck, Measurement, Seal},
    },
    law::calendar::shanghai_date,
    metrology::verification::VerificationStatus,
    reports::state::Mark,
};

use super::{
    times::{by_when, claimed},
    words::{Row, by_at, lines, same},
};
use crate::pages::{
    layout::Bilingual,
    paper::{Section, written_out},
};

/// An entry of the record.
#[derive(Debug, Clone, Copy)]
enum Entry<'a> {
    Check(&'a InstrumentCheck),
    Measured(&'a Measurement),
}

impl Entry<'_> {
    fn id(self) -> EntryId {
        match self {
            Self::Check(check) => check.id,
            Self::Measured(measured) => measured.id.into(),
        }
    }

    fn made(self) -> Mark {
        let (by, at) = match self {
            Self::Check(check) => (check.by, check.recorded_at),
            Self::Measured(measured) => (measured.by, measured.recorded_at),
        };
        Mark { by, at }
    }

    fn said(&self) -> Option<&Occurred> {
        let occurred = match self {
            Self::Check(check) => check.occurred.as_ref(),
            Self::Measured(measured) => measured.occurred.as_ref(),
        };
        occurred.and_then(claimed)
    }

    fn instrument(self) -> Option<InstrumentId> {
        match self {
            Self::Check(check) => Some(check.instrument),
            Self::Measured(measured) => measured.instrument,
        }
    }

    fn void(&self) -> Option<&Void> {
        match self {
            Self::Check(check) => check.void.as_ref(),
            Self::Measured(measured) => measured.void.as_ref(),
        }
    }
}

/// What was found before anybody signed or would not, and what was added later.
pub(super) fn sections(app: &App, record: &OnSiteRecord) -> Vec<Section> {
    let mut entries: Vec<_> = record.checks.iter().map(Entry::Check).collect();
    entries.extend(record.measurements.iter().map(Entry::Measured));
    entries.sort_by_key(|entry| (entry.made().at, entry.id()));
    let numbers: Vec<_> = entries.iter().map(|entry| entry.id()).collect();
    let signed_at = signed_at(record);
    let (mut found, mut added) = (Vec::new(), Vec::new());
    for entry in entries {
        let row = row(app, record, (entry, &numbers));
        if signed_at.is_some_and(|signed| entry.made().at > signed) {
            added.push(row);
        } else {
            found.push(row);
        }
    }
    vec![
        Section {
            heading: Bilingual::new("现场检查情况", "What was found"),
            rows: found,
        },
        Section {
            heading: Bilingual::new("签名以后的补充", "Added after the signature"),
            rows: added,
        },
    ]
}

/// When somebody signed for the first time, or would not.
fn signed_at(record: &OnSiteRecord) -> Option<DateTime<Utc>> {
    let taken = record.visit.signings.iter().filter_map(|it| it.taken);
    taken.map(|taken| taken.at).min()
}

fn row(app: &App, record: &OnSiteRecord, (entry, numbers): (Entry<'_>, &[EntryId])) -> Row {
    let mut said = Vec::new();
    let instrument = entry.instrument();
    let instrument = instrument.and_then(|id| record.instruments.get(&id));
    let what = match instrument {
        Some(instrument) => {
            let name = instrument.name(&app.law.rules, shanghai_date(entry.made().at));
            said.push(Bilingual::new(
                format!("型号 {}，出厂编号 {}", instrument.model, instrument.serial),
                format!("model {}, number {}", instrument.model, instrument.serial),
            ));
            Bilingual::new(name.zh, name.en)
        }
        None => Bilingual::new("计量结果", "Measurement"),
    };
    match entry {
        Entry::Check(check) => said.extend(seen(check)),
        Entry::Measured(measured) => said.extend(judged(measured, numbers)),
    }
    let made = entry.made();
    said.push(by_when(record, made.by, made.at, entry.said()));
    let number = number_of(entry.id(), numbers);
    let state = match entry.void() {
        Some(void) => {
            said.push(voided(record, void, numbers));
            Bilingual::new("（作废）", " (void)")
        }
        None => same(""),
    };
    let name = Bilingual::new(
        format!("第{number}项{}\n{}", state.zh, what.zh),
        format!("Entry {number}{}\n{}", state.en, what.en),
    );
    (name, lines(said.into_iter()))
}

/// What was seen of a mark and a seal.
fn seen(check: &InstrumentCheck) -> Vec<Bilingual> {
    let mark = match check.mark_valid_until {
        Some(day) => {
            let day = written_out(day);
            Bilingual::new(
                format!("检定标志有效期至{}", day.zh),
                format!("mark valid until {}", day.en),
            )
        }
        None => Bilingual::new("没有可辨认的检定标志", "no readable mark"),
    };
    let status = match check.status {
        VerificationStatus::Valid { days_left } => Bilingual::new(
            format!("在有效期内，余{days_left}日"),
            format!("valid, {days_left} days left"),
        ),
        VerificationStatus::Overdue { days } => Bilingual::new(
            format!("超过有效期{days}日"),
            format!("overdue by {days} days"),
        ),
        VerificationStatus::Unknown => Bilingual::new("有效期不明", "period unknown"),
    };
    let (zh, en) = match check.seal {
        Seal::Intact => ("铅封完好", "seal in place and whole"),
        Seal::Broken => ("铅封破损或者缺失", "seal broken or missing"),
        Seal::None => ("该器具不设铅封", "carries no seal"),
    };
    let note = check.note.as_ref().map(|note| same(note.as_str()));
    [mark, status, Bilingual::new(zh, en)]
        .into_iter()
        .chain(note)
        .collect()
}

/// By which standards it was measured, and what follows.
fn judged(measured: &Measurement, numbers: &[EntryId]) -> Vec<Bilingual> {
    let judgement = &measured.judgement;
    let former = measured.replaces.map(|former| {
        let number = number_of(former.into(), numbers);
        Bilingual::new(
            format!("更正第{number}项"),
            format!("in place of entry {number}"),
        )
    });
    let standards = judgement.measurement.standards();
    let standards = standards.into_iter().map(|standard| {
        let (serial, certificate) = (standard.serial.as_str(), standard.certificate.as_str());
        Bilingual::new(
            format!("标准器 {serial}，证书 {certificate}"),
            format!("standard {serial}, certificate {certificate}"),
        )
    });
    let verdict = &judgement.verdict;
    let explained = Bilingual::new(
        without_echoes(&verdict.explain_zh()),
        without_echoes(&verdict.explain_en()),
    );
    former
        .into_iter()
        .chain(standards)
        .chain([explained])
        .collect()
}

/// An explanation without the lines that its first one, the summary, says already: the party reads nothing twice.
fn without_echoes(explanation: &str) -> String {
    let summary = explanation.lines().next().unwrap_or_default();
    let more = explanation.lines().skip(1);
    let more = more.filter(|line| !says(summary, line));
    let told: Vec<_> = std::iter::once(summary).chain(more).collect();
    told.join("\n")
}

/// Whether a sentence stands in a summary between signs; as a part of other words it would mean something else.
fn says(summary: &str, sentence: &str) -> bool {
    let summary = summary.to_lowercase();
    let sentence = sentence.trim_end_matches(['。', '.']).to_lowercase();
    let mut found = summary.match_indices(&sentence);
    found.any(|(at, _)| {
        let (before, rest) = summary.split_at(at);
        let after = rest.strip_prefix(&sentence).unwrap_or_default();
        let ends = before.trim_end().chars().next_back();
        let begins = after.trim_start().chars().next();
        let joins = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        !joins(ends) && !joins(begins)
    })
}

/// That an entry is void, why, by whom and since when, and what stands in its place.
fn voided(record: &OnSiteRecord, void: &Void, numbers: &[EntryId]) -> Bilingual {
    let by = by_at(record, void.made.by, void.made.at);
    let instead = void.replaced_by.map(|id| number_of(id.into(), numbers));
    let (zh, en) = match instead {
        Some(number) => (
            format!("，见第{number}项"),
            format!(", entry {number} instead"),
        ),
        None => Default::default(),
    };
    let reason = void.reason.as_str();
    Bilingual::new(
        format!("作废原因：{reason}（{}{zh}）", by.zh),
        format!("void: {reason} ({}{en})", by.en),
    )
}

/// The number under which an entry stands on the paper.
fn number_of(id: EntryId, numbers: &[EntryId]) -> usize {
    let place = numbers.iter().position(|it| *it == id);
    place.map_or(0, |place| place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_summary_says_is_not_told_again() {
        for (explanation, told) in [
            (
                "五花肉：短缺150克；限值5克；不合格\n短缺150克；限值5克；不合格\n多收4.2元。",
                "五花肉：短缺150克；限值5克；不合格\n多收4.2元。",
            ),
            (
                "pork: short by 140 g; fails\nshort by 140 g; fails\n3.64 yuan too much were charged",
                "pork: short by 140 g; fails\n3.64 yuan too much were charged",
            ),
            (
                "rice, C mark: the declaration is for other products; fails\nThe declaration is for other products.",
                "rice, C mark: the declaration is for other products; fails",
            ),
            (
                "大米：无法判定（未查询自我声明）\n未查询自我声明",
                "大米：无法判定（未查询自我声明）",
            ),
            ("合格", "合格"),
            ("", ""),
        ] {
            assert_eq!(without_echoes(explanation), told);
        }
    }

    #[test]
    fn a_line_that_is_only_a_part_of_other_words_is_told() {
        for explanation in [
            "秤：不合格\n合格",
            "scale: not good\ngood",
            "秤：误差15克\n5克",
        ] {
            assert_eq!(without_echoes(explanation), explanation);
        }
    }
}
