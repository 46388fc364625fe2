//! The decision (Order 2, articles 57 to 64): after the window, never heavier than announced, together
//! where the law asks for it, and with what it says to the party's words.

use super::{
    announce::{Served, delivered},
    case::Case,
    charge::Penalty,
    command::Setting,
    file::{AuditKind, Outcome, Round},
    service::Delivery,
};
use crate::{
    law::violation::ViolationCode,
    limits::{CASE_ACTS, FURTHER_DAYS},
    money::Fen,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Narrative, Reason},
};
use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the heads said together (Order 2, article 60).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conference {
    /// Who took part, by name.
    pub attendees: Vec<Line>,
    /// What was said.
    pub record: Narrative,
    /// What they came to.
    pub opinion: Reason,
    /// Who noted it, and when.
    pub made: Mark,
}

/// More time for the decision after the thirty days of the head, fixed by the heads together (Order 2, article 64).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// How many calendar days.
    pub days: u32,
    /// Who took part, by name.
    pub attendees: Vec<Line>,
}

words! {
    /// How long the party may sue.
    #[derive(Default)]
    pub enum SuitPeriod as "SuitPeriod" {
        /// Six months (Administrative Litigation Law, article 46).
        #[default]
        SixMonths,
        /// Fifteen days (Metrology Law, article 31).
        FifteenDays,
    }
}

/// A fine that a decision sets lower than it was announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowerFine {
    /// For which violation.
    pub violation: ViolationCode,
    /// The fine.
    pub fine: Fen,
}

/// What a head wants to decide: what was announced, with what is lighter. What would be heavier or
/// different needs a new report and a new notice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ruling {
    /// The fines that are lower than announced.
    pub fines: Vec<LowerFine>,
    /// A later last day for the correction.
    pub correct_by: Option<NaiveDate>,
    /// What the decision says to the party's statements, and why it does not follow them.
    pub defence_review: Option<Reason>,
    /// Which approval of the province the decision rests on, where a fine needs one.
    pub provincial_approval: Option<Line>,
    /// Which period for suit it tells the party.
    pub suit: SuitPeriod,
}

/// A penalty decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What is imposed and ordered.
    pub penalty: Penalty,
    /// What it says to the party's statements.
    pub defence_review: Option<Reason>,
    /// The approval of the province.
    pub provincial_approval: Option<Line>,
    /// The head who decided, and when.
    pub made: Mark,
    /// That it reached the party; its last day is that for paying.
    pub served: Option<Served>,
    /// Which period for suit it tells the party.
    #[serde(default)]
    pub suit: SuitPeriod,
}

/// For how long the party may ask for a review, in days (Administrative Reconsideration Law, article 20).
const REVIEW_DAYS: u64 = 60;
/// The longer one of the two periods for suit, in months.
const SUIT_MONTHS: u32 = 6;

impl Decision {
    /// The last day for a review or a suit, whichever is later, by plain days and months; nothing before the
    /// decision was served. Where the suit has fifteen days alone the review has more.
    #[must_use]
    pub fn remedies_until(&self) -> Option<NaiveDate> {
        let on = self.served.as_ref()?.on;
        match self.suit {
            SuitPeriod::SixMonths => on.checked_add_months(Months::new(SUIT_MONTHS)),
            SuitPeriod::FifteenDays => on.checked_add_days(Days::new(REVIEW_DAYS)),
        }
    }
}

impl Round {
    /// What the heads said together, the oldest first.
    pub fn conferences(&self) -> impl DoubleEndedIterator<Item = &Conference> {
        self.former_conferences.iter().chain(&self.conference)
    }
}

impl Case {
    /// The heads decide together. A case that is neither weighty nor heard may be talked about too. What they said each time
    /// stays in the file.
    pub(super) fn confer(&mut self, conference: Conference) -> Result<(), Refusal> {
        self.still_open()?;
        together(&conference.attendees)?;
        let round = self.audited()?;
        if round.conferences().count() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        let former = round.conference.replace(conference);
        round.former_conferences.extend(former);
        Ok(())
    }

    /// The head gives more time for the decision, and after that the heads together.
    pub(super) fn extend(&mut self, further: Option<Further>, made: Mark) -> Result<(), Refusal> {
        self.still_open()?;
        let Some(further) = further else {
            self.file.extended = Some(made);
            return Ok(());
        };
        together(&further.attendees)?;
        if !(1..=FURTHER_DAYS).contains(&further.days) {
            return Err(Refusal::on(Code::OutOfRange, "days").with(format!("1–{FURTHER_DAYS}")));
        }
        self.file.extended_further = Some(further);
        Ok(())
    }

    /// The head decides.
    pub(super) fn decide(
        &mut self,
        ruling: Ruling,
        made: Mark,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.still_open()?;
        self.referral_is_over()?;
        let round = self.audited()?.clone();
        let Outcome::Penalty(announced) = &round.proposal.outcome else {
            return Err(self.wrong_state());
        };
        self.check_window(setting)?;
        if let Some(hearing) = &round.hearing {
            let held = hearing
                .held
                .as_ref()
                .ok_or(Refusal::of(Code::HearingRequired))?;
            let mut audits = round
                .audits
                .iter()
                .filter(|audit| audit.kind == AuditKind::Legal);
            if !audits.any(|audit| audit.is_passed() && audit.made.at >= held.made.at) {
                return Err(Refusal::of(Code::LegalAuditRequired));
            }
        }
        // What the heads said before the party was heard does not count (Penalty Law, article 65).
        let heard_at = round
            .hearing
            .as_ref()
            .and_then(|hearing| hearing.held.as_ref());
        let heard_at = heard_at.map(|held| held.made.at);
        let is_conferred = round
            .conference
            .as_ref()
            .is_some_and(|conference| heard_at.is_none_or(|heard| conference.made.at >= heard));
        if round.is_collective(&setting.collective) && !is_conferred {
            return Err(Refusal::of(Code::ConferenceRequired));
        }
        let said = self
            .file
            .rounds
            .iter()
            .any(|round| round.statements().next().is_some());
        if said && ruling.defence_review.is_none() {
            return Err(Refusal::on(Code::DefenceReviewRequired, "defenceReview"));
        }
        let penalty = lowered(announced, &ruling)?;
        penalty.check_within(announced)?;
        penalty.check(setting)?;
        penalty.check_fined_once(setting)?;
        if ruling.provincial_approval.is_none() {
            check_authority(&penalty, setting)?;
        }
        self.file.decision = Some(Decision {
            penalty,
            defence_review: ruling.defence_review,
            provincial_approval: ruling.provincial_approval,
            made,
            served: None,
            suit: ruling.suit,
        });
        Ok(())
    }

    /// The decision reaches the party: it is public from now on, and the days for paying begin.
    pub(super) fn serve_decision(
        &mut self,
        delivery: Delivery,
        noted: Mark,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let (wrong, is_gone) = (self.wrong_state(), self.file.is_annulled());
        let decision = self
            .file
            .decision
            .as_mut()
            .ok_or(Refusal::of(Code::CaseNotDecided))?;
        if decision.served.is_some() || is_gone {
            return Err(wrong);
        }
        decision.served = Some(delivered(delivery, decision.made.at, noted, setting)?);
        Ok(())
    }
}

/// Those who decide together are two people at least, each named once.
pub(super) fn together(named: &[Line]) -> Result<(), Refusal> {
    if named.len() > CASE_ACTS {
        return Err(Refusal::on(Code::FieldTooLong, "attendees").with(CASE_ACTS.to_string()));
    }
    let people: BTreeSet<_> = named.iter().map(|name| spoken(name.as_str())).collect();
    if people.len() < 2 || people.len() < named.len() {
        return Err(Refusal::on(Code::ConferenceTwo, "attendees"));
    }
    Ok(())
}

/// A name without the blanks that some write between two characters.
pub(super) fn spoken(name: &str) -> String {
    name.split_whitespace().collect()
}

fn lowered(announced: &Penalty, ruling: &Ruling) -> Result<Penalty, Refusal> {
    let mut penalty = announced.clone();
    for lower in &ruling.fines {
        let mut charges = penalty.charges.iter_mut();
        let charge = charges.find(|charge| charge.violation == lower.violation);
        let charge = charge.ok_or_else(|| Refusal::on(Code::DecisionDiffers, "fines"))?;
        charge.fine = lower.fine;
    }
    if let Some(correct_by) = ruling.correct_by {
        penalty.correct_by = correct_by;
    }
    Ok(penalty)
}

/// Fines from a sum on are the province's to decide where the implementing rules are their basis
/// (their article 55).
fn check_authority(penalty: &Penalty, setting: &Setting) -> Result<(), Refusal> {
    let Some((instrument, from)) = &setting.provincial_from else {
        return Ok(());
    };
    let reaches = penalty.charges.iter().any(|charge| {
        let row = setting.row(&charge.violation);
        charge.fine >= *from && row.is_some_and(|row| row.basis_instrument == *instrument)
    });
    if reaches {
        return Err(
            Refusal::on(Code::ProvincialApprovalRequired, "provincialApproval")
                .with(from.to_string()),
        );
    }
    Ok(())
}
