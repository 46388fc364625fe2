//! Every grade that was computed, for everybody: read in pages, so that it makes no difference how many there are.

use crate::{
    app::App,
    error::AppError,
    store::{self, ratings::Rating},
};
use liangxin_domain::{
    id::RatingId,
    law::calendar::shanghai_date,
    merchants::merchant::Merchant,
    ratings::{grade::Grade, open::OpenGrade},
};

/// How many are read together.
const PAGE: u64 = 200;

/// The columns of a table of grades.
pub const COLUMNS: &str = "page,division,as_of,formula,grade,points,facts\r\n";

/// Grades that were read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Those that everybody may have, the oldest first.
    pub grades: Vec<OpenGrade>,
    /// After which one the next ones stand.
    pub last: RatingId,
}

/// The grades after another one; nothing behind the last one. Those of a merchant that does no business any more are
/// not among them: its code shows no grade.
pub async fn list_after(app: &App, after: Option<RatingId>) -> Result<Option<Listed>, AppError> {
    let (ratings, last) = store::ratings::list_after(&app.db, after, PAGE).await?;
    let Some(last) = last else {
        return Ok(None);
    };
    let ids: Vec<_> = ratings.iter().map(|rating| rating.merchant).collect();
    let merchants = store::merchants::list_by_ids(&app.db, &ids).await?;
    let (shown, today) = (app.law.formulas.shown(), shanghai_date(app.now()));
    let open = ratings.into_iter().filter_map(|rating| {
        let merchant = merchants.get(&rating.merchant)?;
        let is_shown = shown.is_public(rating.grade, merchant, today);
        let grade = is_shown.then_some(rating.grade);
        merchant
            .ended
            .is_none()
            .then(|| open(merchant, grade, rating))
    });
    Ok(Some(Listed {
        grades: open.collect(),
        last,
    }))
}

fn open(merchant: &Merchant, grade: Option<Grade>, rating: Rating) -> OpenGrade {
    OpenGrade {
        page: format!("/m/{}", merchant.code),
        division: merchant.division,
        as_of: rating.as_of,
        formula: rating.formula_version,
        grade,
        points: rating
            .points_tenths
            .filter(|_| grade.is_some())
            .map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)),
        facts: rating.basis.facts,
    }
}

/// A line of that table (RFC 4180), with the facts as one text. Everything in it was made here.
pub fn line(grade: &OpenGrade) -> Result<String, AppError> {
    let OpenGrade {
        page,
        division,
        as_of,
        formula,
        grade,
        points,
        facts,
    } = grade;
    let grade = grade.map_or_else(String::new, |grade| grade.to_string());
    let points = points.as_deref().unwrap_or_default();
    let facts = match facts {
        Some(facts) => serde_json::to_string(facts)
            .map_err(|e| AppError::internal("write the facts of a grade", e))?
            .replace('"', "\"\""),
        None => String::new(),
    };
    Ok(format!(
        "{page},{division},{as_of},{formula},{grade},{points},\"{facts}\"\r\n"
    ))
}
