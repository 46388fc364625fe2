//! HTTP: the GraphQL endpoint, the pages, uploads, photos, and what an operator watches.

mod asking;
pub mod body;
mod events;
mod evidence_keys;
pub mod face;
mod graphiql;
mod graphql;
mod health;
mod in_time;
mod intake;
mod made_up_time;
pub mod metrics;
mod negotiate;
mod pages;
mod photos;
mod places;
mod reply;
pub mod request;
mod room;
mod security;
pub mod server;
mod uploads;
