//! Signals to look twice, and the counts that they rest on.

use crate::{
    error::AppError,
    store::row::{list_each, read_each, word},
    work::{Source, Work},
};
use liangxin_domain::{
    actor::Actor,
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
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
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

/// The signals of a report, for who reads what else lies with its office; five at most, one a factor. Whoever was sent on
/// this report alone would learn by a planted one whether somebody sent the same words before.
pub async fn list_signals(
    source: &impl Source,
    actor: &Actor,
    report: ReportId,
) -> Result<Vec<Signal>, AppError> {
    let Some(office) = super::of_the_office(actor) else {
        return Ok(Vec::new());
    };
    let read_there = report::Entity::find()
        .select_only()
        .column(report::Column::Id)
        .filter(report::Column::Id.eq(report.uuid()))
        .filter(office)
        .into_query();
    let signals = signal::Entity::find()
        .filter(signal::Column::ReportId.in_subquery(read_there))
        .order_by_asc(signal::Column::Factor);
    read_each(list_each(source, signals).await?, read_signal)
}

pub(in crate::store) fn read_signal(row: signal::Model) -> Result<Signal, AppError> {
    Ok(Signal {
        factor: word(&row.factor, "signal", "factor")?,
        why: row.why,
    })
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
    // Only a sender who showed an earlier code is known to be the same. A telephone number, a mail
    // address or a name is compared with nobody's: whoever sent somebody else's with a report of
    // their own would learn what that person reported.
    let recent_of_sender = match intake.follows {
        None => 0,
        Some(earlier) => {
            let of_sender = Condition::any()
                .add(report::Column::Id.eq(earlier.uuid()))
                .add(report::Column::Follows.eq(earlier.uuid()));
            count(work, recent().filter(of_sender)).await?
        }
    };
    // Among what lies on the same desk, where all of it is read anyway.
    let same_words = recent()
        .filter(report::Column::WordsKey.eq(intake.words_key.to_string()))
        .filter(report::Column::Unit.eq(new.division.to_string()));
    Ok(IntakeFacts {
        grams: whole_grams(new.settled),
        recent_of_sender,
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
