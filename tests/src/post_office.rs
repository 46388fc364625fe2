//! A mail server that can be told to be silent, busy or away, in this process.
//!
//! Speaks as much of SMTP (RFC 5321) as a client needs that signs in nowhere and encrypts nothing. A mail is kept
//! before it is acknowledged. Mailboxes whose name begins with [`NOBODY`] do not exist.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How the names of mailboxes begin that do not exist.
pub const NOBODY: &str = "nobody-";

/// How the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes mail.
    Well,
    /// It takes connections and says nothing.
    Silent,
    /// It says that it is busy (451).
    Busy,
    /// It ends every connection at once.
    Away,
}

/// A mail that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// For whom.
    pub to: String,
    /// Headers, empty line, body.
    pub text: String,
}

/// A running server. Dropping it ends it.
#[derive(Debug)]
pub struct PostOffice {
    address: SocketAddr,
    mood: watch::Sender<Mood>,
    taken: Arc<Mutex<Vec<Taken>>>,
    _tasks: JoinSet<()>,
}

impl PostOffice {
    /// Starts one on a free port. Panics if it cannot.
    pub async fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = bound
            .context("listen")
            .unwrap_or_else(|error| panic!("the post office did not open: {error:#}"));
        let mood = watch::Sender::new(Mood::Well);
        let taken = Arc::default();
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, mood.subscribe(), Arc::clone(&taken)));
        Self {
            address,
            mood,
            taken,
            _tasks: tasks,
        }
    }

    /// `smtp://127.0.0.1:<port>`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Changes how it is. Who waits on a silent one is cut when it is anything else.
    pub fn set(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }

    /// The mails that were taken, oldest first; one that came twice stands here twice.
    pub fn taken(&self) -> Vec<Taken> {
        self.taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

async fn accept(listener: TcpListener, mood: watch::Receiver<Mood>, taken: Arc<Mutex<Vec<Taken>>>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { continue };
                let talk = Talk { stream: BufStream::new(stream), mood: mood.clone(), to: String::new() };
                let taken = Arc::clone(&taken);
                connections.spawn(async move {
                    // A client that goes away in the middle has no mail taken.
                    let _ = talk.hold(&taken).await;
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

struct Talk {
    stream: BufStream<TcpStream>,
    mood: watch::Receiver<Mood>,
    to: String,
}

impl Talk {
    async fn hold(mut self, taken: &Mutex<Vec<Taken>>) -> std::io::Result<()> {
        self.say("220 ready").await?;
        loop {
            let line = self.hear().await?;
            let verb = line.trim_end().split([' ', ':']).next().unwrap_or_default();
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => self.say("250-liangxin.example\r\n250 SMTPUTF8").await?,
                "MAIL" if self.is(Mood::Busy) => self.say("451 come back later").await?,
                "RCPT" => {
                    let begin = line.find('<').map_or(line.len(), |at| at + 1);
                    let address = line[begin..].split('>').next().unwrap_or_default();
                    address.clone_into(&mut self.to);
                    if address.starts_with(NOBODY) {
                        self.say("550 no such mailbox").await?;
                    } else {
                        self.say("250 ok").await?;
                    }
                }
                "DATA" => {
                    self.say("354 go on").await?;
                    self.take(taken).await?;
                }
                "QUIT" => return self.say("221 bye").await,
                "" => return Ok(()),
                _ => self.say("250 ok").await?,
            }
        }
    }

    async fn take(&mut self, taken: &Mutex<Vec<Taken>>) -> std::io::Result<()> {
        let mut text = String::new();
        loop {
            let line = self.hear().await?;
            match line.as_str() {
                "" => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                ".\r\n" => break,
                // A dot at the beginning was doubled (RFC 5321, section 4.5.2).
                line => text.push_str(line.strip_prefix('.').unwrap_or(line)),
            }
        }
        let mail = Taken {
            to: self.to.clone(),
            text,
        };
        taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(mail);
        self.say("250 kept").await
    }

    fn is(&self, mood: Mood) -> bool {
        *self.mood.borrow() == mood
    }

    /// Says something, once it is not silent any more; nobody is kept on the line who had to wait.
    async fn say(&mut self, words: &str) -> std::io::Result<()> {
        if self.is(Mood::Silent) {
            let _ = self.mood.wait_for(|mood| *mood != Mood::Silent).await;
            return Err(std::io::ErrorKind::ConnectionAborted.into());
        }
        if self.is(Mood::Away) {
            return Err(std::io::ErrorKind::ConnectionAborted.into());
        }
        self.stream
            .write_all(format!("{words}\r\n").as_bytes())
            .await?;
        self.stream.flush().await
    }

    async fn hear(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

    use super::*;

    #[tokio::test]
    async fn it_takes_mail_refuses_nobody_for_good_and_everybody_when_busy() {
        let office = PostOffice::open().await;
        let sender = AsyncSmtpTransport::<Tokio1Executor>::from_url(&office.url())
            .unwrap()
            .build();
        let mail = |to: &str| {
            Message::builder()
                .from("desk@bureau.example".parse().unwrap())
                .to(to.parse().unwrap())
                .subject("one")
                .body(".a dot at the beginning\r\n".to_owned())
                .unwrap()
        };
        sender.send(mail("wang@mail.example")).await.unwrap();
        let refused = sender.send(mail("nobody-1@mail.example")).await;
        assert!(refused.unwrap_err().is_permanent());
        office.set(Mood::Busy);
        let refused = sender.send(mail("wang@mail.example")).await;
        assert!(refused.unwrap_err().is_transient());
        office.set(Mood::Away);
        sender.send(mail("wang@mail.example")).await.unwrap_err();
        office.set(Mood::Well);
        sender.send(mail("chen@mail.example")).await.unwrap();
        let taken = office.taken();
        let to: Vec<_> = taken.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["wang@mail.example", "chen@mail.example"]);
        assert!(taken[0].text.contains("\r\n.a dot at the beginning"));
    }
}
