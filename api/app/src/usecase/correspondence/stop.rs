//! Withdrawing the consent to mail: the address is deleted.

use super::Correspondence;
use crate::{app::App, caller::Caller, error::AppError, store};
use liangxin_domain::event::Event;

/// Ends the mails about a matter. Whoever did it before has done it; what waits to be sent finds no address.
pub async fn stop(app: &App, caller: &Caller, about: Correspondence) -> Result<(), AppError> {
    let work = app.work(&caller.actor).await?;
    let (was_open, event) = match about {
        Correspondence::Report(report) => (
            store::reports::forget_contact(&work, report).await?,
            Event::ReportMailStopped { report },
        ),
        Correspondence::Complaint(complaint) => (
            store::complaints::forget_contact(&work, complaint).await?,
            Event::ComplaintMailStopped { complaint },
        ),
    };
    if was_open {
        app.record(&work, event);
    }
    work.commit().await
}

/// Whether mails about a matter go to anybody.
pub async fn is_open(app: &App, about: Correspondence) -> Result<bool, AppError> {
    let sealed = match about {
        Correspondence::Report(report) => store::reports::sealed_contact(&app.db, report).await?,
        Correspondence::Complaint(complaint) => {
            store::complaints::sealed_contact(&app.db, complaint).await?
        }
    };
    Ok(sealed.is_some())
}
