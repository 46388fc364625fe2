//! Withdrawing the consent to mail: the address is deleted.

use super::dating;
use crate::{app::App, caller::Caller, error::AppError, store};
use liangxin_domain::{event::Event, privacy::correspondence::Correspondence};

/// Ends the mails about a matter. Whoever did it before has done it; what waits to be sent finds no address.
pub async fn stop(app: &App, caller: &Caller, about: Correspondence) -> Result<(), AppError> {
    let work = app.work(&caller.actor).await?.dated(dating(about));
    if store::contacts::forget(&work, about).await? {
        let event = match about {
            Correspondence::Report(report) => Event::ReportMailStopped { report },
            Correspondence::Complaint(complaint) => Event::ComplaintMailStopped { complaint },
        };
        app.record(&work, event);
    }
    work.commit().await
}

/// How the mails about a matter stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MailState {
    /// No address was left, or it is deleted.
    #[default]
    Closed,
    /// The address has not answered yet whether it wants them.
    Asked,
    /// They go to the address.
    Open,
}

/// Whether mails about a matter go to anybody.
pub async fn standing(app: &App, about: Correspondence) -> Result<MailState, AppError> {
    let kept = store::contacts::find(&app.db, about).await?;
    Ok(match kept {
        None => MailState::Closed,
        Some(contact) if contact.confirmed_at.is_none() => MailState::Asked,
        Some(_) => MailState::Open,
    })
}
