//! Who may do what with a claim in person: every way in which three people of one office, each with every role, share the
//! acts on the way to the money. One rule stands: a claim in person is approved by a second person, and whoever recorded it does
//! nothing else with it, so that nobody moves money alone and two people can.

use super::*;

/// The acts in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Record,
    Approve,
    Check,
    Export,
    ExportAgain,
    Pay,
}

const ACTS: [Act; 6] = [
    Act::Record,
    Act::Approve,
    Act::Check,
    Act::Export,
    Act::ExportAgain,
    Act::Pay,
];

/// Somebody outside the three, for what they may not do.
const OTHER: u128 = 9;

impl Act {
    /// Who may at all, what it does and when: the money after the days to object.
    fn asked(self) -> (Role, Asked, DateTime<Utc>) {
        match self {
            Self::Record => (Role::RewardOfficer, claim_in_person(), now()),
            Self::Approve => (Role::Head, approve(), now()),
            Self::Check => (Role::RewardOfficer, check_payee(None), now()),
            Self::Export | Self::ExportAgain => (Role::RewardOfficer, hand(), later()),
            Self::Pay => (Role::RewardOfficer, pay(), later()),
        }
    }

    fn by(self, number: u128, reward: Reward) -> Result<Reward, Refusal> {
        let (role, asked, when) = self.asked();
        let permit = may(&person(number, role), asked.action());
        if self == Self::ExportAgain {
            let by = permit.person(Action::PayReward)?;
            return reward.may_go_again(by, &at(when)).map(|()| reward);
        }
        reward
            .take(asked, &permit, &at(when))
            .map(|step| step.after)
    }
}

/// The acts that are refused when each is done by the person with that number; somebody else does what is refused.
fn refused(by: [u128; 6]) -> Vec<(Act, Code)> {
    let (mut reward, mut refused) = (told(), Vec::new());
    for (act, number) in ACTS.into_iter().zip(by) {
        match act.by(number, reward.clone()) {
            Ok(after) => reward = after,
            Err(refusal) => {
                refused.push((act, refusal.code));
                reward = act.by(OTHER, reward).unwrap();
            }
        }
    }
    assert_eq!(reward.state.kind(), RewardStateKind::Paid);
    refused
}

/// Every way in which so many people share the acts.
fn ways(people: u128) -> impl Iterator<Item = [u128; 6]> {
    (0..people.pow(6)).map(move |way| {
        let mut rest = way;
        [(); 6].map(|()| {
            let number = rest % people + 1;
            rest /= people;
            number
        })
    })
}

#[test]
fn whoever_recorded_a_claim_is_refused_every_later_act_and_everybody_else_none() {
    for by in ways(3) {
        let [recorder, others @ ..] = by;
        let own = ACTS[1..].iter().zip(others);
        let own = own.filter(|(_, number)| *number == recorder);
        let own: Vec<_> = own
            .map(|(act, _)| (*act, Code::RewardRecorderExcluded))
            .collect();
        assert_eq!(refused(by), own, "{by:?}");
    }
}

#[test]
fn nobody_carries_a_claim_through_alone_and_two_people_do() {
    let through = |people: u128| ways(people).filter(|by| refused(*by).is_empty()).count();
    assert_eq!(through(1), 0);
    // One records and the other does the rest, or the other way round.
    assert_eq!(through(2), 2);
    // Any of three records, and the other two share five acts.
    assert_eq!(through(3), 3 * 2_usize.pow(5));
}
