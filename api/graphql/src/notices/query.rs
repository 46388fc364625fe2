//! The papers of one subject.

use super::types::NoticeView;
use crate::context::Known as _;
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, usecase::notices};
use liangxin_domain::notices::notice::Subject;
use liangxin_domain::notices::notice::SubjectKind;
use uuid::Uuid;

/// The reads of this noun.
#[derive(Default)]
pub struct NoticeQuery;

#[Object]
impl NoticeQuery {
    /// The papers of a subject that the caller may see, oldest first: the index of its file.
    /// Officers see those of the matters that they see, merchants those addressed to them.
    #[graphql(complexity = "50 * child_complexity.max(1)")]
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the subject is.")] subject_kind: SubjectKind,
        #[graphql(desc = "The subject's id.")] subject_id: Uuid,
    ) -> Result<Vec<NoticeView>, AppError> {
        let subject = Subject::of(subject_kind, subject_id);
        let found = notices::list(ctx.app()?, ctx.caller()?, subject).await?;
        Ok(found.into_iter().map(NoticeView).collect())
    }
}
