//! The program around Liangxin (量信): the command line, the settings, and from them a running server.

pub mod boot;
pub mod cli;
pub mod config;
pub mod law_directory;
mod open_files;
mod private_files;
pub mod rule_directory;
