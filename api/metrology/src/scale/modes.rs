//! Readings by key, remote control or password: the same load has to weigh the same, whatever was
//! pressed before. A difference is a sign of cheating; whether it is one, a person decides.

use super::course::Test;
use super::test::{ModeReading, ScaleMode, ScaleTest};
use super::words::Subject;
use crate::input::{Checked, InputError, InputProblem, absurd, count, positive};
use crate::quantity::Gram;
use crate::rules::{RuleSet, VerificationRules};
use crate::verdict::{Bound, Cite, Comparison, Words};

/// What a load shows in a mode less what it shows in the usual way, against the error permitted at it.
const MODE_DIFFERENCE: &str = "MODE_DIFFERENCE";

/// The greatest number of a key.
const LAST_KEY: u8 = 99;

/// Refuses a key that no scale has, and a load that nobody weighed in the usual way.
pub(super) fn check(input: &ScaleTest) -> Checked {
    count("modes", input.modes.len(), (0, 40))?;
    for (index, reading) in input.modes.iter().enumerate() {
        let at = |name: &str| format!("modes[{index}].{name}");
        let key = reading.mode.key();
        let is_none = key.is_some_and(|key| !(1..=LAST_KEY).contains(&key));
        absurd(at("mode.key"), is_none, "no scale has such a key")?;
        positive(at("load"), reading.load.is_zero())?;
        let is_absurd = reading.indication.minus(input.plate.max()) > input.plate.max().value();
        let why = "the indication is more than twice Max";
        absurd(at("indication"), is_absurd, why)?;
        if usual(input, reading).is_none() {
            let why = "the load has to be weighed in the usual way, too";
            let problem = InputProblem::Required { why };
            return Err(InputError::at(at("load"), problem));
        }
    }
    Ok(())
}

/// What the load of a reading shows in the usual way; where it was weighed more than once, what lies
/// nearest.
fn usual(input: &ScaleTest, reading: &ModeReading) -> Option<Gram> {
    let same_load = |one: &&super::ScaleReading| one.load == reading.load;
    let shown = input.weighing.iter().filter(same_load);
    shown
        .map(|one| one.indication)
        .min_by_key(|shown| reading.indication.minus(*shown).abs())
}

/// Compares every reading with the usual one of its load.
pub(super) fn examine(test: &mut Test<'_>, rules: &RuleSet) {
    if test.input.modes.is_empty() {
        return;
    }
    let signs = rules.edition_on::<VerificationRules>(test.input.tested_on);
    if let Ok(edition) = &signs {
        test.grounds.consult(*edition);
    }
    let mut suspicious = Vec::new();
    for reading in &test.input.modes {
        let Some(usual) = usual(test.input, reading) else {
            continue;
        };
        let subject = Subject::mode(reading);
        let Some(permitted) = test.permitted(reading.load) else {
            test.leave_without_limit(MODE_DIFFERENCE, subject);
            continue;
        };
        let row = &test.edition.rules.repeatability;
        let provenance = permitted.provenance.max(row.provenance);
        let mut cite = test.cite(row.source.as_str(), permitted.row, provenance);
        if let Ok(edition) = &signs {
            let cheating = &edition.rules.cheating;
            cite = Cite {
                head: edition.head,
                article: cheating.article.as_str(),
                suggests: Some(&cheating.violation),
                ..cite
            };
        }
        let bound = Bound {
            measured: reading.indication.minus(usual).into(),
            limit: permitted.limit.into(),
            unit: Gram::UNIT,
            comparison: Comparison::Within,
        };
        if !test.compare(MODE_DIFFERENCE, subject, &bound, cite) {
            suspicious.push(reading);
        }
    }
    if !suspicious.is_empty() {
        test.is_suspicious = true;
        let words = suspicion(&suspicious);
        test.grounds.note("CHEATING_SUSPECTED", words);
    }
}

/// A mode in both languages.
pub(super) fn named(mode: &ScaleMode) -> (String, String) {
    match mode {
        ScaleMode::UnitPriceKey { key } => {
            (format!("单价键{key}"), format!("unit price key {key}"))
        }
        ScaleMode::Remote => ("遥控器".to_owned(), "remote control".to_owned()),
        ScaleMode::Password { entered: None } => ("密码".to_owned(), "password".to_owned()),
        ScaleMode::Password {
            entered: Some(entered),
        } => (format!("密码“{entered}”"), format!("password {entered}")),
        ScaleMode::Other { what } => (what.to_string(), what.to_string()),
    }
}

/// Some keys or modes change what a load shows: nobody touches the scale until it was looked into.
fn suspicion(readings: &[&ModeReading]) -> Words {
    let mut modes: Vec<(String, String)> = Vec::new();
    for reading in readings {
        let named = named(&reading.mode);
        if !modes.contains(&named) {
            modes.push(named);
        }
    }
    let (zh, en): (Vec<_>, Vec<_>) = modes.into_iter().unzip();
    Words::new(
        format!(
            "{}改变了同一载荷的示值，涉嫌作弊，是否作弊由有权人员认定；该秤保持原状并加封，不得调整、拆卸或者更换部件（《计量法实施细则》第35条）。",
            zh.join("、")
        ),
        format!(
            "{}: the same load shows something else, which is a sign of cheating; whether it is one, a person decides. The scale stays as it is and is sealed: nothing is adjusted, opened or changed (Implementing Rules of the Metrology Law, article 35).",
            en.join(", ")
        ),
    )
}

/// What merchants and shoppers are told of a scale whose keys or modes change what it shows.
pub(super) fn leave_as_it_is() -> Words {
    Words::new(
        "按了键或换了模式，同样的东西显示的重量就变了，怀疑作弊；请不要动这台秤。",
        "A key or a mode changes what the same thing weighs, which is a sign of cheating; please leave the scale as it is.",
    )
}
