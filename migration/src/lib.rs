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
mod m20261130_000053_visit_entries;
mod m20261130_000057_annulled_findings;
mod m20261130_000063_cases_anew;
mod m20261130_000064_places_of_leads;
mod m20261130_000065_days_of_passports;
mod m20261130_000068_phone_documents;
mod m20261130_000075_cases_of_visits;
mod m20261130_000076_void_entries;
mod m20261130_000077_signings;
mod m20261130_000078_reopened_visits;
mod m20261130_000079_given_access;
mod m20261130_000080_refused_photos;
mod m20261130_000081_beside;
mod m20261130_000082_rewards_anew;
mod m20261130_000083_leads_of_visits;
mod m20261130_000084_passports;
mod m20261130_000085_opinions;
mod m20261130_000086_held_items;
mod m20261130_000088_phones;
mod m20261130_000089_forgotten;
mod m20261130_000090_taken_in;
mod m20261201_000087_noted_documents;
mod table;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Runs the migrations in order.
#[derive(Debug)]
pub struct Migrator;

macro_rules! in_order {
    ($($migration:ident)*) => {
        #[async_trait::async_trait]
        impl MigratorTrait for Migrator {
            fn migrations() -> Vec<Box<dyn MigrationTrait>> {
                vec![$(Box::new($migration::Migration)),*]
            }
        }
    };
}

in_order! {
    m20261123_000001_accounts
    m20261123_000002_register
    m20261123_000003_reports
    m20261123_000004_inspections
    m20261123_000005_cases
    m20261123_000006_events
    m20261123_000007_standards
    m20261124_000008_law
    m20261124_000009_notices
    m20261124_000010_complaints
    m20261124_000011_identity
    m20261124_000012_intake
    m20261124_000013_rewards
    m20261128_000014_codes
    m20261128_000015_background
    m20261128_000016_accounts
    m20261128_000017_queue
    m20261128_000018_numbers
    m20261128_000019_mails
    m20261128_000021_lookups
    m20261129_000022_server_keys
    m20261129_000023_payments
    m20261129_000024_reporters
    m20261129_000025_copies
    m20261129_000026_tokens
    m20261129_000027_offices
    m20261129_000032_origins
    m20261129_000033_ends
    m20261129_000034_desk
    m20261129_000035_register
    m20261129_000040_case_files
    m20261129_000042_uploads
    m20261129_000044_dispute_versions
    m20261129_000045_sign_ins
    m20261129_000046_expiry
    m20261129_000047_own_work
    m20261129_000041_pictures
    m20261129_000043_holding_receipts
    m20261129_000048_withdrawals
    m20261129_000049_seals
    m20261129_000050_severity
    m20261129_000051_grades
    m20261129_000058_parkings
    m20261129_000059_drafts
    m20261129_000052_look_alikes
    m20261129_000054_bundles
    m20261129_000055_redactions
    m20261129_000060_copies
    m20261129_000061_captures
    m20261129_000062_fetched_bundles
    m20261129_000066_clock_turns
    m20261129_000067_names
    m20261129_000069_badges
    m20261129_000070_interests
    m20261129_000071_leads
    m20261129_000072_ended_interests
    m20261129_000073_visit_teams
    m20261129_000074_no_place
    m20261130_000075_cases_of_visits
    m20261130_000076_void_entries
    m20261130_000077_signings
    m20261130_000078_reopened_visits
    m20261130_000079_given_access
    m20261130_000080_refused_photos
    m20261130_000088_phones
    m20261130_000089_forgotten
    m20261130_000090_taken_in
    m20261130_000057_annulled_findings
    m20261130_000063_cases_anew
    m20261130_000081_beside
    m20261130_000082_rewards_anew
    m20261130_000083_leads_of_visits
    m20261130_000084_passports
    m20261130_000085_opinions
    m20261130_000064_places_of_leads
    m20261130_000065_days_of_passports
    m20261130_000068_phone_documents
    m20261130_000053_visit_entries
    m20261130_000086_held_items
    m20261201_000087_noted_documents
}
