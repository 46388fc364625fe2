//! `liangxin verify receipt`: whether a signed receipt says what it says, by published keys alone.

use anyhow::Context as _;
use liangxin_app::{ports::evidence_keys::PublicKeys, usecase::evidence};
use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

/// Most bytes of a file of keys or of a receipt. A receipt of the most photos has five thousand.
const MOST_BYTES: u64 = 1_000_000;

/// Checks the receipt of a file.
pub(super) async fn run(file: &Path, keys: &str) -> anyhow::Result<()> {
    let keys = read_keys(keys).await?;
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

/// The published keys: of a file, of standard input (`-`), or of an address.
pub(super) async fn read_keys(named: &str) -> anyhow::Result<PublicKeys> {
    let json = if named.starts_with("http://") || named.starts_with("https://") {
        fetch(named).await?
    } else {
        read(&PathBuf::from(named))?
    };
    PublicKeys::parse(&json).with_context(|| format!("{named} holds no published keys"))
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

async fn fetch(address: &str) -> anyhow::Result<Vec<u8>> {
    anyhow::ensure!(
        address.starts_with("http://"),
        "this program fetches keys over plain HTTP alone, from a server on this machine; over a network pipe them in: \
         curl {address} | liangxin verify receipt FILE --keys -"
    );
    let mut answer = reqwest::get(address)
        .await
        .and_then(reqwest::Response::error_for_status);
    let answer = answer
        .as_mut()
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut content = Vec::new();
    while let Some(more) = answer.chunk().await.context("the answer broke off")? {
        content.extend_from_slice(&more);
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        anyhow::ensure!(size <= MOST_BYTES, "{address} answers with too much");
    }
    Ok(content)
}
