//! Telling a consenting reporter that something changed. The mail names the report's number and
//! where to look, neither goods nor merchant nor outcome: a mailbox may be read by others.

use super::{Failure, by_consent, send};
use crate::{app::App, error::AppError, store, usecase::correspondence::Correspondence};
use liangxin_domain::{
    actor::Actor,
    event::News,
    id::{JobId, ReportId},
    text::Email,
};

/// Sends the mail, if the reporter left an address.
pub(super) async fn perform(
    app: &App,
    job: JobId,
    report: ReportId,
    news: News,
) -> Result<(), Failure> {
    let Some(sealed) = store::reports::sealed_contact(&app.db, report).await? else {
        return Ok(());
    };
    let address = app.keys.unseal(report.uuid(), &sealed);
    let address = address
        .ok_or_else(|| AppError::internal("open a sealed contact", "the key does not fit"))?;
    let to = Email::parse(&address, "contact")
        .map_err(|e| AppError::internal("read a sealed contact", e))?;
    let number = store::reports::get(&app.db, &Actor::System, report)
        .await?
        .number;
    let (zh, en) = sentences(news);
    let track = format!("{}/track", app.public_url);
    let body = format!(
        "您的举报（编号 {number}）：{zh}\n请使用查询码在此查看进展：{track}\n\n\
         Your report ({number}): {en}\nSee its progress with your receipt code: {track}\n\n"
    );
    let subject = format!("【量信】举报 {number}：{zh}");
    let about = Correspondence::Report(report);
    send(
        app,
        job,
        [by_consent(app, about, (job, to), (subject, body))],
    )
    .await
}

const fn sentences(news: News) -> (&'static str, &'static str) {
    match news {
        News::Received => ("我们已收到。", "we have received it."),
        News::Accepted => ("已开始核查。", "it is being verified."),
        News::Decided => ("已有处理结果。", "there is an outcome."),
        News::Question => ("承办人员有问题想向您了解。", "an officer has a question."),
        News::Opened => (
            "您的身份信息经批准被查看一次。",
            "your sealed identity was opened, with approval.",
        ),
        News::Reward => ("奖励审核已有结果。", "the reward has been screened."),
        News::RewardProgress => ("奖励事项有新进展。", "there is news about the reward."),
    }
}
