//! Penalty cases, rewards, ratings.

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
    vec![case_file(), case_investigator(), reward(), rating()]
}

fn case_file() -> TableCreateStatement {
    table("case_file")
        .col(uuid("id").primary_key())
        .col(string_len("number", 64))
        .col(uuid("visit_id"))
        .col(uuid("report_id"))
        .col(uuid("merchant_id"))
        .col(string_len("division", 6))
        .col(word(
            "state",
            &[
                "filed",
                "proposed",
                "audited",
                "noticed",
                "decided",
                "closed_no_penalty",
                "transferred",
            ],
        ))
        .col(timestamp_with_time_zone("filed_at"))
        .col(uuid("filed_by"))
        .col(string_len_null("violation", 16))
        .col(big_integer_null("proposed_fine_fen"))
        .col(text_null("proposed_correction"))
        .col(date_null("proposed_correct_by"))
        .col(uuid_null("proposed_by"))
        .col(timestamp_with_time_zone_null("proposed_at"))
        .col(uuid_null("audited_by"))
        .col(timestamp_with_time_zone_null("audited_at"))
        .col(text_null("audit_opinion"))
        .col(timestamp_with_time_zone_null("noticed_at"))
        .col(date_null("answer_until"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(text_null("defence"))
        .col(big_integer_null("fine_fen"))
        .col(text_null("correction"))
        .col(date_null("correct_by"))
        .col(text_null("defence_review"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(integer("version"))
        .foreign_key(&mut to("visit_id", "visit"))
        .foreign_key(&mut to("report_id", "report"))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .take()
}

fn case_investigator() -> TableCreateStatement {
    table("case_investigator")
        .col(uuid("case_id"))
        .col(uuid("user_id"))
        .primary_key(Index::create().col("case_id").col("user_id"))
        .foreign_key(&mut to("case_id", "case_file"))
        .foreign_key(&mut to("user_id", "user"))
        .take()
}

fn reward() -> TableCreateStatement {
    table("reward")
        .col(uuid("id").primary_key())
        .col(uuid("report_id"))
        .col(uuid("case_id"))
        .col(string_len("scheme_id", 64))
        .col(string_len("edition", 120))
        .col(string_len("outcome", 32))
        .col(string_len("reason_code", 64))
        .col(string_len("reason_zh", 1000))
        .col(string_len("reason_en", 1000))
        .col(text("steps"))
        .col(text("major_facts"))
        .col(uuid("screened_by"))
        .col(timestamp_with_time_zone("screened_at"))
        .col(string_len("division", 6))
        .col(date("case_decided_on"))
        .col(word("state", REWARD_STATES))
        // The file of the reward is written and read as one and never searched by its parts.
        .col(text("file"))
        .col(big_integer_null("awarded_fen"))
        .col(date_null("closes_after"))
        .col(integer("version"))
        .foreign_key(&mut to("report_id", "report"))
        .foreign_key(&mut to("case_id", "case_file"))
        .take()
}

const REWARD_STATES: &[&str] = &[
    "screening",
    "not_in_scope",
    "ineligible",
    "notified_eligible",
    "lapsed",
    "applied",
    "graded",
    "finance_pending",
    "decided",
    "notified_decision",
    "under_review",
    "claimed",
    "forfeited",
    "paid",
    "recovering",
    "recovered",
    "revoked",
];

fn rating() -> TableCreateStatement {
    table("rating")
        .col(uuid("id").primary_key())
        .col(uuid("merchant_id"))
        .col(timestamp_with_time_zone("computed_at"))
        .col(string_len("grade", 8))
        .col(integer_null("points_tenths"))
        .col(string_len("formula_version", 32))
        .col(integer("findings"))
        .col(text("reasons"))
        .col(uuid("cause"))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("case_file", &["number"]),
        unique("case_file", &["visit_id"]),
        index("case_file", &["report_id"]),
        index("case_file", &["merchant_id"]),
        index("case_file", &["division", "filed_at", "id"]),
        unique("reward", &["report_id"]),
        index("reward", &["case_id"]),
        index("reward", &["division", "screened_at", "id"]),
        index("reward", &["closes_after"]),
        unique("rating", &["merchant_id", "cause"]),
        index("rating", &["merchant_id", "computed_at", "id"]),
    ]
}
