//! The lines in which nobody at all is told apart, each with its reason. Any other one says that what was sent did not fit, and
//! so that the line could not fail.

use std::collections::{BTreeMap, BTreeSet};

use super::asks::Asks;

/// Why no list has what that officer owns.
const APART: &str = "the only open matter of the owner is a complaint, which a list shows where it is asked for by its kind alone; \
    who sees whose: DeskCounts (ownerId)";

/// Why nobody finds anything there.
const REASONS: [(&str, &str); 8] = [
    ("Desk (ownerId)", APART),
    ("DeskClocks (ownerId)", APART),
    (
        "ExportEventLog (filter.actorId)",
        "that it was taken out is written first, whatever is in it; who sees whose events: EventLog (actorId)",
    ),
    (
        "FileCase (investigatorIds)",
        "without a visit, a report and a party there is nothing to look for",
    ),
    (
        "GET /bundles/{} (bundleId)",
        "a link is a token; the id of what it opens is none",
    ),
    (
        "GET /notices/of/dispute/{} (disputeId)",
        "no paper is written about a dispute",
    ),
    (
        "GET /records/{}/0000000000000000000000000000000000000000000000000000000000000000 (visitId)",
        "without its digest nobody learns whether there is a record",
    ),
    (
        "POST /notices/{} (noticeId)",
        "the code of the complaint opens it, and the reporter has that of a report",
    ),
];

/// Lines in which nobody stands without a reason, reasons of lines in which somebody does, and operations that find nothing of the
/// kind that they ask for.
pub(super) fn unexplained(found: &BTreeMap<String, Vec<Asks>>) -> Vec<String> {
    let lines = found
        .iter()
        .filter(|(line, _)| !line.ends_with(": names nothing"));
    let (alone, named): (Vec<_>, Vec<_>) = lines.partition(|(line, _)| line.contains(" = "));
    let unfound = named.into_iter().filter(|(_, who)| who.is_empty());
    let unfound: BTreeSet<&str> = unfound.map(|(line, _)| line.as_str()).collect();
    let reasons: BTreeSet<&str> = REASONS.iter().map(|(line, _)| *line).collect();
    let differ = unfound.symmetric_difference(&reasons);
    let differ = differ.map(|line| format!("no one, or somebody: {line}"));
    let mut asked: BTreeMap<&str, bool> = BTreeMap::new();
    for (line, who) in alone {
        let operation = line.split(" = ").next().unwrap_or_default();
        *asked.entry(operation).or_default() |= !who.is_empty();
    }
    let nothing = asked.iter().filter(|(_, is_found)| !**is_found);
    let nothing = nothing.map(|(operation, _)| format!("nobody finds anything: {operation})"));
    differ.chain(nothing).collect()
}
