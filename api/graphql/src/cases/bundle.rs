//! Taking the file of a case out.

use crate::{
    accounts::types::{PersonView, person},
    context::Known as _,
    moment::Moment,
    problem::{Problem, settle},
};
use async_graphql::{Context, Description, InputObject, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    usecase::bundles::{self, Made},
};
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
    expires_at: Option<Moment>,
    /// Why not.
    problems: Vec<Problem>,
}

/// That the file of a case was taken out.
#[derive(Description)]
pub(super) struct CaseBundleView(pub(super) Made);

#[Object(name = "CaseBundle", use_type_description)]
impl CaseBundleView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.taken.id.uuid()
    }
    /// By whom.
    async fn made_by(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.taken.by).await
    }
    /// When it was made.
    async fn made_at(&self) -> Moment {
        Moment(self.0.taken.at)
    }
    /// For what.
    async fn purpose(&self) -> &str {
        self.0.taken.purpose.as_str()
    }
    /// Until when its link works at most.
    async fn expires_at(&self) -> Moment {
        Moment(self.0.expires_at)
    }
    /// Whether the link still opens: within its time, as long as its maker's device is signed in and its maker may take the case out.
    async fn is_open(&self) -> bool {
        self.0.is_open
    }
    /// What was fetched by it: none if nobody did, several if the case changed in between.
    async fn fetched(&self) -> Vec<FetchedBundleView> {
        let fetched = self.0.fetched.iter();
        let views = fetched.map(|it| FetchedBundleView {
            manifest_sha256: it.manifest.to_string(),
            at: Moment(it.at),
        });
        views.collect()
    }
}

/// What was fetched by a link to the file of a case.
#[derive(SimpleObject)]
#[graphql(name = "FetchedBundle")]
struct FetchedBundleView {
    /// SHA-256 of its `manifest.json`, which names the digest of every other part.
    manifest_sha256: String,
    /// When it was first fetched so.
    at: Moment,
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
            expires_at: link.map(|link| Moment(link.expires_at)),
            problems,
        })
    }
}
