//! Who acts in the story. The people are those of `fixtures/people.toml`.

use crate::fixtures;
use uuid::Uuid;

/// Somebody with an account.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    /// The key in the fixtures.
    pub(super) key: &'static str,
    /// What the printout calls the person.
    pub(super) name: &'static str,
}

/// Somebody without account.
pub(super) const CITIZEN: &str = "Citizen (群众)";
/// Takes reports in.
pub(super) const LIN: Person = Person {
    key: "lin",
    name: "Lin, intake (受理)",
};
/// Goes out.
pub(super) const ZHOU: Person = Person {
    key: "zhou",
    name: "Zhou, inspector (检查)",
};
/// Goes along.
pub(super) const TANG: Person = Person {
    key: "tang",
    name: "Tang, inspector (检查)",
};
/// Drives the case.
pub(super) const DENG: Person = Person {
    key: "deng",
    name: "Deng, case officer (办案)",
};
/// Audits it.
pub(super) const XIAO: Person = Person {
    key: "xiao",
    name: "Xiao, legal auditor (审核)",
};
/// Decides it.
pub(super) const HE: Person = Person {
    key: "he",
    name: "He, head (负责人)",
};
/// Screens the reward.
pub(super) const LUO: Person = Person {
    key: "luo",
    name: "Luo, reward officer (奖励)",
};
/// Owns the stall.
pub(super) const WU: Person = Person {
    key: "wu",
    name: "Wu, merchant (商户)",
};

/// The two certified inspectors who go and who investigate (Order 2, articles 19 and 22).
pub(super) fn team() -> [Uuid; 2] {
    [ZHOU, TANG].map(|one| fixtures::user_id(one.key).uuid())
}
