//! What people do with the system: one module a noun, one public function a file. Each begins a
//! unit of work, loads, asks the policy, lets the domain decide, saves, records and commits.

pub mod accounts;
pub mod bundles;
pub mod cases;
pub mod complaints;
pub mod correspondence;
pub mod desk;
pub mod evidence;
pub mod identity;
pub mod inspections;
pub mod interests;
pub mod jobs;
pub mod keys;
pub mod law;
pub mod log;
pub mod matter;
mod matter_number;
pub mod merchants;
pub mod messages;
pub mod notices;
mod office;
pub mod pull;
pub mod push;
pub mod ratings;
pub mod receipts;
pub mod reports;
pub mod rewards;
pub mod seals;
pub mod step;
pub mod supervision;
