//! The decisions against a merchant that everybody may see on its page.

use super::{layout::Bilingual, rating::DecisionRow};
use chrono::NaiveDate;
use liangxin_app::{
    app::{App, Law},
    error::AppError,
    store, usecase,
};
use liangxin_domain::{
    cases::case::Case, id::MerchantId, law::calendar::shanghai_date, metrology::verdict::Words,
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
    let matters: Vec<_> = charges
        .map(|charge| usecase::cases::conduct(law, case, charge))
        .collect();
    let joined = |of: fn(&Words) -> &String, between: &str| {
        let parts: Vec<_> = matters.iter().map(of).map(String::as_str).collect();
        parts.join(between)
    };
    Some(DecisionRow {
        number: case.number.clone(),
        decided_on: shanghai_date(decision.made.at),
        matter: Bilingual::new(joined(|it| &it.zh, "；"), joined(|it| &it.en, "; ")),
        fine_fen: u64::try_from(case.fine().as_i64())
            .ok()
            .filter(|fen| *fen > 0),
    })
}
