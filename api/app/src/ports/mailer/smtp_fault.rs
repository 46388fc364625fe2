//! What is kept of a mail that a server did not take: numbers and words of our own. What the server says in its own words names
//! whom the mail was for, and a log needs no key to be read.

use lettre::transport::smtp;
use std::{error::Error, fmt, io};

/// How a mail server did not take a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmtpFault {
    kind: &'static str,
    /// How it answered (RFC 5321, section 4.2), if it did.
    pub(super) code: Option<u16>,
    enhanced: Option<[u16; 3]>,
    io: Option<io::ErrorKind>,
}

impl SmtpFault {
    pub(super) fn of(error: &smtp::Error) -> Self {
        let kind = if error.is_transient() {
            "refused for now"
        } else if error.is_permanent() {
            "refused"
        } else if error.is_response() {
            "an answer that is none"
        } else if error.is_tls() {
            "TLS"
        } else if error.is_client() {
            "our side"
        } else {
            "the connection"
        };
        let code = error.status().map(u16::from);
        let said = error.source().filter(|_| code.is_some());
        Self {
            kind,
            code,
            enhanced: said.and_then(|said| enhanced(&said.to_string())),
            io: io_kind(error),
        }
    }
}

impl fmt::Display for SmtpFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)?;
        if let Some(code) = self.code {
            write!(f, " {code}")?;
        }
        if let Some([class, subject, detail]) = self.enhanced {
            write!(f, " {class}.{subject}.{detail}")?;
        }
        match self.io {
            Some(kind) => write!(f, " ({kind})"),
            None => Ok(()),
        }
    }
}

/// The enhanced status code that an answer begins with (RFC 3463, section 2), if it does.
fn enhanced(said: &str) -> Option<[u16; 3]> {
    let mut parts = said.split_whitespace().next()?.split('.');
    let mut next = || {
        let part = parts.next().filter(|part| part.len() <= 3)?;
        part.parse::<u16>().ok()
    };
    let code = [next()?, next()?, next()?];
    (matches!(code[0], 2 | 4 | 5) && parts.next().is_none()).then_some(code)
}

fn io_kind(error: &smtp::Error) -> Option<io::ErrorKind> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            return Some(io.kind());
        }
        source = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enhanced_code_is_three_numbers_at_the_beginning() {
        for (said, found) in [
            (
                "5.1.1 <who@mail.example>: Recipient address rejected",
                Some([5, 1, 1]),
            ),
            ("4.2.2", Some([4, 2, 2])),
            ("<who@mail.example>: 5.1.1", None),
            ("138.0013.8000", None),
            ("5.1.1.1", None),
            ("5.1", None),
            ("", None),
        ] {
            assert_eq!(enhanced(said), found, "{said}");
        }
    }

    #[test]
    fn a_fault_says_its_kind_and_its_numbers() {
        let fault = SmtpFault {
            kind: "refused",
            code: Some(550),
            enhanced: Some([5, 1, 1]),
            io: None,
        };
        assert_eq!(fault.to_string(), "refused 550 5.1.1");
        let away = SmtpFault {
            kind: "the connection",
            code: None,
            enhanced: None,
            io: Some(io::ErrorKind::ConnectionRefused),
        };
        assert_eq!(away.to_string(), "the connection (connection refused)");
    }
}
