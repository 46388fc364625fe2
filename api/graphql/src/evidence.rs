//! Photos on the wire.

use crate::{
    context::Known as _,
    merchants::types::PositionView,
    moment::Moment,
    problem::{Problem, settle},
    redactions::RedactionView,
};
use async_graphql::{Context, Description, InputObject, Object, SimpleObject};
use liangxin_app::{error::AppError, store, usecase::evidence};
use liangxin_domain::{
    evidence::photo::{Parking, ParkingReason, PhotoCopy, PhotoDoubt, PhotoFact, PhotoFactKind},
    id::{CommandId, PhotoId},
    text::Line,
};
use uuid::Uuid;

mod look_alikes;
mod weight;
mod withdraw;

use look_alikes::LookAlikesView;
use weight::{CheckView, Record, WeightView};
pub(crate) use withdraw::WithdrawPhotoInput;
pub use withdraw::WithdrawalMutation;

/// A photo, and what was declared about the record that owes it.
#[derive(Description)]
pub(crate) struct PhotoView(store::evidence::Photo, Record);

impl PhotoView {
    /// The photos of a record.
    pub(crate) fn each<'a, T>(photos: Vec<store::evidence::Photo>, record: &'a T) -> Vec<Self>
    where
        Record: From<&'a T>,
    {
        let record = Record::from(record);
        let photos = photos.into_iter();
        photos.map(|photo| Self(photo, record.clone())).collect()
    }
}

#[Object(name = "Photo", use_type_description)]
impl PhotoView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.declared.id.uuid()
    }
    /// `report`, `scene`, `mark` or `signature`.
    async fn kind(&self) -> String {
        self.0.declared.kind.to_string()
    }
    /// SHA-256 of the original bytes.
    async fn sha256(&self) -> String {
        self.0.declared.sha256.to_string()
    }
    /// Length of the original bytes.
    async fn size_bytes(&self) -> u64 {
        self.0.declared.size_bytes
    }
    /// When the server durably held the bytes; null while they are missing.
    async fn stored_at(&self) -> Option<Moment> {
        self.0.stored_at.map(Moment)
    }
    /// `jpeg`, `png`, `webp`, `heic`, `avif` or `dng`; null while the bytes are missing.
    async fn format(&self) -> Option<String> {
        self.0.facts.as_ref().map(|facts| facts.format.to_string())
    }
    /// Whether a smaller picture can be made of it; null while the bytes are missing. If not, the original is held all
    /// the same.
    async fn copy(&self) -> Option<PhotoCopy> {
        self.0.facts.as_ref().map(|facts| facts.copy)
    }
    /// Whether it is of one colour all over, as of a covered lens; null if nobody could look.
    async fn is_blank(&self) -> Option<bool> {
        let likeness = self.0.facts.as_ref()?.likeness?;
        Some(likeness.is_blank)
    }
    /// What stands in the file, each with its source, then what the app declared about the taking, with the source `declared`; of a
    /// reporter's photo only what does not tell the phone. Missing is neutral.
    async fn facts(&self) -> Vec<PhotoFactView> {
        let store::evidence::Photo {
            declared,
            declared_at,
            owner,
            facts,
            ..
        } = &self.0;
        let file = facts.iter().flat_map(|facts| facts.found.iter().cloned());
        let all = file.chain(declared.capture.facts(*declared_at));
        let told = all.filter(|fact| fact.is_told(*owner, declared.tells_place));
        told.map(PhotoFactView).collect()
    }
    /// Set if its record did not declare it: it is kept beside what the record declared.
    async fn parked(&self) -> Option<PhotoParkingView> {
        self.0.parked.map(PhotoParkingView::from)
    }
    /// Why its bytes are not taken: they came, and are no whole photo, whoever sends them again. It is missing; null while the
    /// bytes have not come, and once they are held.
    async fn refused(&self, ctx: &Context<'_>) -> Result<Option<Problem>, AppError> {
        if self.0.stored_at.is_some() {
            return Ok(None);
        }
        let id = self.0.declared.id;
        let noted = store::photo_refusals::list(&ctx.app()?.db, [id]).await?;
        let refused = noted.get(&id);
        Ok(refused.map(|refusal| Problem::of(refusal, ctx.lang())))
    }
    /// When somebody said that it will not come; its record is complete without it. It is taken all the same if it comes later.
    async fn withdrawn_at(&self) -> Option<Moment> {
        self.0
            .withdrawn
            .as_ref()
            .map(|withdrawn| Moment(withdrawn.at))
    }
    /// Why it was withdrawn.
    async fn withdrawn_reason(&self) -> Option<&str> {
        let withdrawn = self.0.withdrawn.as_ref();
        withdrawn.map(|withdrawn| withdrawn.reason.as_str())
    }
    /// The photos of other records that look like it, as soon as they were searched for, for officers; null for everybody
    /// else. Of a blank one none. Whoever is told of a report's photo is noted, and its reporter sees that.
    #[graphql(complexity = "5 + child_complexity")]
    async fn look_alikes(&self, ctx: &Context<'_>) -> Result<Option<LookAlikesView>, AppError> {
        let id = self.0.declared.id;
        let told = evidence::look_alikes(ctx.app()?, ctx.actor()?, id).await?;
        Ok(told.map(LookAlikesView))
    }
    /// What stands in the file, held against what was declared: the visit or what was reported, and the merchant's
    /// address. For officers; none while the bytes are missing. Silence is neutral.
    #[graphql(complexity = "5 + child_complexity")]
    async fn checks(&self, ctx: &Context<'_>) -> Result<Vec<CheckView>, AppError> {
        let checks = weight::checks(ctx, &self.0, &self.1).await?;
        Ok(checks.into_iter().map(CheckView).collect())
    }
    /// What it weighs as evidence, in a word with its reasons, for officers; null while the bytes are missing.
    #[graphql(complexity = "5 + child_complexity")]
    async fn weight(&self, ctx: &Context<'_>) -> Result<Option<WeightView>, AppError> {
        weight::weight(ctx, &self.0, &self.1).await
    }
    /// Parts of it that are covered on every copy, or were.
    async fn redactions(&self, ctx: &Context<'_>) -> Result<Vec<RedactionView>, AppError> {
        let photo = self.0.declared.id;
        let all = store::redactions::list(&ctx.app()?.db, photo).await?;
        Ok(all.into_iter().map(RedactionView).collect())
    }
    /// When it was taken: the first time that is told with its zone and can be. `facts` has its source. Missing is
    /// neutral.
    async fn taken_at(&self) -> Option<Moment> {
        self.0
            .facts
            .as_ref()
            .and_then(|facts| facts.taken_at)
            .map(Moment)
    }
    /// Whether it may be told where it was taken: of a reporter's photo, if its sender said so.
    async fn tells_place(&self) -> bool {
        self.0.declared.tells_place
    }
    /// Where it was taken, by its EXIF, if its reporter wants that told. Missing is neutral.
    async fn position(&self) -> Option<PositionView> {
        self.0
            .facts
            .as_ref()
            .filter(|_| self.0.declared.tells_place)
            .and_then(|facts| facts.position)
            .map(PositionView::from)
    }
}

/// That a photo came which its record did not declare.
#[derive(SimpleObject)]
#[graphql(name = "PhotoParking")]
pub(crate) struct PhotoParkingView {
    /// Why it is parked.
    reason: ParkingReason,
    /// The declared photo as which it came, if it came as one; that one is missing as before.
    instead_of: Option<Uuid>,
}

impl From<Parking> for PhotoParkingView {
    fn from(parking: Parking) -> Self {
        Self {
            reason: parking.reason,
            instead_of: parking.instead_of.map(PhotoId::uuid),
        }
    }
}

/// A fact of a photo, as the file or its app says it.
#[derive(Description)]
pub(crate) struct PhotoFactView(PhotoFact);

#[Object(name = "PhotoFact", use_type_description)]
impl PhotoFactView {
    /// What it is about.
    async fn kind(&self) -> PhotoFactKind {
        self.0.kind
    }
    /// What it says.
    async fn value(&self) -> &str {
        &self.0.value
    }
    /// The fields that say so, as `exif:DateTimeOriginal+OffsetTime`.
    async fn source(&self) -> &str {
        &self.0.source
    }
    /// Why it cannot be; null if it can.
    async fn doubt(&self) -> Option<PhotoDoubt> {
        self.0.doubt
    }
}

/// Open the original of a reporter's photo.
#[derive(InputObject)]
struct OpenOriginalInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The photo.
    photo_id: Uuid,
    /// For what. At most 120 characters.
    purpose: String,
}

/// What became of it.
#[derive(SimpleObject)]
struct OpenOriginalPayload {
    /// Where the original can be fetched with the same bearer token for 24 hours, unless refused.
    url: Option<String>,
    /// Why not.
    problems: Vec<Problem>,
}

/// The writes of this noun.
#[derive(Default)]
pub struct OriginalMutation;

#[Object(name = "OriginalsMutation")]
impl OriginalMutation {
    /// Opens the original of a reporter's photo, with what the phone wrote into it; the reporter sees that it was
    /// opened. Whoever sees the report sees a copy without all that.
    async fn open_original(
        &self,
        ctx: &Context<'_>,
        input: OpenOriginalInput,
    ) -> Result<OpenOriginalPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let photo = PhotoId::parse(input.photo_id, "photoId")?;
            let purpose = Line::parse(&input.purpose, "purpose")?;
            evidence::open_original(ctx.app()?, ctx.caller()?, id, (photo, purpose)).await
        };
        let (done, problems) = settle(outcome.await, ctx.lang())?;
        let base = &ctx.app()?.public_url;
        let url = format!("{base}/photos/{}/original", input.photo_id);
        Ok(OpenOriginalPayload {
            url: done.map(|()| url),
            problems,
        })
    }
}
