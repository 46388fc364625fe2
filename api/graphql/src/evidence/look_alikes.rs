//! Photos that look like one, on the wire.

use crate::moment::Moment;
use async_graphql::{Description, Object, SimpleObject};
use liangxin_domain::evidence::{
    look_alike::{LookAlike, Resemblance, Told},
    photo::PhotoOwner,
};
use uuid::Uuid;

/// A photo of another record that looks like one. It proves nothing: two officers may stand at the same place.
#[derive(SimpleObject)]
#[graphql(name = "LookAlike")]
pub(crate) struct LookAlikeView {
    /// The other photo.
    photo_id: Uuid,
    /// The report that has it, if one does.
    report_id: Option<Uuid>,
    /// The visit that has it, if one does.
    visit_id: Option<Uuid>,
    /// How alike they are.
    resemblance: Resemblance,
    /// In how many of 64 bits they differ; 0 of the same bytes. More than 7 are another picture.
    bits_apart: u32,
    /// When the other one was held.
    stored_at: Moment,
}

impl From<LookAlike> for LookAlikeView {
    fn from(found: LookAlike) -> Self {
        let LookAlike {
            photo,
            owner,
            resemblance,
            bits_apart,
            stored_at,
        } = found;
        let (report_id, visit_id) = match owner {
            PhotoOwner::Report(report) => (Some(report.uuid()), None),
            PhotoOwner::Visit(visit) => (None, Some(visit.uuid())),
        };
        Self {
            photo_id: photo.uuid(),
            report_id,
            visit_id,
            resemblance,
            bits_apart,
            stored_at: Moment(stored_at),
        }
    }
}

/// The photos that look like one, as far as the caller may know of them.
#[derive(Description)]
pub(crate) struct LookAlikesView(pub(super) Told);

#[Object(name = "LookAlikes", use_type_description)]
impl LookAlikesView {
    /// Those of reports and visits that the caller may see, officers' photos first, then the nearer ones; at most 20.
    async fn seen(&self) -> Vec<LookAlikeView> {
        let seen = self.0.seen.iter().copied();
        seen.map(LookAlikeView::from).collect()
    }
    /// Whether a visit that the caller may not see has one, too. Photos of reports that the caller may not see are told
    /// in no way.
    async fn is_held_elsewhere(&self) -> bool {
        self.0.is_held_elsewhere
    }
}
