//! The integration tests: one binary, so that one PostgreSQL serves them all and the program is linked once.

#![cfg(test)]
// The futures of a flow are nested deeper than the compiler's default.
#![recursion_limit = "256"]

mod accounts;
mod architecture;
mod authorization;
mod background;
mod bad_lines;
mod cases;
mod complaints;
mod confidentiality;
mod contract;
mod correspondence;
mod crash;
mod damage;
mod desk;
mod evidence;
mod faults;
mod foreign;
mod full_disk;
mod health;
mod holdings;
mod http_bodies;
mod http_clock;
mod http_expect;
mod http_graphql;
mod http_notices;
mod http_pages;
mod http_tokens;
mod http_uploads;
mod http_warnings;
mod idempotency;
mod identity;
mod inspections;
mod intake;
mod keys;
mod law;
mod log;
mod measured;
mod merchants;
mod notices;
mod objects;
mod origins;
mod parts;
mod plans;
mod queue;
mod ratings;
mod readme;
mod receipts;
mod reconciled;
mod register;
mod report_states;
mod reports;
mod rewarded;
mod rewards;
mod seals;
mod stored;
mod superiors;
mod turns;
mod tus_clients;
mod unaccepted;
mod uploads;
mod verdicts;
mod visibility;
