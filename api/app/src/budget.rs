//! Budgets of network addresses, for callers whom nobody knows. They bound what one address can ask of
//! the server, and are wide enough for a market's Wi-Fi or a village behind one address. They live in
//! the memory of the process: nothing about an address is stored, and each replica has its own.

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::refusal::{Code, Refusal};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// What is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spending {
    /// A look by a receipt code.
    Look,
    /// A report or a complaint.
    Filing,
    /// A report or a complaint, by the day: taken with each [`Spending::Filing`].
    FilingOfTheDay,
    /// A question for similar reports nearby.
    Similar,
    /// A hundred kilobytes of photos.
    Photos,
    /// A hundred kilobytes of photos that wait for a form.
    Drafts,
}

/// What one [`Spending::Photos`] or [`Spending::Drafts`] stands for, in bytes.
const PHOTO_UNIT_BYTES: u64 = 100_000;

impl Spending {
    /// How many at once, and after how long one more. The numbers are proposals.
    const fn allowance(self) -> (i32, TimeDelta) {
        match self {
            Self::Look => (600, TimeDelta::milliseconds(100)),
            Self::Filing => (120, TimeDelta::seconds(1)),
            Self::FilingOfTheDay => (1_000, TimeDelta::milliseconds(86_400)),
            // Whoever draws a map asks everywhere; whoever stands at a stall asks once.
            Self::Similar => (60, TimeDelta::minutes(1)),
            // 2 GB, then 100 kB a second: some eighty reports with four large photos, and ten gigabytes a day.
            Self::Photos => (20_000, TimeDelta::seconds(1)),
            // 500 MB, and nearly as much again in a day: some fifty forms at once that come back with photos of today's
            // phones, and less than a quarter of what waits for a day of all addresses.
            Self::Drafts => (5_000, TimeDelta::seconds(18)),
        }
    }
}

/// How many photos may wait of all forms together that are not filed yet, whoever sent them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftRoom {
    /// Most bytes.
    pub bytes: u64,
    /// Most photos: however small, each is a file.
    pub photos: u64,
}

impl Default for DraftRoom {
    /// Some four hundred forms with photos of today's phones. A proposal.
    fn default() -> Self {
        Self {
            bytes: 4_000_000_000,
            photos: 10_000,
        }
    }
}

/// An address as far as one caller cannot choose it: in IPv6 a household has a whole /64.
#[must_use]
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            [a, b, c, d, 0, 0, 0, 0].into()
        }
        v4 => v4,
    }
}

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Network {
    /// What one caller has.
    Household(IpAddr),
    /// A /48 of IPv6: what a provider gives one customer at most, with 65,536 households to send from.
    Site([u16; 3]),
}

impl Network {
    /// Those of an address, each with how many households have its budget.
    fn of(address: IpAddr) -> impl Iterator<Item = (Self, i32)> {
        let home = household(address);
        let site = match home {
            IpAddr::V6(v6) => {
                let [a, b, c, ..] = v6.segments();
                Some((Self::Site([a, b, c]), HOUSEHOLDS))
            }
            IpAddr::V4(_) => None,
        };
        [(Self::Household(home), 1)].into_iter().chain(site)
    }
}

/// So many households' budget a site has: more may be phones of one mobile network. A proposal.
const HOUSEHOLDS: i32 = 16;

/// As many budgets are remembered. Beyond them callers are let in: a full table must not shut the door.
const MOST: usize = 100_000;

/// The budgets that were touched.
#[derive(Debug, Default)]
pub struct Budgets(Mutex<Touched>);

#[derive(Debug, Default)]
struct Touched {
    /// Until when each is not full again.
    full_at: HashMap<(Spending, Network), DateTime<Utc>>,
    /// When those that are full again were last looked for: not for each caller anew.
    swept_at: DateTime<Utc>,
}

impl Touched {
    /// Whether a budget is remembered, or can be.
    fn has_room(&mut self, key: (Spending, Network), now: DateTime<Utc>) -> bool {
        if self.full_at.len() < MOST || self.full_at.contains_key(&key) {
            return true;
        }
        if now - self.swept_at >= TimeDelta::seconds(1) {
            self.full_at.retain(|_, at| *at > now);
            self.swept_at = now;
        }
        self.full_at.len() < MOST
    }
}

impl Budgets {
    /// Takes one from the budget of an address; refused with the seconds to wait. An address that
    /// nobody knows has none.
    pub fn spend(
        &self,
        spending: Spending,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.take((spending, 1), address, now)?;
        match spending {
            Spending::Filing => self.take((Spending::FilingOfTheDay, 1), address, now),
            _ => Ok(()),
        }
    }

    /// Takes photos of so many bytes from the budget of an address.
    pub fn send_photos(
        &self,
        bytes: u64,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.take((Spending::Photos, units(bytes)), address, now)
    }

    /// Takes photos of so many bytes that are to wait for a form from the budget of an address.
    pub fn keep_drafts(
        &self,
        bytes: u64,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.take((Spending::Drafts, units(bytes)), address, now)
    }

    fn take(
        &self,
        (spending, units): (Spending, i32),
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let Ok(address) = address.parse() else {
            return Ok(());
        };
        let (at_once, each) = spending.allowance();
        let mut touched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nothing is taken from one budget where another one refuses.
        let mut taken = Vec::new();
        for (network, times) in Network::of(address) {
            let key = (spending, network);
            if !touched.has_room(key, now) {
                continue;
            }
            let (at_once, each) = (at_once * times, each / times);
            let at = touched.full_at.get(&key).copied().unwrap_or(now);
            let next = at.max(now) + each * units.min(at_once);
            let over = next - now - each * at_once;
            if over > TimeDelta::zero() {
                let seconds = over.num_seconds() + 1;
                return Err(Refusal::of(Code::TooManyAttempts).with(seconds.to_string()));
            }
            taken.push((key, next));
        }
        touched.full_at.extend(taken);
        Ok(())
    }
}

fn units(bytes: u64) -> i32 {
    i32::try_from(bytes.div_ceil(PHOTO_UNIT_BYTES)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn spend(budgets: &Budgets, address: &str, seconds: i64) -> bool {
        let spent = budgets.spend(Spending::Filing, address, at(seconds));
        spent.is_ok()
    }

    #[test]
    fn a_budget_is_spent_at_once_or_over_time_and_told_with_its_seconds() {
        let budgets = Budgets::default();
        assert!((0..120).all(|_| spend(&budgets, "203.0.113.7", 0)));
        let refused = budgets.spend(Spending::Filing, "203.0.113.7", at(0));
        let refused = refused.unwrap_err();
        assert_eq!(refused.code, Code::TooManyAttempts);
        assert_eq!(refused.detail.as_deref(), Some("2"));
        assert!(!spend(&budgets, "203.0.113.7", 0));
        assert!(spend(&budgets, "203.0.113.7", 1));
        assert!(!spend(&budgets, "203.0.113.7", 1));
        assert!(spend(&budgets, "203.0.113.8", 1));
        let look = budgets.spend(Spending::Look, "203.0.113.7", at(1));
        assert_eq!(look, Ok(()));
    }

    #[test]
    fn photos_are_counted_by_their_bytes_and_reports_by_the_day_as_well() {
        let budgets = Budgets::default();
        let send = |bytes, seconds| budgets.send_photos(bytes, "203.0.113.7", at(seconds));
        assert_eq!(send(1_999_950_000, 0), Ok(()));
        assert!(send(1, 0).is_err());
        assert!(send(1_000_000, 9).is_err());
        assert_eq!(send(1_000_000, 10), Ok(()));
        let filed = (0..2_000).filter(|second| spend(&budgets, "203.0.113.7", *second));
        let filed = filed.count();
        assert_eq!(filed, 1_000 + 2_000 * 1_000 / 86_400);
    }

    #[test]
    fn one_address_lets_no_more_photos_wait_than_a_quarter_of_what_waits_for_a_day_of_all() {
        let budgets = Budgets::default();
        let keep = |bytes, address, seconds| budgets.keep_drafts(bytes, address, at(seconds));
        assert_eq!(keep(500_000_000, "203.0.113.7", 0), Ok(()));
        assert!(keep(1, "203.0.113.7", 0).is_err());
        assert_eq!(keep(100_000_000, "203.0.113.8", 0), Ok(()));
        let day = 0..86_400;
        let more = day.filter(|second| keep(100_000, "203.0.113.7", *second).is_ok());
        let more = u64::try_from(more.count()).unwrap() * 100_000;
        assert!(500_000_000 + more <= 4_000_000_000 / 4, "{more}");
        // What waits comes out of a budget of its own.
        assert_eq!(budgets.send_photos(1, "203.0.113.7", at(0)), Ok(()));
    }

    #[test]
    fn a_household_of_ipv6_is_one_and_an_address_written_in_ipv6_is_the_same() {
        let budgets = Budgets::default();
        for _ in 0..60 {
            assert!(spend(&budgets, "2001:db8::1", 0));
            assert!(spend(&budgets, "2001:db8::ffff:2", 0));
        }
        assert!(!spend(&budgets, "2001:db8::3", 0));
        assert!(spend(&budgets, "2001:db8:0:1::3", 0));
        assert!((0..120).all(|_| spend(&budgets, "::ffff:203.0.113.7", 0)));
        assert!(!spend(&budgets, "203.0.113.7", 0));
    }

    #[test]
    fn whoever_has_many_households_of_a_site_has_sixteen_budgets_and_the_next_site_its_own() {
        let budgets = Budgets::default();
        let from = |site: u16, home: u32, seconds| {
            let address = format!("2001:db8:{site:x}:{home:x}::1");
            spend(&budgets, &address, seconds)
        };
        for home in 0..16 {
            assert!((0..120).all(|_| from(7, home, 0)));
            assert!(!from(7, home, 0));
        }
        assert!(!from(7, 16, 0));
        // What is refused to a site is taken from no household of it.
        assert!((0..16).all(|_| from(7, 16, 1)));
        assert!(!from(7, 16, 1));
        assert!(from(8, 16, 0));
    }

    #[test]
    fn whoever_has_no_address_has_no_budget_and_a_full_table_lets_in() {
        let budgets = Budgets::default();
        assert!((0..1000).all(|_| spend(&budgets, "", 0)));
        for number in 0..u32::try_from(MOST).unwrap() {
            let place = std::net::Ipv4Addr::from(number).into();
            let mut touched = budgets.0.lock().unwrap();
            let network = Network::Household(place);
            touched.full_at.insert((Spending::Filing, network), at(10));
        }
        assert!((0..1000).all(|_| spend(&budgets, "203.0.113.7", 0)));
        assert!(spend(&budgets, "203.0.113.7", 11));
        assert_eq!(budgets.0.lock().unwrap().full_at.len(), 2);
    }
}
