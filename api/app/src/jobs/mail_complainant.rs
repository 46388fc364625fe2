//! Telling a consenting complainant that there is something to look at.

use super::{Failure, by_consent};
use crate::app::App;
use liangxin_domain::{
    event::ComplaintNews,
    id::{ComplaintId, JobId},
    privacy::correspondence::Correspondence,
};

/// Sends the mail, if the complainant left an address.
pub(super) async fn perform(
    app: &App,
    job: JobId,
    complaint: ComplaintId,
    news: ComplaintNews,
) -> Result<(), Failure> {
    let (zh, en) = match news {
        ComplaintNews::Received => ("我们已收到。", "we have received it."),
        ComplaintNews::Changed => ("有新的进展。", "there is news."),
    };
    let text = format!(
        "您登记的事项：{zh}\n请使用查询码查看进展：{url}\n\n\
         Your matter: {en}\nSee its progress with your receipt code: {url}\n\n",
        url = app.public_url
    );
    by_consent::perform(app, job, Correspondence::Complaint(complaint), text).await
}
