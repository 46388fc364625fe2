//! Rewards. Who the reporter is stands in no row of these: the claim secret has a table of its own and
//! leaves this module hashed, and payees are a sealed identity.

mod claim_secret;
mod matter;
mod payments;

pub use claim_secret::{
    find_claim_secret, forget_claim_secrets_over, has_claim_secret_over, insert_claim_secret,
    keep_claim_secret_until,
};
pub use matter::{is_matter_rewarded, is_rewarded, replace_annulled};
pub use payments::{
    PaymentFileRow, find_file, get_file, insert_file, list_of_file, list_to_hand_over, show_payees,
    shown_payees,
};

use crate::{
    error::AppError,
    store::{
        page::{Page, Rows},
        queue::{seats, undated},
        row::{insert_unless, meet, word},
        visibility::{self, Location, Sight},
    },
    work::{Source, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    id::{CaseId, ReportId, RewardId, UserId},
    money::Fen,
    refusal::{Code, Refusal},
    rewards::{
        award::Others,
        reward::{Reward, RewardStateKind},
        screening::Screening,
    },
};
use liangxin_entity::{case_file, reward};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
    sea_query::{Expr, ExprTrait as _, OnConflict, SelectStatement},
};
use serde::Serialize;

/// The roles that may read the rewards of their division. Whoever works on the case may not: a
/// reward says something about its reporter.
const READERS: [Role; 2] = [Role::RewardOfficer, Role::Head];

/// Where a row lies.
const LOCATION: Location<reward::Column> = Location {
    unit: reward::Column::Division,
    city: reward::Column::City,
    province: reward::Column::Province,
};

/// Writes a screened reward; a second one for the same report is `STALE`, as long as the first one keeps its place.
pub async fn insert(work: &Work, new: &Reward) -> Result<(), AppError> {
    let Reward {
        id,
        report,
        case,
        division,
        case_decided_on,
        major_facts,
        screening,
        screened_by,
        screened_at,
        state,
        version,
    } = new;
    let steps = written(&screening.steps)?;
    let major_facts = written(major_facts)?;
    let (city, province) = seats(*division);
    let row = reward::ActiveModel {
        id: Set(id.uuid()),
        report_id: Set(report.uuid()),
        case_id: Set(case.uuid()),
        scheme_id: Set(screening.scheme_id.clone()),
        edition: Set(screening.edition.clone()),
        outcome: Set(screening.outcome.to_string()),
        reason_code: Set(screening.reason_code.to_string()),
        reason_zh: Set(screening.reason_zh.clone()),
        reason_en: Set(screening.reason_en.clone()),
        steps: Set(steps),
        major_facts: Set(major_facts),
        screened_by: Set(screened_by.uuid()),
        screened_at: Set(*screened_at),
        division: Set(division.to_string()),
        case_decided_on: Set(*case_decided_on),
        state: Set(state.kind().to_string()),
        file: Set(written(state)?),
        awarded_fen: Set(state.awarded().map(Fen::as_i64)),
        closes_after: Set(state.closes_after()),
        version: Set(*version),
        city: Set(city),
        province: Set(province),
        queue_at: Set(undated(*screened_at)),
        payees_shown: Set(None),
        payment_file: Set(state.handed_in().map(|file| file.uuid())),
        is_replaced: Set(false),
    };
    let taken = OnConflict::column(reward::Column::ReportId)
        .target_and_where(Expr::col(reward::Column::IsReplaced).not())
        .to_owned();
    if insert_unless(work, row, taken).await? {
        Ok(())
    } else {
        Err(Refusal::of(Code::Stale).into())
    }
}

/// Saves a changed reward; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Reward) -> Result<(), AppError> {
    let state = &changed.state;
    let update = reward::Entity::update_many()
        .col_expr(reward::Column::State, Expr::value(state.kind().to_string()))
        .col_expr(reward::Column::File, Expr::value(written(state)?))
        .col_expr(
            reward::Column::AwardedFen,
            Expr::value(state.awarded().map(Fen::as_i64)),
        )
        .col_expr(
            reward::Column::ClosesAfter,
            Expr::value(state.closes_after()),
        )
        .col_expr(
            reward::Column::PaymentFile,
            Expr::value(state.handed_in().map(|file| file.uuid())),
        )
        .col_expr(reward::Column::Version, Expr::value(changed.version + 1))
        .filter(reward::Column::Id.eq(changed.id.uuid()))
        .filter(reward::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await
}

/// What an actor may see: reward officers and heads their division, reporters their own.
fn sight(actor: &Actor) -> Sight {
    match actor {
        Actor::System => Sight::everything(),
        Actor::Reporter(own) => Sight::by(reward::Column::ReportId.eq(own.uuid())),
        Actor::Anonymous | Actor::Complainant(_) => Sight::nothing(),
        Actor::User(_) => Sight::default().and_by(LOCATION.of(actor, &READERS)),
    }
}

/// Who finds them on the desk of their office.
pub(super) fn desk_readers() -> Vec<Role> {
    // A desk says nothing of a payee: whoever supervises sees that it is there, and when it is due.
    READERS.into_iter().chain([Role::Supervisor]).collect()
}

/// What lies with the office of an officer, and with those below, for the desk.
pub(super) fn of_the_office(actor: &Actor) -> Option<Condition> {
    LOCATION.of(actor, &desk_readers())
}

fn visible_to(actor: &Actor) -> Select<reward::Entity> {
    reward::Entity::find().filter(sight(actor).any())
}

/// The ids of the rewards that an actor may see, for what hangs on a reward.
pub(super) fn ids_visible_to(actor: &Actor) -> SelectStatement {
    visibility::ids(visible_to(actor), reward::Column::Id)
}

/// The reward of a report, if there is one that the actor may see; of several the last, which took the place of the others.
pub async fn find(
    source: &impl Source,
    actor: &Actor,
    report: ReportId,
) -> Result<Option<Reward>, AppError> {
    visible_to(actor)
        .filter(reward::Column::ReportId.eq(report.uuid()))
        .filter(reward::Column::IsReplaced.eq(false))
        .one(source.connection())
        .await?
        .map(read)
        .transpose()
}

/// A reward that the actor may see, or `NOT_FOUND`.
pub async fn get(source: &impl Source, actor: &Actor, id: RewardId) -> Result<Reward, AppError> {
    let wanted = (reward::Column::Id, id.uuid());
    read(visibility::get(source, visible_to(actor), wanted, "rewardId").await?)
}

/// The queue: rewards that the actor may see, by the day on which the office has to have done something; then
/// those without a day, then those that are over, each in the order in which they were screened.
pub async fn list(
    source: &impl Source,
    actor: &Actor,
    state: Option<RewardStateKind>,
    page: Page,
) -> Result<Rows<Reward>, AppError> {
    let mut select = reward::Entity::find();
    if let Some(state) = state {
        select = select.filter(reward::Column::State.eq(state.to_string()));
    }
    let key = (reward::Column::QueueAt, reward::Column::Id);
    let found = page.in_turn(source, (select, sight(actor)), key).await?;
    found.read(read)
}

/// Rewards whose window ended before a day, and those of which no last day could be computed yet;
/// for the system alone.
pub async fn list_closing(
    source: &impl Source,
    before: NaiveDate,
    (after, most): (Option<RewardId>, u64),
) -> Result<Vec<RewardId>, AppError> {
    let waiting = [
        RewardStateKind::NotifiedEligible,
        RewardStateKind::NotifiedDecision,
    ];
    let undated = Condition::all()
        .add(reward::Column::ClosesAfter.is_null())
        .add(reward::Column::State.is_in(waiting.map(|state| state.to_string())));
    let ended = Condition::any()
        .add(reward::Column::ClosesAfter.lt(before))
        .add(undated);
    let mut closing = reward::Entity::find()
        .select_only()
        .column(reward::Column::Id)
        .filter(ended)
        .order_by_asc(reward::Column::Id)
        .limit(most);
    if let Some(after) = after {
        closing = closing.filter(reward::Column::Id.gt(after.uuid()));
    }
    let ids: Vec<uuid::Uuid> = closing.into_tuple().all(source.connection()).await?;
    Ok(ids.into_iter().map(RewardId::new).collect())
}

/// What others were awarded for the case of a reward. The row of the case is held until the work
/// ends, so that two decisions at once cannot share out the same money.
pub async fn others(work: &Work, of: &Reward) -> Result<Others, AppError> {
    case_file::Entity::update_many()
        .col_expr(
            case_file::Column::Version,
            Expr::col(case_file::Column::Version).add(0),
        )
        .filter(case_file::Column::Id.eq(of.case.uuid()))
        .exec(work.connection())
        .await?;
    let rows = reward::Entity::find()
        .filter(reward::Column::CaseId.eq(of.case.uuid()))
        .filter(reward::Column::Id.ne(of.id.uuid()))
        .filter(reward::Column::AwardedFen.is_not_null())
        .all(work.connection())
        .await?;
    let mut others = Others::default();
    for row in rows {
        let damaged = || AppError::damaged("reward", "awarded_fen");
        let sum = Fen::new(row.awarded_fen.unwrap_or_default()).map_err(|_| damaged())?;
        others.sum = others.sum.checked_add(sum).ok_or_else(damaged)?;
        others.best = others.best.max(sum);
    }
    Ok(others)
}

fn written(part: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(part).map_err(|e| AppError::internal("write a reward", e))
}

pub(super) fn read(row: reward::Model) -> Result<Reward, AppError> {
    let damaged = |column| move |_| AppError::damaged("reward", column);
    Ok(Reward {
        id: RewardId::new(row.id),
        report: ReportId::new(row.report_id),
        case: CaseId::new(row.case_id),
        division: word(&row.division, "reward", "division")?,
        case_decided_on: row.case_decided_on,
        major_facts: serde_json::from_str(&row.major_facts).map_err(damaged("major_facts"))?,
        screening: Screening {
            outcome: word(&row.outcome, "reward", "outcome")?,
            reason_code: word(&row.reason_code, "reward", "reason_code")?,
            reason_zh: row.reason_zh,
            reason_en: row.reason_en,
            scheme_id: row.scheme_id,
            edition: row.edition,
            steps: serde_json::from_str(&row.steps).map_err(damaged("steps"))?,
        },
        screened_by: UserId::new(row.screened_by),
        screened_at: row.screened_at,
        state: serde_json::from_str(&row.file).map_err(damaged("file"))?,
        version: row.version,
    })
}
