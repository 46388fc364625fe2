//! Telling the administrators that a calendar year has to be loaded: once a year that is missing,
//! not once a period that waits for it.

use super::{Failure, send};
use crate::{app::App, ports::mailer::Mail, store};
use liangxin_domain::id::JobId;
use uuid::Uuid;

/// Sends the mail to every administrator.
pub(super) async fn perform(app: &App, job: JobId, year: i32) -> Result<(), Failure> {
    let administrators = store::accounts::list_administrators(&app.db).await?;
    let mails = administrators.into_iter().map(|administrator| Mail {
            // One mail a person, also if the job is done twice.
            id: Uuid::from_u128(job.uuid().as_u128() ^ administrator.id.uuid().as_u128()),
            to: administrator.email,
            subject: format!("【量信】请载入 {year} 年工作日历"),
            body: format!(
                "有法定期限将在 {year} 年届满，但该年度的工作日历尚未载入，届满日无法确定。受理工作照常进行。\n\
                 国务院办公厅发布放假安排后，请由最高一级机关载入，再由该机关的另一人确认（ConfirmCalendarYear）：\n\
                 liangxin law load-calendar --year {year} --file {year}.csv\n\n\
                 A statutory period ends in {year}, whose working days are not loaded: its last day is not known. \
                 Intake goes on.\nWhen the State Council's notice is out, the highest bureau loads it with the command above, and \
                 somebody else of it confirms it (ConfirmCalendarYear).\n\n\
                 本邮件由系统自动发送，请勿回复。This mail was sent automatically; please do not reply.\n"
            ),
            stop: None,
    });
    send(app, job, mails).await
}
