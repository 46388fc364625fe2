//! Reading a paper as it was issued, and the index of a file. Who reads from above is noted.

use super::content;
use crate::{app::App, caller::Caller, error::AppError, store, usecase::supervision};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::NoticeId,
    law::calendar::shanghai_date,
    notices::{
        draft::Written,
        form::Form,
        notice::{Notice, Subject},
    },
};

/// A paper with what stands on it.
#[derive(Debug, Clone)]
pub struct OpenNotice {
    /// The paper and its service.
    pub notice: Notice,
    /// The form by which it was written.
    pub form: Form,
    /// What was written.
    pub written: Written,
    /// The issuing bureau in Chinese.
    pub bureau_zh: String,
    /// The issuing bureau in English.
    pub bureau_en: String,
    /// The digest of the content.
    pub digest: Sha256,
}

/// A paper that the actor may see.
pub async fn read(app: &App, caller: &Caller, id: NoticeId) -> Result<OpenNotice, AppError> {
    let (notice, kept) = store::notices::get(&app.db, &caller.actor, id).await?;
    let (content, written) = content::unpack(app, &notice, &kept)?;
    let form = app
        .law
        .papers
        .form_on(notice.paper, shanghai_date(notice.issued_at));
    let form = form.map_err(|e| AppError::internal("find the form of a paper", e))?;
    supervision::opened_papers(app, caller, notice.subject).await?;
    Ok(OpenNotice {
        form: form.clone(),
        written,
        bureau_zh: content.bureau_zh,
        bureau_en: content.bureau_en,
        digest: kept.digest,
        notice,
    })
}

/// The papers of a subject that the actor may see, in the order in which they were issued: the index of its file.
pub async fn list(app: &App, caller: &Caller, subject: Subject) -> Result<Vec<Notice>, AppError> {
    let found = store::notices::list(&app.db, &caller.actor, subject).await?;
    if !found.is_empty() {
        supervision::opened_papers(app, caller, subject).await?;
    }
    Ok(found)
}
