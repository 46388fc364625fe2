//! Telling a consenting reporter that something changed.

use super::{Failure, by_consent};
use crate::app::App;
use liangxin_domain::{
    event::News,
    id::{JobId, ReportId},
    privacy::correspondence::Correspondence,
};

/// Sends the mail, if the reporter left an address.
pub(super) async fn perform(
    app: &App,
    job: JobId,
    report: ReportId,
    news: News,
) -> Result<(), Failure> {
    let (zh, en) = sentences(news);
    let track = format!("{}/track", app.public_url);
    let text = format!(
        "您登记的事项：{zh}\n请使用查询码在此查看进展：{track}\n\n\
         Your matter: {en}\nSee its progress with your receipt code: {track}\n\n"
    );
    by_consent::perform(app, job, Correspondence::Report(report), text).await
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
