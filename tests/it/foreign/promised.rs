//! Every field that somebody without account sends, by the schema: it is told in the promise, or says nothing about a person. A
//! field that is added is in neither.

use std::collections::BTreeSet;

use liangxin_domain::privacy::promise::PROMISE;
use liangxin_tests::contract::{operation, operations};

use super::asks::Asks;
use super::schema::{Schema, bare};
use super::ways::declared;

/// Where somebody asks to be somebody: there the account is meant.
const OF_ACCOUNTS: [&str; 4] = ["HandIn", "RefreshSession", "SignIn", "UsePasswordCode"];

/// Inputs, fields of them, and by which field of the promise they are told. What a report sends under the name of the promise is
/// told there.
const TOLD: [(&str, &[&str], &str); 38] = [
    ("", &["receiptCode"], "receiptCode"),
    ("AnswerQuestionInput", &["text"], "answer"),
    ("CaptureInput", &["make", "model"], "photoDevice"),
    ("CaptureInput", &["takenAt"], "photos"),
    ("ClaimRewardInput", &["claimPassword"], "claimPassword"),
    (
        "ComplaintAgentInput",
        &["matter", "powers", "signedOn", "until"],
        "complaint.agent",
    ),
    ("ComplaintPersonInput", &["address"], "complaint.address"),
    (
        "ComplaintPersonInput",
        &["idKind", "idNumber"],
        "complaint.idNumber",
    ),
    ("ComplaintPersonInput", &["name"], "complaint.name"),
    ("ComplaintPersonInput", &["phone"], "complaint.phone"),
    (
        "FileComplaintInput",
        &["contactEmail"],
        "complaint.contactEmail",
    ),
    ("FileComplaintInput", &["content"], "complaint.narrative"),
    (
        "FileComplaintInput",
        &["demand", "demandWords"],
        "complaint.demand",
    ),
    (
        "FileComplaintInput",
        &["demandFen", "paidFen"],
        "complaint.sums",
    ),
    ("FileComplaintInput", &["evidence"], "complaint.evidence"),
    (
        "FileComplaintInput",
        &["harmKnownOn", "occurredAt"],
        "complaint.occurredOn",
    ),
    ("FileComplaintInput", &["place"], "complaint.place"),
    (
        "FileComplaintInput",
        &["respondentAddress", "respondentName"],
        "complaint.respondent",
    ),
    ("FileComplaintInput", &["secret"], "complaint.secret"),
    (
        "FixInput",
        &["ageSeconds", "isMock", "source"],
        "photoPlace",
    ),
    ("IdentityInput", &["address"], "identity.address"),
    ("IdentityInput", &["idNumber"], "identity.idNumber"),
    ("IdentityInput", &["name"], "identity.name"),
    ("IdentityInput", &["phone"], "identity.phone"),
    ("ObjectToPayeeInput", &["words"], "payeeObjection"),
    ("ObjectToRewardInput", &["words"], "rewardObjection"),
    ("PayeeInput", &["accountName"], "payee.name"),
    ("PayeeInput", &["accountNumber"], "payee.accountNumber"),
    ("PayeeInput", &["bank"], "payee.bank"),
    ("PhotoInput", &["sha256", "sizeBytes"], "photos"),
    ("PhotoInput", &["tellsPlace"], "photoPlace"),
    (
        "PositionInput",
        &["accuracyM", "latitude", "longitude"],
        "position",
    ),
    ("ReconciledRecordInput", &["photos"], "photos"),
    (
        "RequestRecusalInput",
        &["mediator", "reason"],
        "complaint.recusal",
    ),
    (
        "WithdrawComplaintInput",
        &["reason"],
        "complaint.withdrawal",
    ),
    ("WithdrawPhotoInput", &["reason"], "photoWithdrawal"),
    ("WithdrawReportInput", &["words"], "withdrawal"),
    ("SimilarReportsInput", &["goods"], "goods"),
];

/// An id that the phone makes or was given.
const ID: &str = "a random number that names what is meant";
/// A choice.
const CHOICE: &str = "a choice of the sender's, which both sides and the office go by";
/// Something that is asked and kept nowhere.
const ASKED: &str = "a question about what everybody may know; nothing of it is kept";

/// Fields that say nothing about a person, whatever input they stand in (`*`) or in one, and why.
const NOTHING: [(&str, &str, &str); 23] = [
    ("*", "id", ID),
    ("*", "complaintId", ID),
    ("*", "photoId", ID),
    ("*", "questionId", ID),
    (
        "*",
        "receiptCode",
        "the code that was given for the matter, told there",
    ),
    (
        "*",
        "merchantCode",
        "the code on the wall of a merchant, which is public",
    ),
    ("*", "division", "the county, by which the office is found"),
    ("*", "consentToMail", CHOICE),
    ("*", "side", CHOICE),
    ("", "code", ASKED),
    ("", "have", ASKED),
    ("", "on", ASKED),
    ("CheckedTextInput", "field", ASKED),
    (
        "CheckedTextInput",
        "text",
        "looked through for personal data and kept nowhere",
    ),
    ("ConsentToMediationInput", "to", CHOICE),
    ("ConsentToMediationInput", "way", CHOICE),
    ("FileComplaintInput", "entrustConsent", CHOICE),
    ("FileComplaintInput", "publishConsent", CHOICE),
    (
        "FileComplaintInput",
        "representatives",
        "how many of those who are named speak",
    ),
    ("FileSubmissionInput", "matter", CHOICE),
    ("ReconciledRecordInput", "kind", ID),
    (
        "WithdrawComplaintInput",
        "representedConsentOn",
        "when those who are represented agreed",
    ),
    ("WithdrawComplaintInput", "representedConsentWay", CHOICE),
];

/// The fields of inputs, and the variables, that somebody without account can send.
fn sent(schema: &Schema) -> BTreeSet<(String, String)> {
    let mut sent = BTreeSet::new();
    for name in operations() {
        let document = operation(&name);
        if OF_ACCOUNTS.contains(&name.as_str()) || !Asks::Nobody.passes_the_gate(&document) {
            continue;
        }
        for (variable, kind) in declared(&document) {
            add(schema, ("", &variable, &kind), &mut sent);
        }
    }
    sent
}

fn add(
    schema: &Schema,
    (input, field, kind): (&str, &str, &str),
    sent: &mut BTreeSet<(String, String)>,
) {
    let kind = bare(kind);
    let Some(fields) = schema.inputs.get(kind) else {
        sent.insert((input.to_owned(), field.to_owned()));
        return;
    };
    for (field, inner) in fields {
        add(schema, (kind, field, inner), sent);
    }
}

/// The field of the promise that tells of it.
fn told(input: &str, field: &str) -> Option<&'static str> {
    let mut named = TOLD.iter().filter(|(of, ..)| *of == input);
    let named = named.find(|(_, fields, _)| fields.contains(&field));
    let of_a_report = || PROMISE.iter().find(|promise| promise.field == field);
    match named {
        Some((_, _, promise)) => Some(*promise),
        None if input == "FileReportInput" => of_a_report().map(|promise| promise.field),
        None => None,
    }
}

#[test]
fn every_field_that_a_citizen_sends_is_promised_or_tells_nothing_of_a_person() {
    let sent = sent(&Schema::read());
    assert!(sent.len() > 100, "{}", sent.len());
    let says_nothing = |input: &str, field: &str| {
        let mut known = NOTHING.iter();
        known.any(|(of, named, _)| ["*", input].contains(of) && *named == field)
    };
    let open: Vec<_> = sent
        .iter()
        .filter(|(input, field)| told(input, field).is_none() && !says_nothing(input, field))
        .collect();
    assert!(open.is_empty(), "neither promised nor harmless: {open:?}");
    for (input, fields, promise) in TOLD {
        assert!(PROMISE.iter().any(|it| it.field == promise), "{promise}");
        for field in fields {
            let known = (input.to_owned(), (*field).to_owned());
            assert!(sent.contains(&known), "nobody sends {known:?}");
        }
    }
    for (input, field, why) in NOTHING {
        let is_sent =
            |(of, named): &(String, String)| (input == "*" || of == input) && named == field;
        assert!(
            sent.iter().any(is_sent),
            "nobody sends {input} {field}: {why}"
        );
    }
}
