//! What an officer says of himself: that a merchant is a relative's, or that there is an interest. From then on he is
//! neither sent to that merchant nor acts in a report, a visit, a case, a complaint or a reward about it (Administrative
//! Penalty Law, article 43; Order 2, article 4: whoever has such a tie steps back of himself).
//!
//! He says too when it is over. What began or happened before he said so stays barred to him, so that nobody ends a tie to
//! take a matter; from the day after on he is free for what comes then. Until when a tie bars is our choice, no rule says it.

use crate::{
    commands,
    id::{InterestId, MerchantId, UserId},
    law::calendar::shanghai_date,
    refusal::{Code, Refusal},
    text::Reason,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeSet;

words! {
    /// What ties an officer to a merchant.
    pub enum InterestKind as "InterestKind" {
        /// It is a near relative's, or one works there in charge.
        Relative,
        /// A share, a debt, a contract.
        Property,
        /// Another tie that may touch on fairness.
        Other,
    }
}

/// What ties an officer to a merchant, as he said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    /// Its id.
    pub id: InterestId,
    /// The officer.
    pub officer: UserId,
    /// The merchant.
    pub merchant: MerchantId,
    /// What it is.
    pub kind: InterestKind,
    /// In what words.
    pub words: Reason,
    /// When he said it.
    pub declared_at: DateTime<Utc>,
    /// That it is over; nothing while it lasts.
    pub end: Option<InterestEnd>,
}

/// That a tie is over, as the officer said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestEnd {
    /// The last day of the tie, in China.
    pub on: NaiveDate,
    /// Why it is over.
    pub reason: Reason,
    /// When he said it.
    pub said_at: DateTime<Utc>,
}

/// A merchant whom a matter is about, and since when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// The merchant.
    pub merchant: MerchantId,
    /// The day in China on which the matter began: what happened, where that is known, else when it came in.
    pub since: NaiveDate,
}

impl Interest {
    /// The officer says that it is over: on a day from the one on which he declared it to today, and once.
    pub fn end(self, on: NaiveDate, reason: Reason, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.end.is_some() {
            return Err(Refusal::of(Code::InterestOver));
        }
        if on > shanghai_date(now) {
            return Err(Refusal::on(Code::TimeInFuture, "endedOn"));
        }
        if on < shanghai_date(self.declared_at) {
            return Err(Refusal::on(Code::TimeTooOld, "endedOn"));
        }
        let end = Some(InterestEnd {
            on,
            reason,
            said_at: now,
        });
        Ok(Self { end, ..self })
    }

    /// Whether it keeps its officer from a matter that began on a day. An earlier day than the one on which he said that it
    /// is over frees nobody: it would be his word alone.
    #[must_use]
    pub fn bars(&self, since: NaiveDate) -> bool {
        let end = self.end.as_ref();
        end.is_none_or(|end| shanghai_date(end.said_at) >= since)
    }

    /// Whether it was declared by a moment, where one counts: what was done before it stays done.
    fn was_said(&self, by: Option<DateTime<Utc>>) -> bool {
        by.is_none_or(|by| self.declared_at <= by)
    }
}

/// Whom ties to a merchant keep from a matter about it that began on a day; from an act of a moment those alone that were
/// declared by then.
#[must_use]
pub fn tied<'a>(
    said: impl IntoIterator<Item = &'a Interest>,
    since: NaiveDate,
    by: Option<DateTime<Utc>>,
) -> BTreeSet<UserId> {
    let barring = said
        .into_iter()
        .filter(|interest| interest.was_said(by) && interest.bars(since));
    barring.map(|interest| interest.officer).collect()
}

commands! {
    /// What an officer says of himself.
    InterestWrite:

    /// Say that a merchant is a relative's, or that there is an interest.
    DeclareInterest {
        /// The merchant.
        merchant: MerchantId,
        /// What ties one to it.
        kind: InterestKind,
        /// In what words.
        words: Reason,
    } => DeclareInterest;
    /// Say that this is over.
    EndInterest {
        /// What was said.
        interest: InterestId,
        /// The last day of the tie, in China.
        on: NaiveDate,
        /// Why it is over.
        reason: Reason,
    } => DeclareInterest;
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn noon(of: u32) -> DateTime<Utc> {
        day(of).and_hms_opt(4, 0, 0).unwrap().and_utc()
    }

    fn reason() -> Reason {
        Reason::parse("股份已经转让给他人。", "reason").unwrap()
    }

    fn declared() -> Interest {
        Interest {
            id: InterestId::new(Uuid::from_u128(1)),
            officer: UserId::new(Uuid::from_u128(2)),
            merchant: MerchantId::new(Uuid::from_u128(3)),
            kind: InterestKind::Property,
            words: reason(),
            declared_at: noon(10),
            end: None,
        }
    }

    #[test]
    fn a_tie_bars_what_began_before_it_was_said_to_be_over_and_nothing_later() {
        let said = declared();
        assert!(said.bars(day(1)) && said.bars(day(30)));
        let ended = said.end(day(12), reason(), noon(20)).unwrap();
        assert!(ended.bars(day(1)) && ended.bars(day(12)) && ended.bars(day(20)));
        assert!(!ended.bars(day(21)));
        assert_eq!(
            tied([&declared(), &ended], day(21), None),
            BTreeSet::from([ended.officer])
        );
        assert!(tied([&ended], day(21), None).is_empty());
    }

    #[test]
    fn a_tie_bars_no_act_that_was_done_before_it_was_declared() {
        let (said, officer) = (declared(), declared().officer);
        let kept = |at| tied([&said], day(1), Some(at));
        assert!(kept(noon(9)).is_empty());
        assert_eq!(kept(noon(10)), BTreeSet::from([officer]));
        let ended = declared().end(day(12), reason(), noon(20)).unwrap();
        assert!(tied([&ended], day(21), Some(noon(22))).is_empty());
    }

    #[test]
    fn a_tie_ends_once_and_neither_before_it_was_declared_nor_in_the_future() {
        let end = |on| declared().end(day(on), reason(), noon(20));
        let refused = |on| end(on).unwrap_err().code;
        assert_eq!(refused(9), Code::TimeTooOld);
        assert_eq!(refused(21), Code::TimeInFuture);
        assert!(end(10).is_ok());
        let ended = end(20).unwrap();
        let again = ended.end(day(20), reason(), noon(21));
        assert_eq!(again.unwrap_err().code, Code::InterestOver);
    }

    #[test]
    fn the_day_is_the_one_in_china() {
        // 23:30 on the 20th in London is the 21st in Changsha.
        let late = day(20).and_hms_opt(23, 30, 0).unwrap().and_utc();
        let ended = declared().end(day(21), reason(), late).unwrap();
        assert!(ended.bars(day(21)) && !ended.bars(day(22)));
    }
}
