//! The register: bureaus, merchants, their instruments.

use crate::table::{create, index, table, to, unique, word};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, tables(), indexes()).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![bureau(), merchant(), instrument()]
}

fn bureau() -> TableCreateStatement {
    table("bureau")
        .col(uuid("id").primary_key())
        .col(string_len("division", 6))
        .col(word("level", &["province", "city", "county"]))
        .col(string_len("name_zh", 120))
        .col(string_len("name_en", 120))
        .col(string_len("address", 200))
        .col(string_len("hotline", 32))
        .take()
}

fn merchant() -> TableCreateStatement {
    table("merchant")
        .col(uuid("id").primary_key())
        .col(string_len("code", 10))
        .col(string_len("venue", 32))
        .col(string_len("name_zh", 120))
        .col(string_len("name_en", 120))
        .col(string_len_null("credit_code", 18))
        .col(string_len("division", 6))
        .col(string_len("address", 200))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .col(uuid_null("market_id"))
        .col(string_len_null("stall_no", 32))
        .col(date("opened_on"))
        .col(date_null("commitment_signed_on"))
        .col(date_null("commitment_valid_to"))
        .take()
}

fn instrument() -> TableCreateStatement {
    table("instrument")
        .col(uuid("id").primary_key())
        .col(uuid("merchant_id"))
        .col(string_len("kind", 32))
        .col(string_len("model", 120))
        .col(string_len("serial", 120))
        .col(string_len_null("accuracy_class", 8))
        .col(string_len_null("e_g", 32))
        .col(string_len_null("max_g", 32))
        .col(date_null("verified_on"))
        .col(date_null("valid_until"))
        .col(string_len_null("certificate_no", 64))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("bureau", &["division"]),
        unique("merchant", &["code"]),
        index("merchant", &["division"]),
        index("instrument", &["merchant_id"]),
    ]
}
