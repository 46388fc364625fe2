//! Merchants as an officer looks for them: of the own division and below, by name, market, place or the number of an
//! instrument, in the order of their names.

use crate::{
    error::AppError,
    store::{
        merchants,
        page::{Cursor, Page, Rows, behind},
        visibility::{Location, within},
    },
    work::Source,
};
use liangxin_domain::{
    id::MerchantId,
    merchants::merchant::Merchant,
    places::division::{DivisionCode, Level},
    text::{Line, fold_name},
};
use liangxin_entity::{instrument, merchant};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

/// Behind every sign that a name can hold.
const BEHIND: char = '\u{10FFFF}';

const LOCATION: Location<merchant::Column> = Location {
    unit: merchant::Column::Division,
    city: merchant::Column::City,
    province: merchant::Column::Province,
};

/// Which merchants are looked for. What is left out does not matter.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Whose Chinese name begins so; width, case and punctuation do not count.
    pub name: Option<Line>,
    /// The stalls of this market.
    pub market: Option<MerchantId>,
    /// Who uses an instrument of this serial number.
    pub serial: Option<Line>,
}

/// The merchants of a division and below.
pub async fn list(
    source: &impl Source,
    division: DivisionCode,
    sought: &Sought,
    page: Page,
) -> Result<Rows<Merchant>, AppError> {
    let place = match division.level() {
        Level::Province => LOCATION.province,
        Level::City => LOCATION.city,
        Level::County => LOCATION.unit,
    };
    let mut which = match sought.market {
        // By the stalls of one market, of which a division is no more than a part.
        Some(market) => Condition::all()
            .add(merchant::Column::MarketId.eq(market.uuid()))
            .add(within(division, merchant::Column::Division.into_expr())),
        None => Condition::all().add(place.eq(division.to_string())),
    };
    if let Some(name) = &sought.name {
        let from = fold_name(name.as_str());
        let until = format!("{from}{BEHIND}");
        which = which
            .add(merchant::Column::NameKey.gte(from))
            .add(merchant::Column::NameKey.lt(until));
    }
    if let Some(serial) = &sought.serial {
        let users = instrument::Entity::find()
            .select_only()
            .column(instrument::Column::MerchantId)
            .filter(instrument::Column::Serial.eq(serial.as_str()))
            .filter(instrument::Column::RetiredOn.is_null());
        which = which.add(merchant::Column::Id.in_subquery(users.into_query()));
    }
    if let Some(behind) = page.after {
        which = which.add(behind_of(source, behind).await?);
    }
    let found = merchant::Entity::find()
        .filter(which)
        .order_by_asc(merchant::Column::NameKey)
        .order_by_asc(merchant::Column::Id);
    // Names stand in no cursor: the id leads back to the name.
    let found = page.by_id(source, found, merchant::Column::Id).await?;
    found.read(merchants::read)
}

/// What stands behind the merchant where the page before ended.
async fn behind_of(source: &impl Source, last: Cursor) -> Result<Expr, AppError> {
    let name: Option<Option<String>> = merchant::Entity::find_by_id(last.id)
        .select_only()
        .column(merchant::Column::NameKey)
        .into_tuple()
        .one(source.connection())
        .await?;
    let name = name.flatten().unwrap_or_default();
    let columns = [
        merchant::Column::NameKey.into_expr(),
        merchant::Column::Id.into_expr(),
    ];
    Ok(behind(columns, [Expr::value(name), Expr::value(last.id)]))
}
