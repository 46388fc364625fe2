//! Mail. Each mail has an id that follows, by the server's key, from the job that sends it: a folder overwrites a mail
//! that a crashed process had written already, and a mail server sees the same `Message-ID`.

use chrono::{DateTime, TimeDelta, Utc};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::AsyncSmtpTransportBuilder,
};
use liangxin_domain::text::Email;
pub use smtp_fault::SmtpFault;
use std::{
    io::ErrorKind,
    mem,
    path::PathBuf,
    str::FromStr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::fs::DirEntry;
use uuid::Uuid;

mod smtp_fault;

/// How long a mail server may take to be reached.
const TO_CONNECT: Duration = Duration::from_secs(5);

/// How long a mail may take in all. The library bounds the connection alone: a server that takes it and
/// then says nothing would be waited for without end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Names the sending, not the attempt.
    pub id: Uuid,
    /// To whom.
    pub to: Email,
    /// The subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Where its reader ends such mails, if they are sent by consent; the reader's program may do it by one POST
    /// (RFC 8058).
    pub stop: Option<String>,
}

/// Who sends, such as `量信 <noreply@bureau.example>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender(Mailbox);

impl FromStr for Sender {
    type Err = lettre::address::AddressError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// Why a mail was not sent; tried again later.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The message could not be put together.
    #[error("the mail could not be composed")]
    Compose(#[from] lettre::error::Error),
    /// An address that parses for us and not for the mail library.
    #[error("the mail address was refused")]
    Address(#[from] lettre::address::AddressError),
    /// The URL of the mail server.
    #[error("the URL is none of a mail server")]
    Url,
    /// The mail server.
    #[error("the mail server did not take the mail: {0}")]
    Smtp(SmtpFault),
    /// The mail server said nothing for too long.
    #[error("the mail server did not answer in time")]
    Silent,
    /// The folder.
    #[error("the mail folder could not be written")]
    Folder(#[from] std::io::Error),
}

impl MailError {
    /// Whether the same mail will be refused again: the server knows no such mailbox or does not take mail
    /// for it (RFC 5321, section 4.2.3), or the mail is none. Anything else passes, our own sign-in that is
    /// refused included: an operator mends it.
    #[must_use]
    pub fn is_for_good(&self) -> bool {
        match self {
            Self::Compose(_) | Self::Address(_) => true,
            Self::Smtp(fault) => matches!(fault.code, Some(550 | 551 | 553 | 556)),
            Self::Url | Self::Silent | Self::Folder(_) => false,
        }
    }

    /// Whether the server answered this mail alone: the next one may be taken all the same.
    #[must_use]
    pub fn is_of_one_mail(&self) -> bool {
        match self {
            Self::Smtp(fault) => fault.code.is_some(),
            Self::Compose(_) | Self::Address(_) => true,
            Self::Url | Self::Silent | Self::Folder(_) => false,
        }
    }
}

/// Where mail goes.
#[derive(Debug)]
pub enum Mailer {
    /// `.eml` files in a directory, for so long.
    Folder(PathBuf, Sender, TimeDelta),
    /// A mail server.
    Smtp(Line, Sender),
    /// Kept, for tests.
    Memory(Mutex<Vec<Mail>>),
}

impl Mailer {
    /// Deletes what was written to the folder and is kept long enough by `now`. What another program put there stays. A file
    /// that cannot be deleted keeps none of the others, and is told.
    pub async fn clear(&self, now: DateTime<Utc>) -> std::io::Result<()> {
        let Self::Folder(dir, _, keeps) = self else {
            return Ok(());
        };
        let mut files = tokio::fs::read_dir(dir).await?;
        let mut cleared = Ok(());
        while let Some(file) = files.next_entry().await? {
            match clear(&file, now - *keeps).await {
                // Another process was faster.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => cleared = Err(error),
                Ok(()) => {}
            }
        }
        cleared
    }

    /// Mail through a server, by a URL such as `smtp+starttls://user:password@host:587`.
    pub fn smtp(url: &str, from: Sender) -> Result<Self, MailError> {
        Self::smtp_within(url, from, PATIENCE)
    }

    /// As [`Mailer::smtp`], with another patience for each mail.
    pub fn smtp_within(url: &str, from: Sender, patience: Duration) -> Result<Self, MailError> {
        Ok(Self::Smtp(Line::to(url, patience)?, from))
    }

    /// Sends a mail, or says why not.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        match self {
            Self::Folder(dir, from, _) => {
                let bytes = compose(mail, from)?.formatted();
                let path = dir.join(format!("{}.eml", mail.id));
                let partial = path.with_extension("new");
                tokio::fs::write(&partial, bytes).await?;
                tokio::fs::rename(&partial, &path).await?;
            }
            Self::Smtp(line, from) => line.send(compose(mail, from)?).await?,
            Self::Memory(sent) => {
                let mut sent = sent.lock().unwrap_or_else(PoisonError::into_inner);
                sent.retain(|other| other.id != mail.id);
                sent.push(mail.clone());
            }
        }
        Ok(())
    }

    /// What a memory mailer was given.
    #[must_use]
    pub fn kept(&self) -> Vec<Mail> {
        match self {
            Self::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Self::Folder(..) | Self::Smtp(..) => Vec::new(),
        }
    }
}

/// Deletes a file of a folder if it is a mail that was written by then.
async fn clear(file: &DirEntry, by: DateTime<Utc>) -> std::io::Result<()> {
    let path = file.path();
    let is_ours = path
        .extension()
        .is_some_and(|end| end == "eml" || end == "new");
    let written: DateTime<Utc> = file.metadata().await?.modified()?.into();
    if is_ours && written <= by {
        tokio::fs::remove_file(path).await?;
    }
    Ok(())
}

/// The way to a mail server.
#[derive(Debug)]
pub struct Line {
    builder: AsyncSmtpTransportBuilder,
    transport: Mutex<AsyncSmtpTransport<Tokio1Executor>>,
    patience: Duration,
}

impl Line {
    fn to(url: &str, patience: Duration) -> Result<Self, MailError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_text| MailError::Url)?
            .timeout(Some(TO_CONNECT));
        Ok(Self {
            transport: Mutex::new(builder.clone().build()),
            builder,
            patience,
        })
    }

    async fn send(&self, message: Message) -> Result<(), MailError> {
        let transport = self.transport().clone();
        let unfinished = Unfinished(self);
        let sent = tokio::time::timeout(self.patience, transport.send(message)).await;
        let sent = sent.map_err(|_elapsed| MailError::Silent)?;
        mem::forget(unfinished);
        sent.map_err(|error| MailError::Smtp(SmtpFault::of(&error)))?;
        Ok(())
    }

    fn transport(&self) -> MutexGuard<'_, AsyncSmtpTransport<Tokio1Executor>> {
        self.transport
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A mail that is on its way. If it is given up there, the library keeps the connection for the next mail, in the middle
/// of a conversation: each answer would be taken for that to the sentence after, and a mail that the server refuses for
/// one that it took. So whoever comes next begins with connections of their own.
struct Unfinished<'a>(&'a Line);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        *self.0.transport() = self.0.builder.clone().build();
    }
}

macro_rules! header {
    ($(#[$doc:meta])* $name:ident($wire:literal)) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        struct $name(String);

        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($wire)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

header! {
    /// Says that a machine wrote the mail, so that no other machine answers it (RFC 3834, section 5).
    AutoSubmitted("Auto-Submitted")
}
header! {
    /// Where the reader ends such mails (RFC 2369, section 3.2).
    ListUnsubscribe("List-Unsubscribe")
}
header! {
    /// That a POST there is enough (RFC 8058, section 3.1).
    ListUnsubscribePost("List-Unsubscribe-Post")
}

fn compose(mail: &Mail, Sender(from): &Sender) -> Result<Message, MailError> {
    let mut message = Message::builder();
    if let Some(stop) = &mail.stop {
        message = message
            .header(ListUnsubscribe(format!("<{stop}>")))
            .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()));
    }
    Ok(message
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .from(from.clone())
        .to(Mailbox::new(None, mail.to.as_str().parse()?))
        .subject(&mail.subject)
        .header(ContentType::TEXT_PLAIN)
        .header(AutoSubmitted("auto-generated".to_owned()))
        .body(mail.body.clone())?)
}
