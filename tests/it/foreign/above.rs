//! What a superior finds below it may be read and not be written, but for what the policy gives it with a reason and for what is
//! its own.

use liangxin_domain::policy::Action;
use strum::IntoEnumIterator as _;

/// Writes by which no superior acts on what lies with an office below it, with what they act on.
const OWN: [(&str, &str); 4] = [
    (
        "ConfirmCalendarYear",
        "the calendar, which is every bureau's",
    ),
    ("DeclareInterest", "one's own ties; the merchant is a name"),
    (
        "RetryJob",
        "the work of the server, which is the highest bureau's",
    ),
    (
        "SettleCompetenceDispute",
        "a dispute to which the city is a side: Furong has no office",
    ),
];

/// What is told of the input before it is asked whose the matter is, to whoever may read it: the write, the code, and why.
const BEFORE: [(&str, &str, &str); 1] = [(
    "FileCase",
    "FIELD_FORMAT",
    "what a citizen reported is visited first, and no case on it is opened without a visit",
)];

/// Whether a superior that found something by a write may be answered so.
pub(super) fn may(operation: &str, answer: &[String]) -> bool {
    let reason = || {
        let mut actions = Action::iter();
        let action = actions.find(|action| action.to_string() == operation)?;
        action.reason_from_above()
    };
    let is_own = || OWN.iter().any(|(own, _)| *own == operation);
    let is_before = || {
        let mut told = BEFORE.iter();
        told.any(|(write, code, _)| *write == operation && *answer == [*code])
    };
    *answer == ["DENIED"] || reason().is_some() || is_own() || is_before()
}
