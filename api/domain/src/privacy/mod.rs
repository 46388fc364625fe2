//! Who a reporter is, and who may know: the sealed identity, its openings, the promise that is made
//! before sending, and the search for what a reporter did not mean to tell.

pub mod conversation;
pub mod correspondence;
pub mod detect;
pub mod document;
pub mod identity;
pub mod message;
pub mod opening;
pub mod promise;
