//! What a photo says against what was declared, and what it weighs, on the wire.

use crate::{context::Known as _, law::ProvenanceView};
use async_graphql::{Context, Description, Object, SimpleObject};
use liangxin_app::{error::AppError, store::evidence::Photo, usecase::evidence};
use liangxin_domain::{
    evidence::{
        check::{self, Apart, Check, CheckKind, CheckOutcome, Checked, Circumstances, Occasion},
        photo::PhotoDoubt,
        weight::{self, Held, Reason, Weight},
    },
    id::MerchantId,
    inspections::visit::{Visit, VisitState},
    place::Position,
    refusal::Lang,
    reports::report::Report,
};

/// What was declared about the record that owes a photo.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    occasion: Occasion,
    places: Vec<Position>,
    merchant: Option<MerchantId>,
}

impl From<&Visit> for Record {
    fn from(visit: &Visit) -> Self {
        let first = visit.arrivals.iter().map(|it| it.at).min();
        let until = match visit.state {
            VisitState::Submitted { at } => Some(at),
            VisitState::Dispatched | VisitState::CheckedIn => None,
        };
        Self {
            occasion: match first {
                None => Occasion::VisitToCome,
                Some(since) => Occasion::Visit { since, until },
            },
            places: visit
                .arrivals
                .iter()
                .filter_map(|it| it.place.position())
                .collect(),
            merchant: Some(visit.merchant),
        }
    }
}

impl From<&Report> for Record {
    fn from(report: &Report) -> Self {
        Self {
            occasion: Occasion::Report(report.occurred_at),
            places: report.position.into_iter().collect(),
            merchant: report.merchant,
        }
    }
}

impl Record {
    async fn circumstances(&self, ctx: &Context<'_>) -> Result<Circumstances, AppError> {
        let merchant = match self.merchant {
            Some(merchant) => {
                let merchants = &ctx.loaders()?.merchants;
                merchants.one(merchant).await?
            }
            None => None,
        };
        Ok(Circumstances {
            occasion: self.occasion,
            places: self.places.clone(),
            merchant: merchant.and_then(|merchant| merchant.position),
        })
    }
}

/// The checks of a photo, for officers; none of one that is not held.
pub(super) async fn checks(
    ctx: &Context<'_>,
    photo: &Photo,
    record: &Record,
) -> Result<Vec<Check>, AppError> {
    let Some(facts) = photo.facts.as_ref().filter(|_| is_officer(ctx)) else {
        return Ok(Vec::new());
    };
    let circumstances = record.circumstances(ctx).await?;
    let bounds = &ctx.app()?.law.photo_bounds;
    let photo = Checked {
        facts,
        capture: &photo.declared.capture,
        declared_at: photo.declared_at,
        tells_place: photo.declared.tells_place,
    };
    Ok(check::checks(photo, &circumstances, bounds))
}

/// What a photo weighs, for officers; nothing of one that is not held.
pub(super) async fn weight(
    ctx: &Context<'_>,
    photo: &Photo,
    record: &Record,
) -> Result<Option<WeightView>, AppError> {
    let held = photo.facts.as_ref().zip(photo.stored_at);
    let held = held.map(|(facts, stored_at)| Held {
        facts,
        stored_at,
        owner: photo.owner,
        tells_place: photo.declared.tells_place,
    });
    let alike = evidence::look_alikes(ctx.app()?, ctx.actor()?, photo.declared.id).await?;
    let (Some(held), Some(alike)) = (held, alike) else {
        return Ok(None);
    };
    let checks = checks(ctx, photo, record).await?;
    let bounds = &ctx.app()?.law.photo_bounds;
    let weighed = weight::weigh(held, &checks, &alike, bounds);
    let lang = ctx.lang();
    let reasons = weighed.reasons.into_iter();
    Ok(Some(WeightView {
        weight: weighed.weight,
        said: weighed.weight.said(lang).to_owned(),
        reasons: reasons.map(|reason| ReasonView::of(reason, lang)).collect(),
        provenance: bounds.provenance.into(),
    }))
}

fn is_officer(ctx: &Context<'_>) -> bool {
    ctx.actor().is_ok_and(|actor| actor.user().is_some())
}

/// What stands in a photo, held against what was declared.
#[derive(Description)]
pub(crate) struct CheckView(pub(super) Check);

#[Object(name = "PhotoCheck", use_type_description)]
impl CheckView {
    /// What is compared.
    async fn kind(&self) -> CheckKind {
        self.0.kind
    }
    /// How it ends. `SILENT` counts neither for nor against the photo.
    async fn outcome(&self) -> CheckOutcome {
        self.0.outcome
    }
    /// Of a time: minutes before what was declared began (negative) or after it ended; 0 within it. Of `DECLARED_TIME` minutes before
    /// (negative) or after the declared moment.
    async fn minutes(&self) -> Option<i64> {
        match self.0.apart? {
            Apart::Minutes { is, .. } => Some(is),
            Apart::Metres { .. } => None,
        }
    }
    /// Of a place: metres from what was declared.
    async fn metres(&self) -> Option<i64> {
        match self.0.apart? {
            Apart::Metres { is, .. } => Some(is),
            Apart::Minutes { .. } => None,
        }
    }
    /// As many minutes or metres agree. Our own choice; no rule gives it.
    async fn most(&self) -> Option<i64> {
        match self.0.apart? {
            Apart::Minutes { most, .. } | Apart::Metres { most, .. } => Some(most),
        }
    }
    /// The fields of the file that say so; null if none does.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }
    /// Why the file's time, or what the app declared, cannot be, where that is why nothing is compared.
    async fn doubt(&self) -> Option<PhotoDoubt> {
        self.0.doubt
    }
    /// All of it in one sentence.
    async fn said(&self, ctx: &Context<'_>) -> String {
        self.0.said(ctx.lang())
    }
}

/// A reason of a weight.
#[derive(SimpleObject)]
#[graphql(name = "PhotoWeightReasonSaid")]
struct ReasonView {
    /// Which.
    code: Reason,
    /// In one sentence.
    said: &'static str,
}

impl ReasonView {
    fn of(code: Reason, lang: Lang) -> Self {
        Self {
            code,
            said: code.said(lang),
        }
    }
}

/// What a photo weighs as evidence, in a word, by what the caller may know. It is help for a person who decides.
#[derive(SimpleObject)]
#[graphql(name = "PhotoWeight")]
pub(crate) struct WeightView {
    /// The word.
    weight: Weight,
    /// The word in one sentence.
    said: String,
    /// Why. Weak if one speaks against it, usable if something is not known, else strong.
    reasons: Vec<ReasonView>,
    /// How well the bounds and the rule are known.
    provenance: ProvenanceView,
}
