//! Whether a penalty is barred by time (Administrative Penalty Law, article 36): an act that nobody found within
//! its years is not punished any more. They run from the act, or from the end of one that went on.

use super::{charge::Charge, command::Setting};
use crate::{
    law::deadline::DeadlineRule,
    refusal::{Code, Refusal},
};
use chrono::NaiveDate;

/// The years for an ordinary act: Administrative Penalty Law, article 36.
pub const LIMIT: &str = "D-LIMIT";
/// The years for one that harmed life, health or financial safety: the same article.
pub const LIMIT_OF_HARM: &str = "D-LIMIT-5";

/// From when, until when and by which rules time bars a penalty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The day of the conduct in China.
    pub conduct_on: NaiveDate,
    /// The day on which the bureau found it.
    pub found_on: NaiveDate,
    /// The ordinary years.
    pub ordinary: DeadlineRule,
    /// Those for an act that did harm.
    pub harmful: DeadlineRule,
}

impl Limits {
    /// Refuses to say that time bars what was found within the shortest period there is.
    pub(super) fn check_over(&self) -> Result<(), Refusal> {
        let last = self.ordinary.plain_end(self.conduct_on);
        if self.found_on <= last {
            return Err(Refusal::on(Code::NotTimeBarred, "ground").with(last.to_string()));
        }
        Ok(())
    }
}

impl Charge {
    /// Refuses an act that was found too late. The day on which it ended lies between the conduct and today.
    pub(super) fn check_limit(&self, setting: &Setting) -> Result<(), Refusal> {
        let Some(limits) = &setting.limits else {
            return Ok(());
        };
        if let Some(day) = self.lasted_until {
            setting.check_past(day, Some(limits.conduct_on), "lastedUntil")?;
        }
        let from = self.lasted_until.unwrap_or(limits.conduct_on);
        let rule = match &self.harm {
            Some(_) => &limits.harmful,
            None => &limits.ordinary,
        };
        let last = rule.plain_end(from);
        if limits.found_on > last {
            return Err(Refusal::on(Code::TimeBarred, "violation").with(last.to_string()));
        }
        Ok(())
    }
}
