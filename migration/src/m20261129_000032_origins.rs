//! Visits that no report caused, and the arrival of each officer.

use crate::table::{create, index, table, to};
use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The columns that a visit had before, in their order.
const BEFORE: &str = "id, report_id, merchant_id, division, state, dispatched_at, dispatched_by, check_in_at, \
    check_in_received_at, check_in_latitude, check_in_longitude, check_in_accuracy_m, check_in_by, signed_name, \
    signature_photo_id, unsigned_reason, submitted_at, version";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("ALTER TABLE visit ALTER COLUMN report_id DROP NOT NULL")
                .await?;
        } else {
            rebuild(manager).await?;
        }
        for column in [
            // Whatever is there already was made for a report.
            string_len("origin", 32).default("report").take(),
            uuid_null("origin_id").take(),
            string_len_null("about", 120).take(),
        ] {
            let alter = Table::alter().table("visit").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        create(manager, vec![arrival()], indexes()).await?;
        db.execute_unprepared(
            "INSERT INTO visit_arrival (visit_id, user_id, at, received_at, latitude, longitude, accuracy_m) \
             SELECT id, check_in_by, check_in_at, check_in_received_at, check_in_latitude, check_in_longitude, \
             check_in_accuracy_m FROM visit WHERE check_in_at IS NOT NULL AND check_in_received_at IS NOT NULL \
             AND check_in_latitude IS NOT NULL AND check_in_longitude IS NOT NULL AND check_in_by IS NOT NULL",
        )
        .await?;
        Ok(())
    }
}

/// SQLite cannot take a NOT NULL away: the table is made again and filled from a copy. What refers to it is counted as
/// missing when it goes and as there again with each row that comes back, so the transaction ends with nothing missing.
async fn rebuild(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for statement in [
        "PRAGMA defer_foreign_keys = ON",
        "CREATE TABLE visit_before AS SELECT * FROM visit",
        "DROP TABLE visit",
    ] {
        db.execute_unprepared(statement).await?;
    }
    create(manager, vec![visit()], of_before()).await?;
    db.execute_unprepared(&format!(
        "INSERT INTO visit ({BEFORE}) SELECT {BEFORE} FROM visit_before"
    ))
    .await?;
    db.execute_unprepared("DROP TABLE visit_before").await?;
    Ok(())
}

/// The table as it was, but for the report.
fn visit() -> TableCreateStatement {
    table("visit")
        .col(uuid("id").primary_key())
        .col(uuid_null("report_id"))
        .col(uuid("merchant_id"))
        .col(string_len("division", 6))
        .col(string_len("state", 32))
        .col(timestamp_with_time_zone("dispatched_at"))
        .col(uuid("dispatched_by"))
        .col(timestamp_with_time_zone_null("check_in_at"))
        .col(timestamp_with_time_zone_null("check_in_received_at"))
        .col(double_null("check_in_latitude"))
        .col(double_null("check_in_longitude"))
        .col(double_null("check_in_accuracy_m"))
        .col(uuid_null("check_in_by"))
        .col(string_len_null("signed_name", 120))
        .col(uuid_null("signature_photo_id"))
        .col(string_len_null("unsigned_reason", 120))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(integer("version"))
        .foreign_key(&mut to("report_id", "report"))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .take()
}

fn of_before() -> Vec<IndexCreateStatement> {
    vec![
        index("visit", &["report_id"]),
        index("visit", &["division", "dispatched_at", "id"]),
    ]
}

fn arrival() -> TableCreateStatement {
    table("visit_arrival")
        .col(uuid("visit_id"))
        .col(uuid("user_id"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone("received_at"))
        .col(double("latitude"))
        .col(double("longitude"))
        .col(double_null("accuracy_m"))
        .col(string_len_null("certificate_no", 64))
        .col(string_len_null("party", 32))
        .primary_key(Index::create().col("visit_id").col("user_id"))
        .foreign_key(&mut to("visit_id", "visit"))
        .foreign_key(&mut to("user_id", "user"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![index("visit", &["merchant_id", "dispatched_at", "id"])]
}
