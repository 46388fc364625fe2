//! The log of events of an office and those below, and the sign-ins that failed there, for security auditors. Each page is
//! one range of one index.

use crate::{
    error::AppError,
    store::{
        leftovers,
        page::{Page, Rows},
        queue::seats,
        row::word,
        visibility::{Location, Sight},
    },
    work::{Db, Source, Work},
};
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    event::{EventKind, LogFilter},
    id::UserId,
    limits::FAILED_SIGN_INS_DAYS,
    places::division::DivisionCode,
    privacy::opening::OpeningPurpose,
};
use liangxin_entity::{event, failed_sign_in, identity_opening};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, OnConflict},
};
use std::collections::HashMap;
use uuid::Uuid;

/// The role that reads logs.
const READERS: [Role; 1] = [Role::SecurityAuditor];

const EVENTS: Location<event::Column> = Location {
    unit: event::Column::Office,
    city: event::Column::City,
    province: event::Column::Province,
};

const FAILED: Location<failed_sign_in::Column> = Location {
    unit: failed_sign_in::Column::Office,
    city: failed_sign_in::Column::City,
    province: failed_sign_in::Column::Province,
};

/// What happened, as the log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Its id.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
    /// Who did it.
    pub actor: Option<UserId>,
    /// Where that person sat.
    pub office: DivisionCode,
    /// What it is about, unless that is a matter.
    pub subject: Option<Uuid>,
    /// What for, of an opening.
    pub purpose: Option<OpeningPurpose>,
}

/// Sign-ins to an account that failed within an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedSignIns {
    /// The account.
    pub user: UserId,
    /// When the hour began.
    pub hour: DateTime<Utc>,
    /// The last of them.
    pub last_at: DateTime<Utc>,
    /// How many.
    pub tries: i32,
}

/// What officers of an auditor's office and those below did from a moment on, and before another one if one is named, the
/// earliest first.
pub async fn list(
    source: &impl Source,
    actor: &Actor,
    ((since, until), filter): ((DateTime<Utc>, Option<DateTime<Utc>>), &LogFilter),
    page: Page,
) -> Result<Rows<Logged>, AppError> {
    let mut select = event::Entity::find().filter(event::Column::At.gte(since));
    if let Some(until) = until {
        select = select.filter(event::Column::At.lt(until));
    }
    if let Some(user) = filter.actor {
        select = select.filter(event::Column::ActorUser.eq(user.uuid()));
    }
    if let Some(kinds) = filter.kinds() {
        let words = kinds.iter().map(ToString::to_string);
        select = select.filter(event::Column::Kind.is_in(words));
    }
    if let Some(purpose) = filter.purpose {
        let openings = identity_opening::Entity::find()
            .select_only()
            .column(identity_opening::Column::Id)
            .filter(identity_opening::Column::Purpose.eq(purpose.to_string()))
            .into_query();
        select = select.filter(event::Column::Subject.in_subquery(openings));
    }
    let sight = Sight::default().and_by(EVENTS.of(actor, &READERS));
    let key = (event::Column::At, event::Column::Id);
    let found = page.in_turn(source, (select, sight), key).await?;
    let purposes = purposes(source, &found).await?;
    found.read(|row| read(row, &purposes))
}

/// What the openings of a page were for.
async fn purposes(
    source: &impl Source,
    found: &Rows<event::Model>,
) -> Result<HashMap<Uuid, String>, AppError> {
    let of_openings = found
        .rows
        .iter()
        .filter(|(_, row)| row.kind.parse().is_ok_and(EventKind::has_purpose));
    let openings: Vec<Uuid> = of_openings.map(|(_, row)| row.subject).collect();
    if openings.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = identity_opening::Entity::find()
        .select_only()
        .column(identity_opening::Column::Id)
        .column(identity_opening::Column::Purpose)
        .filter(identity_opening::Column::Id.is_in(openings))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().collect())
}

fn read(row: event::Model, purposes: &HashMap<Uuid, String>) -> Result<Logged, AppError> {
    const TABLE: &str = "event";
    let kind: EventKind = word(&row.kind, TABLE, "kind")?;
    let purpose = purposes.get(&row.subject);
    let purpose = purpose.map(|purpose| word(purpose, "identity_opening", "purpose"));
    Ok(Logged {
        id: row.id,
        at: row.at,
        kind,
        actor: row.actor_user.map(UserId::new),
        office: word(&row.office.unwrap_or_default(), TABLE, "office")?,
        subject: kind.names_its_subject().then_some(row.subject),
        purpose: purpose.transpose()?,
    })
}

/// Counts a sign-in that failed: one row an account and an hour, whoever tries how often.
pub async fn note_failed_sign_in(
    work: &Work,
    user: UserId,
    office: DivisionCode,
) -> Result<(), AppError> {
    let hour = work.now().duration_trunc(TimeDelta::hours(1));
    let hour = hour.map_err(|e| AppError::internal("tell the hour", e))?;
    let (city, province) = seats(office);
    let first = failed_sign_in::ActiveModel {
        user_id: Set(user.uuid()),
        hour: Set(hour),
        tries: Set(1),
        last_at: Set(work.now()),
        office: Set(office.to_string()),
        city: Set(city),
        province: Set(province),
    };
    let tries = Expr::col((failed_sign_in::Entity, failed_sign_in::Column::Tries));
    let again = OnConflict::columns([failed_sign_in::Column::UserId, failed_sign_in::Column::Hour])
        .value(failed_sign_in::Column::Tries, tries.add(1))
        .value(failed_sign_in::Column::LastAt, Expr::value(work.now()))
        .to_owned();
    failed_sign_in::Entity::insert(first)
        .on_conflict(again)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The sign-ins that failed at accounts of an auditor's office and those below, by hour, the earliest first.
pub async fn list_failed_sign_ins(
    source: &impl Source,
    actor: &Actor,
    since: DateTime<Utc>,
    page: Page,
) -> Result<Rows<FailedSignIns>, AppError> {
    let select = failed_sign_in::Entity::find().filter(failed_sign_in::Column::Hour.gte(since));
    let sight = Sight::default().and_by(FAILED.of(actor, &READERS));
    let key = (failed_sign_in::Column::Hour, failed_sign_in::Column::UserId);
    let found = page.in_turn(source, (select, sight), key).await?;
    found.read(|row| {
        Ok(FailedSignIns {
            user: UserId::new(row.user_id),
            hour: row.hour,
            last_at: row.last_at,
            tries: row.tries,
        })
    })
}

/// Deletes what is remembered of failed sign-ins once its time is over.
pub async fn delete_old_sign_ins(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    let hour = failed_sign_in::Column::Hour;
    let over = hour.lt(now - TimeDelta::days(FAILED_SIGN_INS_DAYS));
    let over = Condition::all().add(over);
    leftovers::clear::<failed_sign_in::Entity, DateTime<Utc>>(db, hour, over).await
}
