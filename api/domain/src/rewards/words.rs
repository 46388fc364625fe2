//! What officers write about a reward. It stands in the file of the reward, in the clear and read without an opening, and who
//! writes it may have the document or the account of the reporter before the eyes. So it names nobody, as far as that is seen:
//! no number that looks like one of a person, and nothing of the payees that come with it.

use crate::privacy::detect;
use crate::refusal::{Code, Refusal};
use crate::text::{Narrative, typed};

use super::command::{Proposal, RewardCommand as Asked};
use super::eligibility::Exclusion;
use super::payout::Payee;
use super::screening::MajorFinding;

/// A text with the input field in which it came.
type Written<'a> = (&'static str, &'a Narrative);

/// Refuses a command in which an officer names somebody.
pub(super) fn check_names_nobody(asked: &Asked) -> Result<(), Refusal> {
    let payees = match asked {
        Asked::RecordClaim { payees, .. } => payees.as_slice(),
        _ => &[],
    };
    check(written(asked), payees)
}

/// Refuses findings of a screening in which an officer names somebody.
pub fn check_found(found: &[MajorFinding]) -> Result<(), Refusal> {
    check(found.iter().map(|it| ("majorFacts", &it.reason)), &[])
}

fn check<'a>(
    written: impl IntoIterator<Item = Written<'a>>,
    payees: &[Payee],
) -> Result<(), Refusal> {
    let mut written = written.into_iter();
    match written.find(|(_, text)| is_anybody_named(text.as_str(), payees)) {
        Some((field, _)) => Err(Refusal::on(Code::ClaimNoteNamesPerson, field)),
        None => Ok(()),
    }
}

fn is_anybody_named(text: &str, payees: &[Payee]) -> bool {
    let said = unspaced(text);
    let is_payee = payees.iter().any(|payee| {
        let name = unspaced(payee.account_name.as_str());
        // One character alone stands in other words.
        let is_name = name.chars().count() > 1;
        (is_name && said.contains(&name)) || said.contains(&payee.account_number)
    });
    is_payee || !detect::find(text).is_empty()
}

/// A text in plain characters without blanks and dashes: an account is read off a card in groups of four.
fn unspaced(text: &str) -> String {
    let plain = typed(text);
    plain.chars().filter(|c| !matches!(c, ' ' | '-')).collect()
}

/// What an officer writes with a command. Where one may appeal is no part of it: that is a bureau, with its telephone.
fn written(asked: &Asked) -> Vec<Written<'_>> {
    match asked {
        Asked::RuleOnScope { ruling } => vec![("reason", &ruling.reason)],
        Asked::RecordEligibility { check } => {
            with_exclusions(("note", &check.note), &check.exclusions)
        }
        Asked::GradeReward { proposal } => graded(proposal),
        Asked::DecideReward { opinion } | Asked::UpholdClaim { opinion } => {
            vec![("words", opinion)]
        }
        Asked::ReviewReward { opinion, grading } => {
            let graded = grading.iter().flat_map(graded);
            graded.chain([("opinion", opinion)]).collect()
        }
        Asked::ExtendClaim { reason } | Asked::VoidClaim { reason } => vec![("words", reason)],
        Asked::RecordClaim { note, .. } => vec![("note", note)],
        Asked::CheckPayee { finding } => {
            with_exclusions(("note", &finding.note), &finding.exclusions)
        }
        Asked::RevokeReward { reasons } | Asked::RecoverReward { reasons } => {
            vec![("reason", &reasons.reason)]
        }
        // The reporter's own words, and what has none.
        Asked::ApplyForReward
        | Asked::ObjectToReward { .. }
        | Asked::ClaimReward { .. }
        | Asked::ObjectToPayee { .. }
        | Asked::ReferToFinance
        | Asked::RecordFinanceConsent { .. }
        | Asked::TellDecision
        | Asked::ApproveClaim
        | Asked::HandToFinance { .. }
        | Asked::RecordPayment { .. }
        | Asked::RecordRecovery { .. }
        | Asked::CloseReward => Vec::new(),
    }
}

fn with_exclusions<'a>(note: Written<'a>, exclusions: &'a [Exclusion]) -> Vec<Written<'a>> {
    let reasons = exclusions.iter().map(|it| ("exclusions", &it.reason));
    reasons.chain([note]).collect()
}

fn graded(proposal: &Proposal) -> Vec<Written<'_>> {
    let facts = proposal.facts.iter();
    let facts = facts.flat_map(|it| [Some(&it.reported), it.found.as_ref()]);
    let facts = facts.flatten().map(|text| ("facts", text));
    facts.chain([("reason", &proposal.reason)]).collect()
}
