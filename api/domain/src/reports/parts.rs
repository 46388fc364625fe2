//! The two parts of one letter must not lead to each other: whoever handles the complaint knows the name, and must not
//! find the report by it (Order 121, articles 9 and 37). What both carry of necessity, the operator and the day, does
//! not tell a person; an id made at the same moment and a sentence that stands in both do.

use super::report::NewReport;
use crate::{
    complaints::filing::NewComplaint,
    refusal::{Code, Refusal},
};
use std::collections::HashSet;

/// From how many characters in a row on, blanks and punctuation apart, a text is nobody else's. Our choice; no rule
/// says it.
pub const OWN_WORDS: usize = 16;

/// Refuses parts that an officer who reads both would know for one letter.
pub fn check(complaint: &NewComplaint, report: &NewReport) -> Result<(), Refusal> {
    // Version 7 begins with the moment, and so does the report's. What is kept is made without it; what a phone or a proxy
    // keeps of the letter is not.
    if complaint.id.uuid().get_version_num() != 4 {
        return Err(Refusal::on(Code::IdTellsTime, "complaint.id"));
    }
    match shared_words(complaint, report) {
        None => Ok(()),
        Some(first) => {
            Err(Refusal::on(Code::PartsShareWords, "report.narrative").with(first.to_string()))
        }
    }
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
    let letters: Vec<(usize, char)> = text
        .chars()
        .enumerate()
        .filter(|(_, c)| c.is_alphanumeric())
        .flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c)))
        .collect();
    letters
        .windows(OWN_WORDS)
        .filter_map(|run| Some((run.first()?.0, run.iter().map(|(_, c)| c).collect())))
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
}
