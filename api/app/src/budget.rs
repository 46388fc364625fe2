//! Budgets of network addresses, for callers whom nobody knows. They bound what one address can ask of
//! the server, and are wide enough for a market's Wi-Fi or a village behind one address. They live in
//! the memory of the process: nothing about an address is stored, and each replica has its own.
//!
//! Strangers share an address, and whoever reads what is left of its budget learns what the others did. So nobody can tell where
//! a budget ends: how much it is, is drawn anew for each address and window, between a least that only a flood reaches and a most.
//! Somebody else's unit moves the moment of the refusal by one place of all that there are, and is noticed by one draw of so many.
//! Once a budget refused it is over until its window ends, so that nobody feels for its end with large and small wishes, and the
//! seconds to wait lead to that end, which is the clock's.

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::refusal::{Code, Refusal};
use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    net::IpAddr,
    ops::Range,
    sync::{Mutex, PoisonError},
};

/// What is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spending {
    /// A look by a receipt code.
    Look,
    /// A report or a complaint.
    Filing,
    /// A question for similar reports nearby.
    Similar,
    /// A hundred kilobytes of photos.
    Photos,
    /// A hundred kilobytes of photos that wait for a form.
    Drafts,
}

/// What one [`Spending::Photos`] or [`Spending::Drafts`] stands for, in bytes.
const PHOTO_UNIT_BYTES: u64 = 100_000;

/// How much may be spent from one moment of the clock to the next: as many units as were drawn for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Window {
    seconds: i64,
    least: i32,
    most: i32,
}

impl Window {
    const fn of(seconds: i64, least: i32, most: i32) -> Self {
        Self {
            seconds,
            least,
            most,
        }
    }

    /// When the window of a moment ends, by the clock of all.
    fn end(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let ended = now.timestamp().div_euclid(self.seconds);
        DateTime::from_timestamp((ended + 1) * self.seconds, 0).unwrap_or(now)
    }

    /// How many draws there are for so many households together: each gives another number of units.
    fn draws(self, times: i32) -> u64 {
        u64::from(self.most.abs_diff(self.least)) * u64::from(times.unsigned_abs()) + 1
    }

    /// How many units a draw gives them: every number between the least and the most, not multiples alone, by which one would count.
    fn units(self, drawn: u64, times: i32) -> i32 {
        let more = i32::try_from(drawn % self.draws(times)).unwrap_or(0);
        self.least.saturating_mul(times).saturating_add(more)
    }
}

const TEN_MINUTES: i64 = 600;
const SIX_HOURS: i64 = 21_600;
const DAY: i64 = 86_400;

impl Spending {
    /// Its windows; each has to have room. The numbers are proposals.
    const fn windows(self) -> &'static [Window] {
        match self {
            Self::Look => const { &[Window::of(TEN_MINUTES, 600, 6_600)] },
            Self::Filing => {
                const {
                    &[
                        Window::of(TEN_MINUTES, 120, 720),
                        // More than ten minutes give: one flood shuts the door for these, and not for the morning.
                        Window::of(SIX_HOURS, 750, 1_750),
                    ]
                }
            }
            // Whoever draws a map asks everywhere; whoever stands at a stall asks once.
            Self::Similar => const { &[Window::of(SIX_HOURS, 60, 420)] },
            // 500 MB, some twenty reports with four large photos, to 8.5 GB: the fewer draws, the more one photo is noticed by.
            Self::Photos => const { &[Window::of(SIX_HOURS, 5_000, 85_000)] },
            // 200 MB, some twenty forms that come back with photos of today's phones, to 500 MB. What waits for a day comes of
            // two windows: a quarter at most of what waits of all addresses. Shorter ones would leave fewer draws each. Who may
            // let none wait files all the same, and chooses them anew.
            Self::Drafts => const { &[Window::of(DAY, 2_000, 5_000)] },
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
pub struct Budgets {
    touched: Mutex<Touched>,
    /// Draws how much each budget is, by a key that only this process has and no row follows from.
    draw: RandomState,
}

/// What is noted as spent of a budget that refused: more than there ever is.
const OVER: i32 = i32::MAX;

/// A window of a budget.
type Key = (Spending, Window, Network);

#[derive(Debug, Default)]
struct Touched {
    /// What was spent of each, and when its window ends.
    spent: HashMap<Key, (i32, DateTime<Utc>)>,
    /// When those whose window is over were last looked for: not for each caller anew.
    swept_at: DateTime<Utc>,
}

impl Touched {
    /// Whether a budget is remembered, or can be.
    fn has_room(&mut self, key: Key, now: DateTime<Utc>) -> bool {
        if self.spent.len() < MOST || self.spent.contains_key(&key) {
            return true;
        }
        if now - self.swept_at >= TimeDelta::seconds(1) {
            self.spent.retain(|_, (_, ends_at)| *ends_at > now);
            if self.spent.len() >= MOST {
                // Many addresses that ask for little each fill the table, and not those that flood.
                let is_much = |window: &Window, spent: i32| spent > window.least / 10;
                self.spent
                    .retain(|(_, window, _), (spent, _)| is_much(window, *spent));
            }
            self.swept_at = now;
        }
        self.spent.len() < MOST
    }

    /// Takes so many units from the budget of each network, with what `draw` drew for it; otherwise when to come back.
    fn take(
        &mut self,
        (spending, units): (Spending, i32),
        networks: &[(Network, i32)],
        now: DateTime<Utc>,
        draw: impl Fn(Key, DateTime<Utc>) -> u64,
    ) -> Result<(), DateTime<Utc>> {
        // Nothing is taken from one budget where another one refuses.
        let (mut taken, mut over) = (Vec::new(), Vec::new());
        for window in spending.windows() {
            for (network, times) in networks {
                let (key, ends_at) = ((spending, *window, *network), window.end(now));
                if !self.has_room(key, now) {
                    continue;
                }
                let known = self.spent.get(&key).filter(|(_, end)| *end > now);
                let spent = known.map_or(0, |(spent, _)| *spent);
                let next = spent.saturating_add(units.min(window.least));
                if next > window.units(draw(key, ends_at), *times) {
                    over.push((key, (OVER, ends_at)));
                } else {
                    taken.push((key, (next, ends_at)));
                }
            }
        }
        let again = over.iter().map(|(_, (_, ends_at))| *ends_at).max();
        self.spent
            .extend(if over.is_empty() { taken } else { over });
        again.map_or(Ok(()), Err)
    }

    /// When to come back, where a budget of an address has refused already.
    fn over(
        &self,
        spending: Spending,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let networks = Network::of(address);
        let keys = networks.flat_map(|(network, _)| {
            let windows = spending.windows().iter();
            windows.map(move |window| (spending, *window, network))
        });
        let spent = keys.filter_map(|key| self.spent.get(&key));
        let over = spent.filter(|(spent, ends_at)| *spent == OVER && *ends_at > now);
        over.map(|(_, ends_at)| *ends_at).max()
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
        self.take((spending, 1), address, now)
    }

    /// Takes these bytes of photos from the budget of an address: those before them were taken, however many pieces they came in.
    pub fn send_photos(
        &self,
        bytes: Range<u64>,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let more = units(bytes.end).saturating_sub(units(bytes.start));
        self.take((Spending::Photos, more), address, now)
    }

    /// Refuses where photos were refused already, and takes nothing: so that nobody sends in vain.
    pub fn may_send_photos(&self, address: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        let Ok(address) = address.parse() else {
            return Ok(());
        };
        let touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        let over = touched.over(Spending::Photos, address, now);
        over.map_or(Ok(()), |again| Err(refused(again, now)))
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
        wish: (Spending, i32),
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let Ok(address) = address.parse() else {
            return Ok(());
        };
        // A form without photos is one for whoever may send no more of them, too.
        if wish.1 == 0 {
            return Ok(());
        }
        let networks: Vec<_> = Network::of(address).collect();
        let mut touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        let draw = |key: Key, ends_at: DateTime<Utc>| self.draw.hash_one((key, ends_at));
        let taken = touched.take(wish, &networks, now, draw);
        taken.map_err(|again| refused(again, now))
    }
}

fn refused(again: DateTime<Utc>, now: DateTime<Utc>) -> Refusal {
    let seconds = (again - now).num_seconds() + 1;
    Refusal::of(Code::TooManyAttempts).with(seconds.to_string())
}

fn units(bytes: u64) -> i32 {
    i32::try_from(bytes.div_ceil(PHOTO_UNIT_BYTES)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests;
