//! From the units found to the verdict.

use super::{Hit, LegalUnitsText, TextUse, scan};
use crate::refusal::JudgeError;
use crate::rules::{Edition, LegalUnitRules, RuleSet, UnitTreatment};
use crate::verdict::{Bars, CheckResult, Cite, Grounds, Outcome, Verdict, Words};

/// The check of this family: a unit that is not legal.
const LEGAL_UNIT: &str = "LEGAL_UNIT";

/// The most units a verdict lists one by one.
const MOST_LISTED: usize = 50;

/// Judges one text by the list in force on the day it was seen.
///
/// Pure. Refuses nothing but a day for which no edition is loaded.
pub fn judge(rules: &RuleSet, input: &LegalUnitsText) -> Result<Verdict, JudgeError> {
    let edition = rules.edition_on::<LegalUnitRules>(input.seen_on)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    let binding_from = edition.rules.binding_from;
    if input.seen_on < binding_from {
        let words = Words::new(
            format!("{binding_from}之前，非法定计量单位尚在过渡期内"),
            format!("before {binding_from} older units were still tolerated"),
        );
        grounds.obstacle(Bars::Everything, "OLDER_UNITS_TOLERATED", words);
    }
    let (notes, hits): (Vec<_>, Vec<_>) = scan(edition.rules, input.text.as_str())
        .into_iter()
        .partition(|hit| hit.row.treatment == UnitTreatment::Note);
    for hit in notes.iter().take(MOST_LISTED) {
        grounds.note("UNIT_COLLOQUIAL", found(hit));
    }
    for hit in hits.iter().take(MOST_LISTED) {
        record(edition, input.text_use, hit, &mut grounds);
    }
    if hits.len().max(notes.len()) > MOST_LISTED {
        let words = Words::new(
            format!("仅逐一列出前{MOST_LISTED}处。"),
            format!("Only the first {MOST_LISTED} are listed."),
        );
        grounds.note("FURTHER_UNITS_NOT_LISTED", words);
    }
    if hits.is_empty() {
        let cite = cite_head(edition);
        grounds.require(LEGAL_UNIT, None, CheckResult::Passes, cite, none_found());
    }
    let summary = summary(&hits, grounds.outcome());
    grounds.tell(&plainly(&hits, grounds.fails()));
    Ok(grounds.conclude(summary))
}

fn record(
    edition: Edition<'_, LegalUnitRules>,
    text_use: TextUse,
    hit: &Hit<'_>,
    grounds: &mut Grounds,
) {
    let row = hit.row;
    let exception = edition.rules.exceptions.of(text_use);
    let subject = format!("{} at character {}", hit.written, hit.place);
    if let (Some(number), Some(worth), Some(unit)) = (hit.number, &row.worth, row.legal_unit) {
        let name = format!("{number} {} at character {}", hit.written, hit.place);
        grounds.number_of(name, &worth.of(number), unit.symbol());
    }
    let mut cite = Cite {
        row: format!("unit: {}", row.name),
        provenance: row.provenance,
        // That a unit is not legal suggests a violation where somebody has confirmed it.
        suggests: Some(&edition.rules.violation).filter(|_| !row.provenance.is_provisional()),
        ..cite_head(edition)
    };
    let mut words = found(hit);
    let covering =
        exception.filter(|exception| exception.all_units || row.excepted_in.contains(&text_use));
    let result = match covering {
        Some(exception) => {
            cite.row = format!("exception for {}", row.name);
            cite.provenance = exception.provenance;
            words.zh.push_str(&format!("但{}", exception.text_zh));
            words
                .en
                .push_str(&format!(" Allowed all the same: {}", exception.text_en));
            CheckResult::Passes
        }
        None if hit.is_beside_legal => {
            words.zh.push_str("但旁边已用法定计量单位标明。");
            words.en.push_str(" A legal unit beside it says the same.");
            CheckResult::Passes
        }
        None => CheckResult::Fails,
    };
    grounds.require(LEGAL_UNIT, Some(subject), result, cite, words);
}

fn cite_head<'a>(edition: Edition<'a, LegalUnitRules>) -> Cite<'a> {
    Cite {
        head: edition.head,
        article: edition.rules.article.as_str(),
        row: "list of legal units".to_owned(),
        provenance: edition.head.provenance,
        suggests: Some(&edition.rules.violation),
    }
}

/// Where a unit stands and what to write instead.
fn found(hit: &Hit<'_>) -> Words {
    let Hit {
        row,
        written,
        place,
        around,
        ..
    } = hit;
    let factor = match (&row.worth, row.legal_unit) {
        (Some(worth), Some(unit)) => format!("1 {written} = {} {}", worth.as_str(), unit.symbol()),
        _ => String::new(),
    };
    let (factor_zh, factor_en) = if factor.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("（{factor}）"), format!(" ({factor})"))
    };
    let (verb_zh, verb_en) = match row.treatment {
        UnitTreatment::NotLegal => ("不是法定计量单位", "is not a legal unit"),
        UnitTreatment::Note => (
            "作为单位时不规范",
            "is not a legal unit if it is meant as one",
        ),
    };
    Words::new(
        format!(
            "第{place}字处“{around}”中的“{written}”{verb_zh}，应写作{}{factor_zh}。",
            row.write_zh
        ),
        format!(
            "Character {place}, \"{around}\": {written} ({}) {verb_en}; write {}{factor_en}.",
            row.name, row.write_en
        ),
    )
}

/// The most units that the sentence of the whole names.
const MOST_NAMED: usize = 3;

fn none_found() -> Words {
    Words::new(
        "未发现清单所列的非法定计量单位。",
        "None of the listed units that are not legal was found.",
    )
}

/// What merchants and shoppers are told of the units: which to replace, and by what.
fn plainly(hits: &[Hit<'_>], fails: bool) -> Words {
    let Some(first) = hits.first() else {
        return Words::new(
            "没有发现不该用的单位",
            "no unit was found that is not legal",
        );
    };
    let count = hits.len();
    let Hit { written, row, .. } = first;
    if !fails {
        return Words::new(
            format!("有{count}处别的单位（{written}），这里可以用"),
            format!("other units are used here ({count}), as they may be ({written})"),
        );
    }
    Words::new(
        format!("有{count}处单位不该用，{written}应写作{}", row.write_zh),
        format!(
            "units that are not legal ({count}): write {} for {written}",
            row.write_en
        ),
    )
}

fn summary(hits: &[Hit<'_>], outcome: Outcome) -> Words {
    let (zh, en) = outcome.words();
    let mut named: Vec<&str> = Vec::new();
    for hit in hits {
        if named.len() < MOST_NAMED && !named.contains(&&*hit.written) {
            named.push(&hit.written);
        }
    }
    let (named_zh, named_en) = (named.join("、"), named.join(", "));
    let count = hits.len();
    if count == 0 {
        return Words::new(
            format!("未发现非法定计量单位；{zh}"),
            format!("no unit found that is not legal; {en}"),
        );
    }
    Words::new(
        format!("发现{count}处非法定计量单位（{named_zh}）；{zh}"),
        match count {
            1 => format!("1 unit found that is not legal ({named_en}); {en}"),
            _ => format!("{count} units found that are not legal ({named_en}); {en}"),
        },
    )
}
