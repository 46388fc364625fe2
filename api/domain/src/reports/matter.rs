//! What somebody wants who turns to the bureau. What is neither complaint nor report is not taken in
//! but answered with its right route (Order 121, articles 43 and 44).

use crate::refusal::{Code, Refusal};

words! {
    /// What somebody wants.
    pub enum Matter as "SubmissionMatter" {
        /// A complaint, a report, or both.
        ComplaintOrReport,
        /// A question.
        Consultation,
        /// A request for government information.
        Disclosure,
        /// An application for administrative review.
        Review,
        /// An accusation against an official.
        Accusation,
        /// A report of a monopoly.
        AntiMonopoly,
    }
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
