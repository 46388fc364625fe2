//! Merchants, instruments, grades.

use super::kind::InstrumentKindView;
use crate::context::Known as _;
use crate::moment::Moment;
use async_graphql::{Context, Description, Enum, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::{
    error::AppError,
    store::{self, ratings::Rating},
};
use liangxin_domain::ratings::grade::Grade;
use liangxin_domain::{
    law::calendar::shanghai_date,
    merchants::{instrument::Instrument, merchant::Merchant},
    metrology::verification::{self, VerificationStatus},
    place::Position,
    ratings::{indicator, score::ReasonCode},
};
use uuid::Uuid;

/// What kind of venue a merchant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "Venue", remote = "indicator::Venue")]
pub(crate) enum VenueView {
    /// Organiser of a farmers' market.
    MarketOrganiser,
    /// Stallholder in a market.
    Stall,
    /// Shop or supermarket.
    Shop,
    /// Filling station.
    FillingStation,
    /// Catering.
    Catering,
    /// Optician.
    Optician,
    /// Packer of prepackaged goods.
    Packer,
}

/// A position in WGS-84.
#[derive(SimpleObject)]
#[graphql(name = "Position")]
pub(crate) struct PositionView {
    /// Degrees north.
    latitude: f64,
    /// Degrees east.
    longitude: f64,
    /// Radius of 68 % confidence, in metres.
    accuracy_m: Option<f64>,
}

impl From<Position> for PositionView {
    fn from(position: Position) -> Self {
        let Position {
            latitude,
            longitude,
            accuracy_m,
        } = position;
        Self {
            latitude,
            longitude,
            accuracy_m,
        }
    }
}

/// How an instrument stands with its verification on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "VerificationState")]
pub(crate) enum VerificationStateView {
    /// In force.
    Valid,
    /// Over.
    Overdue,
    /// Nobody knows.
    Unknown,
}

/// The verification of an instrument on a day.
#[derive(SimpleObject)]
#[graphql(name = "Verification")]
pub(crate) struct VerificationView {
    /// How it stands.
    state: VerificationStateView,
    /// Days left while valid, days over while overdue.
    days: Option<u32>,
    /// The last day of validity.
    valid_until: Option<NaiveDate>,
}

impl VerificationView {
    pub(crate) fn of(valid_until: Option<NaiveDate>, status: VerificationStatus) -> Self {
        let (state, days) = match status {
            VerificationStatus::Valid { days_left } => {
                (VerificationStateView::Valid, Some(days_left))
            }
            VerificationStatus::Overdue { days } => (VerificationStateView::Overdue, Some(days)),
            VerificationStatus::Unknown => (VerificationStateView::Unknown, None),
        };
        Self {
            state,
            days,
            valid_until,
        }
    }
}

/// A measuring instrument on a merchant's ledger.
#[derive(Description)]
pub(crate) struct InstrumentView(pub(crate) Instrument);

#[Object(name = "Instrument", use_type_description)]
impl InstrumentView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// What it is.
    async fn kind(&self) -> InstrumentKindView {
        self.0.kind.into()
    }
    /// Maker's model.
    async fn model(&self) -> &str {
        &self.0.model
    }
    /// Maker's serial number.
    async fn serial(&self) -> &str {
        &self.0.serial
    }
    /// Accuracy class of a scale.
    async fn accuracy_class(&self) -> Option<&str> {
        self.0.accuracy_class.as_deref()
    }
    /// Verification scale interval e, in grams, exact decimal.
    async fn e_grams(&self) -> Option<&str> {
        self.0.e_g.as_deref()
    }
    /// Maximum capacity, in grams, exact decimal.
    async fn max_grams(&self) -> Option<&str> {
        self.0.max_g.as_deref()
    }
    /// Since when nobody uses it any more.
    async fn retired_on(&self) -> Option<NaiveDate> {
        self.0.retired.as_ref().map(|(on, _)| *on)
    }
    /// How it stands with its verification today.
    async fn verification(&self, ctx: &Context<'_>) -> Result<VerificationView, AppError> {
        let app = ctx.app()?;
        let today = shanghai_date(app.now());
        let last = self.0.valid_until(&app.law.rules, today);
        Ok(VerificationView::of(
            last,
            verification::status(last, today),
        ))
    }
}

/// An operator under supervision. Everything here is public.
#[derive(Description)]
pub(crate) struct MerchantView(pub(crate) Merchant);

#[Object(name = "Merchant", use_type_description)]
impl MerchantView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// The code on its wall.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }
    /// Its name, in the language of the request.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        ctx.lang().pick(&self.0.name_zh, &self.0.name_en)
    }
    /// What kind of venue it is.
    async fn venue(&self) -> VenueView {
        self.0.venue.into()
    }
    /// Where it does business (GB/T 2260).
    async fn division(&self) -> String {
        self.0.division.to_string()
    }
    /// Street address.
    async fn address(&self) -> &str {
        &self.0.address
    }
    /// Its number inside a market.
    async fn stall_no(&self) -> Option<&str> {
        self.0.stall_no.as_deref()
    }
    /// Where it is.
    async fn position(&self) -> Option<PositionView> {
        self.0.position.map(PositionView::from)
    }
    /// The instruments on its ledger.
    #[graphql(complexity = "10 * (1 + child_complexity)")]
    async fn instruments(&self, ctx: &Context<'_>) -> Result<Vec<InstrumentView>, AppError> {
        let found = store::merchants::instruments_of(&ctx.app()?.db, self.0.id).await?;
        Ok(found.into_iter().map(InstrumentView).collect())
    }
    /// Since when it does no business any more; null while it does.
    async fn ended_on(&self) -> Option<NaiveDate> {
        self.0.ended.as_ref().map(|ended| ended.on)
    }
    /// Its grade now, or as it was on a day; none of a merchant that does no business any more. Outside of markets
    /// everybody sees AAA, AA, A and N alone, unless a rule of the place allows more; officers of the place and the merchant
    /// see every grade.
    async fn rating(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day, in China.")] on: Option<NaiveDate>,
    ) -> Result<Option<RatingView>, AppError> {
        if self.0.ended.is_some() {
            return Ok(None);
        }
        let app = ctx.app()?;
        let found = match on {
            Some(day) => store::ratings::find_on(&app.db, self.0.id, day).await?,
            None => store::ratings::find_newest(&app.db, self.0.id).await?,
        };
        let today = shanghai_date(app.now());
        let actor = ctx.actor()?;
        let place = actor.division();
        let is_insider = actor.merchant() == Some(self.0.id)
            || place.is_some_and(|place| place.contains(&self.0.division));
        let shown = app.law.formulas.shown();
        let found =
            found.filter(|rating| is_insider || shown.is_public(rating.grade, &self.0, today));
        Ok(found.map(|rating| RatingView(rating, on.unwrap_or(today))))
    }
    /// Its public page.
    async fn page_url(&self, ctx: &Context<'_>) -> Result<String, AppError> {
        Ok(format!("{}/m/{}", ctx.app()?.public_url, self.0.code))
    }
}

page! {
    /// A page of merchants.
    MerchantPage of MerchantView, "The merchants, by their names."
}

/// A computed grade with everything that led to it, as it is said on a day.
#[derive(Description)]
pub(crate) struct RatingView(Rating, NaiveDate);

#[Object(name = "Rating", use_type_description)]
impl RatingView {
    /// The grade.
    async fn grade(&self) -> Grade {
        self.0.grade
    }
    /// Points of 100, with one decimal; none while not assessed.
    async fn points(&self) -> Option<String> {
        self.0.points_tenths.map(|tenths| decimal(tenths.into()))
    }
    /// When it was computed.
    async fn computed_at(&self) -> Moment {
        Moment(self.0.computed_at)
    }
    /// The version of the formula. Its weights are a proposal; no published table exists.
    async fn formula_version(&self) -> &str {
        &self.0.formula_version
    }
    /// The day, in China, for which it was computed.
    async fn as_of(&self) -> NaiveDate {
        self.0.as_of
    }
    /// What to say before the letter: at most three plain sentences of settled facts, the worst one first.
    async fn sentences(&self, ctx: &Context<'_>) -> Vec<String> {
        let said = self.0.basis.sentences.iter();
        said.map(|it| it.said_on(self.1, ctx.lang())).collect()
    }
    /// Between how many of a hundred tests of the quantity are passed, with 90 % confidence; none without a test.
    async fn interval(&self) -> Option<IntervalView> {
        self.0.basis.interval.map(|it| IntervalView {
            low_percent: decimal(it.low.into()),
            high_percent: decimal(it.high.into()),
        })
    }
    /// Settled official findings that it rests on.
    async fn findings(&self) -> u32 {
        self.0.findings
    }
    /// Why, one by one.
    #[graphql(complexity = "30 * child_complexity.max(1)")]
    async fn reasons(&self, ctx: &Context<'_>) -> Vec<RatingReason> {
        let lang = ctx.lang();
        let reasons = self.0.reasons.iter();
        reasons
            .map(|reason| RatingReason {
                code: reason.code,
                indicator: reason.indicator.as_ref().map(ToString::to_string),
                text: lang.pick(&reason.zh, &reason.en).to_owned(),
                points: reason.points_tenths.map(decimal),
            })
            .collect()
    }
}

/// Tenths as a decimal number; never negative.
fn decimal(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// An interval of a share.
#[derive(SimpleObject)]
#[graphql(name = "RatingInterval")]
pub(crate) struct IntervalView {
    /// At least, in percent, with one decimal.
    low_percent: String,
    /// At most, in percent, with one decimal.
    high_percent: String,
}

/// One reason of a grade.
#[derive(SimpleObject)]
pub(crate) struct RatingReason {
    /// What it is about.
    code: ReasonCode,
    /// The indicator, such as `B1`.
    indicator: Option<String>,
    /// In words.
    text: String,
    /// Points earned, with one decimal.
    points: Option<String>,
}
