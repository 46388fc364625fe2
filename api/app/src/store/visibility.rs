//! The conditions that the `visible_to` selects are made of, and what is asked of such a select.

use crate::{error::AppError, work::Source};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    places::division::{DivisionCode, Level},
    refusal::{Code, Refusal},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter as _, QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Condition, Expr, ExprTrait, SelectStatement},
};
use std::{collections::HashSet, hash::Hash};
use uuid::Uuid;

/// The ways in which somebody sees rows of a noun: each a condition that an index serves by itself.
///
/// One row is looked for by all of them together; a page of a list is read by each, and what was read is merged. A
/// database that has to keep an order across ways that have nothing in common reads the table instead.
#[derive(Debug, Clone, Default)]
pub(super) struct Sight(Vec<Condition>);

impl Sight {
    /// Every row.
    pub(super) fn everything() -> Self {
        Self(vec![Condition::all()])
    }

    /// No row.
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    /// Rows seen in one way.
    pub(super) fn by(way: impl Into<Condition>) -> Self {
        Self(vec![way.into()])
    }

    /// And rows seen in another way, if there is one.
    #[must_use]
    pub(super) fn and_by(mut self, way: Option<Condition>) -> Self {
        self.0.extend(way);
        self
    }

    /// The ways.
    pub(super) fn ways(self) -> Vec<Condition> {
        self.0
    }

    /// Rows seen in any way.
    pub(super) fn any(self) -> Condition {
        let mut ways = self.0.into_iter();
        let Some(first) = ways.next() else {
            return nothing();
        };
        // A single way stands alone: "every row" is an empty condition, and one of several it would be dropped.
        match ways.next() {
            None => first,
            Some(second) => ways.fold(Condition::any().add(first).add(second), Condition::add),
        }
    }
}

/// The columns that say where a row lies: its own division, its city, its province.
#[derive(Debug, Clone, Copy)]
pub(super) struct Location<C> {
    /// The division itself, of whatever level.
    pub(super) unit: C,
    /// The city that this is or lies in.
    pub(super) city: C,
    /// The province that this is or lies in.
    pub(super) province: C,
}

impl<C: ColumnTrait> Location<C> {
    /// Rows in the division of an officer who holds one of the roles, and below: one value of one column.
    pub(super) fn of(self, actor: &Actor, roles: &[Role]) -> Option<Condition> {
        let division = seat_of(actor, roles)?;
        let column = match division.level() {
            Level::Province => self.province,
            Level::City => self.city,
            Level::County => self.unit,
        };
        Some(Condition::all().add(column.eq(division.to_string())))
    }
}

/// The division of an officer who holds one of the roles.
pub(super) fn seat_of(actor: &Actor, roles: &[Role]) -> Option<DivisionCode> {
    actor
        .division()
        .copied()
        .filter(|_| roles.iter().any(|role| actor.is(*role)))
}

/// Rows in the division of an officer who holds one of the roles, and below: one range of one column. In no order;
/// for what is found by something else, or is little.
pub(super) fn in_division_of(
    actor: &Actor,
    roles: &[Role],
    column: impl ColumnTrait,
) -> Option<Condition> {
    seat_of(actor, roles).map(|division| Condition::all().add(within(division, column.into_expr())))
}

/// What lies in a division, or below.
pub(super) fn within(division: DivisionCode, code: impl ExprTrait) -> Expr {
    code.between(division.to_string(), division.last_within().to_string())
}

/// The ids of the rows that somebody sees, for what hangs on them.
pub(super) fn ids<E: EntityTrait>(seen: Select<E>, id: E::Column) -> SelectStatement {
    seen.select_only().column(id).into_query()
}

/// Those of some rows that somebody sees.
pub(super) async fn among<E: EntityTrait, K: Copy + Eq + Hash + From<Uuid> + Into<Uuid>>(
    source: &impl Source,
    seen: Select<E>,
    id: E::Column,
    some: &[K],
) -> Result<HashSet<K>, AppError> {
    let some = some.iter().map(|one| -> Uuid { (*one).into() });
    let found: Vec<Uuid> = seen
        .select_only()
        .column(id)
        .filter(id.is_in(some))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(found.into_iter().map(K::from).collect())
}

/// The row of an id that somebody sees, or `NOT_FOUND` with the field that named it.
pub(super) async fn get<E: EntityTrait>(
    source: &impl Source,
    seen: Select<E>,
    (id, wanted): (E::Column, Uuid),
    field: &'static str,
) -> Result<E::Model, AppError> {
    seen.filter(id.eq(wanted))
        .one(source.connection())
        .await?
        .ok_or_else(|| Refusal::on(Code::NotFound, field).into())
}

/// No row.
pub(super) fn nothing() -> Condition {
    Condition::all().add(Expr::value(false))
}
