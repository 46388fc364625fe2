//! Adding photos with the receipt code.

use super::day_began;
use crate::{
    app::{self, App},
    error::AppError,
    ports::keys::Purpose,
    store,
    usecase::{receipts::Tried, reports},
    work::Begun,
};
use liangxin_domain::{
    canonical::Canonical,
    event::Event,
    evidence::photo::{self, DeclaredPhoto, PhotoOwner},
    id::{CommandId, ReportId},
    limits::{PHOTO_ADDITIONS_PER_DAY, PHOTOS_PER_OWNER, UPLOAD_TOKEN_SECONDS},
    refusal::{Code, Refusal},
};

/// Photos that a reporter's phone holds.
#[derive(Debug, Clone)]
pub struct MorePhotos {
    /// Names the write.
    pub id: CommandId,
    /// The photos.
    pub photos: Vec<DeclaredPhoto>,
}

/// Declares more photos of a report; answers a token with which they are sent.
pub async fn add_photos(
    app: &App,
    tried: Tried<'_>,
    more: MorePhotos,
) -> Result<(ReportId, String), AppError> {
    let MorePhotos { id, photos } = more;
    if photos.is_empty() {
        return Err(Refusal::on(Code::FieldRequired, "photos").into());
    }
    photo::check_declarations(&photos)?;
    let (report, reporter) = reports::reporter_of(app, tried).await?;
    let content = Canonical::of("AddReportPhotos").field("report", report);
    let content = photos.iter().fold(content, |content, photo| {
        content
            .field("photo", photo.id)
            .field("sha256", photo.sha256)
            .field("size", photo.size_bytes)
    });
    let command = app::command(id, "AddReportPhotos", report.uuid(), &content);
    if let Begun::Fresh(work) = app.begin(&reporter, &command).await? {
        let since = day_began(work.now());
        let today = store::messages::count_additions_since(&work, report, since).await?;
        if today >= PHOTO_ADDITIONS_PER_DAY {
            return Err(Refusal::of(Code::MessageLimit)
                .with(PHOTO_ADDITIONS_PER_DAY.to_string())
                .into());
        }
        let before = store::evidence::count(&work, PhotoOwner::Report(report)).await?;
        if usize::try_from(before).unwrap_or(usize::MAX) + photos.len() > PHOTOS_PER_OWNER {
            return Err(Refusal::on(Code::PhotoLimit, "photos")
                .with(PHOTOS_PER_OWNER.to_string())
                .into());
        }
        store::evidence::declare(&work, PhotoOwner::Report(report), &photos).await?;
        app.record(&work, Event::ReportPhotosAdded { report });
        work.commit().await?;
    }
    let life = (app.now(), UPLOAD_TOKEN_SECONDS);
    let token = app
        .keys
        .issue(Purpose::Upload, report.uuid(), None, life)
        .map_err(|e| AppError::internal("sign a token", e))?;
    Ok((report, token))
}
