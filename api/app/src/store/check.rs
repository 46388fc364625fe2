//! Whether every row can be read. Lists leave out a row that cannot, and go on; here each is named.

use super::{
    accounts, cases, complaints, disputes, evidence, identities, inspections, law, measurements,
    merchants, messages, notices, openings, reports, rewards,
};
use crate::{
    error::AppError,
    work::{Db, Source as _},
};
use liangxin_domain::{accounts::role::Roles, id::ReportId, privacy::identity::IdentitySubject};
use liangxin_entity::{
    case_file, clock, competence_dispute, complaint, identity_opening, instrument, measurement,
    merchant, message, notice, photo, report, reward, sealed_identity, user, visit,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait, ModelTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Value,
};
use std::error::Error as _;
use uuid::Uuid;

/// How many rows are read together.
const ROWS: u64 = 500;

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Its table.
    pub table: String,
    /// Its id.
    pub id: Uuid,
    /// What is wrong with it, without what it says.
    pub why: String,
}

/// Reads every row of every table of which lists are made; answers how many there are, and those that cannot be read.
pub async fn check_all(db: &Db) -> Result<(usize, Vec<Damaged>), AppError> {
    let mut seen = Seen::default();
    matters(&mut seen, db).await?;
    around_them(&mut seen, db).await?;
    Ok((seen.rows, seen.damaged))
}

/// What is worked on.
async fn matters(seen: &mut Seen, db: &Db) -> Result<(), AppError> {
    seen.check(db, (report::Entity, report::Column::Id), reports::read)
        .await?;
    seen.check(
        db,
        (complaint::Entity, complaint::Column::Id),
        complaints::read,
    )
    .await?;
    seen.check(db, (case_file::Entity, case_file::Column::Id), |row| {
        cases::read(row, Vec::new())
    })
    .await?;
    seen.check(db, (reward::Entity, reward::Column::Id), rewards::read)
        .await?;
    seen.check(db, (visit::Entity, visit::Column::Id), |row| {
        inspections::read(row, Vec::new())
    })
    .await?;
    seen.check(
        db,
        (measurement::Entity, measurement::Column::Id),
        measurements::read_measurement,
    )
    .await?;
    seen.check(db, (notice::Entity, notice::Column::Id), notices::read)
        .await?;
    Ok(())
}

/// What hangs on it, and who and what it is about.
async fn around_them(seen: &mut Seen, db: &Db) -> Result<(), AppError> {
    seen.check(db, (photo::Entity, photo::Column::Id), evidence::read)
        .await?;
    seen.check(db, (message::Entity, message::Column::Id), messages::read)
        .await?;
    seen.check(
        db,
        (competence_dispute::Entity, competence_dispute::Column::Id),
        disputes::read,
    )
    .await?;
    seen.check(
        db,
        (sealed_identity::Entity, sealed_identity::Column::Id),
        identities::read,
    )
    .await?;
    let whose = IdentitySubject::Report(ReportId::new(Uuid::nil()));
    seen.check(
        db,
        (identity_opening::Entity, identity_opening::Column::Id),
        |row| openings::read(row, whose),
    )
    .await?;
    seen.check(db, (clock::Entity, clock::Column::Id), |row| {
        law::read(row, Vec::new())
    })
    .await?;
    seen.check(
        db,
        (merchant::Entity, merchant::Column::Id),
        merchants::read,
    )
    .await?;
    seen.check(
        db,
        (instrument::Entity, instrument::Column::Id),
        merchants::read_instrument,
    )
    .await?;
    seen.check(db, (user::Entity, user::Column::Id), |row| {
        accounts::read(row, Roles::default())
    })
    .await?;
    Ok(())
}

#[derive(Default)]
struct Seen {
    rows: usize,
    damaged: Vec<Damaged>,
}

impl Seen {
    /// Reads the rows of one table in the order of their ids.
    async fn check<E: EntityTrait, T>(
        &mut self,
        db: &Db,
        (entity, id): (E, E::Column),
        read: impl Fn(E::Model) -> Result<T, AppError>,
    ) -> Result<(), AppError> {
        let mut after = None;
        loop {
            let mut page = E::find().order_by_asc(id).limit(ROWS);
            if let Some(after) = after {
                page = page.filter(id.gt(after));
            }
            let rows = page.all(db.connection()).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                let Value::Uuid(Some(id)) = row.get(id) else {
                    return Err(AppError::internal("check rows", "their key is no id"));
                };
                after = Some(id);
                self.rows += 1;
                if let Err(error) = read(row) {
                    self.damaged.push(Damaged {
                        table: entity.table_name().to_owned(),
                        id,
                        why: error
                            .source()
                            .map_or_else(|| error.to_string(), ToString::to_string),
                    });
                }
            }
        }
    }
}
