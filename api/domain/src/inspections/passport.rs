//! The passport of a visit: a code that its officers show at the door, by which the merchant sees who comes, why, from which
//! bureau and with what scope. An enterprise may turn away a visit that is not registered so (Hunan's inspection code for
//! administrative inspections).
//!
//! It tells nobody that somebody reported the merchant, nor what joins the visit to a report (Order 121, article 37): what a
//! report, another lead and the bureau's own round lead to reads alike.

use super::{
    origin::OriginKind,
    visit::{Entry, Visit, VisitState},
};
use crate::{
    law::calendar::shanghai_date,
    limits::PASSPORT_DAYS,
    policy::{Action, Permit},
    refusal::Refusal,
};
use chrono::{Days, NaiveDate};

words! {
    /// Why officers come, as they tell it at the door.
    pub enum Cause {
        /// Outside of plans and draws, as it is the bureau's duty to check.
        Duty,
        /// A plan of inspections.
        Plan,
        /// A draw of objects and inspectors.
        Draw,
        /// What was found before is looked at again.
        Again,
    }
}

impl OriginKind {
    /// What is told of it at the door.
    #[must_use]
    pub const fn cause(self) -> Cause {
        match self {
            // One word for the three: where one had a word of its own, its absence would tell of another.
            Self::Report | Self::Lead | Self::Patrol => Cause::Duty,
            Self::Plan => Cause::Plan,
            Self::Draw => Cause::Draw,
            Self::VisitAgain | Self::CaseAgain => Cause::Again,
        }
    }
}

/// Why a passport that was made here is no good any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassportOver {
    /// Others go in the place of those for whom it was made.
    OthersGo,
    /// Nobody asked for it since a day that is long ago, and the visit is not closed.
    Lapsed {
        /// It was good until that day.
        on: NaiveDate,
    },
    /// The visit ended long ago.
    Ended {
        /// On that day.
        on: NaiveDate,
    },
}

impl Visit {
    /// Somebody who goes gets the passport of those who go now, until the visit is closed.
    pub(super) fn make_passport(mut self, permit: &Permit) -> Result<Self, Refusal> {
        permit.person(Action::CheckIn)?;
        if matches!(self.state, VisitState::Submitted { .. }) {
            return Err(self.wrong_state());
        }
        self.entry = Some(Entry::Passport);
        Ok(self)
    }

    /// Which of its passports is that of those who go now: as many teams went before.
    #[must_use]
    pub fn passport_number(&self) -> i32 {
        i32::try_from(self.former_teams.len()).unwrap_or(i32::MAX)
    }

    /// On which day it was closed, if it is.
    #[must_use]
    pub fn closed_on(&self) -> Option<NaiveDate> {
        match self.state {
            VisitState::Submitted { at } => Some(shanghai_date(at)),
            VisitState::Dispatched | VisitState::CheckedIn => None,
        }
    }

    /// The last day of its passport, which was asked for last on a day, if that is known. A visit that is never closed lets
    /// nobody in for ever: those who go ask again.
    #[must_use]
    pub fn passport_until(&self, made_on: Option<NaiveDate>) -> NaiveDate {
        let sent_on = || shanghai_date(self.dispatched_at);
        let from = self.closed_on().or(made_on).unwrap_or_else(sent_on);
        let days = Days::new(PASSPORT_DAYS.unsigned_abs());
        from.checked_add_days(days).unwrap_or(from)
    }

    /// Refuses a passport that was made for others than those who go, and one that is older than its days.
    pub fn check_passport(
        &self,
        (number, made_on): (i32, Option<NaiveDate>),
        today: NaiveDate,
    ) -> Result<(), PassportOver> {
        if number != self.passport_number() {
            return Err(PassportOver::OthersGo);
        }
        let until = self.passport_until(made_on);
        match self.closed_on() {
            _ if today <= until => Ok(()),
            Some(on) => Err(PassportOver::Ended { on }),
            None => Err(PassportOver::Lapsed { on: until }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{CaseId, DrawId, MerchantId, PlanId, ReportId, UserId, VisitId},
        inspections::{
            origin::Origin,
            visit::{FormerTeam, Team},
        },
        reports::state::Mark,
        text::{Line, Reason},
    };
    use chrono::{DateTime, TimeDelta, Utc};
    use uuid::Uuid;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn visit(origin: Origin) -> Visit {
        let place = (MerchantId::new(Uuid::nil()), "430103".parse().unwrap());
        let team = Team::stored([1, 2].map(|n| UserId::new(Uuid::from_u128(n))));
        Visit::dispatched(VisitId::new(Uuid::nil()), origin, place, team, NOW)
    }

    fn about(text: &str) -> Line {
        Line::parse(text, "about").unwrap()
    }

    #[test]
    fn a_report_another_lead_and_a_round_are_one_cause_and_nothing_else_is() {
        let id = Uuid::nil();
        for (origin, cause) in [
            (Origin::Report(ReportId::new(id)), Cause::Duty),
            (Origin::Lead(about("媒体反映")), Cause::Duty),
            (Origin::Patrol(about("市场巡查")), Cause::Duty),
            (Origin::Plan(PlanId::new(id)), Cause::Plan),
            (Origin::Draw(DrawId::new(id)), Cause::Draw),
            (Origin::VisitAgain(VisitId::new(id)), Cause::Again),
            (Origin::CaseAgain(CaseId::new(id)), Cause::Again),
        ] {
            assert_eq!(origin.kind().cause(), cause, "{origin:?}");
        }
    }

    #[test]
    fn a_passport_is_good_for_who_goes_and_some_days_after_the_visit() {
        let mut visit = visit(Origin::Patrol(about("市场巡查")));
        let today = shanghai_date(NOW);
        let in_days = |days| today + TimeDelta::days(days);
        let late = Some(in_days(900));
        visit.state = VisitState::Submitted { at: NOW };
        assert_eq!(
            visit.check_passport((0, late), in_days(PASSPORT_DAYS)),
            Ok(())
        );
        let over = visit.check_passport((0, late), in_days(PASSPORT_DAYS + 1));
        assert_eq!(over, Err(PassportOver::Ended { on: today }));
        visit.state = VisitState::Dispatched;
        visit.former_teams.push(FormerTeam {
            officers: visit.team.clone(),
            reason: Reason::parse("原检查人员须回避。", "reason").unwrap(),
            made: Mark {
                by: UserId::new(Uuid::nil()),
                at: NOW,
            },
        });
        let former = visit.check_passport((0, late), today);
        assert_eq!(former, Err(PassportOver::OthersGo));
        assert_eq!(visit.check_passport((1, late), today), Ok(()));
    }

    #[test]
    fn the_passport_of_a_visit_that_is_never_closed_ends_some_days_after_it_was_asked_for_last() {
        let visit = visit(Origin::Patrol(about("市场巡查")));
        let today = shanghai_date(NOW);
        let in_days = |days| today + TimeDelta::days(days);
        // That of before the day was kept counts from the day on which they were sent.
        for made_on in [None, Some(today)] {
            let last = in_days(PASSPORT_DAYS);
            assert_eq!(visit.passport_until(made_on), last);
            assert_eq!(visit.check_passport((0, made_on), last), Ok(()));
            let over = visit.check_passport((0, made_on), in_days(PASSPORT_DAYS + 1));
            assert_eq!(over, Err(PassportOver::Lapsed { on: last }));
        }
        let again = Some(in_days(900));
        assert_eq!(visit.check_passport((0, again), in_days(930)), Ok(()));
    }
}
