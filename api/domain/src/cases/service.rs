//! How a paper of a case reached its party (Order 2, articles 80 to 83; Civil Procedure Law), whichever
//! paper it is and whoever notes it: which ways there are, what each asks for, and the day on which the
//! paper counts as served, which is what periods run from.

use crate::{
    law::calendar::shanghai_date,
    limits::CLOCK_AHEAD_SECONDS,
    notices::notice::{Channel, Service},
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// For how many days a public notice stands before the paper counts as served (article 82; the row
/// `P-PUBNOTICE`).
pub const PUBLIC_NOTICE: &str = "P-PUBNOTICE";

/// The end of a period that runs from the service of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterService {
    /// Nobody noted that the paper was served: nothing runs.
    NotServed,
    /// It runs, and the calendar lacks the year in which it ends.
    YearMissing,
    /// Its last day.
    Until(NaiveDate),
}

impl AfterService {
    /// The last day; refused while nothing runs with the given code, and while nobody can know it.
    pub(super) fn last_day(self, not_served: Code) -> Result<NaiveDate, Refusal> {
        match self {
            Self::NotServed => Err(Refusal::of(not_served)),
            Self::YearMissing => Err(Refusal::of(Code::CalendarYearMissing).with("—")),
            Self::Until(day) => Ok(day),
        }
    }
}

/// That a paper of a case reached its party, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// How.
    pub channel: Channel,
    /// When it arrived; for a public notice, when it was published.
    pub at: DateTime<Utc>,
    /// What shows it.
    pub proof: Narrative,
    /// Who took it.
    pub to: Line,
    /// Who saw that the party would not take it.
    pub witness: Option<Line>,
    /// The signed confirmation of the address, without which nothing is served electronically.
    pub address_confirmation: Option<Line>,
}

impl Delivery {
    /// Refuses a way that the law does not know, and one without what it asks for.
    pub(crate) fn check(
        &self,
        issued_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if !is_lawful(self.channel) {
            return Err(Refusal::on(Code::ServiceChannel, "channel"));
        }
        match self.channel {
            Channel::Internet | Channel::Email if self.address_confirmation.is_none() => {
                return Err(Refusal::on(
                    Code::AddressConfirmationRequired,
                    "addressConfirmation",
                ));
            }
            Channel::Left if self.witness.is_none() => {
                return Err(Refusal::on(Code::FieldRequired, "witness"));
            }
            _ => {}
        }
        if self.at > now + TimeDelta::seconds(CLOCK_AHEAD_SECONDS) {
            return Err(Refusal::on(Code::TimeInFuture, "servedAt"));
        }
        if self.at < issued_at {
            return Err(Refusal::on(Code::ServedBeforeIssued, "servedAt"));
        }
        Ok(())
    }

    /// The delivery that a note on a paper tells, with what the row of the paper does not hold.
    #[must_use]
    pub fn noted(service: &Service, to: Line, shown: (Option<Line>, Option<Line>)) -> Self {
        let (witness, address_confirmation) = shown;
        Self {
            channel: service.channel,
            at: service.at,
            proof: service.proof.clone(),
            to,
            witness,
            address_confirmation,
        }
    }

    /// As it stands on the paper itself.
    #[must_use]
    pub fn service(&self) -> Service {
        Service {
            channel: self.channel,
            at: self.at,
            proof: self.proof.clone(),
            proof_sha256: None,
        }
    }

    /// The days for which a public notice stands: the first one, and the one on which the paper counts as served. Served
    /// otherwise, nobody waits.
    pub(super) fn waited(&self, days: u64) -> Option<(NaiveDate, NaiveDate)> {
        let is_public = self.channel == Channel::PublicNotice;
        is_public.then(|| (shanghai_date(self.at), self.served_on(days)))
    }

    /// The day in China on which the paper counts as served; a public notice stands for `days` first.
    #[must_use]
    pub fn served_on(&self, days: u64) -> NaiveDate {
        counted_on(self.channel, self.at, days)
    }
}

/// The day from which periods run that begin with this service on the party of a case; none where the
/// paper only came to it in a way that counts for nothing, as was noted before that was refused.
#[must_use]
pub fn counts_from(service: &Service, days: u64) -> Option<NaiveDate> {
    is_lawful(service.channel).then(|| counted_on(service.channel, service.at, days))
}

/// Whether a paper of a case can be served so at all.
const fn is_lawful(channel: Channel) -> bool {
    !matches!(channel, Channel::Phone | Channel::Sms)
}

fn counted_on(channel: Channel, at: DateTime<Utc>, days: u64) -> NaiveDate {
    let on = shanghai_date(at);
    match channel {
        Channel::PublicNotice => on.checked_add_days(Days::new(days)).unwrap_or(on),
        _ => on,
    }
}
