//! Others go in the place of inspectors who were sent: because one is tied to the merchant (Administrative Penalty Law,
//! article 43; Order 2, article 4), or for another reason before anybody arrived. Who has arrived stays unless he may not go
//! on: nobody is taken off a check for what he found. What he did until then stays, and stays his, also where his phone could
//! not send it before.

use super::{
    command::Setting,
    occurred::Occurred,
    visit::{Entry, FormerTeam, Visit, VisitState},
};
use crate::{
    id::UserId,
    limits::VISIT_TEAMS,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::Reason,
};
use chrono::{DateTime, Utc};

const FIELD: &str = "inspectorIds";

impl Visit {
    /// When others went in the place of somebody who was sent and goes no more.
    #[must_use]
    pub fn replaced_at(&self, user: UserId) -> Option<DateTime<Utc>> {
        let mut former = self.former_teams.iter().rev();
        let last = former.find(|former| former.officers.has(user));
        last.filter(|_| !self.team.has(user))
            .map(|former| former.made.at)
    }

    /// Refuses what somebody does after others went in his place. One who was never there sees the visit no more.
    pub fn check_goes(&self, user: UserId, occurred: &Occurred) -> Result<(), Refusal> {
        match self.replaced_at(user) {
            Some(at) if occurred.at() >= at => Err(match self.has_arrived(user) {
                true => Refusal::of(Code::Denied),
                false => Refusal::on(Code::NotFound, "visitId"),
            }),
            _ => Ok(()),
        }
    }

    /// Others are sent, two or more with certificates, until the visit is closed.
    pub(super) fn replace_inspectors(
        mut self,
        permit: &Permit,
        reason: Reason,
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let by = permit.person(Action::ReplaceInspectors)?;
        if matches!(self.state, VisitState::Submitted { .. }) {
            return Err(self.wrong_state());
        }
        let others = self.team.others(setting.team.as_ref(), FIELD)?;
        let goes_on = |user| self.has_arrived(user) && setting.able.contains(&user);
        if self
            .team
            .iter()
            .any(|user| !others.has(user) && goes_on(user))
        {
            return Err(Refusal::on(Code::InspectorArrived, FIELD));
        }
        if self.former_teams.len() >= VISIT_TEAMS {
            return Err(Refusal::of(Code::FieldTooLong).with(VISIT_TEAMS.to_string()));
        }
        let officers = std::mem::replace(&mut self.team, others.clone());
        let made = Mark {
            by,
            at: setting.now,
        };
        self.former_teams.push(FormerTeam {
            officers,
            reason,
            made,
        });
        self.entry = Some(Entry::Team);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        accounts::role::Role,
        actor::{Actor, Seat, SignedIn},
        id::{BureauId, DeviceId, MerchantId, VisitId},
        inspections::{
            arrival::{Arrival, PartyMet, Whereabouts},
            command::Command,
            origin::Origin,
            visit::Team,
        },
        metrology::rules::RuleSet,
        place::Position,
        policy::{Facts, Place, Stake, permit},
        step::{Command as _, Machine as _},
        text::Line,
    };
    use chrono::TimeDelta;
    use std::{collections::BTreeSet, sync::Arc};
    use uuid::Uuid;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn user(n: u128) -> UserId {
        UserId::new(Uuid::from_u128(n))
    }

    fn team(users: &[u128]) -> Team {
        Team::stored(users.iter().copied().map(user))
    }

    /// The first two of three inspectors are sent, and some of them arrived.
    fn sent(arrived: &[u128]) -> Visit {
        let origin = Origin::Patrol(Line::parse("市场巡查", "about").unwrap());
        let place = (
            MerchantId::new(Uuid::from_u128(9)),
            "430103".parse().unwrap(),
        );
        let visit = VisitId::new(Uuid::from_u128(8));
        let mut visit = Visit::dispatched(visit, origin, place, team(&[1, 2]), NOW);
        visit.arrivals.extend(arrived.iter().map(|n| Arrival {
            at: NOW,
            received_at: NOW,
            place: Whereabouts::At(Position {
                latitude: 28.0,
                longitude: 112.0,
                accuracy_m: None,
            }),
            by: user(*n),
            certificate_no: None,
            party: Some(PartyMet::Told),
        }));
        if !arrived.is_empty() {
            visit.state = VisitState::CheckedIn;
        }
        visit
    }

    /// Sends others; all of the team but those who are tied may go on.
    fn replace(visit: Visit, others: &[u128], tied: &[u128]) -> Result<Visit, Code> {
        let head = Actor::User(SignedIn {
            user: user(7),
            device: DeviceId::new(Uuid::nil()),
            roles: [Role::Head].into_iter().collect(),
            seat: Seat::Bureau {
                bureau: BureauId::new(Uuid::nil()),
                division: "430103".parse().unwrap(),
            },
            settles_on: None,
        });
        let facts = Facts {
            place: Place::Office,
            stake: Stake::None,
        };
        let able: BTreeSet<_> = visit.team.iter().collect();
        let tied = tied.iter().copied().map(user).collect();
        let setting = Setting {
            team: Some(team(others)),
            able: able.difference(&tied).copied().collect(),
            ..Setting::at(NOW, Arc::new(RuleSet::embedded().unwrap()))
        };
        let command = Command::ReplaceInspectors {
            inspectors: others.iter().copied().map(user).collect(),
            reason: Reason::parse("原检查人员须回避。", "reason").unwrap(),
        };
        let permit = permit(&head, command.action(), facts).unwrap();
        let step = visit.take(command, &permit, &setting);
        step.map(|step| step.after).map_err(|refusal| refusal.code)
    }

    #[test]
    fn before_anybody_arrived_anybody_leaves_and_it_stays_who_was_sent() {
        let visit = replace(sent(&[]), &[2, 3], &[]).unwrap();
        assert_eq!(visit.team, team(&[2, 3]));
        let visit = replace(visit, &[4, 5], &[]).unwrap();
        let former = visit.former_teams.iter().map(|former| &former.officers);
        assert!(former.eq([&team(&[1, 2]), &team(&[2, 3])]));
        assert_eq!(replace(visit, &[4, 5], &[]).unwrap_err(), Code::TeamSame);
    }

    #[test]
    fn who_arrived_leaves_only_who_may_not_go_on() {
        let refused = replace(sent(&[1]), &[2, 3], &[]);
        assert_eq!(refused.unwrap_err(), Code::InspectorArrived);
        let refused = replace(sent(&[1, 2]), &[3, 4], &[1]);
        assert_eq!(refused.unwrap_err(), Code::InspectorArrived);
        assert!(replace(sent(&[1]), &[1, 3], &[]).is_ok(), "2 is not there");
        let visit = replace(sent(&[1, 2]), &[2, 3], &[1]).unwrap();
        assert!(visit.has_arrived(user(1)) && visit.is_worked_on_by(user(1)));
        let alone = visit.check_arrivals();
        assert_eq!(alone.unwrap_err().code, Code::ArrivalsTwoRequired);
    }

    #[test]
    fn what_was_done_before_others_went_is_taken_and_nothing_of_after() {
        let minutes = |minutes| Occurred::heard(NOW + TimeDelta::minutes(minutes));
        let visit = replace(sent(&[]), &[2, 3], &[]).unwrap();
        assert_eq!(visit.replaced_at(user(1)), Some(NOW));
        assert_eq!(visit.check_goes(user(1), &minutes(-1)), Ok(()));
        let after = visit.check_goes(user(1), &minutes(0)).unwrap_err();
        assert_eq!(after.code, Code::NotFound);
        for goes in [2, 3] {
            assert_eq!(visit.check_goes(user(goes), &minutes(1)), Ok(()), "{goes}");
        }
        let visit = replace(sent(&[1]), &[2, 3], &[1]).unwrap();
        let after = visit.check_goes(user(1), &minutes(1)).unwrap_err();
        assert_eq!(after.code, Code::Denied, "he sees what he did");
        let back = replace(visit, &[1, 2], &[]).unwrap();
        assert_eq!(back.replaced_at(user(1)), None);
    }

    #[test]
    fn a_closed_visit_and_one_that_changed_hands_too_often_stay_as_they_are() {
        let mut closed = sent(&[1, 2]);
        closed.state = VisitState::Submitted { at: NOW };
        assert_eq!(
            replace(closed, &[2, 3], &[1]).unwrap_err(),
            Code::WrongState
        );
        let mut visit = sent(&[]);
        for n in 0..VISIT_TEAMS {
            let next = if n % 2 == 0 { [2, 3] } else { [1, 2] };
            visit = replace(visit, &next, &[]).unwrap();
        }
        let once_more = replace(visit, &[2, 4], &[]);
        assert_eq!(once_more.unwrap_err(), Code::FieldTooLong);
    }
}
