//! The decisions against a merchant that everybody may see on its page.

use super::{layout::Bilingual, rating::DecisionRow};
use chrono::NaiveDate;
use liangxin_app::{
    app::{App, Law},
    error::AppError,
    store, usecase,
};
use liangxin_domain::{
    cases::{case::Case, charge::Charge},
    id::MerchantId,
    law::calendar::shanghai_date,
};

/// Those that are shown today, the newest first (Order 45: each class for its time).
pub(super) async fn shown(
    app: &App,
    merchant: MerchantId,
    today: NaiveDate,
) -> Result<Vec<DecisionRow>, AppError> {
    let told = store::cases::list_told(&app.db, merchant).await?;
    let shown = told.iter().filter(|case| {
        let display = usecase::cases::display(app, case);
        display.is_some_and(|display| display.is_public_on(today))
    });
    Ok(shown.filter_map(|case| decision(case, &app.law)).collect())
}

fn decision(case: &Case, law: &Law) -> Option<DecisionRow> {
    let decision = case.file.decision.as_ref()?;
    let charges = case.standing()?.charges.iter();
    let matters: Vec<_> = charges.map(|charge| matter(case, charge, law)).collect();
    let joined = |of: fn(&(String, String)) -> &String, between: &str| {
        let parts: Vec<_> = matters.iter().map(of).map(String::as_str).collect();
        parts.join(between)
    };
    Some(DecisionRow {
        number: case.number.clone(),
        decided_on: shanghai_date(decision.made.at),
        matter: Bilingual::new(joined(|(zh, _)| zh, "；"), joined(|(_, en)| en, "; ")),
        fine_fen: u64::try_from(case.fine().as_i64())
            .ok()
            .filter(|fen| *fen > 0),
    })
}

/// The conduct as the law stood on its day, in both languages. A row may be gone since.
fn matter(case: &Case, charge: &Charge, law: &Law) -> (String, String) {
    let conduct_on = case.basis.told.conduct_on;
    let row = law.violations.get_on(&charge.violation, conduct_on).ok();
    let row = row.or_else(|| {
        law.violations
            .iter()
            .find(|row| row.code == charge.violation)
    });
    match row {
        Some(row) => (row.conduct_zh.clone(), row.conduct_en.clone()),
        None => (charge.violation.to_string(), charge.violation.to_string()),
    }
}
