//! The passport of a visit, as those get it who show it.

use crate::context::Known as _;
use async_graphql::SimpleObject;
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
}

impl PassportView {
    fn of(code: &ReceiptCode, public_url: &str) -> Self {
        Self {
            code: code.to_string(),
            url: format!("{public_url}/v#{code}"),
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
        let code = inspections::made_passport(app, &actor, visit).await?;
        code.map(|code| PassportView::of(&code, &app.public_url))
    }
}
