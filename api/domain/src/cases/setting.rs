//! What every step asks of its setting.

use super::command::Setting;
use crate::{
    law::{
        calendar::shanghai_date,
        violation::{Violation, ViolationCode},
    },
    refusal::{Code, Refusal},
};
use chrono::NaiveDate;

impl Setting {
    /// A row of the table, as the law stood on the day of the conduct.
    #[must_use]
    pub fn row(&self, code: &ViolationCode) -> Option<&Violation> {
        self.violations.iter().find(|row| row.code == *code)
    }

    pub(super) fn today(&self) -> NaiveDate {
        shanghai_date(self.now)
    }

    /// Refuses a day that lies ahead, or before the first one on which it can be.
    pub(super) fn check_past(
        &self,
        day: NaiveDate,
        first: Option<NaiveDate>,
        field: &'static str,
    ) -> Result<(), Refusal> {
        if day > self.today() {
            return Err(Refusal::on(Code::TimeInFuture, field));
        }
        if first.is_some_and(|first| day < first) {
            return Err(Refusal::on(Code::TimeTooOld, field));
        }
        Ok(())
    }
}
