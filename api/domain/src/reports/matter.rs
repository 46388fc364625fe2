//! What somebody wants who turns to the bureau. What is neither complaint nor report is not taken in
//! but answered with its right route (Order 121, articles 43 and 44).

use crate::refusal::{Code, Refusal};

/// What somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matter {
    /// Redress, or that a breach is looked into.
    ComplaintOrReport,
    /// An answer to a question.
    Consultation,
    /// Government information.
    Disclosure,
    /// Administrative review.
    Review,
    /// That an official is called to account.
    Accusation,
    /// That a monopoly is looked into.
    AntiMonopoly,
}

impl Matter {
    /// Goes on with a complaint or a report; anything else is sent where it belongs.
    pub const fn check(self) -> Result<(), Refusal> {
        let route = match self {
            Self::ComplaintOrReport => return Ok(()),
            Self::Consultation => Code::RouteConsultation,
            Self::Disclosure => Code::RouteDisclosure,
            Self::Review => Code::RouteReview,
            Self::Accusation => Code::RouteAccusation,
            Self::AntiMonopoly => Code::RouteAntiMonopoly,
        };
        Err(Refusal::on(route, "matter"))
    }
}
