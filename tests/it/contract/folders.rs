//! A folder for each audience: what it holds, what is said of it, and that it is enough.

use std::collections::BTreeMap;

use liangxin_app::app::sha256;
use liangxin_domain::accounts::role::Role;
use liangxin_domain::policy::Need;
use liangxin_graphql::access;
use liangxin_graphql::contract::AUDIENCES;
use liangxin_tests::contract::{assert_file, operation, operations_of, root};
use serde_json::json;

use super::page::quoted;
use super::{fields_of, pretty};

/// For whom the folder is in which somebody of a role finds what they need. Who investigates a case does so at a desk.
const fn audience(role: Role) -> &'static str {
    match role {
        Role::Inspector => "inspector",
        Role::Merchant => "merchant",
        Role::SecurityAuditor | Role::Administrator => "operator",
        Role::IntakeOfficer
        | Role::CaseOfficer
        | Role::LegalAuditor
        | Role::Head
        | Role::RewardOfficer
        | Role::Supervisor => "officer",
    }
}

fn read(audience: &str, file: &str) -> String {
    let path = root().join("mobile-contract").join(audience).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_list_of_each_folder_has_the_digest_of_each_of_its_operations() {
    for audience in AUDIENCES {
        let digests = operations_of(audience).into_iter().map(|name| {
            let digest = sha256(operation(&name).as_bytes()).to_string();
            (name, digest)
        });
        let digests: BTreeMap<_, _> = digests.collect();
        let path = format!("mobile-contract/{audience}/operations.json");
        assert_file(&path, &pretty(&json!(digests)));
    }
}

#[test]
fn nobody_finds_an_operation_that_they_may_not_call() {
    let needs: BTreeMap<_, _> = access::list().collect();
    for folder in AUDIENCES {
        for name in operations_of(folder) {
            for field in fields_of(&operation(&name)) {
                let may = match needs[field.as_str()] {
                    Need::Anyone => true,
                    Need::SignedIn => folder != "citizen",
                    Need::Roles(roles) => roles.iter().any(|role| audience(*role) == folder),
                };
                assert!(may, "{folder}: {name}");
            }
        }
    }
}

#[test]
fn whatever_is_done_by_one_audience_alone_lies_in_its_folder() {
    for (field, need) in access::list() {
        let Need::Roles(roles) = need else { continue };
        let mut folders: Vec<_> = roles.iter().map(|role| audience(*role)).collect();
        folders.sort_unstable();
        folders.dedup();
        let lies = |folder: &&str| {
            let names = operations_of(folder);
            names
                .iter()
                .any(|name| fields_of(&operation(name)).contains(&field.to_owned()))
        };
        assert!(folders.iter().any(lies), "{field}");
    }
}

#[test]
fn the_page_of_each_folder_names_what_lies_in_it() {
    for audience in AUDIENCES {
        let (page, names) = (read(audience, "README.md"), operations_of(audience));
        let mut seen = 0;
        for word in quoted(&page) {
            let is_name = word.starts_with(|sign: char| sign.is_ascii_uppercase())
                && word.chars().all(|sign| sign.is_ascii_alphanumeric());
            if is_name {
                seen += 1;
                assert!(names.iter().any(|name| name == word), "{audience}: {word}");
            }
        }
        assert!(seen > 10, "{audience} names {seen}");
    }
}

#[test]
fn every_folder_makes_its_client_in_the_same_way() {
    let [first, rest @ ..] = AUDIENCES.map(|audience| read(audience, "codegen.ts"));
    assert!(rest.iter().all(|other| *other == first));
    let schema = liangxin_graphql::schema::sdl();
    let scalars = schema
        .lines()
        .filter_map(|line| line.strip_prefix("scalar "));
    for scalar in scalars {
        let name = scalar.split_whitespace().next().unwrap_or_default();
        assert!(first.contains(&format!("{name}: \"string\"")), "{name}");
    }
}
