//! Parts of a photo on its way: what came of it, among the objects, so that it outlives this process and its disk.
//!
//! Phones send what they like, down to pieces of a kilobyte. A new part therefore takes in the parts before it that are
//! not twice as large: sizes fall by half from one part to the next, a photo is put together from some fifty at most, and
//! each byte is written again only a few times.

use super::{
    read_photo::{Reading, pour},
    upload::gone,
};
use crate::{
    app::App,
    error::AppError,
    spool::Spooled,
    store::{
        self,
        uploads::{Part, Upload},
    },
};
use futures_util::{StreamExt as _, TryStreamExt as _};
use liangxin_domain::{
    actor::Actor,
    id::PartId,
    refusal::{Code, Refusal},
};
use std::sync::Arc;
use uuid::Uuid;

/// A part grows no further by taking others in, in bytes.
const GROWN_BYTES: u64 = 1_000_000;

/// The parts that a piece of so many bytes takes in: from the last backwards.
fn absorbed(parts: &[Part], piece_bytes: u64) -> &[Part] {
    let (mut from, mut size) = (parts.len(), piece_bytes);
    for (at, part) in parts.iter().enumerate().rev() {
        let grown = size.saturating_add(part.size_bytes);
        if part.size_bytes >= size.saturating_mul(2) || grown > GROWN_BYTES {
            break;
        }
        (from, size) = (at, grown);
    }
    parts.get(from..).unwrap_or_default()
}

/// Keeps a piece that came behind everything that is kept already; refused if the upload is another's by now.
pub(super) async fn keep(
    app: &App,
    actor: &Actor,
    (upload, holder): (&Upload, Uuid),
    piece: &Arc<Spooled>,
) -> Result<Upload, AppError> {
    let parts = store::uploads::list_parts(&app.db, upload.id).await?;
    let absorbed = absorbed(&parts, piece.size_bytes);
    let body = join(app, upload, absorbed, Some(piece)).await?;
    let first = absorbed.first().map(|part| part.offset_bytes);
    let part = Part {
        id: PartId::new(app.ids.uuid(app.now())),
        offset_bytes: first.unwrap_or(upload.offset_bytes),
        size_bytes: body.size_bytes,
    };
    let work = app.work(actor).await?;
    store::uploads::begin_part(&work, upload.id, &part).await?;
    work.commit().await?;
    let put = app.objects.put_part(part.id, &body).await;
    put.map_err(|e| AppError::unavailable("keep what came of a photo", e))?;
    let work = app.work(actor).await?;
    let from = (holder, upload.offset_bytes);
    if store::uploads::advance(&work, upload.id, from, &part, absorbed).await? {
        work.commit().await?;
        let now = store::uploads::find(&app.db, upload.id).await?;
        return now.ok_or_else(gone);
    }
    drop(work);
    let work = app.work(actor).await?;
    store::uploads::drop_part(&work, part.id).await?;
    work.commit().await?;
    let now = store::uploads::find(&app.db, upload.id).await?;
    Err(elsewhere(now.ok_or_else(gone)?.offset_bytes))
}

/// The upload goes on elsewhere, from an offset that is not the asker's.
pub(super) fn elsewhere(offset_bytes: u64) -> AppError {
    let refusal = Refusal::on(Code::UploadOffset, "photoId");
    refusal.with(offset_bytes.to_string()).into()
}

/// What came behind an offset is not there any more: the upload goes back to it, and the bytes come again.
pub(super) async fn lost(
    app: &App,
    upload: &Upload,
    offset_bytes: u64,
) -> Result<AppError, AppError> {
    tracing::error!(upload = %upload.id, "a part of a photo on its way is gone from the objects");
    let work = app.work(&Actor::System).await?;
    store::uploads::rewind(&work, upload.id, offset_bytes).await?;
    work.commit().await?;
    Ok(elsewhere(offset_bytes))
}

/// The bytes of a part as they come; `None` if it is not there.
pub(super) async fn part_pieces(app: &App, part: PartId) -> Result<Option<Reading>, AppError> {
    let away = |e| AppError::unavailable("fetch what came of a photo", e);
    let pieces = app.objects.part_pieces(part).await.map_err(away)?;
    Ok(pieces.map(|pieces| pieces.map_err(away).boxed()))
}

/// Parts, and what came last, in one body. A part that the store lost is told: the upload goes back to where it begins,
/// and its bytes come again.
pub(super) async fn join(
    app: &App,
    upload: &Upload,
    parts: &[Part],
    last: Option<&Arc<Spooled>>,
) -> Result<Arc<Spooled>, AppError> {
    if let (true, Some(last)) = (parts.is_empty(), last) {
        return Ok(Arc::clone(last));
    }
    let no_room = |error| AppError::unavailable("put a photo together", error);
    let mut joined = app.spool.begin(upload.size_bytes).map_err(no_room)?;
    for part in parts {
        let end = joined.size_bytes().saturating_add(part.size_bytes);
        if let Some(pieces) = part_pieces(app, part.id).await? {
            pour(pieces, &mut joined).await?;
        }
        if joined.size_bytes() != end {
            return Err(lost(app, upload, part.offset_bytes).await?);
        }
    }
    if let Some(last) = last {
        joined.append(last).await.map_err(no_room)?;
    }
    Ok(Arc::new(joined.finish().await.map_err(no_room)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(sizes: &[u64]) -> Vec<Part> {
        let mut end = 0;
        let part = |size_bytes: &u64| {
            let part = Part {
                id: PartId::new(Uuid::nil()),
                offset_bytes: end,
                size_bytes: *size_bytes,
            };
            end = part.end();
            part
        };
        sizes.iter().map(part).collect()
    }

    fn kept(sizes: impl IntoIterator<Item = u64>) -> (usize, u64) {
        let (mut kept, mut written): (Vec<u64>, u64) = (Vec::new(), 0);
        for size in sizes {
            let before = parts(&kept);
            let taken = absorbed(&before, size);
            let size = size + taken.iter().map(|part| part.size_bytes).sum::<u64>();
            kept.truncate(before.len() - taken.len());
            kept.push(size);
            written += size;
        }
        (kept.len(), written)
    }

    #[test]
    fn a_photo_in_any_pieces_lies_in_few_parts_and_is_written_a_few_times() {
        let photo = 25_000_000_u64;
        for (what, pieces) in [
            ("kilobytes", vec![1_000; 25_000]),
            ("seconds of a slow line", vec![32_000; 781]),
            (
                "a million and less",
                (0..25).map(|n| 1_000_000 - n).collect(),
            ),
            ("less and less", (1..7_000).rev().collect::<Vec<u64>>()),
        ] {
            let whole: u64 = pieces.iter().sum();
            let (count, written) = kept(pieces);
            assert!(whole <= photo && count <= 60, "{what}: {count} parts");
            assert!(written <= whole * 20, "{what}: {written} bytes written");
        }
    }
}
