//! One set of migrations for SQLite and PostgreSQL. Migrations are additive: a column or a table
//! may come, nothing that a running replica reads may go.

mod m20261123_000001_accounts;
mod m20261123_000002_register;
mod m20261123_000003_reports;
mod m20261123_000004_inspections;
mod m20261123_000005_cases;
mod m20261123_000006_events;
mod m20261123_000007_standards;
mod m20261124_000008_law;
mod m20261124_000009_notices;
mod m20261124_000010_complaints;
mod m20261124_000011_identity;
mod m20261124_000012_intake;
mod m20261124_000013_rewards;
mod m20261128_000014_codes;
mod m20261128_000015_background;
mod m20261128_000016_accounts;
mod m20261128_000017_queue;
mod m20261128_000018_numbers;
mod m20261128_000019_mails;
mod m20261128_000021_lookups;
mod m20261129_000022_server_keys;
mod m20261129_000023_payments;
mod m20261129_000024_reporters;
mod m20261129_000025_copies;
mod m20261129_000026_tokens;
mod m20261129_000027_offices;
mod m20261129_000032_origins;
mod m20261129_000033_ends;
mod m20261129_000034_desk;
mod m20261129_000035_register;
mod m20261129_000040_case_files;
mod m20261129_000041_pictures;
mod m20261129_000042_uploads;
mod m20261129_000043_holding_receipts;
mod m20261129_000044_dispute_versions;
mod m20261129_000045_sign_ins;
mod m20261129_000046_expiry;
mod m20261129_000047_own_work;
mod m20261129_000048_withdrawals;
mod m20261129_000049_seals;
mod m20261129_000050_severity;
mod m20261129_000051_grades;
mod m20261129_000052_look_alikes;
mod m20261129_000054_bundles;
mod m20261129_000055_redactions;
mod m20261129_000058_parkings;
mod m20261129_000059_drafts;
mod m20261129_000060_copies;
mod m20261129_000061_captures;
mod m20261129_000062_fetched_bundles;
mod m20261129_000066_clock_turns;
mod m20261129_000067_names;
mod m20261129_000069_badges;
mod m20261129_000070_interests;
mod m20261129_000071_leads;
mod m20261129_000072_ended_interests;
mod m20261129_000073_visit_teams;
mod m20261129_000074_no_place;
mod table;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Runs the migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_accounts::Migration),
            Box::new(m20261123_000002_register::Migration),
            Box::new(m20261123_000003_reports::Migration),
            Box::new(m20261123_000004_inspections::Migration),
            Box::new(m20261123_000005_cases::Migration),
            Box::new(m20261123_000006_events::Migration),
            Box::new(m20261123_000007_standards::Migration),
            Box::new(m20261124_000008_law::Migration),
            Box::new(m20261124_000009_notices::Migration),
            Box::new(m20261124_000010_complaints::Migration),
            Box::new(m20261124_000011_identity::Migration),
            Box::new(m20261124_000012_intake::Migration),
            Box::new(m20261124_000013_rewards::Migration),
            Box::new(m20261128_000014_codes::Migration),
            Box::new(m20261128_000015_background::Migration),
            Box::new(m20261128_000016_accounts::Migration),
            Box::new(m20261128_000017_queue::Migration),
            Box::new(m20261128_000018_numbers::Migration),
            Box::new(m20261128_000019_mails::Migration),
            Box::new(m20261128_000021_lookups::Migration),
            Box::new(m20261129_000022_server_keys::Migration),
            Box::new(m20261129_000023_payments::Migration),
            Box::new(m20261129_000024_reporters::Migration),
            Box::new(m20261129_000025_copies::Migration),
            Box::new(m20261129_000026_tokens::Migration),
            Box::new(m20261129_000027_offices::Migration),
            Box::new(m20261129_000032_origins::Migration),
            Box::new(m20261129_000033_ends::Migration),
            Box::new(m20261129_000034_desk::Migration),
            Box::new(m20261129_000035_register::Migration),
            Box::new(m20261129_000040_case_files::Migration),
            Box::new(m20261129_000042_uploads::Migration),
            Box::new(m20261129_000044_dispute_versions::Migration),
            Box::new(m20261129_000045_sign_ins::Migration),
            Box::new(m20261129_000046_expiry::Migration),
            Box::new(m20261129_000047_own_work::Migration),
            Box::new(m20261129_000041_pictures::Migration),
            Box::new(m20261129_000043_holding_receipts::Migration),
            Box::new(m20261129_000048_withdrawals::Migration),
            Box::new(m20261129_000049_seals::Migration),
            Box::new(m20261129_000050_severity::Migration),
            Box::new(m20261129_000051_grades::Migration),
            Box::new(m20261129_000058_parkings::Migration),
            Box::new(m20261129_000059_drafts::Migration),
            Box::new(m20261129_000052_look_alikes::Migration),
            Box::new(m20261129_000054_bundles::Migration),
            Box::new(m20261129_000055_redactions::Migration),
            Box::new(m20261129_000060_copies::Migration),
            Box::new(m20261129_000061_captures::Migration),
            Box::new(m20261129_000062_fetched_bundles::Migration),
            Box::new(m20261129_000066_clock_turns::Migration),
            Box::new(m20261129_000067_names::Migration),
            Box::new(m20261129_000069_badges::Migration),
            Box::new(m20261129_000070_interests::Migration),
            Box::new(m20261129_000071_leads::Migration),
            Box::new(m20261129_000072_ended_interests::Migration),
            Box::new(m20261129_000073_visit_teams::Migration),
            Box::new(m20261129_000074_no_place::Migration),
        ]
    }
}
