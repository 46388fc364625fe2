//! Reference standards that bureaus keep.

use crate::{
    error::AppError,
    store::{
        row::{list_each, read_each},
        visibility::{Sight, in_division_of},
    },
    work::Source,
};
use liangxin_domain::{
    accounts::role::Role, actor::Actor, id::BureauId, inspections::standard::ReferenceStandard,
    metrology::standard::Standard,
};
use liangxin_entity::reference_standard;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use std::collections::BTreeSet;

const READERS: [Role; 4] = [
    Role::Inspector,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
];

/// More than a bureau keeps; bounds what one answer holds.
const MOST: u64 = 500;

/// More than one measurement is made with.
const MOST_NAMED: usize = 500;

/// Puts a standard on the register.
pub async fn insert(source: &impl Source, new: &ReferenceStandard) -> Result<(), AppError> {
    let ReferenceStandard {
        serial,
        bureau,
        division,
        name,
        certificate_no,
        valid_until,
    } = new.clone();
    let row = reference_standard::ActiveModel {
        bureau_id: Set(bureau.uuid()),
        serial: Set(serial),
        division: Set(division.to_string()),
        name: Set(name),
        certificate_no: Set(certificate_no),
        valid_until: Set(valid_until),
    };
    reference_standard::Entity::insert(row)
        .exec_without_returning(source.connection())
        .await?;
    Ok(())
}

/// The standards of the named numbers that the actor may use: those of the own division and below.
/// Two bureaus may have numbered alike.
pub async fn list_named(
    source: &impl Source,
    actor: &Actor,
    named: &[&Standard],
) -> Result<Vec<ReferenceStandard>, AppError> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let serials: BTreeSet<&str> = named.iter().map(|one| one.serial.as_str()).collect();
    // Nobody measures with that many; whoever names more is refused without asking for each.
    let serials = serials.into_iter().take(MOST_NAMED);
    let rows = visible_to(actor)
        .filter(reference_standard::Column::Serial.is_in(serials))
        .order_by_asc(reference_standard::Column::BureauId)
        .limit(MOST);
    read_each(list_each(source, rows).await?, read)
}

/// The standards that the actor may use, by number.
pub async fn list(source: &impl Source, actor: &Actor) -> Result<Vec<ReferenceStandard>, AppError> {
    let rows = visible_to(actor)
        .order_by_asc(reference_standard::Column::Division)
        .order_by_asc(reference_standard::Column::Serial)
        .limit(MOST);
    read_each(list_each(source, rows).await?, read)
}

fn visible_to(actor: &Actor) -> Select<reference_standard::Entity> {
    let here = in_division_of(actor, &READERS, reference_standard::Column::Division);
    reference_standard::Entity::find().filter(Sight::default().and_by(here).any())
}

pub(super) fn read(row: reference_standard::Model) -> Result<ReferenceStandard, AppError> {
    Ok(ReferenceStandard {
        bureau: BureauId::new(row.bureau_id),
        division: row
            .division
            .parse()
            .map_err(|_| AppError::damaged("reference_standard", "division"))?,
        serial: row.serial,
        name: row.name,
        certificate_no: row.certificate_no,
        valid_until: row.valid_until,
    })
}
