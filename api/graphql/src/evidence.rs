//! Photos on the wire.

use crate::merchants::types::PositionView;
use async_graphql::Object;
use chrono::{DateTime, Utc};
use liangxin_app::store;
use uuid::Uuid;

/// An original photo.
pub(crate) struct PhotoView(pub(crate) store::evidence::Photo);

#[Object(name = "Photo")]
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
    async fn stored_at(&self) -> Option<DateTime<Utc>> {
        self.0.stored_at
    }
    /// When it was taken, by its EXIF. Missing is neutral.
    async fn taken_at(&self) -> Option<DateTime<Utc>> {
        self.0.facts.as_ref().and_then(|facts| facts.taken_at)
    }
    /// Where it was taken, by its EXIF. Missing is neutral.
    async fn position(&self) -> Option<PositionView> {
        self.0
            .facts
            .as_ref()
            .and_then(|facts| facts.position)
            .map(PositionView::from)
    }
}
