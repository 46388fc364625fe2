//! How long a penalty is shown, and how that ends earlier (Order 45, amended by Orders 101 and 108 of 2025;
//! credit repair: Order 107 of 2025). The lengths are rows of the law; the day from which they run is not in
//! our record, so that the day of the decision counts.
//!
//! Serious penalties of food, drugs, special equipment and the like have longer times, and so have stops of
//! business and lost licences. No penalty of this system can be one of those, and the list of grave
//! violations is not kept here.

mod repair;
#[cfg(test)]
mod tests;

pub use repair::{Repair, RepairDecision, RepairNote, RepairState};

use super::{case::Case, charge::Tier, file::CaseStateKind};
use crate::{
    law::{calendar::shanghai_date, deadline::DeadlineRules, edition::LawError},
    money::Fen,
};
use chrono::NaiveDate;

/// How long a light penalty is shown: Order 45.
pub const LIGHT: &str = "DP-LIGHT";
/// How long a general penalty is shown at most: Order 45.
pub const GENERAL: &str = "DP-GENERAL";
/// After which time the end of a general one may be asked for: Order 107, article 9.
const REPAIR_FROM: &str = "CR-FROM";
/// The period for taking an application for credit repair up: Order 107, articles 14 to 17.
pub const ACCEPT: &str = "CR-ACCEPT";
/// The period for deciding on it: Order 107, articles 14 to 17.
pub const DECIDE_REPAIR: &str = "CR-DECIDE";
/// How long a decision is shown anew whose credit repair was got by lying: Order 107.
pub const UNDONE: &str = "DP-UNDONE";
/// For how long nobody asks again then: Order 107.
pub const BARRED: &str = "CR-BARRED";

words! {
    /// How a penalty is shown.
    pub enum DisplayClass as "DisplayClass" {
        /// Never: a warning alone, or imposed on the spot.
        None,
        /// For a short time, which ends by itself.
        Light,
        /// For a longer time, which credit repair may end.
        General,
    }
}

impl DisplayClass {
    /// The last day on which a penalty that was decided on that day is shown; nothing if it never is.
    pub fn shown_until(
        self,
        decided_on: NaiveDate,
        rules: &DeadlineRules,
    ) -> Result<Option<NaiveDate>, LawError> {
        let rule = match self {
            Self::None => return Ok(None),
            Self::Light => LIGHT,
            Self::General => GENERAL,
        };
        let rule = rules.rule_on(rule, decided_on)?;
        Ok(Some(rule.plain_end(decided_on)))
    }
}

/// How the decision of a case is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Display {
    /// Of which class it is.
    pub class: DisplayClass,
    /// The first day: it reached the party; nothing before.
    pub from: Option<NaiveDate>,
    /// The last day, if nothing ends it earlier; nothing if it is never shown.
    pub until: Option<NaiveDate>,
    /// The last day before its end may be asked for; nothing if that is not asked for.
    pub repair_after: Option<NaiveDate>,
    /// The day on which credit repair ended it: from then on it is not shown. Nothing once that was undone.
    pub repaired_on: Option<NaiveDate>,
}

impl Display {
    /// Whether everybody sees the decision on that day.
    #[must_use]
    pub fn is_public_on(&self, day: NaiveDate) -> bool {
        let has_begun = self.from.is_some_and(|from| from <= day);
        let lasts = self.until.is_some_and(|until| day <= until);
        let is_ended = self.repaired_on.is_some_and(|on| on <= day);
        has_begun && lasts && !is_ended
    }
}

impl Case {
    /// Of which class its decision is; nothing without one that stands. `light_up_to` is the sum up to which a
    /// mitigated fine is a light penalty, the lower one while nobody knows whether the party is a person.
    #[must_use]
    pub fn display_class(&self, light_up_to: Option<Fen>) -> Option<DisplayClass> {
        let penalty = self.standing()?;
        let takes = self.gains() > Fen::ZERO || penalty.sanction.items.is_some();
        // Order 45 shows what the ordinary procedure decided (article 2).
        if self.file.is_simple() || (self.fine() == Fen::ZERO && !takes) {
            return Some(DisplayClass::None);
        }
        let is_small = light_up_to.is_some_and(|most| self.fine() <= most);
        if is_small && !takes && penalty.tier == Some(Tier::Mitigated) {
            return Some(DisplayClass::Light);
        }
        Some(DisplayClass::General)
    }

    /// How its decision is shown; nothing without one that stands.
    pub fn display(
        &self,
        rules: &DeadlineRules,
        light_up_to: Option<Fen>,
    ) -> Result<Option<Display>, LawError> {
        let class = self.display_class(light_up_to);
        let (Some(class), Some(decision)) = (class, &self.file.decision) else {
            return Ok(None);
        };
        let decided_on = shanghai_date(decision.made.at);
        let undone_on = self.file.repair_undone_on();
        let end = |rule, start| {
            let rule = rules.rule_on(rule, start)?;
            Ok::<_, LawError>(Some(rule.plain_end(start)))
        };
        let until = match (class, undone_on) {
            (DisplayClass::Light | DisplayClass::General, Some(undone_on)) => {
                end(UNDONE, undone_on)?
            }
            _ => class.shown_until(decided_on, rules)?,
        };
        let repair_after = match (class, undone_on) {
            (DisplayClass::General, None) => end(REPAIR_FROM, decided_on)?,
            (DisplayClass::General, Some(undone_on)) => end(BARRED, undone_on)?,
            (DisplayClass::None | DisplayClass::Light, _) => None,
        };
        let served = decision.served.as_ref();
        let is_told = CaseStateKind::TOLD.contains(&self.state_kind());
        Ok(Some(Display {
            class,
            // How older decisions were served was not kept.
            from: is_told.then(|| served.map_or(decided_on, |served| served.on)),
            until,
            repair_after,
            repaired_on: self.file.repaired_on(),
        }))
    }
}
