use super::*;
use crate::{
    accounts::role::{Role, Roles},
    policy::{Action, Need},
    privacy::{identity::IdentityField, opening::OpeningPurpose},
    rewards::payout::PAYEE_FIELDS,
};
use std::collections::BTreeSet;
use strum::IntoEnumIterator as _;

/// As whom of the promise an officer of the division sees.
fn viewer(role: Role) -> Option<Viewer> {
    Viewer::iter().find(|viewer| viewer.to_string() == role.to_string())
}

fn may(action: Action) -> BTreeSet<Viewer> {
    match action.need() {
        Need::Roles(roles) => roles.into_iter().filter_map(viewer).collect(),
        Need::Anyone | Need::SignedIn => panic!("{action} is for everybody"),
    }
}

/// Who can ask for an opening of a field, for any purpose, and see it.
fn opens(field: IdentityField, of_payee: bool) -> BTreeSet<Viewer> {
    let purposes = OpeningPurpose::iter().filter(|purpose| {
        purpose.may_need(field) && (!of_payee || *purpose == OpeningPurpose::RewardPayment)
    });
    let asks = purposes.flat_map(|purpose| {
        Role::iter().filter(move |role| {
            let alone: Roles = [*role].into_iter().collect();
            purpose.asked_as(&alone) == Some(*role)
        })
    });
    let asks: BTreeSet<Viewer> = asks.filter_map(viewer).collect();
    let asked = &asks & &may(Action::RequestIdentityOpening);
    &asked & &may(Action::OpenIdentity)
}

#[test]
fn who_sees_by_an_act_that_is_told_is_who_may_take_it() {
    for promise in PROMISE {
        let by_act = match promise.field {
            "identity.name" => opens(IdentityField::Name, false),
            "identity.phone" => opens(IdentityField::Phone, false),
            "identity.address" => opens(IdentityField::Address, false),
            "identity.idNumber" => opens(IdentityField::IdNumber, false),
            "bankAccount" => opens(IdentityField::BankAccount, false),
            "payee.name" => &opens(PAYEE_FIELDS[0], true) | &may(Action::PayReward),
            // The bank is inside the sealed account.
            "payee.bank" | "payee.accountNumber" => {
                &opens(PAYEE_FIELDS[1], true) | &may(Action::PayReward)
            }
            "photoOriginal" => may(Action::OpenOriginal),
            _ => BTreeSet::new(),
        };
        let promised: BTreeSet<Viewer> = promise.on_opening.iter().copied().collect();
        assert_eq!(promised, by_act, "{}", promise.field);
    }
}

#[test]
fn every_field_is_promised_once_and_in_both_languages() {
    let fields: BTreeSet<_> = PROMISE.iter().map(|promise| promise.field).collect();
    assert_eq!(fields.len(), PROMISE.len());
    for promise in PROMISE {
        for text in [promise.zh, promise.en, promise.when_zh, promise.when_en] {
            assert!(!text.is_empty(), "{}", promise.field);
        }
    }
}

#[test]
fn the_other_side_sees_its_dispute_and_no_stranger_sees_anything() {
    for promise in PROMISE {
        if promise.seen_by.contains(&Viewer::Merchant) {
            assert!(promise.field.starts_with("complaint."), "{}", promise.field);
        }
        for viewer in promise.seen_by.iter().chain(promise.on_opening) {
            assert!(
                !matches!(
                    viewer,
                    Viewer::OtherMerchant
                        | Viewer::Public
                        | Viewer::OtherDivision
                        | Viewer::SecurityAuditor
                        | Viewer::Administrator
                ),
                "{}",
                promise.field
            );
        }
    }
}
