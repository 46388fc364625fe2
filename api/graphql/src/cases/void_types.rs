//! What the visit behind a case recorded and is void.

use crate::inspections::record::VoidView;
use async_graphql::{Description, Object};
use liangxin_domain::{cases::evidence::VoidFinding, inspections::amend::EntryKind};
use uuid::Uuid;

/// Something that the visit behind a case recorded and that is void.
#[derive(Description)]
pub(super) struct VoidFindingView(pub(super) VoidFinding);

#[Object(name = "VoidFinding", use_type_description)]
impl VoidFindingView {
    /// The measurement or the instrument check.
    async fn finding_id(&self) -> Uuid {
        self.0.entry.uuid()
    }
    /// Which of the two.
    async fn kind(&self) -> EntryKind {
        self.0.kind
    }
    /// Who made it void, when and why.
    async fn void(&self) -> VoidView {
        VoidView(self.0.void.clone())
    }
    /// Whether the newest final report charges something with it. Then that report does not pass its audit, is not announced
    /// and not decided on (`FINDING_VOID`): a new one takes its place.
    async fn is_charged(&self) -> bool {
        self.0.is_charged
    }
}
