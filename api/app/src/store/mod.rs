//! Rows in and domain values out, one module a noun. Reads start from the noun's private
//! `visible_to` select; writes take the unit of work.

pub mod accounts;
pub mod arrivals;
pub mod calendars;
pub mod cases;
pub mod check;
pub(crate) mod commands;
pub mod complaints;
pub mod contacts;
pub mod copies;
pub mod day_keys;
pub mod desk;
pub mod devices;
pub mod disputes;
pub mod events;
pub mod evidence;
pub mod health;
pub mod identities;
pub mod inspections;
pub mod jobs;
pub mod law;
mod leftovers;
pub mod log;
pub mod mails;
pub mod measurements;
pub mod merchants;
pub mod messages;
pub mod notices;
pub mod numbers;
pub mod openings;
pub mod page;
pub(crate) mod password_codes;
pub mod places;
pub mod queue;
pub mod ratings;
pub(crate) mod receipts;
pub mod reports;
pub mod rewards;
mod row;
pub(crate) mod second_factors;
pub mod server_keys;
pub mod standards;
pub mod sweeps;
pub(crate) mod throttles;
mod visibility;

pub use row::left_out;
