//! The photos of the story: drawn when needed, always the same for the same moment.

use super::error::StoryError;
use crate::{
    app::sha256,
    fixtures::photo::{self, Capture, Scene},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// Width in pixels: small enough to draw quickly, large enough to read the digits.
const WIDTH: u32 = 960;
/// Width of a signature in pixels.
const SIGNATURE_WIDTH: u32 = 640;
/// Degrees north of stall 17 in the invented market (`fixtures/merchants.toml`), WGS-84.
pub(super) const LATITUDE: f64 = 28.170_59;
/// Degrees east of it.
pub(super) const LONGITUDE: f64 = 112.973_83;

/// What a picture of the story shows.
#[derive(Debug, Clone, Copy)]
pub(super) enum Picture {
    /// A photo.
    Photo(Scene, DateTime<Utc>),
    /// The merchant's signature; the number says whose hand it is.
    Signature(u64),
}

/// A picture that is ready to be declared and sent.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    /// The id that the phone gave it.
    pub(super) id: Uuid,
    /// What it is called in the printout.
    pub(super) label: &'static str,
    /// The original bytes.
    pub(super) bytes: Vec<u8>,
}

impl Drawn {
    /// Draws a picture on a thread that may take its time.
    pub(super) async fn of(
        id: Uuid,
        label: &'static str,
        picture: Picture,
    ) -> Result<Self, StoryError> {
        let bytes = tokio::task::spawn_blocking(move || match picture {
            Picture::Photo(scene, taken_at) => photo::draw(&scene, &capture(taken_at), WIDTH),
            Picture::Signature(hand) => photo::signature(hand, SIGNATURE_WIDTH),
        });
        let bytes = bytes.await??;
        Ok(Self { id, label, bytes })
    }

    /// The SHA-256 of the bytes, in hexadecimal.
    pub(super) fn sha256(&self) -> String {
        sha256(&self.bytes).to_string()
    }

    /// The promise to send it: `PhotoInput`.
    pub(super) fn input(&self) -> Value {
        json!({ "id": self.id, "sha256": self.sha256(), "sizeBytes": self.bytes.len() })
    }
}

fn capture(taken_at: DateTime<Utc>) -> Capture {
    Capture {
        taken_at,
        latitude: LATITUDE,
        longitude: LONGITUDE,
        device: "Example Phone 1",
    }
}
