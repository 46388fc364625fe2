//! The passport of a visit, as those get it who show it.

use crate::context::Known as _;
use async_graphql::SimpleObject;
use chrono::NaiveDate;
use liangxin_app::usecase::inspections;
use liangxin_domain::{actor::Actor, id::VisitId, reports::receipt::ReceiptCode};

step_inputs! {
    visit_id "The visit.", id "Made by the phone; names this write.";

    /// Get the passport of a visit.
    MakePassportInput {}
}

/// The passport of a visit: what its officers show before they enter.
#[derive(SimpleObject)]
#[graphql(name = "VisitPassport")]
pub(crate) struct PassportView {
    /// The code, to be read out and typed at `/v`.
    code: String,
    /// What the phone shows as a square code. The code stands behind the `#`, which no browser sends to a server.
    url: String,
    /// Its last day in China, as long as the visit is not closed. Asked for again by then, it is the same and good for longer.
    good_until: NaiveDate,
}

impl PassportView {
    fn of((code, good_until): (&ReceiptCode, NaiveDate), public_url: &str) -> Self {
        Self {
            code: code.to_string(),
            url: format!("{public_url}/v#{code}"),
            good_until,
        }
    }
}

payload! {
    /// What became of asking for a passport.
    PassportPayload {
        /// The passport of those who go now; null where refused, and where others go since this was sent for the first time.
        passport: PassportView,
        /// Why there is none.
        problems,
    }
    of |ctx, (actor, visit): (Actor, VisitId)| {
        let app = ctx.app()?;
        let made = inspections::made_passport(app, &actor, visit).await?;
        made.map(|(code, until)| PassportView::of((&code, until), &app.public_url))
    }
}
