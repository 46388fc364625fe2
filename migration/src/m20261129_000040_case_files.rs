//! Cases on any basis, with a file of acts in place of columns for one violation.
//!
//! What was there is carried over as it was: one charge that names no finding, an audit, a notice whose
//! way of service nobody noted. Decided cases ended at their decision then, and so they are closed.

use crate::table::{create, index, table, to, unique};
use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{
        DbBackend, QueryResult, Statement, TryGetable,
        prelude::{Date, DateTimeUtc, Uuid},
    },
};
use serde_json::{Value, json};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The columns that stay as they are.
const KEPT: &str = "id, number, visit_id, report_id, merchant_id, division, state, filed_at, filed_by, version, city, \
    province, queue_at, decided_at";

/// The columns whose content goes into the file.
const GONE: [&str; 18] = [
    "violation",
    "proposed_fine_fen",
    "proposed_correction",
    "proposed_correct_by",
    "proposed_by",
    "proposed_at",
    "audited_by",
    "audited_at",
    "audit_opinion",
    "noticed_at",
    "answer_until",
    "answered_at",
    "defence",
    "fine_fen",
    "correction",
    "correct_by",
    "defence_review",
    "decided_by",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let select =
            "SELECT c.*, r.occurred_at FROM case_file c JOIN report r ON r.id = c.report_id";
        let backend = manager.get_database_backend();
        let before = db
            .query_all_raw(Statement::from_string(backend, select))
            .await?;
        if backend == DbBackend::Postgres {
            alter(manager).await?;
        } else {
            rebuild(manager).await?;
        }
        manager
            .create_index(index("case_file", &["merchant_id", "decided_at"]))
            .await?;
        for row in &before {
            let (told, file, state) = (told(row)?, file(row)?, state(row)?);
            let update = Query::update()
                .table("case_file")
                .value("told", told.to_string())
                .value("file", file.to_string())
                .value("told_at", get::<Option<DateTimeUtc>>(row, "noticed_at")?)
                .value("state", state)
                .and_where(Expr::col("id").eq(get::<Uuid>(row, "id")?))
                .take();
            manager.exec_stmt(update).await?;
        }
        Ok(())
    }
}

fn added() -> Vec<ColumnDef> {
    vec![
        string_len("basis", 32).default("report").take(),
        // The file is written and read as one; what lists and pages search for has columns of its own.
        text("told").default("").take(),
        text("file").default("").take(),
        timestamp_with_time_zone_null("told_at").take(),
    ]
}

async fn alter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for column in ["visit_id", "report_id"] {
        db.execute_unprepared(&format!(
            "ALTER TABLE case_file ALTER COLUMN {column} DROP NOT NULL"
        ))
        .await?;
    }
    db.execute_unprepared("ALTER TABLE case_file DROP CONSTRAINT IF EXISTS case_file_state_check")
        .await?;
    for column in added() {
        let alter = Table::alter().table("case_file").add_column(column).take();
        manager.alter_table(alter).await?;
    }
    for column in GONE {
        let alter = Table::alter().table("case_file").drop_column(column).take();
        manager.alter_table(alter).await?;
    }
    Ok(())
}

/// SQLite cannot take a NOT NULL away: the table is made again and filled from a copy. What refers to it is counted as
/// missing when it goes and as there again with each row that comes back, so the transaction ends with nothing missing.
async fn rebuild(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for statement in [
        "PRAGMA defer_foreign_keys = ON",
        "CREATE TABLE case_file_before AS SELECT * FROM case_file",
        "DROP TABLE case_file",
    ] {
        db.execute_unprepared(statement).await?;
    }
    create(manager, vec![case_file()], indexes()).await?;
    let copy = format!("INSERT INTO case_file ({KEPT}) SELECT {KEPT} FROM case_file_before");
    for statement in [copy.as_str(), "DROP TABLE case_file_before"] {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

fn case_file() -> TableCreateStatement {
    let mut case_file = table("case_file");
    case_file
        .col(uuid("id").primary_key())
        .col(string_len("number", 64))
        .col(uuid_null("visit_id"))
        .col(uuid_null("report_id"))
        .col(uuid("merchant_id"))
        .col(string_len("division", 6))
        .col(string_len("state", 32))
        .col(timestamp_with_time_zone("filed_at"))
        .col(uuid("filed_by"))
        .col(integer("version"))
        .col(string_len_null("city", 6))
        .col(string_len_null("province", 6))
        .col(timestamp_with_time_zone("queue_at").default("2026-01-01T00:00:00+00:00"))
        .col(timestamp_with_time_zone_null("decided_at"));
    for mut column in added() {
        case_file.col(&mut column);
    }
    case_file
        .foreign_key(&mut to("visit_id", "visit"))
        .foreign_key(&mut to("report_id", "report"))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .take()
}

/// The indexes as they were.
fn indexes() -> Vec<IndexCreateStatement> {
    let mut indexes = vec![
        unique("case_file", &["number"]),
        unique("case_file", &["visit_id"]),
        index("case_file", &["report_id"]),
        index("case_file", &["merchant_id"]),
        index("case_file", &["division", "filed_at", "id"]),
        index("case_file", &["merchant_id", "queue_at", "id"]),
    ];
    for level in ["division", "city", "province"] {
        indexes.push(index("case_file", &[level, "queue_at", "id"]));
        indexes.push(index("case_file", &[level, "state", "queue_at", "id"]));
    }
    indexes
}

fn get<T: TryGetable>(row: &QueryResult, column: &str) -> Result<T, DbErr> {
    row.try_get("", column)
}

fn state(row: &QueryResult) -> Result<String, DbErr> {
    let before: String = get(row, "state")?;
    Ok(if before == "decided" {
        "closed".to_owned()
    } else {
        before
    })
}

/// The day in China.
fn day(at: DateTimeUtc) -> Date {
    const SHANGHAI_SECONDS: i64 = 8 * 3600;
    let there = at.timestamp() + SHANGHAI_SECONDS;
    DateTimeUtc::from_timestamp(there, 0)
        .unwrap_or(at)
        .date_naive()
}

fn told(row: &QueryResult) -> Result<Value, DbErr> {
    let conduct_on = day(get(row, "occurred_at")?);
    Ok(json!({ "conduct_on": conduct_on, "facts": null, "from": null, "in_spite": null }))
}

fn mark(row: &QueryResult, by: &str, at: &str) -> Result<Option<Value>, DbErr> {
    let (by, at) = (
        get::<Option<Uuid>>(row, by)?,
        get::<Option<DateTimeUtc>>(row, at)?,
    );
    Ok(by.zip(at).map(|(by, at)| json!({ "by": by, "at": at })))
}

fn file(row: &QueryResult) -> Result<Value, DbErr> {
    let state: String = get(row, "state")?;
    let decided = mark(row, "decided_by", "decided_at")?;
    let ending = match state.as_str() {
        "closed_no_penalty" => Some("no_penalty"),
        "transferred" => Some("transferred"),
        _ => None,
    };
    let decision = match (&decided, ending) {
        (Some(made), None) => Some(json!({
            "penalty": penalty(row, ("fine_fen", "correction", "correct_by"))?,
            "defence_review": get::<Option<String>>(row, "defence_review")?,
            "provincial_approval": null,
            "made": made,
            "served": null,
        })),
        _ => None,
    };
    let closed = decision.as_ref().and(decided.clone());
    let ending = ending
        .zip(decided)
        .map(|(kind, made)| json!({ "kind": kind, "made": made }));
    let rounds: Vec<Value> = round(row)?.into_iter().collect();
    Ok(json!({
        "rounds": rounds,
        "orders": [],
        "suspensions": [],
        "extended": null,
        "decision": decision,
        "execution": {
            "payments": [], "instalments": null, "checks": [], "reminder": null, "court": null, "carried_out_on": null,
        },
        "change": null,
        "ending": ending,
        "closed": closed,
        "archived": null,
    }))
}

fn penalty(
    row: &QueryResult,
    (fine, correction, correct_by): (&str, &str, &str),
) -> Result<Value, DbErr> {
    Ok(json!({
        "charges": [{
            "violation": get::<Option<String>>(row, "violation")?,
            "findings": [],
            "reasoned": null,
            "grave": null,
            "order": null,
            "fine": get::<Option<i64>>(row, fine)?,
        }],
        "sanction": {
            "gains": null, "takes_gains": false, "items": null, "items_value": 0, "compensation": 0, "warning": false,
        },
        "tier": null,
        "tier_reason": null,
        "correction": get::<Option<String>>(row, correction)?,
        "correct_by": get::<Option<Date>>(row, correct_by)?,
    }))
}

fn round(row: &QueryResult) -> Result<Option<Value>, DbErr> {
    let Some(proposed) = mark(row, "proposed_by", "proposed_at")? else {
        return Ok(None);
    };
    let audits: Vec<Value> = mark(row, "audited_by", "audited_at")?
        .map(|made| {
            let opinion: Option<String> = get(row, "audit_opinion")?;
            Ok::<_, DbErr>(
                json!({ "kind": "case", "opinion": opinion, "missing": null, "made": made }),
            )
        })
        .transpose()?
        .into_iter()
        .collect();
    Ok(Some(json!({
        "proposal": {
            "outcome": { "penalty": penalty(row, ("proposed_fine_fen", "proposed_correction", "proposed_correct_by"))? },
            "weighty": null,
            "new_facts": null,
            "made": proposed,
        },
        "audits": audits,
        "notice": notice(row, &proposed)?,
        "answers": answers(row)?,
        "hearing": null,
        "conference": null,
        "is_timed": false,
    })))
}

/// Who served it was not noted: whoever proposed stands for it.
fn notice(row: &QueryResult, proposed: &Value) -> Result<Option<Value>, DbErr> {
    let Some(at) = get::<Option<DateTimeUtc>>(row, "noticed_at")? else {
        return Ok(None);
    };
    let made = json!({ "by": proposed.get("by"), "at": at });
    let delivery = json!({
        "channel": "in_person",
        "at": at,
        "proof": "未记录送达方式",
        "to": "当事人",
        "witness": null,
        "address_confirmation": null,
    });
    Ok(Some(json!({
        "issued": made,
        "offers_hearing": false,
        "served": {
            "delivery": delivery,
            "on": day(at),
            "until": get::<Option<Date>>(row, "answer_until")?,
            "noted": made,
        },
    })))
}

fn answers(row: &QueryResult) -> Result<Vec<Value>, DbErr> {
    let Some(at) = get::<Option<DateTimeUtc>>(row, "answered_at")? else {
        return Ok(Vec::new());
    };
    let words: Option<String> = get(row, "defence")?;
    let kind = if words.is_some() {
        "statement"
    } else {
        "waiver"
    };
    Ok(vec![
        json!({ "kind": kind, "words": words, "proof": null, "at": at }),
    ])
}
