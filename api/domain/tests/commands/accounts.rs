//! Writes about accounts and passwords.

use super::{check, check_texts};
use chrono::NaiveDate;
use liangxin_domain::{
    accounts::{
        account::{Command, NewAccount, Workplace},
        interest::{InterestKind, InterestWrite},
        password::PasswordWrite,
        role::{Role, Roles},
        second_factor::FactorWrite,
    },
    id::{InterestId, MerchantId},
    text::{Email, Line, Reason, Text},
};
use uuid::Uuid;

fn roles(roles: &[Role]) -> Roles {
    roles.iter().copied().collect()
}

fn workplaces() -> [Workplace; 4] {
    [
        Workplace::Bureau("430103".parse().unwrap()),
        Workplace::Bureau("430104".parse().unwrap()),
        Workplace::Merchant(MerchantId::new(Uuid::from_u128(1))),
        Workplace::Merchant(MerchantId::new(Uuid::from_u128(2))),
    ]
}

#[test]
fn no_two_new_accounts_read_alike() {
    let line = |text: &str| Line::parse(text, "name").unwrap();
    let add = |email: &str, name_zh: &str, name_en: &str| NewAccount::AddAccount {
        email: Email::parse(email, "email").unwrap(),
        name_zh: line(name_zh),
        name_en: line(name_en),
        roles: roles(&[Role::Inspector]),
        at: workplaces()[0],
        certificate_no: None,
    };
    let mut samples = vec![
        add("a@b.example", "甲", "A"),
        add("c@b.example", "甲", "A"),
        add("a@b.example", "乙", "A"),
        add("a@b.example", "甲", "B"),
    ];
    let changed = |change: &dyn Fn(&mut Roles, &mut Workplace, &mut Option<Text<64>>)| {
        let NewAccount::AddAccount {
            email,
            name_zh,
            name_en,
            mut roles,
            mut at,
            mut certificate_no,
        } = add("a@b.example", "甲", "A");
        change(&mut roles, &mut at, &mut certificate_no);
        NewAccount::AddAccount {
            email,
            name_zh,
            name_en,
            roles,
            at,
            certificate_no,
        }
    };
    samples.push(changed(&|held, _, _| *held = roles(&[Role::Head])));
    samples.push(changed(&|held, _, _| {
        *held = roles(&[Role::Inspector, Role::Head]);
    }));
    for workplace in &workplaces()[1..] {
        samples.push(changed(&|_, at, _| *at = *workplace));
    }
    for number in ["1", "2"] {
        let number = Text::parse(number, "certificateNo").unwrap();
        samples.push(changed(&|_, _, held| *held = Some(number.clone())));
    }
    check_texts(&samples);
}

#[test]
fn no_two_steps_on_an_account_read_alike() {
    let mut samples = vec![
        Command::SetAccountRoles {
            roles: roles(&[Role::Inspector]),
        },
        Command::SetAccountRoles {
            roles: roles(&[Role::Head]),
        },
        Command::DisableAccount,
        Command::EnableAccount,
        Command::RemoveSecondFactor,
    ];
    samples.extend(workplaces().map(|to| Command::MoveAccount { to }));
    check_texts(&samples);
}

#[test]
fn writes_about_a_second_factor_hold_no_code() {
    check(&[
        FactorWrite::ConfirmSecondFactor,
        FactorWrite::EndSecondFactor,
        FactorWrite::RenewRecoveryCodes,
    ]);
}

#[test]
fn writes_about_passwords_hold_no_password() {
    check(&[
        PasswordWrite::ChangePassword,
        PasswordWrite::MakePasswordCode,
        PasswordWrite::UsePasswordCode,
    ]);
}

#[test]
fn every_field_of_what_an_officer_says_of_himself_counts() {
    let said = |merchant, kind, text: &str| InterestWrite::DeclareInterest {
        merchant: MerchantId::new(Uuid::from_u128(merchant)),
        kind,
        words: Reason::parse(&text.repeat(5), "words").unwrap(),
    };
    let ended = |interest, on, text: &str| InterestWrite::EndInterest {
        interest: InterestId::new(Uuid::from_u128(interest)),
        on: NaiveDate::from_ymd_opt(2026, 11, on).unwrap(),
        reason: Reason::parse(&text.repeat(5), "reason").unwrap(),
    };
    check(&[
        said(1, InterestKind::Relative, "甲"),
        said(2, InterestKind::Relative, "甲"),
        said(1, InterestKind::Property, "甲"),
        said(1, InterestKind::Relative, "乙"),
        ended(1, 1, "甲"),
        ended(2, 1, "甲"),
        ended(1, 2, "甲"),
        ended(1, 1, "乙"),
    ]);
}
