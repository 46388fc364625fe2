//! Checklists: what a venue has to have and to do, row by row.
//!
//! A template is a rule file: one for the market organiser (Order 94/2024), the stall (Order 94/2024),
//! the shop, the restaurant, the gas station (Order 35/2002), the optician (Order 54/2003) and the
//! packer of prepackaged goods (Order 70/2023). The rows are the duties of the law; how to look is
//! advice.
//!
//! # How a checklist is judged
//!
//! 1. The day of the inspection and the venue pick the template. Answers to another template or
//!    edition are refused: a row may have changed its meaning.
//! 2. A row the template does not have and a row answered twice are refused; so is "not applicable"
//!    where the duty concerns every venue of the kind.
//! 3. "No" fails, and names the violation that the row suggests. "Yes" passes.
//! 4. A row without an answer, or one that could not be seen, makes the whole an indication only,
//!    unless another row fails: what fails is not hidden by what was not seen.
//! 5. Answers are what an officer saw. Whether there was a violation is decided by a person.

mod answers;
mod counts;
mod judge;
mod words;

pub use answers::{Answer, AnswerGiven, Checklist};
pub use judge::judge;
