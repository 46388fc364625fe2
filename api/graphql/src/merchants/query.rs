//! Looking a merchant up, and the limits that everybody may know.

use super::types::{MerchantPage, MerchantView};
use crate::{context::Known as _, moment::Moment, page};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    store::{self, merchant_search::Sought},
};
use liangxin_domain::{
    id::MerchantId,
    limits,
    merchants::code::MerchantCode,
    refusal::{Code, Refusal},
    text::Line,
};
use uuid::Uuid;

/// Which merchants are looked for. What is left out does not matter.
#[derive(InputObject, Default)]
pub(crate) struct MerchantFilter {
    /// Whose Chinese name begins so; width, case and punctuation do not count.
    name: Option<String>,
    /// The stalls of this market.
    market_id: Option<Uuid>,
    /// In this division (GB/T 2260), within the caller's own.
    division: Option<String>,
    /// Who uses an instrument of this serial number.
    serial: Option<String>,
}

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

    /// Merchants of the caller's division and below, by their names.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn merchants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which merchants; all if not said.")] filter: Option<MerchantFilter>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<MerchantPage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let filter = filter.unwrap_or_default();
        let seat = ctx.actor()?.division().copied();
        let seat = seat.ok_or_else(|| Refusal::of(Code::Denied))?;
        let place = match filter.division.as_deref() {
            None => seat,
            Some(place) => place
                .parse()
                .map_err(|_| Refusal::on(Code::DivisionUnknown, "division"))?,
        };
        if !seat.contains(&place) {
            return Err(Refusal::of(Code::Denied).into());
        }
        let sought = Sought {
            name: Line::parse_optional(filter.name.as_deref(), "name")?,
            market: filter.market_id.map(MerchantId::new),
            serial: Line::parse_optional(filter.serial.as_deref(), "serial")?,
        };
        let found = store::merchant_search::list(&ctx.app()?.db, place, &sought, page).await?;
        Ok(MerchantPage::of(found, MerchantView))
    }

    /// The server's time: the anchor for a phone whose clock may be wrong.
    async fn server_time(&self, ctx: &Context<'_>) -> Result<Moment, AppError> {
        Ok(Moment(ctx.app()?.now()))
    }

    /// What a phone must know before it captures anything.
    async fn limits(&self) -> LimitsView {
        LimitsView {
            photo_bytes: limits::PHOTO_BYTES,
            photo_pixels: limits::PHOTO_PIXELS,
            photos_per_record: limits::PHOTOS_PER_OWNER,
            reconciled_records: limits::RECONCILED_RECORDS,
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
    /// Most records whose photos are asked about at once.
    reconciled_records: usize,
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
