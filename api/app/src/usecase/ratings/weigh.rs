//! What the formula of the day says of merchants. Their facts are read for many at once: in a night everybody
//! is computed.

use crate::{
    app::App,
    error::AppError,
    store::{
        self,
        ratings::{Computed, Settled},
    },
    usecase::cases::{conduct, display},
    work::Work,
};
use chrono::{Months, NaiveDate};
use liangxin_domain::{
    cases::case::Case,
    id::{InstrumentId, MerchantId},
    law::calendar::shanghai_date,
    merchants::{instrument::Instrument, merchant::Merchant},
    metrology::verdict::Words,
    ratings::{
        Formula, RatingFormula,
        capped::{self, Basis, CappedFormula, InUse, PenaltyFact, Record, SeenMark, Test},
        evidence::{Evidence, Finding},
        score,
    },
};
use std::collections::HashMap;

/// No formula looks further back, in months: two years for tests, and as long for what came after a veto.
const LOOKED_BACK_MONTHS: u32 = 60;
/// How far back formula 2026-1 counts findings and penalties, in months.
const FORMER_MONTHS: u32 = 12;

/// What is kept about one merchant.
struct Facts<'a> {
    merchant: &'a Merchant,
    instruments: &'a [Instrument],
    marks: &'a HashMap<InstrumentId, SeenMark>,
    settled: &'a [Settled],
    cases: &'a [Case],
}

/// The grades of merchants today. Nothing that belongs to one of them is left out: what cannot be read is an error.
pub(super) async fn weigh(
    app: &App,
    work: &Work,
    ids: &[MerchantId],
) -> Result<Vec<(MerchantId, Computed)>, AppError> {
    let today = work.today();
    let merchants = store::merchants::list_by_ids(work, ids).await?;
    let since = before(today, LOOKED_BACK_MONTHS);
    let instruments = store::merchants::instruments_of_all(work, ids).await?;
    let used: Vec<_> = instruments.values().flatten().map(|it| it.id).collect();
    let marks = store::measurements::marks_of(work, &used).await?;
    let settled = store::ratings::list_settled(work, ids, since).await?;
    let cases = store::cases::list_told_of(work, ids).await?;
    let graded = ids.iter().map(|id| {
        let unreadable = || AppError::damaged("merchant", "id");
        let merchant = merchants.get(id).ok_or_else(unreadable)?;
        let facts = Facts {
            merchant,
            instruments: of(&instruments, merchant),
            marks: &marks,
            settled: of(&settled, merchant),
            cases: of(&cases, merchant),
        };
        let computed = match app.law.formulas.on(today) {
            Formula::Weighted(formula) => weighted(formula, &facts, today),
            Formula::Capped(formula) => by_caps(app, formula, &facts, today),
        };
        computed.map(|computed| (merchant.id, computed))
    });
    graded.collect()
}

fn of<'a, T>(all: &'a HashMap<MerchantId, Vec<T>>, merchant: &Merchant) -> &'a [T] {
    all.get(&merchant.id).map_or(&[], Vec::as_slice)
}

fn before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months))
        .unwrap_or(NaiveDate::MIN)
}

/// By formula 2027-1.
fn by_caps(
    app: &App,
    formula: &CappedFormula,
    facts: &Facts<'_>,
    today: NaiveDate,
) -> Result<Computed, AppError> {
    let in_use = |it: &Instrument| {
        InUse::of(
            it,
            facts.marks.get(&it.id).copied(),
            (&app.law.rules, today),
        )
    };
    let instruments: Vec<_> = facts.instruments.iter().filter_map(in_use).collect();
    let tests: Vec<Test> = facts.settled.iter().map(|it| it.test.clone()).collect();
    let penalties: Vec<_> = facts
        .cases
        .iter()
        .filter_map(|case| {
            let shown_until = display(app, case).and_then(|display| display.until);
            PenaltyFact::of(case, upheld(app, case, facts.settled), shown_until)
        })
        .collect();
    let record = Record {
        merchant: facts.merchant,
        instruments: &instruments,
        tests: &tests,
        penalties: &penalties,
    };
    let assessed = capped::assess(formula, &record, today)
        .map_err(|e| AppError::internal("grade a merchant", e))?;
    Ok(Computed {
        basis: Basis::of(formula, &record, &assessed),
        findings: assessed.tests,
        score: assessed.score,
    })
}

/// What a decision upheld, in plain words: the worst failed test of the visit behind it, or else the conduct.
fn upheld(app: &App, case: &Case, settled: &[Settled]) -> Words {
    let failed = settled.iter().filter(|found| {
        found.visit.is_some() && found.visit == case.basis.visit && found.test.times.is_some()
    });
    if let Some(worst) = failed.max_by_key(|found| found.test.times) {
        return worst.note.clone();
    }
    let charges = case.standing().map(|penalty| penalty.charges.as_slice());
    let conducts: Vec<_> = charges
        .unwrap_or_default()
        .iter()
        .map(|charge| conduct(&app.law, case, charge))
        .collect();
    let joined = |of: fn(&Words) -> &String, between: &str| {
        let parts: Vec<_> = conducts.iter().map(of).map(String::as_str).collect();
        parts.join(between)
    };
    Words::new(joined(|it| &it.zh, "；"), joined(|it| &it.en, "; "))
}

/// By formula 2026-1.
fn weighted(
    formula: &RatingFormula,
    facts: &Facts<'_>,
    today: NaiveDate,
) -> Result<Computed, AppError> {
    let since = before(today, FORMER_MONTHS);
    let findings: Vec<_> = facts
        .settled
        .iter()
        .filter(|found| found.test.found_on >= since)
        .map(|found| Finding {
            indicator: found.test.indicator.clone(),
            passed: found.test.passed,
            found_on: found.test.found_on,
        })
        .collect();
    let recent = facts.cases.iter().filter(|case| {
        let decision = case.file.decision.as_ref();
        decision.is_some_and(|decision| shanghai_date(decision.made.at) > since)
    });
    let evidence = Evidence {
        merchant: facts.merchant,
        instruments: facts.instruments,
        findings: &findings,
        penalties: u32::try_from(recent.count()).unwrap_or(u32::MAX),
    };
    let weighed = evidence
        .facts(formula, today)
        .map_err(|e| AppError::internal("weigh a merchant", e))?;
    let standing = evidence.standing(today);
    let score = score::score(formula, facts.merchant.venue, &weighed, &standing)
        .map_err(|e| AppError::internal("score a merchant", e))?;
    Ok(Computed {
        score,
        findings: standing.official_findings,
        basis: Basis::default(),
    })
}
