//! The ways of a case to its stages.

use super::{Desk, samples::*};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    cases::{charge::Penalty, command::Command, file::AuditKind},
    notices::notice::Channel,
};

impl Desk {
    /// The report passed the ordinary audit.
    pub(super) fn audited(&mut self, penalty: Penalty) -> &mut Self {
        self.later(5).go(propose(penalty));
        self.later(1).go(audit(AuditKind::Case))
    }

    /// The report of a weighty case passed the legal audit.
    pub(super) fn audited_weighty(&mut self, penalty: Penalty) -> &mut Self {
        self.later(5).go(propose_weighty(penalty));
        self.later(1).go(audit(AuditKind::Legal))
    }

    /// The notice is with the party.
    pub(super) fn told(&mut self) -> &mut Self {
        self.go(Command::IssueNotice);
        self.later(1);
        let delivery = delivery(Channel::InPerson, self.now());
        self.go(serve_notice(delivery))
    }

    /// The last day for an answer.
    pub(super) fn window(&self) -> Option<NaiveDate> {
        let round = self.case.file.round().unwrap();
        round.notice.as_ref()?.served.as_ref()?.until
    }

    /// The party said nothing in its days.
    pub(super) fn silent(&mut self) -> &mut Self {
        let window = self.window();
        self.after(window)
    }

    /// The party is told when it is heard.
    pub(super) fn invited(&mut self, at: DateTime<Utc>) -> &mut Self {
        self.go(announce(at));
        self.hearing_served_on = Some(self.today());
        self
    }

    /// The party is reminded.
    pub(super) fn reminded(&mut self) -> &mut Self {
        self.go(Command::RemindParty);
        self.reminder_served_on = Some(self.today());
        self
    }

    /// A hearing was asked for, announced and held.
    pub(super) fn heard(&mut self) -> &mut Self {
        self.go(ask_hearing());
        let at = self.now() + TimeDelta::days(21);
        self.invited(at).later(21).go(hold())
    }

    /// The penalty is decided.
    pub(super) fn decided(&mut self, penalty: Penalty) -> &mut Self {
        self.audited(penalty).told().silent().go(decide())
    }

    /// The decision is with the party.
    pub(super) fn served(&mut self, penalty: Penalty) -> &mut Self {
        self.decided(penalty);
        let delivery = delivery(Channel::InPerson, self.now());
        self.go(serve_decision(delivery))
    }

    /// The last day for paying, or some days after it.
    pub(super) fn due(&self, days: u64) -> NaiveDate {
        self.case.pay_until_by(None).unwrap() + Days::new(days)
    }
}
