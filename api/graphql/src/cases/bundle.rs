//! Taking the file of a case out.

use crate::{
    context::Known as _,
    problem::{Problem, settle},
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use liangxin_app::{error::AppError, usecase::bundles};
use liangxin_domain::{
    id::{CaseId, CommandId},
    text::Line,
};
use uuid::Uuid;

/// Take the file of a case out.
#[derive(InputObject)]
struct MakeCaseBundleInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The case.
    case_id: Uuid,
    /// For what. At most 120 characters.
    purpose: String,
}

/// A link to the file of a case.
#[derive(SimpleObject)]
struct MakeCaseBundlePayload {
    /// Where the file is fetched, as a ZIP. Whoever has the address needs nothing else: it is not for passing on. It works as
    /// long as the session of the device that asked for it, and only while its maker may take the case out.
    url: Option<String>,
    /// Until when it works: a quarter of an hour.
    expires_at: Option<DateTime<Utc>>,
    /// Why not.
    problems: Vec<Problem>,
}

/// The writes about files of cases.
#[derive(Default)]
pub struct CaseBundleMutation;

#[Object(name = "CaseBundleMutation")]
impl CaseBundleMutation {
    /// Makes a link to the file of a case: originals, digests, receipts, papers, verdicts, and the history with its proofs. Who
    /// reported never stands in it. That it was made, by whom and for what, is told in the log.
    async fn make_case_bundle(
        &self,
        ctx: &Context<'_>,
        input: MakeCaseBundleInput,
    ) -> Result<MakeCaseBundlePayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let case = CaseId::parse(input.case_id, "caseId")?;
            let purpose = Line::parse(&input.purpose, "purpose")?;
            bundles::make(ctx.app()?, ctx.caller()?, id, (case, purpose)).await
        };
        let (link, problems) = settle(outcome.await, ctx.lang())?;
        let base = &ctx.app()?.public_url;
        Ok(MakeCaseBundlePayload {
            url: link
                .as_ref()
                .map(|link| format!("{base}/bundles/{}", link.token)),
            expires_at: link.map(|link| link.expires_at),
            problems,
        })
    }
}
