//! The two parts of one letter must not lead to each other: whoever handles the complaint knows the name, and must not
//! find the report by it (Order 121, articles 9 and 37). What both carry of necessity, the operator and the day, does
//! not tell a person; an id made at the same moment, a sentence that stands in both, and a place or a party that both describe in
//! the same words of their writer's own do.

use super::report::NewReport;
use crate::{
    complaints::filing::NewComplaint,
    refusal::{Code, Refusal},
};
use std::collections::HashSet;

/// From how many characters in a row on, blanks and punctuation apart, a text is nobody else's. Our choice; no rule
/// says it.
const OWN_WORDS: usize = 16;

/// From how many such characters in a row on a place or a party is described in somebody's own words, where the register does
/// not have them. Our choice; no rule says it.
const OWN_DESCRIPTION: usize = 6;

/// Refuses parts that an officer who reads both would know for one letter. `register` is what anybody would write of the
/// operator: names and addresses in the register, and of divisions.
pub fn check(
    complaint: &NewComplaint,
    report: &NewReport,
    register: &[String],
) -> Result<(), Refusal> {
    // Version 7 begins with the moment, and so does the report's. What is kept is made without it; what a phone or a proxy
    // keeps of the letter is not.
    if complaint.id.uuid().get_version_num() != 4 {
        return Err(Refusal::on(Code::IdTellsTime, "complaint.id"));
    }
    let shared = shared_description(complaint, report, register)
        .or_else(|| Some(("report.narrative", shared_words(complaint, report)?)));
    match shared {
        None => Ok(()),
        Some((field, first)) => {
            Err(Refusal::on(Code::PartsShareWords, field).with(first.to_string()))
        }
    }
}

/// Which field of the report describes the operator or the place in own words that stand in the complaint too, and where, counted
/// from 1.
fn shared_description(
    complaint: &NewComplaint,
    report: &NewReport,
    register: &[String],
) -> Option<(&'static str, usize)> {
    let told = &complaint.particulars;
    let known: Vec<String> = register.iter().map(|text| folded(text)).collect();
    let own = |text: &str| {
        let runs = runs_without(text, &known, OWN_DESCRIPTION).into_iter();
        runs.filter(|(_, run)| !known.iter().any(|text| text.contains(run)))
            .collect::<Vec<_>>()
    };
    let complained: HashSet<String> = [
        told.respondent.name.as_str(),
        told.respondent.address.as_str(),
        told.basis.place.as_str(),
    ]
    .into_iter()
    .flat_map(own)
    .map(|(_, run)| run)
    .collect();
    let reported = [
        ("report.party", report.party.as_str()),
        ("report.place", report.place.as_str()),
    ];
    reported.into_iter().find_map(|(field, text)| {
        let shared = own(text)
            .into_iter()
            .find(|(_, run)| complained.contains(run));
        shared.map(|(at, _)| (field, at + 1))
    })
}

/// Where in the report's story, counted from 1, words begin that stand in the complaint too.
fn shared_words(complaint: &NewComplaint, report: &NewReport) -> Option<usize> {
    let told = &complaint.particulars;
    let complained = [
        Some(told.basis.content.as_str()),
        Some(told.basis.evidence.as_str()),
        told.demand.words.as_ref().map(|words| words.as_str()),
    ];
    let named = [
        told.respondent.name.as_str(),
        told.respondent.address.as_str(),
        told.basis.place.as_str(),
        report.party.as_str(),
        report.place.as_str(),
    ];
    // Who it is about stands in both, however long its name is.
    let names: HashSet<String> = named
        .into_iter()
        .flat_map(runs)
        .map(|(_, run)| run)
        .collect();
    let said: HashSet<String> = complained
        .into_iter()
        .flatten()
        .flat_map(runs)
        .map(|(_, run)| run)
        .filter(|run| !names.contains(run))
        .collect();
    runs(report.narrative.as_str())
        .into_iter()
        .find(|(_, run)| said.contains(run))
        .map(|(at, _)| at + 1)
}

/// Every run of so many characters, with the place in the text at which it begins.
fn runs(text: &str) -> Vec<(usize, String)> {
    runs_without(text, &[], OWN_WORDS)
}

/// The characters that count, with their places.
fn letters(text: &str) -> Vec<(usize, char)> {
    text.chars()
        .enumerate()
        .filter(|(_, c)| c.is_alphanumeric())
        .flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c)))
        .collect()
}

fn folded(text: &str) -> String {
    letters(text).into_iter().map(|(_, c)| c).collect()
}

/// Every run of `length` characters that nothing known stands in, with the place in the text at which it begins.
fn runs_without(text: &str, known: &[String], length: usize) -> Vec<(usize, String)> {
    let letters = letters(text);
    let mut is_known = vec![false; letters.len()];
    for known in known {
        let known: Vec<char> = known.chars().collect();
        for at in 0..letters.len() {
            let is_here = letters
                .get(at..at + known.len())
                .is_some_and(|here| here.iter().map(|(_, c)| c).eq(&known));
            if is_here {
                is_known
                    .iter_mut()
                    .skip(at)
                    .take(known.len())
                    .for_each(|it| *it = true);
            }
        }
    }
    letters
        .windows(length)
        .zip(is_known.windows(length))
        .filter(|(_, known)| !known.contains(&true))
        .filter_map(|(run, _)| Some((run.first()?.0, run.iter().map(|(_, c)| c).collect())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_leave_out_blanks_and_punctuation_and_keep_their_place() {
        let text = "一，二 三四五六七八九十ABCDEFG";
        let found = runs(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], (0, "一二三四五六七八九十abcdef".to_owned()));
        assert_eq!(found[1].0, 2);
        assert_eq!(runs("短"), []);
    }

    #[test]
    fn what_the_register_says_is_in_no_run_and_parts_what_stands_on_its_sides() {
        let known = [folded("东塘 菜市场")];
        let found = |text| {
            runs_without(text, &known, 4)
                .into_iter()
                .map(|(_, run)| run)
        };
        assert_eq!(
            found("在东塘菜市场东门左手").collect::<Vec<_>>(),
            ["东门左手"]
        );
        assert_eq!(found("找到 东塘菜市场 东门").count(), 0);
        assert_eq!(found("东塘菜市场").count(), 0);
    }
}
