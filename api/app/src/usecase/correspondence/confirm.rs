//! Whoever reads an address says that it wants the mails.

use super::dating;
use crate::{app::App, caller::Caller, error::AppError, store};
use liangxin_domain::{event::Event, privacy::correspondence::Correspondence};

/// Begins the mails about a matter. Whoever did it before has done it; an address that is gone stays gone.
pub async fn confirm(app: &App, caller: &Caller, about: Correspondence) -> Result<(), AppError> {
    let work = app.work(&caller.actor).await?.dated(dating(about));
    if store::contacts::confirm(&work, about).await? {
        let event = match about {
            Correspondence::Report(report) => Event::ReportMailConfirmed { report },
            Correspondence::Complaint(complaint) => Event::ComplaintMailConfirmed { complaint },
        };
        app.record(&work, event);
    }
    work.commit().await
}
