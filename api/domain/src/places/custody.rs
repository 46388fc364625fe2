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

impl Custody {
    /// The unit received it itself.
    #[must_use]
    pub const fn received_by(unit: DivisionCode) -> Self {
        Self { unit, from: None }
    }

    /// An intake unit, or a superior that takes the matter, sends it to a lower unit. Where it was
    /// dispatched to it can only come back from.
    pub fn dispatch(self, intake: DivisionCode, to: DivisionCode) -> Result<Self, Refusal> {
        if self.from.is_some() {
            return Err(Refusal::of(Code::MayNotPassOn));
        }
        if intake == to || !intake.contains(&to) {
            return Err(Refusal::on(Code::NotALowerBureau, "to"));
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
        let sent = intake.dispatch(code("430100"), code("430103")).unwrap();
        assert_eq!(sent.unit, code("430103"));
        let on = sent.dispatch(code("430103"), code("430104"));
        assert_eq!(on.unwrap_err().code, Code::MayNotPassOn);
        let back = sent.give_back().unwrap();
        assert_eq!(back, intake);
        assert!(back.dispatch(code("430100"), code("430104")).is_ok());
        assert_eq!(back.give_back().unwrap_err().code, Code::NotDispatched);
    }

    #[test]
    fn nobody_dispatches_sideways_upwards_or_to_oneself() {
        let own = Custody::received_by(code("430103"));
        for to in ["430103", "430104", "430100", "430200"] {
            let sent = own.dispatch(code("430103"), code(to));
            assert_eq!(sent.unwrap_err().code, Code::NotALowerBureau, "{to}");
        }
    }
}
