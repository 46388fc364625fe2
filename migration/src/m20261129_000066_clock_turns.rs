//! The open periods of an office in one list: each says where it lies, whose it is and when it ends, so that a page of
//! the list is one range of an index.

use crate::table::{create, index, table, to, word};
use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What a period runs on: its kind, the table with its column for the office, and what names it in the periods.
const NOUNS: [(&str, &str, &str, &str); 4] = [
    ("report", "report", "unit", "report_id"),
    ("case", "case_file", "division", "case_id"),
    ("complaint", "complaint", "division", "complaint_id"),
    ("reward", "reward", "division", "reward_id"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let turn = table("clock_turn")
            .col(uuid("clock_id"))
            .col(uuid("officer_id"))
            .col(uuid("id"))
            .col(word("kind", &["report", "case", "complaint", "reward"]))
            .col(uuid("subject_id"))
            .col(string_len("unit", 6))
            .col(string_len_null("city", 6))
            .col(string_len_null("province", 6))
            .col(timestamp_with_time_zone("queue_at"))
            .primary_key(Index::create().col("clock_id").col("officer_id"))
            .foreign_key(&mut to("clock_id", "clock"))
            .take();
        let levels = ["unit", "city", "province"];
        let ranges = levels.map(|level| {
            index(
                "clock_turn",
                &["officer_id", level, "kind", "queue_at", "id"],
            )
        });
        create(manager, vec![turn], ranges.into()).await?;
        fill(manager).await
    }
}

/// The periods that are open already: one row for the office, one for each officer.
async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
    let nobody = if is_postgres {
        "'00000000-0000-0000-0000-000000000000'::uuid"
    } else {
        "zeroblob(16)"
    };
    for (kind, noun, unit, column) in NOUNS {
        let joined = format!("JOIN {noun} ON {noun}.id = clock.{column}");
        let (officer, owned) = match kind {
            "report" => ("report.accepted_by", joined.clone()),
            "complaint" => ("complaint.handler_id", joined.clone()),
            "reward" => ("reward.screened_by", joined.clone()),
            _ => (
                "case_investigator.user_id",
                format!(
                    "{joined} JOIN case_investigator ON case_investigator.case_id = case_file.id"
                ),
            ),
        };
        for (officer, from, which) in [
            (nobody, &joined, String::new()),
            (officer, &owned, format!(" AND {officer} IS NOT NULL")),
        ] {
            let lies = format!("{noun}.{unit}, {noun}.city, {noun}.province");
            let rows = format!("{officer}, '{kind}', {noun}.id, {lies}");
            insert(manager, is_postgres, (&rows, from, &which)).await?;
        }
    }
    // A dispute is its report's, whose office holds it.
    let from = "JOIN competence_dispute ON competence_dispute.id = clock.dispute_id \
        JOIN report ON report.id = competence_dispute.report_id";
    let lies = "report.id, report.unit, report.city, report.province";
    for officer in [nobody, "competence_dispute.raised_by"] {
        let rows = format!("{officer}, 'report', {lies}");
        insert(manager, is_postgres, (&rows, from, "")).await?;
    }
    Ok(())
}

async fn insert(
    manager: &SchemaManager<'_>,
    is_postgres: bool,
    (rows, from, which): (&str, &str, &str),
) -> Result<(), DbErr> {
    let end = "COALESCE(due_literal, due_not_before)";
    let (random, at) = if is_postgres {
        let day = |day: &str| format!("CAST({day} AS timestamp) AT TIME ZONE 'UTC'");
        let undated = format!("{} + interval '3000 years'", day("started_on"));
        (
            "gen_random_uuid()",
            format!("COALESCE({}, {undated})", day(end)),
        )
    } else {
        let undated = "(CAST(substr(started_on, 1, 4) AS INTEGER) + 3000) || substr(started_on, 5)";
        let at = format!("COALESCE({end}, {undated}) || 'T00:00:00+00:00'");
        ("randomblob(16)", at)
    };
    let fill = format!(
        "INSERT INTO clock_turn (clock_id, id, queue_at, officer_id, kind, subject_id, unit, city, province) \
         SELECT clock.id, {random}, {at}, {rows} FROM clock {from} \
         WHERE satisfied_on IS NULL AND lapsed_on IS NULL{which}"
    );
    manager.get_connection().execute_unprepared(&fill).await?;
    Ok(())
}
