//! Taking the file of a case out of the house: who may, for what, and what is put in. How it is written down, it does not know.

mod gather;
mod list;
mod make;
mod open;

pub use list::{Made, list};
pub use make::{Link, make};
pub use open::{fetch, note_fetched, open};

use crate::{
    app::App,
    error::AppError,
    store::{bundles::Named, copies::Copies, evidence::Photo},
    usecase::{cases::stake, matter::Matter, notices::OpenNotice, office, seals::History},
};
use liangxin_domain::{
    actor::Actor,
    cases::case::Case,
    evidence::{digest::Sm3, redaction::Redaction},
    id::UserId,
    inspections::visit::{InstrumentCheck, Measurement, Visit},
    merchants::merchant::Merchant,
    policy::{Action, permit},
};
use std::collections::HashMap;
use uuid::Uuid;

/// What the file of a case holds.
#[derive(Debug)]
pub struct Bundle {
    /// The case.
    pub case: Case,
    /// The party.
    pub merchant: Merchant,
    /// The bureau that is competent where the case is handled, in Chinese and in English.
    pub bureau: (String, String),
    /// The visits, in the order in which they were made.
    pub visits: Vec<Recorded>,
    /// The photos of the report, then those of the visits.
    pub photos: Vec<Exhibit>,
    /// What was signed about the photos.
    pub receipts: Vec<Receipt>,
    /// The papers of the case, in the order in which they were issued.
    pub papers: Vec<OpenNotice>,
    /// What happened, with its proofs.
    pub history: History,
    /// The public keys by which receipts and seals are checked, as they are published.
    pub keys: String,
    /// The officers who are named.
    pub people: HashMap<UserId, Named>,
}

/// A visit with what was recorded on it.
#[derive(Debug)]
pub struct Recorded {
    /// The visit.
    pub visit: Visit,
    /// The measurements.
    pub measurements: Vec<Measurement>,
    /// The marks and seals that were looked at.
    pub checks: Vec<InstrumentCheck>,
}

/// What whoever takes the file out may see of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// The original: here, or opened for a purpose.
    Original,
    /// A copy and the day. By the digest of an original whoever meets the same bytes elsewhere knows whose they are.
    Copy,
}

/// A photo as the file of a case holds it.
#[derive(Debug)]
pub struct Exhibit {
    /// What is known of it.
    pub photo: Photo,
    /// What of it is told.
    pub sight: Sight,
    /// The SM3 of the original; none while that is missing, or is not to be seen.
    pub sm3: Option<Sm3>,
    /// What was derived from it, with the bytes of the larger copy where they go out: those of a reporter's photo.
    pub copies: Option<(Copies, Vec<u8>)>,
    /// Of an inspector's photo: what is covered on its copies, or was, and why.
    pub redactions: Vec<Redaction>,
}

/// What was signed about the photos of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The record.
    pub record: Uuid,
    /// Its version.
    pub version: i32,
    /// The signed line.
    pub line: String,
}

/// Who may take the file of a case out; asked when it is made, and again when it is fetched.
async fn allowed(app: &App, actor: &Actor, case: &Case) -> Result<UserId, AppError> {
    let facts = office::facts(&app.db, actor, &case.division, stake(actor, case)).await?;
    let permit = permit(actor, Action::MakeCaseBundle, facts)?;
    Matter::of_case(case).check_own(&app.db, actor).await?;
    Ok(permit.person(Action::MakeCaseBundle)?)
}

/// What whoever takes the file of a case out may see of a reporter's photos.
async fn sight(app: &App, actor: &Actor, case: &Case) -> Result<Sight, AppError> {
    let facts = office::facts(&app.db, actor, &case.division, stake(actor, case)).await?;
    Ok(match permit(actor, Action::OpenOriginal, facts) {
        Ok(_) => Sight::Original,
        Err(_) => Sight::Copy,
    })
}
