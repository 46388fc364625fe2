//! What merchants said of visits, added up by office and quarter. No row is one merchant's: there is no id, no moment and no
//! order in which they spoke.

use crate::{
    error::AppError,
    store::row::insert_unless_there,
    work::{Source, Work},
};
use liangxin_domain::{
    inspections::opinion::{Opinions, Quarter},
    places::division::DivisionCode,
};
use liangxin_entity::visit_opinion;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    Select,
};
use serde::{Serialize, de::DeserializeOwned};

/// What was said of the visits of an office in a quarter, to be changed; whoever does so at the same time waits.
pub async fn lock(
    work: &Work,
    (office, quarter): (DivisionCode, Quarter),
) -> Result<Opinions, AppError> {
    let key = [
        visit_opinion::Column::Division,
        visit_opinion::Column::Quarter,
    ];
    let none = visit_opinion::ActiveModel {
        division: Set(office.to_string()),
        quarter: Set(quarter.to_string()),
        ..written(&Opinions::default())?
    };
    insert_unless_there(work, none, key).await?;
    let row = of(office, quarter)
        .lock_exclusive()
        .one(work.connection())
        .await?;
    let row = row.ok_or_else(|| AppError::damaged("visit_opinion", "division"))?;
    read(row)
}

/// Keeps what was said of the visits of an office in a quarter, once it was locked.
pub async fn save(
    work: &Work,
    (office, quarter): (DivisionCode, Quarter),
    all: &Opinions,
) -> Result<(), AppError> {
    visit_opinion::Entity::update_many()
        .set(written(all)?)
        .filter(visit_opinion::Column::Division.eq(office.to_string()))
        .filter(visit_opinion::Column::Quarter.eq(quarter.to_string()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// What was said of the visits of an office in a quarter.
pub async fn find(
    source: &impl Source,
    (office, quarter): (DivisionCode, Quarter),
) -> Result<Opinions, AppError> {
    let row = of(office, quarter).one(source.connection()).await?;
    row.map_or_else(|| Ok(Opinions::default()), read)
}

fn of(office: DivisionCode, quarter: Quarter) -> Select<visit_opinion::Entity> {
    visit_opinion::Entity::find()
        .filter(visit_opinion::Column::Division.eq(office.to_string()))
        .filter(visit_opinion::Column::Quarter.eq(quarter.to_string()))
}

/// The columns beside the key.
fn written(all: &Opinions) -> Result<visit_opinion::ActiveModel, AppError> {
    let Opinions {
        given,
        merchants,
        contested,
        words,
        texts,
    } = all;
    Ok(visit_opinion::ActiveModel {
        given: Set(i32::try_from(*given).unwrap_or(i32::MAX)),
        merchants: Set(i32::try_from(*merchants).unwrap_or(i32::MAX)),
        contested: Set(i32::try_from(*contested).unwrap_or(i32::MAX)),
        words: Set(json(words)?),
        texts: Set(json(texts)?),
        ..visit_opinion::ActiveModel::default()
    })
}

fn json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(|e| AppError::internal("write what merchants said", e))
}

pub(super) fn read(row: visit_opinion::Model) -> Result<Opinions, AppError> {
    let count = |count: i32, column| {
        u32::try_from(count).map_err(|_| AppError::damaged("visit_opinion", column))
    };
    Ok(Opinions {
        given: count(row.given, "given")?,
        merchants: count(row.merchants, "merchants")?,
        contested: count(row.contested, "contested")?,
        words: parsed(&row.words, "words")?,
        texts: parsed(&row.texts, "texts")?,
    })
}

fn parsed<T: DeserializeOwned>(text: &str, column: &'static str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(|_| AppError::damaged("visit_opinion", column))
}
