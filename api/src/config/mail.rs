//! Where mail goes, from whom, and how long a folder keeps it.

use super::Settings;
use chrono::TimeDelta;
use liangxin_app::ports::mailer::Sender;

impl Settings {
    /// The sender, and how long mails stay in the folder.
    pub(super) fn mail(&self) -> Result<(Sender, TimeDelta), String> {
        Ok((self.mail_from()?, self.mail_kept()?))
    }

    fn mail_from(&self) -> Result<Sender, String> {
        let text = self.mail_from.as_deref();
        let text = text.unwrap_or("量信 Liangxin <noreply@liangxin.example>");
        text.parse()
            .map_err(|_| format!("LIANGXIN_MAIL_FROM: `{text}` is not a mail address"))
    }

    /// A week, if nothing is said: long enough to hand them on, short enough that no archive of addresses grows. A
    /// proposal.
    fn mail_kept(&self) -> Result<TimeDelta, String> {
        let text = self.mail_days.as_deref().unwrap_or("7");
        let days = text.parse::<u16>().ok().filter(|days| *days > 0);
        days.map(|days| TimeDelta::days(days.into()))
            .ok_or_else(|| format!("LIANGXIN_MAIL_DAYS: `{text}` is no number of days, such as 7"))
    }

    /// What is wrong with the address of the mail server.
    pub(super) fn smtp_problem(&self) -> Option<String> {
        const SCHEMES: [&str; 3] = ["smtp://", "smtps://", "smtp+starttls://"];
        let url = self.smtp_url.as_ref()?;
        let is_known = SCHEMES
            .iter()
            .any(|scheme| url.expose().starts_with(scheme));
        (!is_known)
            .then(|| "SMTP_URL: must begin with smtp://, smtps:// or smtp+starttls://".to_owned())
    }
}
