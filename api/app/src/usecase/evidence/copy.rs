//! The copy of a reporter's photo that everybody sees who works on the report: the picture alone. It is made when
//! somebody looks for the first time, and kept.

use super::{
    decode::{open, refuse, weigh},
    read_photo::object,
};
use crate::{
    app::App,
    error::AppError,
    store::{self, evidence::Photo},
    turns::{Heavy, Whose},
};
use image::{DynamicImage, ImageDecoder as _, codecs::jpeg::JpegEncoder};
use liangxin_domain::{
    actor::Actor,
    refusal::{Code, Refusal},
};

/// Of the copy: a scale's display stays readable. A proposal.
const COPY_QUALITY: u8 = 88;

/// The picture of a photo and nothing else, upright, as a JPEG: what a phone wrote into the file, and what stands behind
/// the picture, is not in it. Runs long: call it on a blocking thread.
fn picture_of(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let truncated = || refuse(Code::PhotoTruncated);
    let (_, mut decoder) = open(bytes)?;
    let orientation = decoder.orientation().map_err(|_| truncated())?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| truncated())?;
    picture.apply_orientation(orientation);
    let mut copy = Vec::new();
    JpegEncoder::new_with_quality(&mut copy, COPY_QUALITY)
        .encode_image(&picture.into_rgb8())
        .map_err(|_| truncated())?;
    Ok(copy)
}

/// The bytes of the copy.
pub(super) async fn of(app: &App, photo: &Photo) -> Result<Vec<u8>, AppError> {
    let id = photo.declared.id;
    if let Some(digest) = store::copies::find(&app.db, id).await? {
        return object(app, digest).await;
    }
    let original = object(app, photo.declared.sha256).await?;
    // The picture, and once more while it is turned upright.
    let weight = weigh(&original)?.saturating_mul(2);
    let heavy = Heavy::Photo(Whose::Staff, weight);
    let copying = app.in_turn(heavy, "copy a photo", move || picture_of(&original));
    let copy = copying.await??;
    let kept = async {
        let size = u64::try_from(copy.len()).unwrap_or(u64::MAX);
        let mut spooling = app.spool.begin(size)?;
        spooling.write(&copy).await?;
        spooling.finish().await
    };
    let kept = kept.await;
    let body = kept.map_err(|e| AppError::unavailable("keep a copy on its way", e))?;
    let put = app.objects.put(&body).await;
    put.map_err(|e| AppError::unavailable("keep a copy", e))?;
    let work = app.work(&Actor::System).await?;
    store::copies::insert(&work, id, body.sha256).await?;
    work.commit().await?;
    Ok(copy)
}
