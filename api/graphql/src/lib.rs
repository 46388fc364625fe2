//! The GraphQL schema: it translates, it does not decide. One module a noun; `access` says who may
//! call which root field, `limits` how much a query may ask for.

// Their macros are used by the nouns below.
#[macro_use]
mod page;
#[macro_use]
mod problem;
#[macro_use]
mod steps;

pub mod access;
mod accounts;
mod batch;
mod cases;
mod codes;
mod complaints;
pub mod context;
pub mod contract;
mod cost;
mod desk;
pub mod documents;
mod evidence;
mod gate;
mod inspections;
mod jobs;
mod known;
mod law;
pub mod limited;
pub mod limits;
mod log;
mod merchants;
mod moment;
mod notices;
pub mod operation;
mod printed;
mod privacy;
mod pull;
pub mod push;
mod receipts;
mod reconcile;
mod redactions;
mod reports;
mod rewards;
pub mod root;
mod rules;
pub mod schema;
mod weight;
