//! Mail. Each mail has an id that follows from the job that sends it: a folder overwrites a mail
//! that a crashed process had written already, and a mail server sees the same `Message-ID`.

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use liangxin_domain::text::Email;
use std::{
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use uuid::Uuid;

/// How long a mail server may take for one step of the conversation.
const PATIENCE: Duration = Duration::from_secs(5);

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
    /// The mail server.
    #[error("the mail server did not take the mail")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The folder.
    #[error("the mail folder could not be written")]
    Folder(#[from] std::io::Error),
}

/// Where mail goes.
#[derive(Debug)]
pub enum Mailer {
    /// `.eml` files in a directory.
    Folder(PathBuf, Sender),
    /// A mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>, Sender),
    /// Kept, for tests.
    Memory(Mutex<Vec<Mail>>),
}

impl Mailer {
    /// Mail into a directory, made if missing.
    pub fn folder(dir: &Path, from: Sender) -> std::io::Result<Self> {
        std::fs::create_dir_all(dir)?;
        Ok(Self::Folder(dir.to_owned(), from))
    }

    /// Mail through a server, by a URL such as `smtp+starttls://user:password@host:587`.
    pub fn smtp(url: &str, from: Sender) -> Result<Self, MailError> {
        Ok(Self::Smtp(
            AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?
                .timeout(Some(PATIENCE))
                .build(),
            from,
        ))
    }

    /// Sends a mail, or says why not.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        match self {
            Self::Folder(dir, from) => {
                let bytes = compose(mail, from)?.formatted();
                let path = dir.join(format!("{}.eml", mail.id));
                let partial = path.with_extension("new");
                tokio::fs::write(&partial, bytes).await?;
                tokio::fs::rename(&partial, &path).await?;
            }
            Self::Smtp(transport, from) => {
                transport.send(compose(mail, from)?).await?;
            }
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

fn compose(mail: &Mail, Sender(from): &Sender) -> Result<Message, MailError> {
    Ok(Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .from(from.clone())
        .to(Mailbox::new(None, mail.to.as_str().parse()?))
        .subject(&mail.subject)
        .header(ContentType::TEXT_PLAIN)
        .body(mail.body.clone())?)
}
