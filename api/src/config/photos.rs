//! How much room photos may take: what they leave of the disk, and how much may wait to be looked at.

use super::Settings;

impl Settings {
    /// A gigabyte, if nothing is said: room for a long weekend of reports without photos. A proposal.
    pub(super) fn disk_reserve_bytes(&self) -> Result<u64, String> {
        let text = self.disk_reserve.as_deref().unwrap_or("1000");
        bytes(text, 1_000_000).ok_or_else(|| {
            format!("LIANGXIN_DISK_RESERVE: `{text}` is no number of megabytes, such as 1000")
        })
    }

    /// Twenty gigabytes, if nothing is said: some fifteen hundred reports with four large photos. A proposal.
    pub(super) fn unaccepted_photo_bytes(&self) -> Result<u64, String> {
        let text = self.unaccepted_photos.as_deref().unwrap_or("20");
        bytes(text, 1_000_000_000).ok_or_else(|| {
            format!("LIANGXIN_UNACCEPTED_PHOTOS: `{text}` is no number of gigabytes, such as 20")
        })
    }
}

/// A whole number of a unit, in bytes.
fn bytes(text: &str, unit: u64) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    number.checked_mul(unit)
}
