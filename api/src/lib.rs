//! Liangxin (量信): a GraphQL backend for honest weights and measures, mobile first.
//!
//! Imports run one way: `graphql`, `http` and `jobs` call `usecase`, which calls `store`, which
//! knows the rows. All of them know the domain. Time, randomness, keys, mail and objects come in
//! through `ports` alone.

pub mod app;
pub mod boot;
pub mod cli;
pub mod config;
pub mod demo;
pub mod error;
pub mod fixtures;
pub mod graphql;
pub mod http;
pub mod jobs;
pub mod law_directory;
pub mod ports;
pub mod reference;
pub mod register;
pub mod rule_directory;
pub mod store;
pub mod usecase;
pub mod work;
