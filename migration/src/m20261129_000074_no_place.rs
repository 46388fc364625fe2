//! An officer may arrive where no phone knows its place; the reason stands in its stead.

use crate::table::{create, index, table, to};
use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The columns that an arrival had before, in their order.
const BEFORE: &str =
    "visit_id, user_id, at, received_at, latitude, longitude, accuracy_m, certificate_no, party";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            let db = manager.get_connection();
            for column in ["latitude", "longitude"] {
                let loosen =
                    format!("ALTER TABLE visit_arrival ALTER COLUMN {column} DROP NOT NULL");
                db.execute_unprepared(&loosen).await?;
            }
        } else {
            rebuild(manager).await?;
        }
        let why = string_len_null("position_missing", 32).take();
        let alter = Table::alter().table("visit_arrival").add_column(why).take();
        manager.alter_table(alter).await
    }
}

/// SQLite cannot take a NOT NULL away: the table is made again and filled from a copy. Nothing refers to it.
async fn rebuild(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for statement in [
        "CREATE TABLE visit_arrival_before AS SELECT * FROM visit_arrival",
        "DROP TABLE visit_arrival",
    ] {
        db.execute_unprepared(statement).await?;
    }
    let lists = vec![index("visit_arrival", &["user_id"])];
    create(manager, vec![arrival()], lists).await?;
    db.execute_unprepared(&format!(
        "INSERT INTO visit_arrival ({BEFORE}) SELECT {BEFORE} FROM visit_arrival_before"
    ))
    .await?;
    db.execute_unprepared("DROP TABLE visit_arrival_before")
        .await?;
    Ok(())
}

/// The table as it was, but for the place.
fn arrival() -> TableCreateStatement {
    table("visit_arrival")
        .col(uuid("visit_id"))
        .col(uuid("user_id"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone("received_at"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .col(double_null("accuracy_m"))
        .col(string_len_null("certificate_no", 64))
        .col(string_len_null("party", 32))
        .primary_key(Index::create().col("visit_id").col("user_id"))
        .foreign_key(&mut to("visit_id", "visit"))
        .foreign_key(&mut to("user_id", "user"))
        .take()
}
