//! Papers (文书): what a procedure writes, hands over and keeps.
//!
//! [`paper`] names the kinds, [`form`] says what must be on each (from `law/papers.toml`), [`field`]
//! and [`draft`] decide by type what may be put on a paper for whom, [`notice`] is one written paper
//! and its service. Rendering, numbers and storage are not known here.

pub mod draft;
pub mod field;
pub mod form;
pub mod notice;
pub mod paper;
pub mod recipient;
pub mod said;
