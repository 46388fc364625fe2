//! `liangxin verify receipt`: whether a signed receipt says what it says, by published keys alone.

use super::keys::Published;
use anyhow::Context as _;
use liangxin_app::usecase::evidence;
use std::{io::Read as _, path::Path};

/// Most bytes of a file of keys or of a receipt. A receipt of the most photos has five thousand.
pub(super) const MOST_BYTES: u64 = 1_000_000;

/// Checks the receipt of a file.
pub(super) async fn run(file: &Path, keys: &Published) -> anyhow::Result<()> {
    let keys = keys.read().await?;
    let line = read(file)?;
    let line = std::str::from_utf8(&line).context("the receipt is no text")?;
    let holding = evidence::check_receipt(&keys, line).context("the receipt proves nothing")?;
    let (record, photos) = (&holding.record, &holding.photos);
    println!(
        "proved: on {} the server held {} photos of the {} {}, version {}",
        holding.at,
        photos.len(),
        record.kind,
        record.id,
        record.version
    );
    for photo in photos {
        println!("{}  {}  {} bytes", photo.id, photo.sha256, photo.size_bytes);
    }
    Ok(())
}

/// The content of a file, or of standard input for `-`.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut content = Vec::new();
    let most = MOST_BYTES + 1;
    let done = if file == Path::new("-") {
        std::io::stdin().take(most).read_to_end(&mut content)
    } else {
        let opened = std::fs::File::open(file);
        opened.and_then(|opened| opened.take(most).read_to_end(&mut content))
    };
    done.with_context(|| format!("cannot read {}", file.display()))?;
    let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
    anyhow::ensure!(size <= MOST_BYTES, "{} is too long", file.display());
    Ok(content)
}
