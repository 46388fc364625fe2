//! Days of a phone, played at random: its clock is set, its zone changes, it starts anew, and it is without a network for days;
//! what it wrote meanwhile comes in any order. The counter of some stands still while they sleep; nobody sets the clock of
//! those, since of two that are both wrong nothing can be known. Whatever happens, the true time lies in what the server reckons.

use super::super::*;

/// As many phones are played.
const SEEDS: u64 = 1_000;

/// So much happens to each of them.
const EVENTS: u64 = 60;

/// Truth, in microseconds since the inspectors were sent.
type Truth = i64;

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600 * SECOND;

/// Numbers that follow from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of the numbers from `least` to `most`.
    fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = most.abs_diff(least) + 1;
        least + i64::try_from(self.throw() % width).unwrap()
    }
}

/// Something that happened, as the phone wrote it down, and when it truly was.
struct Entry {
    truth: Truth,
    claim: Claim,
}

struct Phone {
    dice: Dice,
    now: Truth,
    /// When the counter began, and by how many millionths it runs fast.
    began: Truth,
    fast: i64,
    /// Whether the counter stands still while the phone sleeps, and for how long it did.
    halts: bool,
    halted: i64,
    boots: u32,
    /// By how much the clock is off, in microseconds, and the offset of its zone in seconds.
    off: i64,
    zone: i32,
    anchor: Option<Anchor>,
    unsent: Vec<Entry>,
    readings: Vec<Reading>,
    /// How many entries came whose span an anchor or the order of entries narrowed.
    narrowed: u32,
}

fn sent_at() -> DateTime<Utc> {
    "2026-11-23T01:00:00Z".parse().unwrap()
}

/// What a clock that is right shows, to the millisecond.
fn server(truth: Truth) -> DateTime<Utc> {
    sent_at() + TimeDelta::milliseconds(truth.div_euclid(1_000))
}

impl Phone {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        Self {
            now: dice.between(0, 12 * HOUR),
            began: -dice.between(0, 40 * 24 * HOUR),
            fast: dice.between(-900, 900),
            halts: dice.between(0, 3) == 0,
            halted: 0,
            boots: 1,
            off: 0,
            zone: 8 * 3_600,
            anchor: None,
            unsent: Vec::new(),
            readings: Vec::new(),
            narrowed: 0,
            dice,
        }
    }

    fn counter(&self) -> Counter {
        let ran = self.now - self.began - self.halted;
        let shown = ran + ran * self.fast / 1_000_000;
        Counter(shown.div_euclid(1_000))
    }

    fn boot(&self) -> BootId {
        BootId::parse(&format!("boot-{}", self.boots), "occurred").unwrap()
    }

    fn pass(&mut self, most: i64) {
        let passed = self.dice.between(0, most);
        self.now += passed;
        if self.halts && self.dice.between(0, 2) == 0 {
            self.halted += self.dice.between(0, passed);
        }
    }

    fn start_anew(&mut self) {
        self.pass(10 * 60 * SECOND);
        self.began = self.now;
        self.halted = 0;
        self.boots += 1;
    }

    fn set_clock(&mut self) {
        self.off = match self.dice.between(0, 3) {
            _ if self.halts => 0,
            0 => 0,
            1 => self.dice.between(-3 * HOUR, 3 * HOUR),
            _ => self.dice.between(-400 * 24 * HOUR, 400 * 24 * HOUR),
        };
        self.zone = i32::try_from(self.dice.between(-12, 14)).unwrap() * 3_600;
    }

    fn ask(&mut self) {
        let asked = self.counter();
        self.pass(20 * SECOND);
        let server_time = server(self.now);
        self.pass(20 * SECOND);
        let tells_both = self.dice.between(0, 3) > 0;
        self.anchor = Some(Anchor {
            server_time,
            asked: tells_both.then_some(asked),
            answered: self.counter(),
            boot: self.boot(),
        });
    }

    fn write(&mut self) {
        let zone = FixedOffset::east_opt(self.zone).unwrap();
        let shown = server(self.now + self.off).with_timezone(&zone);
        let claim = Claim {
            wall: shown,
            zone: None,
            counter: self.counter(),
            boot: self.boot(),
            anchor: self.anchor.clone(),
        };
        let truth = self.now;
        self.unsent.push(Entry { truth, claim });
    }

    /// Some of what waits comes, in any order.
    fn send(&mut self, seed: u64) {
        let mut rest = self.dice.between(0, 8);
        while rest > 0 && !self.unsent.is_empty() {
            rest -= 1;
            self.pass(30 * SECOND);
            let most = i64::try_from(self.unsent.len()).unwrap() - 1;
            let which = usize::try_from(self.dice.between(0, most)).unwrap();
            let Entry { truth, claim } = self.unsent.swap_remove(which);
            let known = Known {
                sent_at: sent_at(),
                received_at: server(self.now),
                readings: &self.readings,
            };
            let occurred = Occurred::of(Some(claim), &known);
            let told = format!("seed {seed}: {truth} µs, {occurred:?}");
            assert!(occurred.span.contains(server(truth)), "{told}");
            assert!(occurred.span.contains(occurred.at()), "{told}");
            self.narrowed += u32::from(occurred.span != known.sure());
            self.readings.extend(occurred.reading());
        }
    }
}

/// How many of the entries of a seed were narrowed.
fn play(seed: u64) -> u32 {
    let mut phone = Phone::new(seed);
    for _ in 0..EVENTS {
        match phone.dice.between(0, 11) {
            0 => phone.start_anew(),
            1 => phone.set_clock(),
            2 | 3 => phone.ask(),
            4..=8 => phone.write(),
            9 => phone.pass(5 * 24 * HOUR),
            _ => phone.send(seed),
        }
        phone.pass(HOUR);
    }
    while !phone.unsent.is_empty() {
        phone.send(seed);
    }
    phone.narrowed
}

#[test]
fn the_true_time_is_always_between_the_moments() {
    let narrowed: u32 = (0..SEEDS).map(play).sum();
    assert!(narrowed > 5_000, "{narrowed} entries were narrowed");
}
