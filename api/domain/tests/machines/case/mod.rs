//! A penalty case at its desk: whoever may takes each step, on days that go on, and every effect is
//! applied to real clocks. A step that a clock refuses could never be taken, so that it fails the test.

mod audits;
mod changed;
mod charged;
mod charges;
mod clocks;
mod closing;
mod commands;
mod corrections;
mod court;
mod decision;
mod demands;
mod execution;
mod grounds;
mod hearing;
mod late;
mod limits;
mod notice;
mod orders;
mod papers;
mod promises;
mod recusal;
mod samples;
mod walk;
mod ways;
mod window;

use super::{
    Clocks, Law, Taken,
    people::{AUDITOR, CHAIR, HEAD, INVESTIGATOR, OFFICER, permit, user},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    cases::{
        case::{Case, DEFEND, HEARING, PAY, REMIND},
        charge::Penalty,
        command::{Command, Setting},
        display::Display,
        execution::{Owed, Paying},
        order::Missed,
        recusal::Concerned,
        referral::REVIEW,
        service::AfterService,
    },
    inspections::visit::Team,
    law::{
        calendar::shanghai_date,
        case_rule::CaseRules,
        clock::{Clock, Due},
        effect::ClockEffect,
    },
    notices::paper::Paper,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    step::{Command as _, Machine as _},
};
use promises::reached;
use std::{collections::BTreeMap, sync::LazyLock};

/// Read once for all desks.
static LAW: LazyLock<Law> = LazyLock::new(Law::new);
/// As it is when the notice of 2027 is there; one holiday is enough.
static LATER: LazyLock<Law> = LazyLock::new(|| Law::knowing("2027-01-01,off,元旦\n"));

static RULES: LazyLock<CaseRules> = LazyLock::new(|| CaseRules::embedded().unwrap());

/// A case, the moment, what lies beside it, and its clocks.
struct Desk {
    law: &'static Law,
    case: Case,
    setting: Setting,
    clocks: Clocks,
    /// On which day the newest notice of a hearing, and the newest reminder, were served.
    hearing_served_on: Option<NaiveDate>,
    reminder_served_on: Option<NaiveDate>,
    /// What the last step did to the clocks.
    effects: Vec<ClockEffect>,
    /// By which paper it was made.
    paper: Option<Paper>,
    /// All that were made, and on which days each step was taken.
    papers: Vec<Paper>,
    steps: BTreeMap<&'static str, Vec<NaiveDate>>,
}

impl Desk {
    /// Filed on a Monday in March, at ten in the morning in China.
    fn new() -> Self {
        Self::filed("2026-03-02T02:00:00Z".parse().unwrap())
    }

    fn filed(at: DateTime<Utc>) -> Self {
        Self::registered(samples::case(at), at)
    }

    /// A penalty was imposed on the spot.
    fn on_the_spot(penalty: Penalty, at: DateTime<Utc>) -> Self {
        let setting = Setting {
            until: LAW.end(PAY, shanghai_date(at)),
            ..samples::setting(at)
        };
        let spot = samples::on_the_spot(penalty, at);
        Self::registered(spot.impose(&setting).unwrap(), at)
    }

    fn registered(case: Case, at: DateTime<Utc>) -> Self {
        let law = &*LAW;
        let step = case.register();
        let mut clocks = Clocks::default();
        assert_eq!(clocks.take(law, &step.clocks), Taken::Yes);
        Self {
            law,
            case: step.after,
            setting: samples::setting(at),
            clocks,
            hearing_served_on: None,
            reminder_served_on: None,
            effects: step.clocks,
            paper: step.paper,
            papers: step.paper.into_iter().collect(),
            steps: BTreeMap::new(),
        }
    }

    fn now(&self) -> DateTime<Utc> {
        self.setting.now
    }

    fn today(&self) -> NaiveDate {
        shanghai_date(self.now())
    }

    fn later(&mut self, days: i64) -> &mut Self {
        self.setting.now += TimeDelta::days(days);
        self
    }

    /// Goes on to ten in the morning of a day.
    fn on(&mut self, day: NaiveDate) -> &mut Self {
        self.setting.now = day.and_hms_opt(2, 0, 0).unwrap().and_utc();
        self
    }

    /// Goes on to the day after one that is known.
    fn after(&mut self, day: Option<NaiveDate>) -> &mut Self {
        self.on(day.unwrap().succ_opt().unwrap())
    }

    /// The last day of a period that opens.
    fn end(&self, rule: &str, opened_on: NaiveDate) -> Option<NaiveDate> {
        self.law.end(rule, opened_on)
    }

    fn until(&self, command: &Command) -> Option<NaiveDate> {
        match command {
            Command::ServeNotice { delivery } => self.end(DEFEND, reached(delivery)),
            Command::ServeDecision { delivery } => self.end(PAY, reached(delivery)),
            Command::AnnounceHearing { .. } => self.end(HEARING, self.today()),
            Command::NotePoliceAnswer { on, .. } => self.end(REVIEW, *on),
            _ => None,
        }
    }

    /// With the last days that the law says now for what the file holds.
    fn asked(&self) -> Setting {
        let file = &self.case.file;
        let notice = file.round().and_then(|round| round.notice.as_ref());
        let told = notice.and_then(|notice| notice.served.as_ref());
        let decision = file.decision.as_ref();
        let served = decision.and_then(|decision| decision.served.as_ref());
        let after = |rule, on: Option<NaiveDate>| match on.map(|on| self.end(rule, on)) {
            None => AfterService::NotServed,
            Some(None) => AfterService::YearMissing,
            Some(Some(last)) => AfterService::Until(last),
        };
        Setting {
            answer_until: told.and_then(|told| self.end(DEFEND, reached(&told.delivery))),
            paying: Paying {
                until: served.and_then(|served| self.end(PAY, reached(&served.delivery))),
                late_fee: decision.and_then(|it| RULES.late_fee_on(shanghai_date(it.made.at))),
            },
            hearing_told: after(HEARING, self.hearing_served_on),
            reminded: after(REMIND, self.reminder_served_on),
            missed_orders: self.missed_orders(),
            ..self.setting.clone()
        }
    }

    /// Those of this case and of others.
    fn missed_orders(&self) -> Vec<Missed> {
        let elsewhere = self.setting.missed_orders.iter().cloned();
        self.case
            .missed_orders()
            .into_iter()
            .chain(elsewhere)
            .collect()
    }

    /// The last day of the newest reminder that was served.
    fn reminded_until(&self) -> Option<NaiveDate> {
        match self.asked().reminded {
            AfterService::Until(last) => Some(last),
            AfterService::NotServed | AfterService::YearMissing => None,
        }
    }

    /// What is owed today.
    fn owed(&self) -> Option<Owed> {
        self.owed_on(self.today())
    }

    /// What is owed on a day.
    fn owed_on(&self, day: NaiveDate) -> Option<Owed> {
        self.case.owed_by(day, self.asked().paying)
    }

    /// How the decision is shown, as far as the law of its day says it.
    fn display(&self) -> Option<Display> {
        let light_up_to = Some(samples::yuan(5000));
        let display = self.case.display(&self.law.rules, light_up_to);
        display.ok().flatten()
    }

    fn take(&mut self, command: Command, permit: &Permit) -> Result<Taken, Refusal> {
        let setting = Setting {
            until: self.until(&command),
            display: self.display(),
            concerned: concerned(&command),
            team: team(&command),
            ..self.asked()
        };
        let (is_hearing, is_reminder, is_order) = (
            matches!(command, Command::AnnounceHearing { .. }),
            matches!(command, Command::RemindParty),
            matches!(command, Command::OrderCorrection { .. }),
        );
        let operation = command.operation();
        let step = self.case.clone().take(command, permit, &setting)?;
        let taken = self.clocks.take(self.law, &step.clocks);
        if taken == Taken::Yes {
            self.case = step.after;
            self.effects = step.clocks;
            self.paper = step.paper;
            self.papers.extend(step.paper);
            let today = self.today();
            self.steps.entry(operation).or_default().push(today);
            // A new paper has to be served anew.
            self.hearing_served_on = self.hearing_served_on.filter(|_| !is_hearing);
            self.reminder_served_on = self.reminder_served_on.filter(|_| !is_reminder);
            self.setting.order_served_on = self.setting.order_served_on.filter(|_| !is_order);
            if let Some(paper) = step.paper.filter(|paper| TOLD.contains(paper)) {
                self.setting.unserved = Some(paper.to_string());
            }
        }
        Ok(taken)
    }

    /// Whoever may takes the step.
    fn go(&mut self, command: Command) -> &mut Self {
        let who = who(command.action());
        self.go_by(who, command)
    }

    fn go_by(&mut self, who: u128, command: Command) -> &mut Self {
        let told = format!("{command:?}");
        let permit = permit(who, command.action());
        let taken = self.take(command, &permit);
        assert_eq!(taken.as_ref().ok(), Some(&Taken::Yes), "{told}: {taken:?}");
        self
    }

    /// The step is refused, and why.
    fn refused(&mut self, command: Command) -> Code {
        let who = who(command.action());
        self.refused_by(who, command)
    }

    fn refused_by(&mut self, who: u128, command: Command) -> Code {
        let told = format!("{command:?}");
        let permit = permit(who, command.action());
        match self.take(command, &permit) {
            Err(refusal) => refusal.code,
            Ok(taken) => panic!("{told} was not refused but taken: {taken:?}"),
        }
    }
}

impl Law {
    /// The last day of a period that opens, by a clock.
    fn end(&self, rule: &str, opened_on: NaiveDate) -> Option<NaiveDate> {
        let rule = self.rules.rule_on(rule, opened_on).unwrap();
        match Clock::start(rule, opened_on, &self.calendar).due {
            Due::On { moved, .. } => Some(moved),
            _ => None,
        }
    }
}

/// Papers that the party has to get before its case is archived, and that no step of the case serves.
const TOLD: [Paper; 3] = [
    Paper::CorrectionOrder,
    Paper::NoPenaltyDecision,
    Paper::DecisionChange,
];

/// What whoever is asked to step back is called.
const CONCERNED: &str = "贺敏";

/// Heads have the numbers 2, 20 and 22.
fn concerned(command: &Command) -> Option<Concerned> {
    match command {
        Command::AskRecusal { of, .. } | Command::RuleOnRecusal { of, .. } => Some(Concerned {
            is_head: [HEAD, 20, 22].map(user).contains(of),
            name: CONCERNED.to_owned(),
        }),
        _ => None,
    }
}

fn team(command: &Command) -> Option<Team> {
    match command {
        Command::ReplaceTeam { officers, .. } => Some(Team::stored(officers.iter().copied())),
        _ => None,
    }
}

/// Who takes which step.
fn who(action: Action) -> u128 {
    match action {
        Action::ProposePenalty => INVESTIGATOR,
        Action::AuditCase => AUDITOR,
        Action::HoldHearing => CHAIR,
        Action::LeadCase
        | Action::DecideCase
        | Action::TransferReport
        | Action::DecideReferral
        | Action::DecideRepair => HEAD,
        _ => OFFICER,
    }
}
