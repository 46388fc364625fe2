//! The desk of an office: reports, complaints, cases and rewards in one order, each read from its own list of work.

use crate::{
    error::AppError,
    store::{
        accounts::Named,
        cases, complaints,
        page::{Cursor, Page, Rows},
        queue::{OVER_FROM, UNDATED_FROM, beginning, midnight},
        reports, rewards,
        row::leave_out,
        visibility::Sight,
    },
    work::Source,
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    desk::{MatterKind, Span, Wanted},
    id::{MerchantId, UserId},
};
use liangxin_entity::{case_file, case_investigator, complaint, merchant, report, reward};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait as _, EntityTrait, ExprTrait as _, ModelTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _, Select, Value,
    sea_query::{Asterisk, Expr, Query, SelectStatement},
};
use uuid::Uuid;

/// As many are counted: a desk with more has to be narrowed before its number says anything. Our choice.
const MOST_COUNTED: u64 = 10_000;

/// One matter of a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// What it is.
    pub kind: MatterKind,
    /// Its id.
    pub id: Uuid,
    /// Its number on paper; a reward has none.
    pub number: Option<String>,
    /// How far it has come.
    pub state: String,
    /// Where it lies.
    pub division: String,
    /// Whom it is about, if that is on the register.
    pub merchant: Option<MerchantId>,
    /// The first day on which the office has to have done something.
    pub due_on: Option<NaiveDate>,
}

/// What is looked for in a noun's list of work.
struct Columns<C> {
    kind: MatterKind,
    queue: C,
    id: C,
    state: C,
    division: C,
    number: Option<C>,
    merchant: Option<C>,
}

const REPORT: Columns<report::Column> = Columns {
    kind: MatterKind::Report,
    queue: report::Column::QueueAt,
    id: report::Column::Id,
    state: report::Column::State,
    division: report::Column::Unit,
    number: Some(report::Column::Number),
    merchant: Some(report::Column::MerchantId),
};
const COMPLAINT: Columns<complaint::Column> = Columns {
    kind: MatterKind::Complaint,
    queue: complaint::Column::QueueAt,
    id: complaint::Column::Id,
    state: complaint::Column::State,
    division: complaint::Column::Division,
    number: Some(complaint::Column::Number),
    merchant: Some(complaint::Column::MerchantId),
};
const CASE: Columns<case_file::Column> = Columns {
    kind: MatterKind::Case,
    queue: case_file::Column::QueueAt,
    id: case_file::Column::Id,
    state: case_file::Column::State,
    division: case_file::Column::Division,
    number: Some(case_file::Column::Number),
    merchant: Some(case_file::Column::MerchantId),
};
const REWARD: Columns<reward::Column> = Columns {
    kind: MatterKind::Reward,
    queue: reward::Column::QueueAt,
    id: reward::Column::Id,
    state: reward::Column::State,
    division: reward::Column::Division,
    number: None,
    merchant: None,
};

/// What is asked of a desk.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// Which matters.
    pub wanted: &'a Wanted,
    /// The days of the class that is wanted.
    pub span: Option<Span>,
    /// Who has the name that is wanted.
    pub named: Option<Vec<Named>>,
}

/// Whose rows are an officer's, in a noun's list of work.
type Owns = fn(UserId) -> Condition;

/// Runs the same with the columns, the rows that the actor's office sees, and those of an owner, for each noun.
macro_rules! each_noun {
    ($actor:expr, |$columns:ident, $entity:ident, $sight:ident, $owns:ident| $body:block) => {{
        {
            let ($columns, $sight) = (&REPORT, reports::of_the_office($actor));
            let $owns: Owns = |user| report::Column::AcceptedBy.eq(user.uuid()).into();
            type $entity = report::Entity;
            $body
        }
        {
            let ($columns, $sight) = (&COMPLAINT, complaints::of_the_office($actor));
            let $owns: Owns = |user| complaint::Column::HandlerId.eq(user.uuid()).into();
            type $entity = complaint::Entity;
            $body
        }
        {
            let ($columns, $sight) = (&CASE, cases::of_the_office($actor));
            let $owns: Owns = investigated_by;
            type $entity = case_file::Entity;
            $body
        }
        {
            let ($columns, $sight) = (&REWARD, rewards::of_the_office($actor));
            let $owns: Owns = |user| reward::Column::ScreenedBy.eq(user.uuid()).into();
            type $entity = reward::Entity;
            $body
        }
    }};
}

/// The matters that lie with the actor's office and below, by their first day; then those without one, and, if they are
/// wanted, those that are over.
pub async fn list(
    source: &impl Source,
    actor: &Actor,
    asked: &Asked<'_>,
    page: Page,
) -> Result<Rows<Matter>, AppError> {
    let (mut rows, mut has_more) = (Vec::new(), false);
    each_noun!(actor, |columns, Noun, sight, owns| {
        // A complaint beside a report in one answer would join the two parts of one letter.
        let is_apart = asked.wanted.kind.is_none() && columns.kind == MatterKind::Complaint;
        let sight = sight.filter(|_| !is_apart);
        let select = narrowed::<Noun>(columns, asked, owns);
        if let (Some(way), Some(select)) = (sight, select) {
            let key = (columns.queue, columns.id);
            let sight = of_the_named(way, asked.named.as_deref(), (columns.merchant, owns));
            let found = page.in_turn(source, (select, sight), key).await?;
            has_more |= found.has_more;
            for (at, row) in found.rows {
                match matter::<Noun>(&row, at, columns) {
                    Ok(matter) => rows.push((at, matter)),
                    Err(error) => leave_out(&error),
                }
            }
        }
    });
    rows.sort_by_key(|(at, _)| *at);
    let most = usize::try_from(page.first).unwrap_or(usize::MAX);
    has_more |= rows.len() > most;
    rows.truncate(most);
    Ok(Rows {
        end: rows.last().map(|(at, _)| *at),
        rows,
        has_more,
    })
}

/// How many matters of each kind are wanted; more than [`MOST_COUNTED`] are not told apart, because counting reads each.
pub async fn count(
    source: &impl Source,
    actor: &Actor,
    asked: &Asked<'_>,
) -> Result<Vec<(MatterKind, u64)>, AppError> {
    let mut counts = Vec::new();
    each_noun!(actor, |columns, Noun, sight, owns| {
        let select = narrowed::<Noun>(columns, asked, owns);
        if let (Some(way), Some(select)) = (sight, select) {
            let way = of_the_named(way, asked.named.as_deref(), (columns.merchant, owns)).any();
            let first = select.filter(way).select_only().column(columns.id);
            let first = first.limit(MOST_COUNTED).into_query();
            counts.push((columns.kind, counted(source, first).await?));
        }
    });
    Ok(counts)
}

/// How many rows a query finds.
async fn counted(source: &impl Source, rows: SelectStatement) -> Result<u64, AppError> {
    let count = Query::select()
        .expr_as(Expr::col(Asterisk).count(), "found")
        .from_subquery(rows, "rows")
        .take();
    let row = source.connection().query_one(&count).await?;
    let found: i64 = match row {
        Some(row) => row.try_get("", "found")?,
        None => 0,
    };
    Ok(u64::try_from(found).unwrap_or_default())
}

/// The rows of a noun that can be wanted; nothing if the noun has none of that kind.
fn narrowed<E: EntityTrait>(
    columns: &Columns<E::Column>,
    asked: &Asked<'_>,
    owns: Owns,
) -> Option<Select<E>> {
    let (wanted, span) = (asked.wanted, asked.span);
    if wanted.kind.is_some_and(|kind| kind != columns.kind) {
        return None;
    }
    let mut select = E::find();
    if let Some(number) = &wanted.number {
        select = select.filter(columns.number?.eq(number.as_str()));
    }
    if let Some(merchant) = wanted.merchant {
        select = select.filter(columns.merchant?.eq(merchant.uuid()));
    }
    if let Some(market) = wanted.market {
        let stalls = merchant::Entity::find()
            .select_only()
            .column(merchant::Column::Id)
            .filter(merchant::Column::MarketId.eq(market.uuid()));
        select = select.filter(columns.merchant?.in_subquery(stalls.into_query()));
    }
    if let Some(owner) = wanted.owner {
        select = select.filter(owns(owner));
    }
    let (undated, over) = (beginning(UNDATED_FROM), beginning(OVER_FROM));
    select = match (wanted.due, span) {
        (None, _) if wanted.with_over || wanted.number.is_some() => select,
        (None, _) => select.filter(columns.queue.lt(over)),
        (Some(_), None) => select
            .filter(columns.queue.gte(undated))
            .filter(columns.queue.lt(over)),
        (Some(_), Some((from, until))) => {
            let until = until.map_or(undated, midnight);
            let select = select.filter(columns.queue.lt(until));
            match from {
                Some(from) => select.filter(columns.queue.gte(midnight(from))),
                None => select,
            }
        }
    };
    Some(select)
}

/// Those of the rows that an office sees that have to do with whoever has a name: each person is a way of its own.
fn of_the_named<C: ColumnTrait>(
    way: Condition,
    named: Option<&[Named]>,
    (merchant, owns): (Option<C>, Owns),
) -> Sight {
    let Some(named) = named else {
        return Sight::by(way);
    };
    named.iter().fold(Sight::nothing(), |sight, named| {
        let own = match (named, merchant) {
            (Named::Officer(user), _) => Some(owns(*user)),
            (Named::OfMerchant(of), Some(column)) => Some(column.eq(of.uuid()).into()),
            (Named::OfMerchant(_), None) => None,
        };
        sight.and_by(own.map(|own| Condition::all().add(way.clone()).add(own)))
    })
}

fn investigated_by(user: UserId) -> Condition {
    let cases = case_investigator::Entity::find()
        .select_only()
        .column(case_investigator::Column::CaseId)
        .filter(case_investigator::Column::UserId.eq(user.uuid()));
    Condition::all().add(case_file::Column::Id.in_subquery(cases.into_query()))
}

fn matter<E: EntityTrait>(
    row: &E::Model,
    at: Cursor,
    columns: &Columns<E::Column>,
) -> Result<Matter, AppError> {
    let text = |column| match row.get(column) {
        Value::String(Some(text)) => Ok(text),
        _ => Err(AppError::internal("read a desk", "a column is no text")),
    };
    let merchant = columns.merchant.map(|column| row.get(column));
    Ok(Matter {
        kind: columns.kind,
        id: at.id,
        number: columns.number.map(text).transpose()?,
        state: text(columns.state)?,
        division: text(columns.division)?,
        merchant: match merchant {
            Some(Value::Uuid(Some(id))) => Some(MerchantId::new(id)),
            _ => None,
        },
        due_on: (at.at < beginning(UNDATED_FROM)).then(|| at.at.date_naive()),
    })
}
