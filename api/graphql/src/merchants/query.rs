//! Looking a merchant up, and the limits that everybody may know.

use super::types::MerchantView;
use crate::context::Known as _;
use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};
use liangxin_app::{error::AppError, store};
use liangxin_domain::{limits, merchants::code::MerchantCode};

/// The reads of this noun.
#[derive(Default)]
pub struct MerchantQuery;

#[Object]
impl MerchantQuery {
    /// The merchant behind the code on a wall; null if there is none.
    async fn merchant(
        &self,
        ctx: &Context<'_>,
        code: String,
    ) -> Result<Option<MerchantView>, AppError> {
        let Ok(code) = MerchantCode::parse(&code) else {
            return Ok(None);
        };
        Ok(store::merchants::find_by_code(&ctx.app()?.db, &code)
            .await?
            .map(MerchantView))
    }

    /// The server's time: the anchor for a phone whose clock may be wrong.
    async fn server_time(&self, ctx: &Context<'_>) -> Result<DateTime<Utc>, AppError> {
        Ok(ctx.app()?.now())
    }

    /// What a phone must know before it captures anything.
    async fn limits(&self) -> LimitsView {
        LimitsView {
            photo_bytes: limits::PHOTO_BYTES,
            photo_pixels: limits::PHOTO_PIXELS,
            photos_per_record: limits::PHOTOS_PER_OWNER,
            access_token_seconds: limits::ACCESS_TOKEN_SECONDS,
            clock_ahead_seconds: limits::CLOCK_AHEAD_SECONDS,
            page_most: limits::PAGE.most,
            message_chars: limits::MESSAGE_CHARS,
            answers_per_day: limits::ANSWERS_PER_DAY,
            photo_additions_per_day: limits::PHOTO_ADDITIONS_PER_DAY,
            checked_texts: limits::CHECKED_TEXTS,
            checked_chars: limits::CHECKED_CHARS,
        }
    }
}

/// Bounds that the server keeps.
#[derive(SimpleObject)]
#[graphql(name = "Limits")]
pub(crate) struct LimitsView {
    /// Most bytes of one photo.
    photo_bytes: u64,
    /// Most pixels of one photo.
    photo_pixels: u64,
    /// Most photos of one report or visit.
    photos_per_record: usize,
    /// Life of an access token, in seconds.
    access_token_seconds: i64,
    /// How far a phone's clock may run ahead, in seconds.
    clock_ahead_seconds: i64,
    /// Most items of a page.
    page_most: u32,
    /// Most characters of an answer to the bureau.
    message_chars: usize,
    /// Most answers with one receipt code in a day.
    answers_per_day: u64,
    /// How often one receipt code may add photos in a day.
    photo_additions_per_day: u64,
    /// Most texts that one check for personal data looks at.
    checked_texts: usize,
    /// Most characters of all of them together.
    checked_chars: usize,
}
