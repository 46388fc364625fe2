//! In whose hands a matter is (Order 121, article 41): the intake unit dispatches it to the
//! competent lower unit at once; a unit without competence gives it back and never passes it on.

use super::division::DivisionCode;
use crate::refusal::{Code, Refusal};

/// In whose hands a matter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Custody {
    /// The unit that handles it, by its division.
    pub unit: DivisionCode,
    /// The unit that dispatched it here, to which it goes back.
    pub from: Option<DivisionCode>,
}

/// Whether a unit that a command names can take a matter in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiving {
    /// It has an intake officer.
    Ready,
    /// Nobody there takes anything in.
    NoIntake,
    /// There is no such division.
    Unknown,
}

impl Receiving {
    /// Refuses a division that does not exist.
    pub fn check_known(self, field: &'static str) -> Result<(), Refusal> {
        match self {
            Self::Ready | Self::NoIntake => Ok(()),
            Self::Unknown => Err(Refusal::on(Code::DivisionUnknown, field)),
        }
    }
}

impl Custody {
    /// The unit received it itself.
    #[must_use]
    pub const fn received_by(unit: DivisionCode) -> Self {
        Self { unit, from: None }
    }

    /// An intake unit, or a superior that takes the matter, sends it to a lower unit. Where it was
    /// dispatched to it can only come back from.
    pub fn dispatch(
        self,
        (intake, to): (DivisionCode, DivisionCode),
        receiving: Receiving,
        field: &'static str,
    ) -> Result<Self, Refusal> {
        receiving.check_known(field)?;
        if self.from.is_some() {
            return Err(Refusal::of(Code::MayNotPassOn));
        }
        if intake == to || !intake.contains(&to) {
            return Err(Refusal::on(Code::NotALowerBureau, field));
        }
        // What nobody can sign for would lie there until its time is over.
        if receiving == Receiving::NoIntake {
            return Err(Refusal::on(Code::NoIntakeOfficer, field));
        }
        Ok(Self {
            unit: to,
            from: Some(intake),
        })
    }

    /// A unit without competence gives it back to where it came from.
    pub fn give_back(self) -> Result<Self, Refusal> {
        self.from
            .map(Self::received_by)
            .ok_or_else(|| Refusal::of(Code::NotDispatched))
    }

    /// A common superior says whose it is; that ends every to and fro.
    #[must_use]
    pub const fn designate(to: DivisionCode) -> Self {
        Self::received_by(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> DivisionCode {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_dispatched_comes_back_and_is_not_passed_on() {
        let intake = Custody::received_by(code("430100"));
        let sent = intake
            .dispatch((code("430100"), code("430103")), Receiving::Ready, "to")
            .unwrap();
        assert_eq!(sent.unit, code("430103"));
        let on = sent.dispatch((code("430103"), code("430104")), Receiving::Ready, "to");
        assert_eq!(on.unwrap_err().code, Code::MayNotPassOn);
        let back = sent.give_back().unwrap();
        assert_eq!(back, intake);
        assert!(
            back.dispatch((code("430100"), code("430104")), Receiving::Ready, "to")
                .is_ok()
        );
        assert_eq!(back.give_back().unwrap_err().code, Code::NotDispatched);
    }

    #[test]
    fn nobody_dispatches_sideways_upwards_or_to_oneself() {
        let own = Custody::received_by(code("430103"));
        for to in ["430103", "430104", "430100", "430200"] {
            let sent = own.dispatch((code("430103"), code(to)), Receiving::Ready, "to");
            assert_eq!(sent.unwrap_err().code, Code::NotALowerBureau, "{to}");
        }
    }

    #[test]
    fn nothing_goes_where_nobody_takes_it_in() {
        let own = Custody::received_by(code("430100"));
        for (receiving, refused) in [
            (Receiving::NoIntake, Code::NoIntakeOfficer),
            (Receiving::Unknown, Code::DivisionUnknown),
        ] {
            let sent = own.dispatch((code("430100"), code("430104")), receiving, "to");
            assert_eq!(sent.unwrap_err().code, refused);
        }
    }
}
