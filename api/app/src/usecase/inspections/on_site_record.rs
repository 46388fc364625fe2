//! The record of a visit as it is printed: what was recorded on site, by whom, before whom, and how it was signed. It knows no
//! words and no sheet. What led to the visit is not in it: the party signs it, and a report is nobody's to tell.

use super::record::{digest_of, record_digest};
use crate::{
    app::App,
    budget::Spending,
    caller::Caller,
    error::AppError,
    store::{self, bundles::Named, evidence::Photo},
    usecase::supervision,
};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::{digest::Sha256, photo::PhotoOwner},
    id::{InstrumentId, UserId, VisitId},
    inspections::{
        visit::{InstrumentCheck, Measurement, Visit, VisitStateKind},
        written::FieldWrite,
    },
    merchants::{instrument::Instrument, merchant::Merchant},
    refusal::{Code, Refusal},
};
use std::collections::{BTreeSet, HashMap, hash_map::Entry};

/// The record of a visit.
#[derive(Debug, Clone)]
pub struct OnSiteRecord {
    /// The visit, with arrivals, signatures and reopenings.
    pub visit: Visit,
    /// The party.
    pub merchant: Merchant,
    /// The bureau that is competent where the party does business, in Chinese and in English.
    pub bureau: (String, String),
    /// Whoever is named on it.
    pub people: HashMap<UserId, Named>,
    /// The marks and seals that were looked at, void ones too, in the order in which they were recorded.
    pub checks: Vec<InstrumentCheck>,
    /// The measurements, likewise.
    pub measurements: Vec<Measurement>,
    /// The instruments that they name, also those that went out of use since.
    pub instruments: HashMap<InstrumentId, Instrument>,
    /// Each write of the visit with when it was.
    pub writes: Vec<FieldWrite>,
    /// The photos that the visit owes.
    pub photos: Vec<Photo>,
    /// The digest of the entries: what a signature stands under.
    pub digest: Sha256,
}

/// What a digest on a printed record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// That of the record as it is.
    Current,
    /// That of the record as it was when somebody signed it or would not; entries were added since.
    Earlier,
    /// None of a record here.
    Unknown,
}

/// The record of a visit that the caller may see, once somebody arrived. Who reads it from above is noted.
pub async fn read_record(
    app: &App,
    caller: &Caller,
    id: VisitId,
) -> Result<OnSiteRecord, AppError> {
    let db = &app.db;
    let visit = store::inspections::get(db, &caller.actor, id).await?;
    let event = Event::VisitInspected { visit: id };
    supervision::opened(app, caller, &visit.division, event).await?;
    if visit.state_kind() == VisitStateKind::Dispatched {
        let state = visit.state_kind().to_string();
        return Err(Refusal::of(Code::WrongState).with(state).into());
    }
    let merchant = store::merchants::get(db, visit.merchant).await?;
    let bureau = store::places::competent_bureau(db, visit.division).await?;
    let measurements = store::measurements::measurements_of(db, id).await?;
    let checks = store::measurements::checks_of(db, id).await?;
    let named = people(&visit, &measurements, &checks);
    Ok(OnSiteRecord {
        bureau: bureau.map_or_else(Default::default, |it| (it.name_zh, it.name_en)),
        people: store::bundles::names(db, named).await?,
        instruments: instruments(app, &merchant, (&measurements, &checks)).await?,
        writes: store::visit_entries::list(db, id).await?,
        photos: store::evidence::list(db, PhotoOwner::Visit(id)).await?,
        digest: digest_of(id, &measurements, &checks),
        visit,
        merchant,
        checks,
        measurements,
    })
}

/// What a digest is that somebody read from a printed record; whoever asks learns nothing else of the visit, nor whether there
/// is one. A right digest and a wrong one cost the same.
pub async fn check_printed(
    app: &App,
    caller: &Caller,
    (id, digest): (VisitId, Sha256),
) -> Result<Printed, AppError> {
    app.spend(caller, Spending::Look)?;
    let visit = match store::inspections::get(&app.db, &Actor::System, id).await {
        Err(AppError::Refused(_)) => return Ok(Printed::Unknown),
        visit => visit?,
    };
    // Before somebody arrived nothing is printed.
    if visit.state_kind() == VisitStateKind::Dispatched {
        return Ok(Printed::Unknown);
    }
    if record_digest(&app.db, id).await? == digest {
        return Ok(Printed::Current);
    }
    let mut signings = visit.signings.iter();
    Ok(
        match signings.any(|signing| signing.under == Some(digest)) {
            true => Printed::Earlier,
            false => Printed::Unknown,
        },
    )
}

/// The instruments that entries name: the merchant's, and one by one those that are on its ledger no more.
async fn instruments(
    app: &App,
    merchant: &Merchant,
    (measured, checked): (&[Measurement], &[InstrumentCheck]),
) -> Result<HashMap<InstrumentId, Instrument>, AppError> {
    let measured = measured.iter().filter_map(|it| it.instrument);
    let checked = checked.iter().map(|it| it.instrument);
    let named: BTreeSet<_> = measured.chain(checked).collect();
    let ledger = store::merchants::instruments_of(&app.db, merchant.id).await?;
    let known = ledger.into_iter().filter(|it| named.contains(&it.id));
    let mut found: HashMap<_, _> = known.map(|it| (it.id, it)).collect();
    for id in named {
        if let Entry::Vacant(place) = found.entry(id) {
            place.insert(store::merchants::get_instrument(&app.db, id).await?);
        }
    }
    Ok(found)
}

/// Whoever was sent, came, recorded, made void, took a signature or opened the visit again.
fn people(
    visit: &Visit,
    measured: &[Measurement],
    checked: &[InstrumentCheck],
) -> BTreeSet<UserId> {
    let former = visit.former_teams.iter();
    let former = former.flat_map(|it| it.officers.iter().chain([it.made.by]));
    let arrived = visit.arrivals.iter().map(|it| it.by);
    let signings = visit.signings.iter().filter_map(|it| it.taken);
    let reopened = visit.reopenings.iter().map(|it| it.made.by);
    let voids = measured.iter().filter_map(|it| it.void.as_ref());
    let voids = voids.chain(checked.iter().filter_map(|it| it.void.as_ref()));
    let recorded = measured.iter().map(|it| it.by);
    let recorded = recorded.chain(checked.iter().map(|it| it.by));
    let visit = visit.team.iter().chain(former).chain(arrived);
    let signed = signings.map(|it| it.by).chain(reopened);
    let entries = recorded.chain(voids.map(|it| it.made.by));
    visit.chain(signed).chain(entries).collect()
}
