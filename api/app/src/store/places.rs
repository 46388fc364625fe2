//! Bureaus.

use crate::{error::AppError, work::Source};
use liangxin_domain::{id::BureauId, places::division::DivisionCode};
use liangxin_entity::bureau;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::row::{insert_new, word};

/// A market regulation department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bureau {
    /// Its id.
    pub id: BureauId,
    /// What it is competent for, with everything below.
    pub division: DivisionCode,
    /// `province`, `city` or `county`.
    pub level: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Where it is.
    pub address: String,
    /// Its telephone number.
    pub hotline: String,
}

impl Bureau {
    /// Whom to ask and where to go, as it stands on a paper.
    #[must_use]
    pub fn contact(&self) -> String {
        format!("{}，{}，电话{}", self.name_zh, self.address, self.hotline)
    }
}

/// Adds a bureau to the register.
pub async fn insert_bureau(source: &impl Source, found: &Bureau) -> Result<(), AppError> {
    let Bureau {
        id,
        division,
        level,
        name_zh,
        name_en,
        address,
        hotline,
    } = found.clone();
    let row = bureau::ActiveModel {
        id: Set(id.uuid()),
        division: Set(division.to_string()),
        level: Set(level),
        name_zh: Set(name_zh),
        name_en: Set(name_en),
        address: Set(address),
        hotline: Set(hotline),
    };
    insert_new(source, row).await
}

/// Whether any bureau is on the register.
pub async fn has_bureau(source: &impl Source) -> Result<bool, AppError> {
    let any = bureau::Entity::find().one(source.connection()).await?;
    Ok(any.is_some())
}

/// The bureau of exactly that division.
pub async fn find_bureau(
    source: &impl Source,
    division: DivisionCode,
) -> Result<Option<BureauId>, AppError> {
    let nearest = competent_bureau(source, division).await?;
    Ok(nearest
        .filter(|bureau| bureau.division == division)
        .map(|bureau| bureau.id))
}

/// The bureau nearest to a place: its county's, else its city's, else the province's. Public.
pub async fn competent_bureau(
    source: &impl Source,
    division: DivisionCode,
) -> Result<Option<Bureau>, AppError> {
    let mut chain = vec![division.to_string()];
    let mut next = division.parent();
    while let Some(parent) = next {
        chain.push(parent.to_string());
        next = parent.parent();
    }
    // A county's code is greater than its city's, a city's greater than its province's.
    let row = bureau::Entity::find()
        .filter(bureau::Column::Division.is_in(chain))
        .order_by_desc(bureau::Column::Division)
        .one(source.connection())
        .await?;
    row.map(|row| {
        Ok(Bureau {
            id: BureauId::new(row.id),
            division: word(&row.division, "bureau", "division")?,
            level: row.level,
            name_zh: row.name_zh,
            name_en: row.name_en,
            address: row.address,
            hotline: row.hotline,
        })
    })
    .transpose()
}
