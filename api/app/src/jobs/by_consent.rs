//! Mails to citizens who left an address: what is new goes to those who confirmed that they want it. Whoever did not is
//! asked, once, and nothing else goes there: an address is easily somebody else's.
//!
//! A mailbox may be read by others. A subject says neither what was filed nor under which number, a text neither goods
//! nor merchant nor outcome. Nor does anything in a mail lead whoever has the database to the matter: it names no number.

use super::{Failure, send, send_unnoted};
use crate::{
    app::App,
    error::AppError,
    ports::mailer::Mail,
    store,
    usecase::correspondence::{self, Address, Use},
};
use liangxin_domain::{id::JobId, privacy::correspondence::Correspondence, text::Email};

/// What every mail about news says above the text.
const SUBJECT: &str = "【量信】您登记的事项有新进展 / There is news about your matter";

/// What the question says above the text.
const QUESTION: &str = "【量信】请确认是否接收邮件 / Do you want our mails?";

/// Sends a text to the address of a matter, if it confirmed; asks it otherwise.
pub(super) async fn perform(
    app: &App,
    job: JobId,
    about: Correspondence,
    text: String,
) -> Result<(), Failure> {
    let Some(contact) = store::contacts::find(&app.db, about).await? else {
        return Ok(());
    };
    let Address { to, was_asked } = correspondence::address_of(app, about, &contact)?;
    if contact.confirmed_at.is_some() {
        let mail = mail(app, about, (job, to), (SUBJECT, text))?;
        return send(app, job, [mail]).await;
    }
    if was_asked || !correspondence::may_ask(app, job, &to).await? {
        return Ok(());
    }
    let text = question(app, about)?;
    let mail = mail(app, about, (job, to.clone()), (QUESTION, text))?;
    // Noted with the address and nowhere else: by a job that asked nobody, whoever has the database would know that the address
    // was left with another matter too.
    send_unnoted(app, mail).await?;
    Ok(correspondence::mark_asked(app, about, &to).await?)
}

fn question(app: &App, about: Correspondence) -> Result<String, AppError> {
    let confirm = correspondence::link(app, Use::Confirm, about)?;
    Ok(format!(
        "有人在量信留下了这个邮箱，用于接收办理进展。如果是您，请点此确认：{confirm}\n\
         如果不是您，不必理会；不确认就不会再收到这件事的邮件。\n\n\
         Somebody left this address with Liangxin to be told how a matter goes. If it was you, confirm here: {confirm}\n\
         If it was not, do nothing: without that there will be no more mail about it.\n\n"
    ))
}

/// A mail to a citizen, who is told in each how to end them.
fn mail(
    app: &App,
    about: Correspondence,
    (job, to): (JobId, Email),
    (subject, text): (&str, String),
) -> Result<Mail, AppError> {
    let stop = correspondence::link(app, Use::Stop, about)?;
    let body = format!(
        "{text}不想再收到这样的邮件：{stop}\nTo get no more such mail: {stop}\n\n\
         本邮件由系统自动发送，请勿回复。This mail was sent automatically; please do not reply.\n"
    );
    Ok(Mail {
        id: job.uuid(),
        to,
        subject: subject.to_owned(),
        body,
        stop: Some(stop),
    })
}
