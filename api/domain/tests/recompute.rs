//! A program in another language computes every grade of a made world again from its open data, for ten days:
//! `tests/open/recompute.py`, by the text of the formula and the rows that everybody may have.

#![cfg(test)]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{Days, NaiveDate};
use liangxin_domain::id::{CaseId, FindingId, InstrumentId, MerchantId};
use liangxin_domain::merchants::{code::MerchantCode, merchant::Merchant};
use liangxin_domain::metrology::verdict::Words;
use liangxin_domain::money::Fen;
use liangxin_domain::ratings::capped::{
    Basis, CappedFormula, Charged, InUse, PenaltyFact, Record, Test, Validity, assess,
};
use liangxin_domain::ratings::indicator::Venue;
use liangxin_domain::ratings::open::OpenGrade;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2027, 3, 31).unwrap();
const MERCHANTS: usize = 140;
const TESTED: [&str; 9] = ["A4", "A5", "B1", "B1", "B1", "B3", "B5", "B6", "B8"];
const CODES: [&str; 9] = [
    "M-QTY-01", "M-VER-01", "M-STL-05", "M-CHT-01", "M-UNT-01", "M-STL-02", "M-OBS-01", "M-MRK-01",
    "M-MKT-02",
];

/// Numbers that follow from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A day of the last so many.
    fn day(&mut self, days: usize) -> NaiveDate {
        let back = u64::try_from(self.below(days)).unwrap();
        TODAY.checked_sub_days(Days::new(back)).unwrap()
    }
}

/// Everything that a record borrows.
struct Made {
    merchant: Merchant,
    instruments: Vec<InUse>,
    tests: Vec<Test>,
    penalties: Vec<PenaltyFact>,
}

impl Made {
    fn by(chance: &mut Chance, number: usize) -> Self {
        let venues: Vec<_> = Venue::iter().collect();
        let is_old = !chance.one_in(5);
        let instruments = (0..chance.below(5)).map(|_| instrument(chance)).collect();
        let tests = (0..chance.below(16)).map(|_| test(chance)).collect();
        let most = if chance.one_in(3) { 4 } else { 1 };
        let penalties = (0..chance.below(most)).map(|at| penalty(chance, at));
        let penalties = penalties.collect();
        Self {
            merchant: Merchant {
                id: MerchantId::new(Uuid::from_u128(u128::try_from(number).unwrap())),
                code: MerchantCode::parse(&format!("{number:010}")).unwrap(),
                venue: chance.pick(&venues),
                name_zh: String::new(),
                name_en: String::new(),
                credit_code: None,
                division: "430103".parse().unwrap(),
                address: String::new(),
                position: None,
                market: None,
                stall_no: None,
                opened_on: if is_old {
                    chance.day(4_000)
                } else {
                    chance.day(200)
                },
                commitment_signed_on: (!chance.one_in(4)).then(|| chance.day(900)),
                commitment_valid_to: chance.one_in(3).then(|| chance.day(300)),
                ended: None,
                version: 1,
            },
            instruments,
            tests,
            penalties,
        }
    }

    fn record(&self) -> Record<'_> {
        Record {
            merchant: &self.merchant,
            instruments: &self.instruments,
            tests: &self.tests,
            penalties: &self.penalties,
        }
    }

    fn page(&self) -> String {
        format!("/m/{}", self.merchant.code)
    }
}

fn instrument(chance: &mut Chance) -> InUse {
    let validity = match chance.below(9) {
        0 => Validity::Unknown,
        1 => Validity::ForGood,
        2 => Validity::Until(chance.day(60)),
        _ => Validity::Until(TODAY.checked_add_days(Days::new(300)).unwrap()),
    };
    InUse {
        id: InstrumentId::new(Uuid::nil()),
        name: Words::new("电子计价秤", "Price-computing scale"),
        is_on_file: !chance.one_in(6),
        validity,
    }
}

fn test(chance: &mut Chance) -> Test {
    let passed = !chance.one_in(8);
    let is_known = !passed && !chance.one_in(3);
    Test {
        id: FindingId::new(Uuid::nil()),
        indicator: chance.pick(&TESTED).parse().unwrap(),
        passed,
        times: is_known.then(|| u32::try_from(chance.below(16)).unwrap()),
        found_on: chance.day(1_000),
    }
}

fn penalty(chance: &mut Chance, at: usize) -> PenaltyFact {
    let served_on = chance.day(1_200);
    let later = |chance: &mut Chance, days| {
        let days = u64::try_from(chance.below(days)).unwrap();
        served_on.checked_add_days(Days::new(days)).unwrap()
    };
    let charges = (0..=chance.below(2)).map(|_| Charged {
        violation: chance.pick(&CODES).parse().unwrap(),
        is_grave: chance.one_in(3),
    });
    let charges = charges.collect();
    PenaltyFact {
        case: CaseId::new(Uuid::from_u128(u128::try_from(at).unwrap())),
        served_on,
        charges,
        is_warning_alone: chance.one_in(5),
        fine: Fen::from_yuan(300).unwrap(),
        correct_by: later(chance, 40),
        corrected_on: (!chance.one_in(4)).then(|| later(chance, 80)),
        repaired_on: chance.one_in(3).then(|| later(chance, 600)),
        found: Words::new("少秤", "short weight"),
        shown_until: None,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "which Python there is, the environment of the tests says"
)]
fn python() -> Option<String> {
    let named = env::var("LIANGXIN_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let tried = Command::new(&named).args(["-c", "import tomllib"]).output();
    if tried.is_ok_and(|tried| tried.status.success()) {
        return Some(named);
    }
    let is_required = env::var("LIANGXIN_TEST_REQUIRE").is_ok_and(|it| it == "1");
    assert!(
        !is_required,
        "no Python 3.11 found, and LIANGXIN_TEST_REQUIRE=1 forbids to skip"
    );
    eprintln!("skipped: no Python 3.11 found to compute grades again");
    None
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What the other program says of the rows.
fn recomputed(python: &str, rows: &[OpenGrade], days: &[NaiveDate]) -> Vec<String> {
    let file = env::temp_dir().join(format!("liangxin-grades-{}.json", std::process::id()));
    fs::write(&file, serde_json::to_string(rows).unwrap()).unwrap();
    let said = Command::new(python)
        .arg(root().join("tests/open/recompute.py"))
        .arg(root().join("api/domain/law/rating-2027-1.toml"))
        .arg(&file)
        .args(days.iter().map(ToString::to_string))
        .output()
        .unwrap();
    fs::remove_file(&file).unwrap();
    let told = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success(), "{told}");
    let lines = String::from_utf8(said.stdout).unwrap();
    lines.lines().map(str::to_owned).collect()
}

/// What this program says.
fn computed(formula: &CappedFormula, made: &[Made], days: &[NaiveDate]) -> Vec<String> {
    let of_day = |day: &NaiveDate| {
        let day = *day;
        made.iter().map(move |made| {
            let score = assess(formula, &made.record(), day).unwrap().score;
            let points = score
                .points_tenths
                .map(|it| format!("{}.{}", it / 10, it % 10));
            let points = points.unwrap_or_default();
            format!("{},{day},{},{points}", made.page(), score.grade)
        })
    };
    days.iter().flat_map(of_day).collect()
}

#[test]
fn another_program_computes_every_grade_of_ten_days_from_the_open_data() {
    let Some(python) = python() else { return };
    let formula = CappedFormula::embedded().unwrap();
    let mut chance = Chance(20_270_101);
    let made: Vec<_> = (0..MERCHANTS).map(|at| Made::by(&mut chance, at)).collect();
    let rows = made.iter().map(|made| {
        let assessed = assess(&formula, &made.record(), TODAY).unwrap();
        OpenGrade {
            page: made.page(),
            division: made.merchant.division,
            as_of: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(),
            formula: formula.version().to_owned(),
            grade: Some(assessed.score.grade),
            points: None,
            facts: Basis::of(&formula, &made.record(), &assessed).facts,
        }
    });
    let mut rows: Vec<_> = rows.collect();
    let days: Vec<_> = (0..10).map(|_| chance.day(900)).collect();
    let due = computed(&formula, &made, &days);
    assert_eq!(recomputed(&python, &rows, &days), due);
    for grade in [",AAA,", ",AA,", ",A,", ",B,", ",C,", ",D,", ",N,"] {
        assert!(
            due.iter().any(|line| line.contains(grade)),
            "nobody is {grade}"
        );
    }
    // It is no echo: a fact that was changed gives another grade.
    let facts = rows.iter_mut().filter_map(|row| row.facts.as_mut());
    for tested in facts.flat_map(|facts| &mut facts.tests) {
        tested.passed = !tested.passed;
    }
    assert_ne!(recomputed(&python, &rows, &days), due);
}
