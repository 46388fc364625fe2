//! What the tests of the whole program share: applications on databases of their own, people who run the contract's
//! operations, the story that every flow is a part of, and real servers of the parts that production talks to.

pub mod app;
pub mod census;
pub mod chance;
pub mod clients;
pub mod cluster;
pub mod contract;
pub mod crowd;
pub mod database;
pub mod examples;
pub mod face;
pub mod failing_disk;
pub mod faults;
pub mod flow;
pub mod law;
pub mod moto;
mod names;
pub mod papers;
pub mod pdf;
pub mod phone;
pub mod pictures;
pub mod post_office;
pub mod postgres;
pub mod program;
pub mod proxy;
pub mod reference_phone;
pub mod s3;
pub mod script;
pub mod server;
pub mod session;
pub mod smtp;
pub mod statements;
pub mod store;
pub mod tls;
pub mod tus;
pub mod volume;
