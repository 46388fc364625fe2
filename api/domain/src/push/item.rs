//! One item of a push: a write from the field with the writes that it builds on.

use crate::{
    cases,
    evidence::withdrawal::PhotoWrite,
    id::{CaseId, CommandId, PhotoId, VisitId},
    inspections,
    refusal::{Code, Refusal},
    step::Command as _,
};
use uuid::Uuid;

/// What a write from the field asks, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Of a visit.
    Visit(VisitId, Box<inspections::command::Command>),
    /// Of a case.
    Case(CaseId, Box<cases::command::Command>),
    /// Of a photo.
    Photo(PhotoId, Box<PhotoWrite>),
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The write, as the phone named it.
    pub write: CommandId,
    /// Writes of the same sender that have to be taken first, because it would mean something else without them: a signature
    /// stands under what was recorded before it.
    pub after: Vec<CommandId>,
    /// What it asks.
    pub asked: Asked,
}

impl Asked {
    /// The operation, as the contract names it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::Visit(_, command) => command.operation(),
            Self::Case(_, command) => command.operation(),
            Self::Photo(_, write) => write.operation(),
        }
    }

    /// What it is asked of.
    #[must_use]
    pub const fn thing(&self) -> Uuid {
        match self {
            Self::Visit(visit, _) => visit.uuid(),
            Self::Case(case, _) => case.uuid(),
            Self::Photo(photo, _) => photo.uuid(),
        }
    }

    /// Whether what refuses it may be missing only because it has not come yet: the arrival, the measurement that is
    /// corrected, the instrument that is measured, the photo of a signature, what has to stand on a record before it is
    /// closed, the closing of a record that is opened again.
    #[must_use]
    pub fn awaits(&self, refusal: &Refusal) -> bool {
        match refusal.code {
            Code::NotFound
            | Code::NotCheckedIn
            | Code::InstrumentUnknown
            | Code::PhotoUnknown
            | Code::ArrivalsTwoRequired
            | Code::CertificateNotShown
            | Code::FindingRequired
            | Code::SignatureRequired => true,
            Code::WrongState => self.operation() == "ReopenVisit",
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{inspections::command::Command, text::Reason};

    fn of_visit(command: Command) -> Asked {
        Asked::Visit(VisitId::new(Uuid::nil()), Box::new(command))
    }

    #[test]
    fn a_write_waits_for_what_may_come_and_for_nothing_else() {
        let reason = Reason::parse("还有一台秤没有测。", "reason").unwrap();
        let reopen = of_visit(Command::ReopenVisit {
            reason,
            occurred: None,
        });
        let passport = of_visit(Command::MakePassport);
        let refused = |code| Refusal::of(code);
        assert!(passport.awaits(&refused(Code::NotCheckedIn)));
        assert!(reopen.awaits(&refused(Code::WrongState)));
        for code in [Code::WrongState, Code::Denied, Code::FindingVoid] {
            assert!(!passport.awaits(&refused(code)), "{code}");
        }
    }

    #[test]
    fn the_one_operation_that_is_named_here_is_one_of_the_contract() {
        let names: Vec<_> = crate::operations::all().map(|(name, _)| name).collect();
        assert!(names.contains(&"ReopenVisit"));
    }
}
