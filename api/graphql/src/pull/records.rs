//! Visits, merchants and instruments as phones pull them.

use super::page;
use crate::{
    context::Known as _,
    inspections::types::VisitView,
    merchants::types::{InstrumentView, MerchantView},
};
use async_graphql::Context;
use futures_util::{future::try_join_all, try_join};
use liangxin_app::{
    app::App,
    error::AppError,
    store::{self, phone_documents::Entry},
    usecase::pull::{self, Changed},
};
use liangxin_domain::{
    id::{InstrumentId, MerchantId, VisitId},
    inspections::visit::Visit,
    pull::Collection,
};
use std::collections::HashMap;
use uuid::Uuid;

pulled! {
    /// Visits that changed.
    PulledVisits of PulledVisit {
        id: Uuid,
        visit: VisitView, "The visit; null if it is to be forgotten.",
    }

    /// Merchants that changed.
    PulledMerchants of PulledMerchant {
        id: Uuid,
        merchant: MerchantView, "The merchant; null if it is to be forgotten.",
    }

    /// Instruments that changed.
    PulledInstruments of PulledInstrument {
        id: Uuid,
        + merchant_id: Option<Uuid>, "The merchant on whose ledger it stands; null if it is to be forgotten.",
        instrument: InstrumentView, "The instrument; null if it is to be forgotten.",
    }
}

/// What a phone asks of a collection.
pub(super) type Asked = (Option<String>, Option<i32>);

async fn changed(
    ctx: &Context<'_>,
    collection: Collection,
    (checkpoint, first): Asked,
) -> Result<Changed, AppError> {
    let (since, first) = page::parse(ctx, (checkpoint.as_deref(), first))?;
    let asked = (since.as_ref(), first);
    let shown = (collection, page::shape(ctx));
    pull::changed(ctx.app()?, ctx.actor()?, shown, asked).await
}

/// The documents of a page that are there still.
fn alive<T: From<Uuid>>(changed: &Changed) -> Vec<T> {
    let alive = changed.entries.iter().filter(|entry| !entry.is_gone);
    alive.map(|entry| T::from(entry.place.document)).collect()
}

/// Of each document its id, its version and whether it is to be forgotten.
fn named(app: &App, entry: &Entry) -> (Uuid, String, bool) {
    let place = entry.place;
    (place.document, pull::version(app, place), entry.is_gone)
}

/// Those of some visits of which everything can be read that they show. An error beside a document would keep whoever takes none
/// from all that comes behind it.
async fn whole(
    ctx: &Context<'_>,
    found: HashMap<VisitId, Visit>,
) -> Result<HashMap<VisitId, Visit>, AppError> {
    let looked = found.into_values().map(|visit| async move {
        let is_whole = is_whole(ctx, &visit).await?;
        Ok::<_, AppError>(is_whole.then_some((visit.id, visit)))
    });
    let looked = try_join_all(looked).await?;
    Ok(looked.into_iter().flatten().collect())
}

async fn is_whole(ctx: &Context<'_>, visit: &Visit) -> Result<bool, AppError> {
    let loaders = ctx.loaders()?;
    let report = async {
        match visit.origin.report() {
            Some(report) => loaders.reports.one(report).await.map(|it| it.is_some()),
            None => Ok(true),
        }
    };
    let (entries, photos, merchant, is_report_there) = try_join!(
        loaders.entries.one(visit.id),
        loaders.photos.one(visit.id),
        loaders.merchants.one(visit.merchant),
        report,
    )?;
    let unread = entries.as_deref().and_then(|it| it.as_ref().err());
    let unread = unread.or_else(|| photos.as_deref()?.as_ref().err());
    if let Some(error) = unread {
        error.log();
    }
    Ok(unread.is_none() && merchant.is_some() && is_report_there)
}

impl PulledVisits {
    pub(super) async fn of(ctx: &Context<'_>, asked: Asked) -> Result<Self, AppError> {
        let changed = changed(ctx, Collection::Visit, asked).await?;
        let ids: Vec<VisitId> = alive(&changed);
        let app = ctx.app()?;
        let found = store::inspections::list_by_ids(&app.db, ctx.actor()?, &ids).await?;
        let mut found = whole(ctx, found).await?;
        let document = |entry: &Entry| {
            let (id, version, is_deleted) = named(app, entry);
            let visit = match is_deleted {
                true => None,
                // One that cannot be read is told to the log, and no reason to forget what the phone has.
                false => Some(VisitView(found.remove(&VisitId::new(id))?)),
            };
            Some(PulledVisit {
                id,
                version,
                is_deleted,
                visit,
            })
        };
        Ok(Self {
            documents: changed.entries.iter().filter_map(document).collect(),
            checkpoint: page::seal(ctx, &changed.checkpoint)?,
            has_more: changed.has_more,
        })
    }
}

impl PulledMerchants {
    pub(super) async fn of(ctx: &Context<'_>, asked: Asked) -> Result<Self, AppError> {
        let changed = changed(ctx, Collection::Merchant, asked).await?;
        let ids: Vec<MerchantId> = alive(&changed);
        let app = ctx.app()?;
        let mut found = store::merchants::list_by_ids(&app.db, &ids).await?;
        let document = |entry: &Entry| {
            let (id, version, is_deleted) = named(app, entry);
            let merchant = match is_deleted {
                true => None,
                false => Some(MerchantView(found.remove(&MerchantId::new(id))?)),
            };
            Some(PulledMerchant {
                id,
                version,
                is_deleted,
                merchant,
            })
        };
        Ok(Self {
            documents: changed.entries.iter().filter_map(document).collect(),
            checkpoint: page::seal(ctx, &changed.checkpoint)?,
            has_more: changed.has_more,
        })
    }
}

impl PulledInstruments {
    pub(super) async fn of(ctx: &Context<'_>, asked: Asked) -> Result<Self, AppError> {
        let changed = changed(ctx, Collection::Instrument, asked).await?;
        let ids: Vec<InstrumentId> = alive(&changed);
        let app = ctx.app()?;
        let mut found = store::merchants::list_instruments(&app.db, &ids).await?;
        let document = |entry: &Entry| {
            let (id, version, is_deleted) = named(app, entry);
            let instrument = match is_deleted {
                true => None,
                false => Some(found.remove(&InstrumentId::new(id))?),
            };
            Some(PulledInstrument {
                id,
                version,
                is_deleted,
                merchant_id: instrument.as_ref().map(|found| found.merchant.uuid()),
                instrument: instrument.map(InstrumentView),
            })
        };
        Ok(Self {
            documents: changed.entries.iter().filter_map(document).collect(),
            checkpoint: page::seal(ctx, &changed.checkpoint)?,
            has_more: changed.has_more,
        })
    }
}
