//! The photos of the story, as `fixtures/photos` has them: the same bytes in every story.

use liangxin_app::app::sha256;
use serde_json::{Value, json};
use uuid::Uuid;

/// Degrees north of stall 17 in the invented market (`fixtures/merchants.toml`), WGS-84.
pub(super) const LATITUDE: f64 = 28.170_59;
/// Degrees east of it.
pub(super) const LONGITUDE: f64 = 112.973_83;

/// What the citizen saw of the stall.
pub(super) const STALL: &[u8] = include_bytes!("../../../fixtures/photos/stall-by-citizen.jpg");
/// The fair-check scale: 2660 g at 26 yuan a kilogram.
pub(super) const DISPLAY: &[u8] = include_bytes!("../../../fixtures/photos/scale-display.jpg");
/// What the inspectors saw of the stall.
pub(super) const SCENE: &[u8] = include_bytes!("../../../fixtures/photos/stall-by-inspector.jpg");
/// The mark of the stall's scale, valid until the day of `fixtures/instruments.toml`.
pub(super) const MARK: &[u8] = include_bytes!("../../../fixtures/photos/instrument-mark.jpg");
/// The merchant's signature.
pub(super) const SIGNATURE: &[u8] = include_bytes!("../../../fixtures/photos/signature.png");

/// A picture that is ready to be declared and sent.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    /// The id that the phone gave it.
    pub(super) id: Uuid,
    /// What it is called in the printout.
    pub(super) label: &'static str,
    /// The original bytes.
    pub(super) bytes: &'static [u8],
}

impl Picture {
    /// The SHA-256 of the bytes, in hexadecimal.
    pub(super) fn sha256(&self) -> String {
        sha256(self.bytes).to_string()
    }

    /// The promise to send it: `PhotoInput`.
    pub(super) fn input(&self) -> Value {
        json!({ "id": self.id, "sha256": self.sha256(), "sizeBytes": self.bytes.len() })
    }
}
