//! When something on a visit happened: what a phone says of it, and what the server makes of that.

use crate::{
    accounts::types::{PersonView, person},
    moment::Moment,
};
use async_graphql::{Context, Description, InputObject, Object, SimpleObject};
use chrono::DateTime;
use liangxin_app::error::AppError;
use liangxin_domain::{
    inspections::{
        occurred::{Anchor, BootId, Claim, Counter, Occurred, TimeMark, Zone},
        written::{FieldAct, FieldWrite},
    },
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// The field that a refusal names.
const FIELD: &str = "occurred";

/// When something happened, as the phone knew it in that moment. Write it down then, and send it unchanged, however late: a
/// wrong clock is marked and never refused.
#[derive(InputObject)]
pub(super) struct OccurredInput {
    /// What the phone's clock showed, with its offset, as RFC 3339: `2026-11-29T09:59:00+08:00`. Text, since a moment alone
    /// would lose the offset.
    wall: String,
    /// The time zone that the phone was set to, such as `Asia/Shanghai`. At most 64 characters.
    zone: Option<String>,
    /// What the phone's counter of milliseconds showed, as digits: one that nobody sets, that runs on while the phone sleeps
    /// and begins anew when the phone starts (`elapsedRealtime` of Android, `mach_continuous_time` of iOS).
    monotonic_ms: String,
    /// Which run of the counter it is: another one after each start. 1 to 64 visible characters of ASCII.
    boot_id: String,
    /// The last answer of `serverTime` that the phone had had by then, in this run or in one before; left out before the first.
    anchor: Option<AnchorInput>,
}

/// An answer of `serverTime`, with what the counter showed.
#[derive(InputObject)]
struct AnchorInput {
    /// The answer.
    server_time: Moment,
    /// What the counter showed when the phone asked. Without it the answer counts as one that was on its way for at most a
    /// minute.
    asked_monotonic_ms: Option<String>,
    /// What the counter showed when the answer came.
    monotonic_ms: String,
    /// The run of the counter.
    boot_id: String,
}

impl OccurredInput {
    pub(super) fn parse(&self) -> Result<Claim, Refusal> {
        let wall = DateTime::parse_from_rfc3339(&self.wall);
        let zone = self.zone.as_deref().map(|zone| Zone::parse(zone, FIELD));
        Ok(Claim {
            wall: wall.map_err(|_| Refusal::on(Code::FieldFormat, FIELD))?,
            zone: zone.transpose()?,
            counter: Counter::parse(&self.monotonic_ms, FIELD)?,
            boot: BootId::parse(&self.boot_id, FIELD)?,
            anchor: self.anchor.as_ref().map(AnchorInput::parse).transpose()?,
        })
    }
}

impl AnchorInput {
    fn parse(&self) -> Result<Anchor, Refusal> {
        let counter = |shown: &String| Counter::parse(shown, FIELD);
        Ok(Anchor {
            server_time: self.server_time.0,
            asked: self.asked_monotonic_ms.as_ref().map(counter).transpose()?,
            answered: counter(&self.monotonic_ms)?,
            boot: BootId::parse(&self.boot_id, FIELD)?,
        })
    }
}

/// What is said of a time, where something is.
pub(super) fn claim(said: Option<&OccurredInput>) -> Result<Option<Claim>, Refusal> {
    said.map(OccurredInput::parse).transpose()
}

/// When something happened: what the phone said, and between which moments it can have been by what the server knows.
#[derive(Description)]
pub(crate) struct OccurredView(pub(crate) Occurred);

#[Object(name = "Occurred", use_type_description)]
impl OccurredView {
    /// The moment that rules are asked about: the phone's clock where it can be right, else the nearest moment that can; without
    /// a word of the phone `receivedAt`.
    async fn at(&self) -> Moment {
        Moment(self.0.at())
    }
    /// Not before this.
    async fn earliest(&self) -> Moment {
        Moment(self.0.span.earliest)
    }
    /// Not after this.
    async fn latest(&self) -> Moment {
        Moment(self.0.span.latest)
    }
    /// When the server heard of it.
    async fn received_at(&self) -> Moment {
        Moment(self.0.received_at)
    }
    /// What contradicts it; a person looks at that.
    async fn marks(&self) -> Vec<TimeMark> {
        self.0.marks.iter().copied().collect()
    }
    /// What the phone said; null where it said nothing.
    async fn claim(&self) -> Option<ClaimView> {
        self.0.claim.as_ref().map(ClaimView::from)
    }
}

/// What a phone said of a time, as it said it.
#[derive(SimpleObject)]
#[graphql(name = "OccurredClaim")]
pub(crate) struct ClaimView {
    /// What its clock showed, with the offset.
    wall: String,
    /// The zone that it was set to.
    zone: Option<String>,
    /// What its counter showed.
    monotonic_ms: String,
    /// The run of the counter.
    boot_id: String,
    /// What it had last heard of the server's time.
    anchor: Option<AnchorView>,
}

impl From<&Claim> for ClaimView {
    fn from(claim: &Claim) -> Self {
        Self {
            wall: claim.wall.to_rfc3339(),
            zone: claim.zone.as_ref().map(|zone| zone.as_str().to_owned()),
            monotonic_ms: claim.counter.milliseconds().to_string(),
            boot_id: claim.boot.as_str().to_owned(),
            anchor: claim.anchor.as_ref().map(AnchorView::from),
        }
    }
}

/// What a phone had last heard of the server's time.
#[derive(SimpleObject)]
#[graphql(name = "OccurredAnchor")]
pub(crate) struct AnchorView {
    /// The answer.
    server_time: Moment,
    /// What its counter showed when it asked.
    asked_monotonic_ms: Option<String>,
    /// What its counter showed when the answer came.
    monotonic_ms: String,
    /// The run of the counter.
    boot_id: String,
}

impl From<&Anchor> for AnchorView {
    fn from(anchor: &Anchor) -> Self {
        let asked = anchor.asked.map(Counter::milliseconds);
        Self {
            server_time: Moment(anchor.server_time),
            asked_monotonic_ms: asked.map(|shown| shown.to_string()),
            monotonic_ms: anchor.answered.milliseconds().to_string(),
            boot_id: anchor.boot.as_str().to_owned(),
        }
    }
}

/// One write on a visit.
#[derive(Description)]
pub(crate) struct VisitEntryView(pub(crate) FieldWrite);

#[Object(name = "VisitEntry", use_type_description)]
impl VisitEntryView {
    /// What was done.
    async fn act(&self) -> FieldAct {
        self.0.act
    }
    /// What it made or is about: the measurement, the instrument check, the instrument, the photo. Null for arrivals,
    /// signatures and what is done to the record.
    async fn entry_id(&self) -> Option<Uuid> {
        self.0.entry.map(|entry| entry.uuid())
    }
    /// Who did it.
    async fn officer(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.by).await
    }
    /// When it was, as the phone said and as the server reckons.
    async fn occurred(&self) -> OccurredView {
        OccurredView(self.0.occurred.clone())
    }
}
