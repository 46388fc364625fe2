//! HTTP: the GraphQL endpoint, the pages, uploads, and what an operator watches.

pub mod graphiql;
pub mod graphql;
mod intake;
pub mod metrics;
pub mod negotiate;
pub mod pages;
pub mod reply;
pub mod request;
pub mod security;
pub mod server;
pub mod uploads;
