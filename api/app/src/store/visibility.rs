//! The conditions that the `visible_to` selects are made of.

use liangxin_domain::{accounts::role::Role, actor::Actor};
use sea_orm::sea_query::{Condition, Expr, ExprTrait as _, IntoColumnRef};

/// Rows in the division of an officer who holds one of the roles, and below; no row for anybody else.
pub(super) fn in_division_of(
    actor: &Actor,
    roles: &[Role],
    column: impl IntoColumnRef,
) -> Condition {
    match actor.division() {
        Some(division) if roles.iter().any(|role| actor.is(*role)) => {
            // The prefix is made of digits alone.
            Condition::all().add(Expr::col(column).like(format!("{}%", division.prefix())))
        }
        _ => nothing(),
    }
}

/// No row.
pub(super) fn nothing() -> Condition {
    Condition::all().add(Expr::value(false))
}
