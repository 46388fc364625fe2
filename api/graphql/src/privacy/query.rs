//! The promise, the check before sending, and the openings that an officer may see.

use super::{
    input::{CheckedTextInput, within_bounds},
    opening::OpeningView,
    types::{PersonalDataWarning, PromiseView},
};
use crate::context::Known as _;
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, store};
use liangxin_domain::privacy::{detect, promise::PROMISE};

/// The reads of this noun.
#[derive(Default)]
pub struct PrivacyQuery;

#[Object]
impl PrivacyQuery {
    /// Who will see which field of a report, and when. Show it before sending.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn confidentiality_promise(&self) -> Vec<PromiseView> {
        PROMISE.iter().map(PromiseView).collect()
    }

    /// What looks like a telephone number, an identity number, a mail address or a bank card in texts
    /// that are about to be sent. Nothing is kept, and nothing is refused: the citizen decides.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn personal_data_warnings(
        &self,
        #[graphql(desc = "At most 20, with 20,000 characters together.")] texts: Vec<
            CheckedTextInput,
        >,
    ) -> Result<Vec<PersonalDataWarning>, AppError> {
        within_bounds(&texts)?;
        let warn = |text: &CheckedTextInput| {
            let field = text.field.clone();
            detect::find(&text.text)
                .into_iter()
                .map(move |found| PersonalDataWarning {
                    field: field.clone(),
                    kind: found.kind,
                    start: found.start,
                    end: found.end,
                })
        };
        Ok(texts.iter().flat_map(warn).collect())
    }

    /// Openings of sealed identities: one's own, and for heads those of the division; the newest 100.
    #[graphql(complexity = "100 * child_complexity.max(1)")]
    async fn identity_openings(&self, ctx: &Context<'_>) -> Result<Vec<OpeningView>, AppError> {
        let found = store::openings::list(&ctx.app()?.db, ctx.actor()?).await?;
        Ok(found.into_iter().map(OpeningView).collect())
    }
}
