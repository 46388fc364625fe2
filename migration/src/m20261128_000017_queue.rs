//! Lists of work that cost what they show: each row says in which county, city and province it lies and when it
//! is the turn of its office, so that one range of an index is a page.

use crate::table::index;
use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What is queued.
struct Queued {
    table: &'static str,
    /// Where it lies.
    unit: &'static str,
    /// When it came.
    arrived: &'static str,
    /// What names it in the periods.
    clock: &'static str,
    /// The states in which nobody has anything left to do.
    over: &'static str,
}

const QUEUED: [Queued; 4] = [
    Queued {
        table: "report",
        unit: "unit",
        arrived: "received_at",
        clock: "report_id",
        over: "'not_competent','duplicate','merged','not_filed','closed_penalty','closed_no_penalty','transferred'",
    },
    Queued {
        table: "complaint",
        unit: "division",
        arrived: "received_at",
        clock: "complaint_id",
        over: "'refused','withdrawn','closed','archived'",
    },
    Queued {
        table: "case_file",
        unit: "division",
        arrived: "filed_at",
        clock: "case_id",
        over: "'decided','closed_no_penalty','transferred'",
    },
    Queued {
        table: "reward",
        unit: "division",
        arrived: "screened_at",
        clock: "reward_id",
        over: "'not_in_scope','ineligible','lapsed','forfeited','paid','recovered','revoked'",
    },
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for queued in &QUEUED {
            add_columns(manager, queued).await?;
            fill(manager, queued).await?;
            for level in [queued.unit, "city", "province"] {
                for columns in [
                    &[level, "queue_at", "id"][..],
                    &[level, "state", "queue_at", "id"],
                ] {
                    manager.create_index(index(queued.table, columns)).await?;
                }
            }
        }
        visits(manager).await?;
        others(manager).await
    }
}

async fn add_columns(manager: &SchemaManager<'_>, queued: &Queued) -> Result<(), DbErr> {
    for column in [
        string_len_null("city", 6),
        string_len_null("province", 6),
        timestamp_with_time_zone("queue_at")
            .default("2026-01-01T00:00:00+00:00")
            .take(),
    ] {
        let alter = Table::alter().table(queued.table).add_column(column).take();
        manager.alter_table(alter).await?;
    }
    Ok(())
}

/// Rows that are there already. What has no day comes after what has one, what is over after both, each in the order in
/// which it came: the program writes such times three and seven thousand years later than the arrival.
async fn fill(manager: &SchemaManager<'_>, queued: &Queued) -> Result<(), DbErr> {
    let Queued {
        table,
        unit,
        arrived,
        clock,
        over,
    } = queued;
    let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
    let later = |years: u32| {
        if is_postgres {
            format!("{arrived} + interval '{years} years'")
        } else {
            format!("(CAST(substr({arrived}, 1, 4) AS INTEGER) + {years}) || substr({arrived}, 5)")
        }
    };
    let day = if is_postgres {
        "CAST(MIN(due_literal) AS timestamp) AT TIME ZONE 'UTC'"
    } else {
        "MIN(due_literal) || 'T00:00:00+00:00'"
    };
    let running = format!(
        "FROM clock WHERE clock.{clock} = {table}.id AND satisfied_on IS NULL AND lapsed_on IS NULL \
         AND due_literal IS NOT NULL"
    );
    let statements = [
        format!(
            "UPDATE {table} SET province = substr({unit}, 1, 2) || '0000', \
             city = CASE WHEN substr({unit}, 3, 2) <> '00' THEN substr({unit}, 1, 4) || '00' END, \
             queue_at = CASE WHEN state IN ({over}) THEN {} ELSE {} END",
            later(7000),
            later(3000)
        ),
        format!(
            "UPDATE {table} SET queue_at = (SELECT {day} {running}) WHERE EXISTS (SELECT 1 {running})"
        ),
    ];
    for statement in statements {
        manager
            .get_connection()
            .execute_unprepared(&statement)
            .await?;
    }
    Ok(())
}

/// What an inspector was sent on, the open ones first.
async fn visits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let column = timestamp_with_time_zone("queue_at")
        .default("2026-01-01T00:00:00+00:00")
        .take();
    let alter = Table::alter()
        .table("visit_inspector")
        .add_column(column)
        .take();
    manager.alter_table(alter).await?;
    let later = if manager.get_database_backend() == DbBackend::Postgres {
        "dispatched_at + interval '7000 years'"
    } else {
        "(CAST(substr(dispatched_at, 1, 4) AS INTEGER) + 7000) || substr(dispatched_at, 5)"
    };
    let fill = format!(
        "UPDATE visit_inspector SET queue_at = (SELECT CASE WHEN state = 'submitted' THEN {later} \
         ELSE dispatched_at END FROM visit WHERE visit.id = visit_id)"
    );
    manager.get_connection().execute_unprepared(&fill).await?;
    manager
        .create_index(index(
            "visit_inspector",
            &["user_id", "queue_at", "visit_id"],
        ))
        .await
}

/// What the other lists go by.
async fn others(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, columns) in [
        ("report", &["division", "received_at", "id"][..]),
        ("report", &["merchant_id", "received_at", "id"]),
        ("complaint", &["handler_id", "queue_at", "id"]),
        ("complaint", &["merchant_id", "queue_at", "id"]),
        ("case_file", &["merchant_id", "queue_at", "id"]),
        ("case_investigator", &["user_id", "case_id"]),
        ("identity_opening", &["requested_at", "id"]),
    ] {
        manager.create_index(index(table, columns)).await?;
    }
    // What was sent on to somebody else is little; the rest is found by where it lies.
    let sent_on = Table::alter()
        .table("complaint")
        .add_column(string_len_null("sent_on_by", 6))
        .take();
    manager.alter_table(sent_on).await?;
    let fill = "UPDATE complaint SET sent_on_by = taken_in_by WHERE division <> taken_in_by";
    manager.get_connection().execute_unprepared(fill).await?;
    manager
        .create_index(index("complaint", &["sent_on_by", "queue_at", "id"]))
        .await?;
    // Nothing is read by it any more.
    manager
        .drop_index(
            Index::drop()
                .name("ix_report_unit_state_received_at_id")
                .table("report")
                .to_owned(),
        )
        .await
}
