//! What was recorded on a visit, what is void of it, and what was signed.

use super::occurred::OccurredView;
use crate::{
    accounts::types::{PersonView, person},
    merchants::types::VerificationView,
    moment::Moment,
};
use async_graphql::{ComplexObject, Context, Description, Object, SimpleObject};
use liangxin_app::error::AppError;
use liangxin_domain::{
    evidence::digest::Sha256,
    id::UserId,
    inspections::{
        amend::Void,
        reopen::Reopening,
        signing::{Signature, Signing},
        visit::{InstrumentCheck, Seal},
    },
};
use uuid::Uuid;

/// That something recorded is void: it stays readable and counts nowhere.
#[derive(Description)]
pub(crate) struct VoidView(pub(crate) Void);

#[Object(name = "Void", use_type_description)]
impl VoidView {
    /// Why.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }
    /// Who made it so.
    async fn voided_by(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.made.by).await
    }
    /// When it was made void.
    async fn voided_at(&self) -> Moment {
        Moment(self.0.made.at)
    }
    /// The measurement in its place, if there is one.
    async fn replaced_by(&self) -> Option<Uuid> {
        self.0.replaced_by.map(|instead| instead.uuid())
    }
}

/// A mark and seal as seen on site.
#[derive(SimpleObject)]
#[graphql(name = "InstrumentCheck", complex)]
pub(crate) struct InstrumentCheckView {
    /// Its id.
    id: Uuid,
    /// The instrument.
    instrument_id: Uuid,
    /// How the verification stood on the day of `occurred`.
    verification: VerificationView,
    /// The seal.
    seal: Seal,
    /// The inspector's note.
    note: Option<String>,
    /// Whether it goes against the merchant; nothing does that is void.
    fails: bool,
    /// When the server recorded it.
    recorded_at: Moment,
    /// When it was looked at; null where `recordedAt` stands for it.
    occurred: Option<OccurredView>,
    /// That it is void; null if it is not.
    void: Option<VoidView>,
    #[graphql(skip)]
    by: UserId,
}

#[ComplexObject]
impl InstrumentCheckView {
    /// Who looked.
    async fn looked_by(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.by).await
    }
}

impl From<InstrumentCheck> for InstrumentCheckView {
    fn from(check: InstrumentCheck) -> Self {
        Self {
            id: check.id.uuid(),
            fails: check.fails(),
            instrument_id: check.instrument.uuid(),
            verification: VerificationView::of(check.mark_valid_until, check.status),
            seal: check.seal,
            note: check.note.map(|note| note.to_string()),
            recorded_at: Moment(check.recorded_at),
            occurred: check.occurred.map(OccurredView),
            void: check.void.map(VoidView),
            by: check.by,
        }
    }
}

/// That a closed visit was opened again.
#[derive(Description)]
pub(crate) struct ReopeningView(pub(crate) Reopening);

#[Object(name = "Reopening", use_type_description)]
impl ReopeningView {
    /// When it had been closed.
    async fn closed_at(&self) -> Moment {
        Moment(self.0.closed_at)
    }
    /// Why it was opened again.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }
    /// Who opened it.
    async fn reopened_by(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.made.by).await
    }
    /// When it was opened again.
    async fn reopened_at(&self) -> Moment {
        Moment(self.0.made.at)
    }
}

/// How the record was closed towards the merchant, and the digest of the record as it is.
#[derive(Description)]
pub(crate) struct SignatureView {
    signing: Signing,
    record: Sha256,
}

impl SignatureView {
    pub(super) const fn of(signing: Signing, record: Sha256) -> Self {
        Self { signing, record }
    }
}

#[Object(name = "Signature", use_type_description)]
impl SignatureView {
    /// Who signed.
    async fn signer_name(&self) -> Option<&str> {
        match &self.signing.signature {
            Signature::Signed { name, .. } => Some(name.as_str()),
            Signature::Refused { .. } => None,
        }
    }
    /// The picture of the signature.
    async fn photo_id(&self) -> Option<Uuid> {
        match &self.signing.signature {
            Signature::Signed { photo, .. } => Some(photo.uuid()),
            Signature::Refused { .. } => None,
        }
    }
    /// Why there is no signature.
    async fn refused_reason(&self) -> Option<&str> {
        match &self.signing.signature {
            Signature::Signed { .. } => None,
            Signature::Refused { reason } => Some(reason.as_str()),
        }
    }
    /// The SHA-256 of the record as it was then (`Visit.recordDigest`); null where it was not kept yet.
    async fn record_digest(&self) -> Option<String> {
        self.signing.under.map(|under| under.to_string())
    }
    /// Whether it stands under the record as it is now. If not, something was recorded, corrected or voided since, and that
    /// nobody signed: the record is signed anew.
    async fn covers_record(&self) -> bool {
        self.signing.covers(self.record)
    }
    /// Who took it; null where it was not kept yet.
    async fn taken_by(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        match self.signing.taken {
            Some(taken) => person(ctx, taken.by).await,
            None => Ok(None),
        }
    }
    /// When the server heard of it; null where it was not kept yet.
    async fn taken_at(&self) -> Option<Moment> {
        self.signing.taken.map(|taken| Moment(taken.at))
    }
}
