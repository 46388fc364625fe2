//! Where an id that somebody sent becomes the id of a thing, as the source says it. Whoever adds one finds it missing here, and
//! then in what `taken.rs` tries.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use liangxin_tests::contract::root;

/// One place: where, the kind of the id, the operations that refuse one that lies, and those of citizens, whose things get
/// names of their own (`ids.rs`).
type Makes = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const MAKES: [Makes; 25] = [
    ("accounts/administration.rs", "UserId", &["AddAccount"], &[]),
    ("bundles/make.rs", "BundleId", &["MakeCaseBundle"], &[]),
    ("cases/input.rs", "CaseId", &["FileCase"], &[]),
    ("cases/side_input.rs", "CaseId", &["PunishOnTheSpot"], &[]),
    (
        "complaints/input.rs",
        "ComplaintId",
        &[],
        &["FileComplaint"],
    ),
    ("evidence/redact.rs", "RedactionId", &["RedactPhoto"], &[]),
    (
        "inspections/dispatch.rs",
        "VisitId",
        &["DispatchInspection"],
        &[],
    ),
    (
        "inspections/dispatch.rs",
        "VisitId",
        &["DispatchVisit"],
        &[],
    ),
    (
        "inspections/document.rs",
        "MeasurementId",
        &["CorrectFinding"],
        &[],
    ),
    (
        "inspections/document.rs",
        "MeasurementId",
        &["SubmitMeasurement"],
        &[],
    ),
    ("inspections/input.rs", "EntryId", &["CheckInstrument"], &[]),
    (
        "inspections/input.rs",
        "InstrumentId",
        &["AddSeenInstrument"],
        &[],
    ),
    (
        "inspections/weighing.rs",
        "MeasurementId",
        &["RecordMeasurement"],
        &[],
    ),
    (
        "law/load_calendar_year.rs",
        "DraftId",
        &["LoadCalendarYear"],
        &[],
    ),
    (
        "merchants/mutation.rs",
        "InstrumentId",
        &["AddInstrument"],
        &[],
    ),
    (
        "merchants/mutation.rs",
        "MerchantId",
        &["OpenMerchant"],
        &[],
    ),
    ("privacy/input.rs", "MessageId", &[], &["AnswerQuestion"]),
    ("privacy/input.rs", "MessageId", &["AskReporter"], &[]),
    (
        "privacy/input.rs",
        "OpeningId",
        &["RequestIdentityOpening"],
        &[],
    ),
    (
        "reports/input.rs",
        "PhotoId",
        &["DeclarePhotos"],
        &["AddReportPhotos", "FileReport", "FileSubmission"],
    ),
    ("reports/input.rs", "ReportId", &[], &["FileReport"]),
    ("reports/lead.rs", "ReportId", &["OpenLead"], &[]),
    (
        "reports/steps.rs",
        "DisputeId",
        &["RaiseCompetenceDispute"],
        &[],
    ),
    (
        "rewards/export.rs",
        "PaymentFileId",
        &["ExportPayments"],
        &[],
    ),
    (
        "rewards/screen_input.rs",
        "RewardId",
        &["ScreenReward"],
        &[],
    ),
];

/// A letter has no row of its own: its parts do.
const OF_NOTHING: [&str; 1] = ["SubmissionId"];

/// The operations that refuse an id that lies.
pub(super) fn kept() -> BTreeSet<&'static str> {
    let kept = MAKES.iter().flat_map(|(_, _, kept, _)| kept.iter());
    kept.copied().collect()
}

/// The operations of citizens, whose things get other ids.
pub(super) fn renamed() -> BTreeSet<&'static str> {
    let renamed = MAKES.iter().flat_map(|(.., renamed)| renamed.iter());
    renamed.copied().collect()
}

/// The kinds of the things that a file makes of an id that was sent: in an input its own field, in a use case the id of the
/// write.
fn made(text: &str) -> impl Iterator<Item = &str> {
    let calls = text.match_indices("Id::").filter_map(|(at, _)| {
        let (call, argument) = text[at + 4..].split_once('(')?;
        let ends = argument.find([',', ')', '('])?;
        let is_sent = match call {
            "parse" => ["self.id", "input.id"].contains(&&argument[..ends]),
            "new" => ["self.id", "input.id", "id.uuid"].contains(&&argument[..ends]),
            _ => false,
        };
        let begins = text[..at].rfind(|it: char| !it.is_alphanumeric());
        let kind = &text[begins.map_or(0, |it| it + 1)..at + 2];
        is_sent.then_some(kind)
    });
    // The id of a write is that of no thing.
    calls.filter(|kind| *kind != "CommandId" && !OF_NOTHING.contains(kind))
}

fn add(base: &Path, directory: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add(base, &path, found);
            continue;
        }
        let file = path.strip_prefix(base).unwrap().display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        found.extend(made(&text).map(|kind| (file.clone(), kind.to_owned())));
    }
}

#[test]
fn every_place_where_an_id_that_was_sent_becomes_that_of_a_thing_stands_among_the_makes() {
    let mut found = Vec::new();
    for base in ["api/graphql/src", "api/app/src/usecase"] {
        let base = root().join(base);
        add(&base, &base, &mut found);
    }
    found.sort();
    let known = MAKES
        .iter()
        .map(|(file, kind, ..)| ((*file).to_owned(), (*kind).to_owned()));
    let mut known: Vec<_> = known.collect();
    known.sort();
    assert_eq!(found, known);
}
