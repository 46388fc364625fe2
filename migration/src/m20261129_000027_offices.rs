//! What offices do with and beside each other: each side's word in a dispute, years of the calendar that wait for a second
//! person, events by the office that caused them, and sign-ins that failed.

use crate::table::{create, index, table, to, unique};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager).await?;
        create(manager, tables(), indexes()).await?;
        // Who acted sat where the account sits now, as far as anybody knows. Citizens' own acts are nobody's.
        let db = manager.get_connection();
        for statement in [
            "UPDATE event SET office = (SELECT division FROM \"user\" WHERE id = actor_user \
             AND bureau_id IS NOT NULL) WHERE actor_user IS NOT NULL AND kind NOT IN \
             ('report_filed', 'complaint_filed', 'report_photos_added', 'reporter_answered')",
            "UPDATE event SET province = substr(office, 1, 2) || '0000', city = CASE \
             WHEN substr(office, 3, 2) <> '00' THEN substr(office, 1, 4) || '00' END \
             WHERE office IS NOT NULL",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

async fn add_columns(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        ("competence_dispute", string_len_null("proposed_unit", 6)),
        ("competence_dispute", string_len_null("proposed_side", 6)),
        ("competence_dispute", uuid_null("proposed_by")),
        (
            "competence_dispute",
            timestamp_with_time_zone_null("proposed_at"),
        ),
        ("calendar_year", uuid_null("confirmed_by")),
        (
            "calendar_year",
            timestamp_with_time_zone_null("confirmed_at"),
        ),
        ("event", string_len_null("office", 6)),
        ("event", string_len_null("city", 6)),
        ("event", string_len_null("province", 6)),
    ];
    for (table, column) in columns {
        let alter = Table::alter().table(table).add_column(column).take();
        manager.alter_table(alter).await?;
    }
    Ok(())
}

fn tables() -> Vec<TableCreateStatement> {
    let draft = table("calendar_draft")
        .col(uuid("id").primary_key())
        .col(integer("year"))
        .col(string_len("version", 40))
        .col(text("csv"))
        .col(string_len("digest", 64))
        .col(uuid_null("loaded_by"))
        .col(timestamp_with_time_zone("loaded_at"))
        .col(integer("base"))
        .take();
    let failed = table("failed_sign_in")
        .col(uuid("user_id"))
        .col(timestamp_with_time_zone("hour"))
        .col(integer("tries"))
        .col(timestamp_with_time_zone("last_at"))
        .col(string_len("office", 6))
        .col(string_len_null("city", 6))
        .col(string_len_null("province", 6))
        .primary_key(Index::create().col("user_id").col("hour"))
        .foreign_key(&mut to("user_id", "user"))
        .take();
    vec![draft, failed]
}

fn indexes() -> Vec<IndexCreateStatement> {
    let mut indexes = vec![
        unique("calendar_draft", &["year"]),
        index("competence_dispute", &["holder", "raised_at", "id"]),
        index("competence_dispute", &["other", "raised_at", "id"]),
        index("failed_sign_in", &["hour"]),
    ];
    for level in ["office", "city", "province"] {
        indexes.push(index("event", &[level, "at", "id"]));
        indexes.push(index("failed_sign_in", &[level, "hour", "user_id"]));
    }
    indexes
}
