//! Photos that look alike: one that another record has already is a question to whoever works with either of them. It is
//! no proof of anything: two officers may stand at the same place.

use crate::{evidence::photo::PhotoOwner, id::PhotoId};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;

/// Most look-alikes of each kind of record that are kept of one search, and that are shown of one photo. A proposal: who
/// is told of twenty looks no further.
pub const MOST: usize = 20;

words! {
    /// How alike two photos are.
    pub enum Resemblance as "PhotoResemblance" {
        /// They are the same bytes.
        Exact,
        /// They show the same picture, made smaller, packed anew, cut a little or brighter.
        Alike,
    }
}

/// A photo of another record that looks like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookAlike {
    /// The other photo.
    pub photo: PhotoId,
    /// The record that has it.
    pub owner: PhotoOwner,
    /// How alike they are.
    pub resemblance: Resemblance,
    /// In how many of 64 bits their words of frequencies differ; 0 of the same bytes.
    pub bits_apart: u32,
    /// When the other one was held.
    pub stored_at: DateTime<Utc>,
}

/// Those that are kept of a search: at most [`MOST`] of visits and as many of reports, so that whoever sends a picture
/// a hundred times hides no officer's photo; of each the same bytes first, then the nearer ones, then the older ones.
#[must_use]
pub fn kept(mut found: Vec<LookAlike>) -> Vec<LookAlike> {
    found.sort_by_key(|found| {
        let is_exact = found.resemblance == Resemblance::Exact;
        let id = found.photo.uuid();
        (Reverse(is_exact), found.bits_apart, found.stored_at, id)
    });
    found.dedup_by_key(|found| found.photo);
    let (of_visits, of_reports): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|found| matches!(found.owner, PhotoOwner::Visit(_)));
    let first = |found: Vec<LookAlike>| found.into_iter().take(MOST);
    first(of_visits).chain(first(of_reports)).collect()
}

/// What somebody is told of the photos that look like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Those of records that this person may see.
    pub seen: Vec<LookAlike>,
    /// Whether a visit that this person may not see has one, too.
    pub is_held_elsewhere: bool,
}

/// What whoever may see `is_seen` of the records is told. A photo of a report that somebody may not see is not told at
/// all, not even as a number: nobody learns from a picture that somebody reported (Order 121, article 37). Officers'
/// photos lead to no reporter, so of these it is told that there is one.
#[must_use]
pub fn told(found: Vec<LookAlike>, is_seen: impl Fn(PhotoOwner) -> bool) -> Told {
    let (seen, unseen): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| is_seen(it.owner));
    let is_of_visit = |found: &LookAlike| matches!(found.owner, PhotoOwner::Visit(_));
    Told {
        seen: seen.into_iter().take(MOST).collect(),
        is_held_elsewhere: unseen.iter().any(is_of_visit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ReportId, VisitId};
    use uuid::Uuid;

    fn found(n: u128, owner: PhotoOwner, bits_apart: u32) -> LookAlike {
        LookAlike {
            photo: PhotoId::new(Uuid::from_u128(n)),
            owner,
            resemblance: match bits_apart {
                0 => Resemblance::Exact,
                _ => Resemblance::Alike,
            },
            bits_apart,
            stored_at: DateTime::UNIX_EPOCH,
        }
    }

    fn visit(n: u128) -> PhotoOwner {
        PhotoOwner::Visit(VisitId::new(Uuid::from_u128(n)))
    }

    fn report(n: u128) -> PhotoOwner {
        PhotoOwner::Report(ReportId::new(Uuid::from_u128(n)))
    }

    #[test]
    fn a_hundred_copies_by_citizens_hide_no_officers_photo() {
        let mut all: Vec<_> = (0..100).map(|n| found(n, report(n), 0)).collect();
        all.push(found(200, visit(1), 7));
        all.push(found(200, visit(1), 3));
        let kept = kept(all);
        assert_eq!(kept.len(), MOST + 1);
        assert_eq!((kept[0].owner, kept[0].bits_apart), (visit(1), 3));
    }

    #[test]
    fn of_a_report_that_somebody_may_not_see_nothing_is_told_not_even_that_there_is_one() {
        let all = vec![found(1, report(1), 0), found(2, report(2), 4)];
        let told_of = |all| told(all, |owner| owner == report(2));
        let one = told_of(all.clone());
        assert_eq!(one.seen, all[1..]);
        assert!(!one.is_held_elsewhere);
        let with_visit = told_of([all, vec![found(3, visit(3), 2)]].concat());
        assert_eq!(with_visit.seen.len(), 1);
        assert!(with_visit.is_held_elsewhere);
    }
}
