//! On-site inspections: two certified officers, what they found, what was signed.

pub mod standard;
pub mod visit;
