//! The room of a stranger's photo that is on its way: all of it from the beginning, so that whoever sends what there is room
//! for now arrives, and as long as it comes. Whoever is silent leaves it to others, and from then on takes room for each byte
//! as it comes.

use crate::{app::App, error::AppError, unaccepted::Admitted};
use std::time::Duration;
use tokio::time::Instant;

/// As many bytes have to come in each span, as of every other body in a third of it. A proposal.
const LEAST_BYTES: u64 = 10_000;

/// Room that is held until it is dropped.
#[derive(Debug)]
pub(super) struct Room {
    held: Admitted,
    /// When it is looked whether enough came; never again once the room was left to others.
    ends_at: Option<Instant>,
    span: Duration,
    /// How many bytes came in this span.
    came_bytes: u64,
    /// How many came that are in the room.
    in_room_bytes: u64,
}

impl Room {
    pub(super) fn new(held: Admitted, span: Duration) -> Self {
        Self {
            held,
            ends_at: Some(Instant::now() + span),
            span,
            came_bytes: 0,
            in_room_bytes: 0,
        }
    }

    /// When to ask again. At the end of a span in which too little came, the room of what did not come is left to others.
    pub(super) fn ends_at(&mut self) -> Option<Instant> {
        let now = Instant::now();
        if self.ends_at? <= now {
            let is_coming = self.came_bytes >= LEAST_BYTES;
            self.ends_at = is_coming.then_some(now + self.span);
            self.came_bytes = 0;
            if !is_coming {
                self.held.shrink(self.in_room_bytes);
            }
        }
        self.ends_at
    }

    /// Takes room for bytes that came, unless they have it already; refused for now if there is none.
    pub(super) async fn take(&mut self, app: &App, bytes: u64) -> Result<(), AppError> {
        if self.ends_at.is_none() {
            self.held.join(app.admit_photos(bytes).await?);
        }
        self.came_bytes = self.came_bytes.saturating_add(bytes);
        self.in_room_bytes = self.in_room_bytes.saturating_add(bytes);
        Ok(())
    }
}
