//! The rows of the database, one module a table, and nothing else: no rules, no wire format.
//! Meanings are documented at the domain types that the store builds from these rows.
#![expect(
    missing_docs,
    reason = "column names are the domain's field names, documented there"
)]

pub mod bureau;
pub mod calendar_alert;
pub mod calendar_draft;
pub mod calendar_year;
pub mod case_file;
pub mod case_investigator;
pub mod claim_secret;
pub mod clock;
pub mod clock_history;
pub mod command;
pub mod competence_dispute;
pub mod complaint;
pub mod complaint_consent;
pub mod contact;
pub mod day_key;
pub mod device;
pub mod draft_photo;
pub mod event;
pub mod failed_sign_in;
pub mod finding;
pub mod health;
pub mod holding_receipt;
pub mod identity_look;
pub mod identity_opening;
pub mod instrument;
pub mod instrument_check;
pub mod job;
pub mod mail_question;
pub mod measurement;
pub mod merchant;
pub mod message;
pub mod notice;
pub mod original_opening;
pub mod paper_number;
pub mod password_code;
pub mod payment_file;
pub mod photo;
pub mod photo_copy;
pub mod photo_look_alike;
pub mod photo_probe;
pub mod present_rating;
pub mod rating;
pub mod rating_edition;
pub mod rating_night;
pub mod recovery_code;
pub mod reference_standard;
pub mod refresh_token;
pub mod report;
pub mod report_inspector;
pub mod report_link;
pub mod report_record;
pub mod reward;
pub mod seal;
pub mod sealed_event;
pub mod sealed_field;
pub mod sealed_identity;
pub mod second_factor;
pub mod sent_mail;
pub mod server_key;
pub mod signal;
pub mod sweep;
pub mod throttle;
pub mod unsealed_event;
pub mod upload;
pub mod upload_part;
pub mod upload_series;
pub mod user;
pub mod user_role;
pub mod visit;
pub mod visit_arrival;
pub mod visit_inspector;
