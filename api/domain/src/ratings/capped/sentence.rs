//! What a page says before the letter: at most three plain sentences of settled facts, the worst one first.
//! Points and ids of indicators have no place in them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::formula::CappedFormula;
use super::record::{PenaltyFact, Record};
use crate::law::violation::ViolationCode;
use crate::money::Fen;
use crate::ratings::badge::OpenFact;
use crate::refusal::Lang;

/// Most sentences that are said.
const MOST: usize = 3;
/// What stands for the days since.
const DAYS: &str = "{days}";
/// How far back tests are told, in months.
const TOLD_MONTHS: u32 = 12;

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    zh: String,
    en: String,
    /// The day from which its days are counted.
    since: Option<NaiveDate>,
    /// Whether it tells of a fault that is open or was upheld.
    pub is_fault: bool,
    /// Which fault, for machines.
    #[serde(default)]
    pub fact: Option<OpenFact>,
}

impl Sentence {
    /// The sentence as it is said on a day.
    #[must_use]
    pub fn said_on(&self, day: NaiveDate, lang: Lang) -> String {
        let text = lang.pick(&self.zh, &self.en);
        match self.since {
            Some(since) => text.replace(DAYS, &(day - since).num_days().to_string()),
            None => text.to_owned(),
        }
    }

    fn fault(fact: OpenFact, (zh, en): (String, String), since: Option<NaiveDate>) -> Self {
        Self {
            zh,
            en,
            since,
            is_fault: true,
            fact: Some(fact),
        }
    }
}

/// Penalties first, then instruments that are overdue, corrections that are late, and how tests went.
pub(super) fn sentences(
    formula: &CappedFormula,
    record: &Record<'_>,
    on: NaiveDate,
) -> Vec<Sentence> {
    // One place is kept for what is said last.
    let faults = penalties(formula, record, on)
        .into_iter()
        .chain(overdue(record, on))
        .chain(late(record, on));
    let mut said: Vec<_> = faults.take(MOST - 1).collect();
    said.push(tests(formula, record, on));
    said
}

/// The penalty that everybody may see and that weighs most: a veto, then a measuring offence, then the newest.
fn penalties(formula: &CappedFormula, record: &Record<'_>, on: NaiveDate) -> Option<Sentence> {
    let shown = record.penalties(on).filter(|penalty| penalty.is_shown(on));
    let worst = shown.max_by_key(|penalty| {
        let has = |is_one: &dyn Fn(&ViolationCode) -> bool| {
            penalty
                .charges
                .iter()
                .any(|charge| is_one(&charge.violation))
        };
        let vetoes = |code: &_| formula.vetoes.iter().any(|row| row.codes.contains(code));
        let measures = |code: &_| formula.offences.measuring.contains(code);
        (has(&vetoes), has(&measures), penalty.served_on)
    })?;
    Some(told(worst))
}

fn told(penalty: &PenaltyFact) -> Sentence {
    let PenaltyFact {
        served_on,
        found,
        fine,
        ..
    } = penalty;
    let (fine_zh, fine_en) = match *fine {
        Fen::ZERO => ("受到处罚".to_owned(), "punished".to_owned()),
        fine => {
            let sum = fine.to_string();
            let sum = sum.strip_suffix(".00").unwrap_or(&sum);
            (format!("罚款{sum}元"), format!("fined {sum} yuan"))
        }
    };
    let (zh, en) = (clause(&found.zh), clause(&found.en));
    let said = (
        format!("{served_on} 查实：{zh}，{fine_zh}。"),
        format!("{served_on} upheld: {en}; {fine_en}."),
    );
    Sentence::fault(OpenFact::Penalty, said, None)
}

/// Words without their full stop, to go on after them.
fn clause(words: &str) -> &str {
    words.trim().trim_end_matches(['。', '.'])
}

fn overdue(record: &Record<'_>, on: NaiveDate) -> Option<Sentence> {
    let over = record.instruments.iter().filter_map(|instrument| {
        let days = instrument.validity.days_over(on)?;
        Some((days, instrument))
    });
    let over: Vec<_> = over.collect();
    let (days, worst) = over.iter().max_by_key(|(days, _)| *days)?;
    let since = on.checked_sub_days(chrono::Days::new(u64::from(*days)));
    let (zh, en) = (&worst.name.zh, &worst.name.en);
    let said = match over.len() {
        1 => (
            format!("现用{zh}检定已过期{DAYS}天。"),
            format!("In use: {en}, verification {DAYS} days overdue."),
        ),
        many => (
            format!("现用{many}台计量器具检定已过期，最长的（{zh}）过期{DAYS}天。"),
            format!("{many} instruments in use are overdue, the longest ({en}) by {DAYS} days."),
        ),
    };
    Some(Sentence::fault(OpenFact::OverdueInstrument, said, since))
}

fn late(record: &Record<'_>, on: NaiveDate) -> Option<Sentence> {
    let open = record.penalties(on).filter(|penalty| {
        penalty.is_shown(on) && penalty.correct_by < on && !penalty.is_corrected(on)
    });
    let due = open.map(|penalty| penalty.correct_by).min()?;
    let said = (
        format!("责令改正已逾期{DAYS}天。"),
        format!("A correction is {DAYS} days overdue."),
    );
    Some(Sentence::fault(
        OpenFact::OverdueCorrection,
        said,
        Some(due),
    ))
}

fn tests(formula: &CappedFormula, record: &Record<'_>, on: NaiveDate) -> Sentence {
    let all = record.official(formula, TOLD_MONTHS, on).count();
    let passed = record
        .official(formula, TOLD_MONTHS, on)
        .filter(|test| test.passed)
        .count();
    let (zh, en) = match all {
        0 => (
            format!("近{TOLD_MONTHS}个月没有官方检查。"),
            format!("No official test in the last {TOLD_MONTHS} months."),
        ),
        all => (
            format!("近{TOLD_MONTHS}个月检查{all}次，{passed}次合格。"),
            format!("{passed} of {all} official tests passed in the last {TOLD_MONTHS} months."),
        ),
    };
    Sentence {
        zh,
        en,
        since: None,
        is_fault: false,
        fact: None,
    }
}
