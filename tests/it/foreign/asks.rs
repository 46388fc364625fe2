//! Who asks: every role of the county that has the things, of the county beside it, of the city and of the province, the
//! merchant whom they concern, another one, and nobody.

use std::collections::{BTreeMap, BTreeSet};

use liangxin_domain::accounts::role::Role;
use liangxin_domain::policy::Need;
use liangxin_graphql::access;
use liangxin_tests::app::TestApp;
use uuid::Uuid;

use super::ids::ROLES;

/// An officer of the fixtures, whose roles and seat are changed for each who asks.
const OFFICER: &str = "peng";

/// The places from which somebody asks. The fixtures have one county with an office; the other one gets one here.
const PLACES: [(&str, &str); 4] = [
    ("beside", "430104"),
    ("province", "430000"),
    ("city", "430100"),
    ("county", "430103"),
];

/// One who asks: whose merchant's account, or which role of which office.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    Nobody,
    Account(&'static str),
    /// One who has a part in the things, with the role for it.
    WorksOnIt(&'static str, Role),
    /// Who has the receipt code and the token for uploads.
    Reporter,
    Officer {
        place: &'static str,
        division: &'static str,
        role: &'static str,
    },
}

impl Asks {
    pub(super) fn all() -> Vec<Self> {
        let officers = PLACES.iter().flat_map(|(place, division)| {
            ROLES.iter().map(|role| Self::Officer {
                place,
                division,
                role,
            })
        });
        // The reporter first: from the address of all of them, wrong codes close the door to right ones.
        let near = [
            Self::Reporter,
            Self::Nobody,
            Self::Account("shi"),
            Self::Account("wu"),
            Self::WorksOnIt("deng", Role::CaseOfficer),
            Self::WorksOnIt("tang", Role::Inspector),
        ];
        near.into_iter().chain(officers).collect()
    }

    /// The office, or what stands for it, and the role.
    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Nobody => ("nobody", ""),
            Self::Account("wu") => ("the party", ""),
            Self::Account(_) => ("another merchant", ""),
            Self::WorksOnIt("deng", _) => ("its case officer", ""),
            Self::WorksOnIt(..) => ("its inspector", ""),
            Self::Reporter => ("its reporter", ""),
            Self::Officer { place, role, .. } => (place, role),
        }
    }

    /// Who has nothing to do with anything of the county.
    pub(super) fn is_stranger(self) -> bool {
        match self {
            Self::Nobody | Self::Account("shi") => true,
            Self::Account(_) | Self::WorksOnIt(..) | Self::Reporter => false,
            Self::Officer { place, .. } => place == "beside",
        }
    }

    /// Who reads what lies below.
    pub(super) fn is_above(self) -> bool {
        matches!(self, Self::Officer { place, .. } if ["city", "province"].contains(&place))
    }

    /// Whether an operation looks at ids at all: who is refused by the gate (`gate.txt`) is refused whatever was sent.
    pub(super) fn passes_the_gate(self, document: &str) -> bool {
        let called = |field: &str| {
            let ends = ['(', ' ', '\n'];
            ends.iter()
                .any(|end| document.contains(&format!("\n  {field}{end}")))
        };
        let (_, need) = access::list().find(|(field, _)| called(field)).unwrap();
        match (need, self) {
            (Need::Anyone, _) => true,
            (_, Self::Nobody | Self::Reporter) => false,
            (Need::Roles(roles), Self::WorksOnIt(_, role)) => roles.contains(&role),
            (Need::SignedIn, _) => true,
            (Need::Roles(roles), Self::Account(_)) => roles.contains(&Role::Merchant),
            (Need::Roles(roles), Self::Officer { role, .. }) => {
                roles.iter().any(|needed| needed.to_string() == role)
            }
        }
    }

    /// Whose account it is.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Self::Nobody | Self::Reporter => None,
            Self::Account(key) | Self::WorksOnIt(key, _) => Some(key),
            Self::Officer { .. } => Some(OFFICER),
        }
    }

    /// Gives the officer that role in that office.
    pub(super) async fn sit(self, app: &TestApp) {
        let Self::Officer { division, role, .. } = self else {
            return;
        };
        let of = "(SELECT id FROM \"user\" WHERE email LIKE 'peng@%')";
        app.execute(&format!("DELETE FROM user_role WHERE user_id = {of}"))
            .await;
        app.grant(OFFICER, role).await;
        app.execute(&format!(
            "UPDATE \"user\" SET division = '{division}', \
             bureau_id = (SELECT id FROM bureau WHERE division = '{division}') WHERE email LIKE 'peng@%'"
        ))
        .await;
    }
}

/// The county beside gets an office of its own.
pub(super) async fn open_office_beside(app: &TestApp) {
    let id = Uuid::from_u128(0xb0e0);
    let id = match app.parts().db.is_postgres() {
        true => format!("'{id}'"),
        false => format!("X'{}'", id.simple()),
    };
    app.execute(&format!(
        "INSERT INTO bureau (id, division, level, name_zh, name_en, address, hotline) \
         SELECT {id}, '430104', level, '长沙市岳麓区市场监督管理局', 'Yuelu', address, hotline \
         FROM bureau WHERE division = '430103'"
    ))
    .await;
}

/// Who found something, as a person reads it: the offices, each with its roles.
pub(super) fn told(who: &[Asks]) -> String {
    let mut offices: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for asks in who {
        let (place, role) = asks.name();
        offices.entry(place).or_default().insert(role);
    }
    let offices: Vec<String> = offices
        .into_iter()
        .map(|(place, roles)| match roles.len() {
            all if all == ROLES.len() => format!("{place} (everybody)"),
            1 if roles.contains("") => place.to_owned(),
            _ => {
                let roles: Vec<&str> = roles.into_iter().collect();
                format!("{place} ({})", roles.join(" "))
            }
        })
        .collect();
    match offices.is_empty() {
        true => "no one".to_owned(),
        false => offices.join("; "),
    }
}
