//! Signals to look twice, and the counts that they rest on.

use crate::{
    error::AppError,
    store::row::word,
    work::{Source, Work},
};
use liangxin_domain::{
    id::ReportId,
    metrology::quantity::Gram,
    reports::{
        report::NewReport,
        signal::{IntakeFacts, SHORT_TIME, Signal},
    },
};
use liangxin_entity::{report, signal};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};
use uuid::Uuid;

/// More like a report than this are as good as this many.
const MOST_COUNTED: u64 = 100;

/// Writes the signals of a report that was just taken in.
pub async fn insert_signals(
    work: &Work,
    report: ReportId,
    signals: Vec<(Uuid, Signal)>,
) -> Result<(), AppError> {
    let rows = signals
        .into_iter()
        .map(|(id, Signal { factor, why })| signal::ActiveModel {
            id: Set(id),
            report_id: Set(report.uuid()),
            factor: Set(factor.to_string()),
            why: Set(why),
            at: Set(work.now()),
        });
    signal::Entity::insert_many(rows)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The signals of a report that the caller may see already; five at most, one a factor.
pub async fn list_signals(source: &impl Source, report: ReportId) -> Result<Vec<Signal>, AppError> {
    signal::Entity::find()
        .filter(signal::Column::ReportId.eq(report.uuid()))
        .order_by_asc(signal::Column::Factor)
        .all(source.connection())
        .await?
        .into_iter()
        .map(|row| {
            Ok(Signal {
                factor: word(&row.factor, "signal", "factor")?,
                why: row.why,
            })
        })
        .collect()
}

/// What was sent before a report that is being taken in, as far as article 17 asks.
pub async fn intake_facts(
    work: &Work,
    new: &NewReport,
    intake: &super::Intake,
) -> Result<IntakeFacts, AppError> {
    let recent = || {
        report::Entity::find()
            .filter(report::Column::Id.ne(new.id.uuid()))
            .filter(report::Column::ReceivedAt.gte(work.now() - SHORT_TIME))
    };
    // A comparison with nothing is neither true nor false, so that "somebody else" is spelled out.
    let (mut of_sender, mut of_others) = (Condition::any(), Condition::all());
    if let Some(earlier) = intake.follows {
        let (id, follows) = (report::Column::Id, report::Column::Follows);
        of_sender = of_sender
            .add(id.eq(earlier.uuid()))
            .add(follows.eq(earlier.uuid()));
        of_others = of_others.add(id.ne(earlier.uuid())).add(
            Condition::any()
                .add(follows.is_null())
                .add(follows.ne(earlier.uuid())),
        );
    }
    if let Some(key) = intake.reporter_key {
        let column = report::Column::ReporterKey;
        of_sender = of_sender.add(column.eq(key.to_string()));
        of_others = of_others.add(
            Condition::any()
                .add(column.is_null())
                .add(column.ne(key.to_string())),
        );
    }
    let recent_of_sender = if of_sender.is_empty() {
        0
    } else {
        count(work, recent().filter(of_sender)).await?
    };
    let sharing_contact = match intake.contact_key {
        None => 0,
        Some(key) => {
            let sharing = recent().filter(report::Column::ContactKey.eq(key.to_string()));
            count(work, sharing.filter(of_others)).await?
        }
    };
    let words = intake.words_key.to_string();
    let same_words = recent().filter(report::Column::WordsKey.eq(words));
    Ok(IntakeFacts {
        grams: whole_grams(new.settled),
        recent_of_sender,
        sharing_contact,
        same_words: count(work, same_words).await?,
        proofs: new.photos.len(),
    })
}

/// How many there are, as far as anybody cares.
async fn count(work: &Work, select: Select<report::Entity>) -> Result<u64, AppError> {
    let found = select
        .select_only()
        .column(report::Column::Id)
        .limit(MOST_COUNTED)
        .into_tuple::<Uuid>()
        .all(work.connection())
        .await?;
    Ok(u64::try_from(found.len()).unwrap_or(MOST_COUNTED))
}

/// Rounded up; more than fits is as much as fits.
fn whole_grams(settled: Gram) -> u32 {
    settled
        .value()
        .ceil()
        .to_string()
        .parse()
        .unwrap_or(u32::MAX)
}
