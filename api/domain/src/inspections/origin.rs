//! Why a visit is made. A bureau does not wait for citizens: it plans, draws, looks again, follows leads,
//! and walks its markets (procedures of SAMR Order 2, article 18, and of Order 67, articles 4 to 6).

use crate::{
    id::{CaseId, DrawId, PlanId, ReportId, VisitId},
    refusal::{Code, Refusal},
    text::Line,
};
use serde::Serialize;

/// The fewest characters that say what a lead or a patrol is about: our choice, no rule gives a number.
const ABOUT_CHARACTERS: usize = 4;

/// Why a visit is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A citizen's report is verified.
    Report(ReportId),
    /// A plan of inspections.
    Plan(PlanId),
    /// A draw of objects and inspectors (双随机).
    Draw(DrawId),
    /// What an earlier visit found is looked at again.
    VisitAgain(VisitId),
    /// What a case ordered is looked at again.
    CaseAgain(CaseId),
    /// A lead that is no report: where it came from and what it says.
    Lead(Line),
    /// The bureau's own round: where, and what is looked at.
    Patrol(Line),
}

words! {
    /// Why a visit is made.
    pub enum OriginKind as "VisitOrigin" {
        /// A citizen's report is verified.
        Report,
        /// A plan of inspections.
        Plan,
        /// A draw of objects and inspectors.
        Draw,
        /// What an earlier visit found is looked at again.
        VisitAgain,
        /// What a case ordered is looked at again.
        CaseAgain,
        /// A lead that is no report.
        Lead,
        /// The bureau's own round.
        Patrol,
    }
}

impl Origin {
    /// The word for it.
    #[must_use]
    pub const fn kind(&self) -> OriginKind {
        match self {
            Self::Report(_) => OriginKind::Report,
            Self::Plan(_) => OriginKind::Plan,
            Self::Draw(_) => OriginKind::Draw,
            Self::VisitAgain(_) => OriginKind::VisitAgain,
            Self::CaseAgain(_) => OriginKind::CaseAgain,
            Self::Lead(_) => OriginKind::Lead,
            Self::Patrol(_) => OriginKind::Patrol,
        }
    }

    /// The report, if one is behind it.
    #[must_use]
    pub const fn report(&self) -> Option<ReportId> {
        match self {
            Self::Report(report) => Some(*report),
            _ => None,
        }
    }

    /// What a lead or a patrol is about, if it is one.
    #[must_use]
    pub const fn about(&self) -> Option<&Line> {
        match self {
            Self::Lead(about) | Self::Patrol(about) => Some(about),
            _ => None,
        }
    }
}

/// What a lead or a patrol is about: one character tells nobody why the inspectors came.
pub fn about(text: &str, field: &'static str) -> Result<Line, Refusal> {
    let about = Line::parse(text, field)?;
    if about.as_str().chars().count() < ABOUT_CHARACTERS {
        return Err(Refusal::on(Code::FieldTooShort, field).with(ABOUT_CHARACTERS.to_string()));
    }
    Ok(about)
}
