//! Whether every row can be read. Lists leave out a row that cannot, and go on; here each is named.

use super::{
    accounts, arrivals, cases, complaints, devices, disputes, evidence, identities, inspections,
    interests, law, measurements, merchants, messages, notices, openings, password_codes, reports,
    rewards,
    row::{raw_rows, take_apart},
    second_factors, throttles,
};
use crate::{
    error::AppError,
    work::{Db, Source as _},
};
use liangxin_domain::{accounts::role::Roles, id::ReportId, privacy::identity::IdentitySubject};
use liangxin_entity::{
    case_file, clock, competence_dispute, complaint, declared_interest, device, identity_opening,
    instrument, measurement, merchant, message, notice, password_code, photo, recovery_code,
    refresh_token, report, reward, sealed_identity, second_factor, throttle, user, user_role,
    visit, visit_arrival,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait, IdenStatic as _, QueryFilter as _, QueryOrder as _, QueryResult,
    QuerySelect as _, Value, sea_query::ColumnType,
};
use std::error::Error as _;
use uuid::Uuid;

/// How many rows are read together.
const ROWS: u64 = 500;

/// How a row is named whose key cannot be read either.
const UNNAMED: &str = "?";

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Its table.
    pub table: String,
    /// Its key: an id, or a digest of what nobody may read.
    pub key: String,
    /// What is wrong with it, without what it says.
    pub why: String,
}

/// Reads every row of every table of which lists are made, and of those that open doors; answers how many there are,
/// and those that cannot be read. `opens` tells whether the secret that is sealed for a person can be opened.
pub async fn check_all(
    db: &Db,
    opens: impl Fn(Uuid, &[u8]) -> bool,
) -> Result<(usize, Vec<Damaged>), AppError> {
    let mut seen = Seen::default();
    matters(&mut seen, db).await?;
    around_them(&mut seen, db).await?;
    doors(&mut seen, db, &opens).await?;
    Ok((seen.rows, seen.damaged))
}

/// What is worked on, and who may not work on it.
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
        inspections::read(row, inspections::Crew::default())
    })
    .await?;
    arrivals_of(seen, db).await?;
    seen.check(
        db,
        (measurement::Entity, measurement::Column::Id),
        measurements::read_measurement,
    )
    .await?;
    seen.check(db, (notice::Entity, notice::Column::Id), notices::read)
        .await?;
    seen.check(
        db,
        (declared_interest::Entity, declared_interest::Column::Id),
        interests::read,
    )
    .await?;
    Ok(())
}

/// Who arrived: some rows a visit, and without a key of one column.
async fn arrivals_of(seen: &mut Seen, db: &Db) -> Result<(), AppError> {
    let mut after: Option<Uuid> = None;
    loop {
        let mut visits = visit_arrival::Entity::find()
            .select_only()
            .column(visit_arrival::Column::VisitId)
            .distinct()
            .order_by_asc(visit_arrival::Column::VisitId)
            .limit(ROWS);
        if let Some(after) = after {
            visits = visits.filter(visit_arrival::Column::VisitId.gt(after));
        }
        let visits: Vec<Uuid> = visits.into_tuple().all(db.connection()).await?;
        let (Some(first), Some(last)) = (visits.first(), visits.last()) else {
            return Ok(());
        };
        let of_these = visit_arrival::Column::VisitId.between(*first, *last);
        for row in raw_rows(db, visit_arrival::Entity::find().filter(of_these)).await? {
            let visit = key_of::<visit_arrival::Entity>(&row, visit_arrival::Column::VisitId);
            let visit = visit.as_ref().map_or(UNNAMED.to_owned(), name_of);
            let arrival = take_apart::<visit_arrival::Entity>(&row);
            seen.note("visit_arrival", visit, arrival.and_then(arrivals::read));
        }
        after = Some(*last);
    }
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

/// Who signs in, and with what. Whether a sealed secret can be opened, `opens` knows.
async fn doors(
    seen: &mut Seen,
    db: &Db,
    opens: &impl Fn(Uuid, &[u8]) -> bool,
) -> Result<(), AppError> {
    seen.check(db, (device::Entity, device::Column::Id), |row| {
        Ok(devices::read(row))
    })
    .await?;
    let key = (refresh_token::Entity, refresh_token::Column::TokenHash);
    seen.check(db, key, |row| devices::read_refresh(&row))
        .await?;
    let key = (password_code::Entity, password_code::Column::UserId);
    seen.check(db, key, |row| password_codes::read(&row))
        .await?;
    let key = (second_factor::Entity, second_factor::Column::UserId);
    seen.check(db, key, |row| {
        let whose = row.user_id;
        let held = second_factors::read(row);
        match opens(whose, &held.sealed) {
            true => Ok(()),
            false => Err(AppError::damaged("second_factor", "secret_sealed")),
        }
    })
    .await?;
    let key = (recovery_code::Entity, recovery_code::Column::CodeHash);
    seen.check(db, key, |row| second_factors::read_recovery_code(&row))
        .await?;
    let key = (throttle::Entity, throttle::Column::Key);
    seen.check(db, key, |row| throttles::read(&row)).await?;
    // Some rows a person: few, and without a key of one column.
    for row in raw_rows(db, user_role::Entity::find()).await? {
        let whose = key_of::<user_role::Entity>(&row, user_role::Column::UserId);
        let whose = whose.as_ref().map_or(UNNAMED.to_owned(), name_of);
        let role = take_apart::<user_role::Entity>(&row);
        seen.note(
            "user_role",
            whose,
            role.and_then(|role| accounts::read_role(&role)),
        );
    }
    Ok(())
}

#[derive(Default)]
struct Seen {
    rows: usize,
    damaged: Vec<Damaged>,
}

impl Seen {
    /// Reads the rows of one table in the order of a key that no two of them share.
    async fn check<E: EntityTrait, T>(
        &mut self,
        db: &Db,
        (entity, key): (E, E::Column),
        read: impl Fn(E::Model) -> Result<T, AppError>,
    ) -> Result<(), AppError> {
        let mut after: Option<Value> = None;
        loop {
            let mut page = E::find().order_by_asc(key).limit(ROWS);
            if let Some(after) = after {
                page = page.filter(key.gt(after));
            }
            let rows = raw_rows(db, page).await?;
            let keys: Vec<_> = rows.iter().map(|row| key_of::<E>(row, key)).collect();
            // Where the next page begins. What lies behind it here is read again there.
            let last = keys.iter().rposition(Option::is_some);
            let is_end = rows.len() < usize::try_from(ROWS).unwrap_or(usize::MAX) || last.is_none();
            let some = last.filter(|_| !is_end).map_or(rows.len(), |last| last + 1);
            for (row, known) in rows.iter().zip(&keys).take(some) {
                let named = known.as_ref().map_or(UNNAMED.to_owned(), name_of);
                let whole = take_apart::<E>(row);
                self.note(entity.table_name(), named, whole.and_then(&read));
            }
            if is_end {
                return Ok(());
            }
            after = last.and_then(|last| keys.into_iter().nth(last).flatten());
        }
    }

    /// Notes whether a row could be read.
    fn note<T>(&mut self, table: &str, key: String, read: Result<T, AppError>) {
        self.rows += 1;
        if let Err(error) = read {
            self.damaged.push(Damaged {
                table: table.to_owned(),
                key,
                why: error
                    .source()
                    .map_or_else(|| error.to_string(), ToString::to_string),
            });
        }
    }
}

/// The key of a row, if it can be read.
fn key_of<E: EntityTrait>(row: &QueryResult, key: E::Column) -> Option<Value> {
    match key.def().get_column_type() {
        ColumnType::Uuid => row.try_get::<Uuid>("", key.as_str()).ok().map(Value::from),
        _ => row
            .try_get::<String>("", key.as_str())
            .ok()
            .map(Value::from),
    }
}

fn name_of(key: &Value) -> String {
    match key {
        Value::Uuid(Some(id)) => id.to_string(),
        Value::String(Some(key)) => key.clone(),
        _ => UNNAMED.to_owned(),
    }
}
