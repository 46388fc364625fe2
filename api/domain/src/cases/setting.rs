//! What a step on a case needs to know beside the case, and what every step asks of it.

use super::{
    charge::Found, display::Display, execution::Paying, limit::Limits, order::Missed,
    recusal::Concerned, same_act::FinedElsewhere, service::AfterService, weight::Weight,
};
use crate::{
    id::UserId,
    inspections::visit::Team,
    law::{
        calendar::shanghai_date,
        case_rule::Gravity,
        violation::{Violation, ViolationCode},
    },
    money::Fen,
    ratings::indicator::Venue,
    refusal::{Code, Refusal},
};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeSet;

/// What else a step on a case needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The violations that the step is about, as the law stood on the day of the conduct.
    pub violations: Vec<Violation>,
    /// What kind of venue the party has.
    pub venue: Option<Venue>,
    /// What was found against it.
    pub findings: Vec<Found>,
    /// From which sum on it may ask for a hearing; the lower one while nobody knows whether it is a person
    /// or an organisation. Without a sum in the law data it may always ask.
    pub hearing_from: Option<Fen>,
    /// Up to which sum a fine may be imposed on the spot; the lower one while nobody knows whether the party
    /// is a person or an organisation.
    pub on_the_spot_up_to: Option<Fen>,
    /// How the decision is shown, as [`Case::display`](super::case::Case::display) says it; for the steps of credit
    /// repair.
    pub display: Option<Display>,
    /// Whether the party was punished for conduct of the same kind since; for the steps of credit repair.
    pub has_new_penalty: bool,
    /// Under which instrument fines from which sum on are the province's to decide.
    pub provincial_from: Option<(String, Fen)>,
    /// Which penalties the heads decide together.
    pub collective: Vec<Gravity>,
    /// How long a public notice stands before a paper counts as served, in days.
    pub public_notice_days: u64,
    /// The last day of the period that the step opens; unknown while the calendar lacks the year.
    pub until: Option<NaiveDate>,
    /// The last day for an answer, as the law says it now: of `P-DEFEND` from the day on which the notice of the
    /// newest round counts as served (`Served::on`). It counts where the file holds none, because the calendar
    /// lacked the year; nothing without such a service, or while the year still is lacking.
    pub answer_until: Option<NaiveDate>,
    /// Until when the decision has to be paid, and what being late costs.
    pub paying: Paying,
    /// The seven working days of `P-HEARING` from the service of the newest hearing notice.
    pub hearing_told: AfterService,
    /// The days of `P-REMIND` from the service of the newest reminder.
    pub reminded: AfterService,
    /// From when and by which rules time bars a penalty; nothing where none is charged, or on the spot.
    pub limits: Option<Limits>,
    /// What the decision weighed last in whose place this case comes, for the final report; that decision was annulled.
    pub former: Option<Weight>,
    /// What other cases fine the party for, for the final report, the decision and what is imposed on the spot.
    pub fined: Vec<FinedElsewhere>,
    /// Whether the register holds an earlier violation of the party, for what is said to be the first one.
    pub has_earlier_offence: bool,
    /// Whether the register says that the party does no business any more.
    pub is_party_gone: bool,
    /// The orders that the party missed, in this case and in others.
    pub missed_orders: Vec<Missed>,
    /// The day in China on which the order that is looked after counts as served.
    pub order_served_on: Option<NaiveDate>,
    /// The number of an order, of a decision without a penalty or of a change that the party did not get yet; for the
    /// archive.
    pub unserved: Option<String>,
    /// Whether the party itself asks.
    pub is_party: bool,
    /// Whom a request to step back is about; nothing if it is nobody of the office.
    pub concerned: Option<Concerned>,
    /// Who is to investigate from now on.
    pub team: Option<Team>,
    /// Those who said that the party is a relative, or that they have an interest.
    pub tied: BTreeSet<UserId>,
}

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
