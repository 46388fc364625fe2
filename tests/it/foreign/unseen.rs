//! By which reads an office above learns of what lies below without being seen to look, each with its reason. In the table nothing
//! that happens can be noted: whoever is answered without a refusal looked unseen, by an operation that asks for a thing or by a
//! list that shows one.

use std::collections::BTreeSet;

/// What lies with an office and is looked into, by what an id of it is called.
pub(super) const MATTERS: [&str; 12] = [
    "caseId",
    "complaintId",
    "disputeId",
    "measurementId",
    "noticeId",
    "openingId",
    "photoId",
    "questionId",
    "reportId",
    "rewardId",
    "scenePhotoId",
    "visitId",
];

/// Why a list is no look into a matter.
const OVER: &str = "that it is there, whose and how far it has come, by when; what stands in it is read by opening it";

/// The reads that nobody notes, and why.
const REASONS: [(&str, &str); 11] = [
    ("ComplaintQueue", OVER),
    ("Desk", OVER),
    ("DeskClocks", OVER),
    ("DeskCounts", "how many there are"),
    (
        "EventLog",
        "who did what, which names no matter: the work of an auditor",
    ),
    ("ListCases", OVER),
    ("ListCompetenceDisputes", OVER),
    (
        "ListIdentityOpenings",
        "who asked to see a name and what for; what was sealed is opened by an act of its own",
    ),
    ("ListRewards", OVER),
    ("ReportQueue", OVER),
    (
        "WaitingJobs",
        "which work of the program waits, by the id of what it is about: an administrator has it tried again",
    ),
];

/// Reads that are unseen without a reason, and reasons of such as are seen.
pub(super) fn unexplained(unseen: &BTreeSet<String>) -> Vec<String> {
    let unseen: BTreeSet<&str> = unseen.iter().map(String::as_str).collect();
    let reasons: BTreeSet<&str> = REASONS.iter().map(|(name, _)| *name).collect();
    let differ = unseen.symmetric_difference(&reasons);
    differ
        .map(|name| format!("an office above reads unseen, or is seen: {name}"))
        .collect()
}
