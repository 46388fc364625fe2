//! Telling a consenting complainant that there is something to look at. The mail names the number
//! and where to look, neither parties nor demand nor outcome: a mailbox may be read by others.

use super::{Failure, by_consent, send};
use crate::{app::App, error::AppError, store, usecase::correspondence::Correspondence};
use liangxin_domain::{
    actor::Actor,
    event::ComplaintNews,
    id::{ComplaintId, JobId},
    text::Email,
};

/// Sends the mail, if the complainant left an address.
pub(super) async fn perform(
    app: &App,
    job: JobId,
    complaint: ComplaintId,
    news: ComplaintNews,
) -> Result<(), Failure> {
    let Some(sealed) = store::complaints::sealed_contact(&app.db, complaint).await? else {
        return Ok(());
    };
    let address = app.keys.unseal(complaint.uuid(), &sealed);
    let address = address
        .ok_or_else(|| AppError::internal("open a sealed contact", "the key does not fit"))?;
    let to = Email::parse(&address, "contact")
        .map_err(|e| AppError::internal("read a sealed contact", e))?;
    let number = store::complaints::get(&app.db, &Actor::System, complaint)
        .await?
        .number;
    let (zh, en) = match news {
        ComplaintNews::Received => ("我们已收到。", "we have received it."),
        ComplaintNews::Changed => ("有新的进展。", "there is news."),
    };
    let body = format!(
        "您的投诉（编号 {number}）：{zh}\n请使用查询码查看进展：{url}\n\n\
         Your complaint ({number}): {en}\nSee its progress with your receipt code: {url}\n\n",
        url = app.public_url
    );
    let subject = format!("【量信】投诉 {number}：{zh}");
    let about = Correspondence::Complaint(complaint);
    send(
        app,
        job,
        [by_consent(app, about, (job, to), (subject, body))],
    )
    .await
}
