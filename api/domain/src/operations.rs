//! Every operation that is a step, with the action that it asks the policy about. The gate is
//! computed from it.

use crate::{
    accounts::{account, interest, password, second_factor},
    cases, complaints, event,
    evidence::{bundle, original, redaction, withdrawal},
    inspections,
    law::calendar,
    merchants::{command as register, ledger},
    notices::notice,
    places::dispute,
    policy::Action,
    privacy::{conversation, opening},
    push::held,
    reports, rewards,
    step::Command,
};

/// Steps that no client sends: the program takes them, or another step brings them along.
const INTERNAL: [&str; 7] = [
    "CloseOnTheSpot",
    "ClosePenalty",
    "CloseReward",
    "CloseTerminated",
    "HandToFinance",
    "OpenCase",
    "ReferToFinance",
];

/// The operations, as the contract names them.
pub fn all() -> impl Iterator<Item = (&'static str, Action)> {
    [
        account::NewAccount::OPERATIONS,
        account::Command::OPERATIONS,
        interest::InterestWrite::OPERATIONS,
        password::PasswordWrite::OPERATIONS,
        second_factor::FactorWrite::OPERATIONS,
        complaints::command::Command::OPERATIONS,
        inspections::command::NewVisit::OPERATIONS,
        inspections::command::Command::OPERATIONS,
        register::NewMerchant::OPERATIONS,
        register::Command::OPERATIONS,
        ledger::NewInstrument::OPERATIONS,
        ledger::Command::OPERATIONS,
        opening::NewOpening::OPERATIONS,
        opening::Command::OPERATIONS,
        conversation::Command::OPERATIONS,
        notice::Command::OPERATIONS,
        calendar::NewYear::OPERATIONS,
        event::JobWrite::OPERATIONS,
        original::OriginalWrite::OPERATIONS,
        withdrawal::PhotoWrite::OPERATIONS,
        held::Command::OPERATIONS,
        bundle::BundleWrite::OPERATIONS,
        redaction::RedactionWrite::OPERATIONS,
        event::LogWrite::OPERATIONS,
        cases::command::Command::OPERATIONS,
        dispute::Command::OPERATIONS,
        reports::command::NewLead::OPERATIONS,
        reports::command::Command::OPERATIONS,
        rewards::command::RewardCommand::OPERATIONS,
        rewards::command::PaymentFileWrite::OPERATIONS,
    ]
    .into_iter()
    .flatten()
    .copied()
    .filter(|(name, _)| !INTERNAL.contains(name))
}
