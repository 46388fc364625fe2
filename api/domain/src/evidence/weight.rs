//! What a photo weighs as evidence, in a word, with its reasons. No number: a photo that is 0.83 sure does not exist. The
//! word follows from the reasons by the table [`EFFECTS`], and the reasons from the facts of the file, the checks, the
//! look-alikes that the reader may know of, and how the photo is held; whoever has these can find the word again. It is
//! help for a person who decides, and decides nothing.

use crate::{
    evidence::{
        check::{Bounds, Check, CheckKind, CheckOutcome},
        look_alike::{Resemblance, Told},
        photo::{PhotoCopy, PhotoFactKind, PhotoFacts, PhotoOwner},
    },
    refusal::Lang,
};
use chrono::{DateTime, Utc};

words! {
    /// What a photo weighs.
    pub enum Weight as "PhotoWeightWord" {
        /// Its time and its place agree with what was declared, and nothing speaks against it.
        Strong,
        /// Nothing speaks against it, and something is not known.
        Usable,
        /// Something speaks against it; somebody has to explain it.
        Weak,
    }

    /// A reason.
    pub enum Reason as "PhotoWeightReason" {
        /// Its bytes are held as they were declared.
        Held,
        /// It is of one colour.
        Blank,
        /// Nobody could look at the picture.
        NotSeen,
        /// An earlier record has the same bytes.
        SameBytesEarlier,
        /// An earlier record has a picture like it.
        LikeEarlier,
        /// A visit that the reader may not see has a picture like it.
        LikeElsewhere,
        /// A program that changes pictures wrote the file.
        Edited,
        /// A time of the file cannot be.
        TimeCannotBe,
        /// Its time agrees.
        TimeAgrees,
        /// Its time contradicts.
        TimeContradicts,
        /// Its time says nothing.
        TimeSilent,
        /// Its place agrees.
        PlaceAgrees,
        /// Its place contradicts.
        PlaceContradicts,
        /// Its place says nothing.
        PlaceSilent,
        /// Its reporter does not tell its place, which no check may use.
        PlaceSealed,
        /// A C2PA manifest is there; its signatures are not checked.
        Manifest,
        /// Which phone took a reporter's photo, and which program wrote its file, stands in the sealed original alone.
        PhoneSealed,
    }
}

/// What a reason does to the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Makes it weak.
    Weakens,
    /// Keeps it from being strong.
    Caps,
    /// Nothing.
    Neutral,
}

/// The rule: what each reason does, and how it is said. Weak if one weakens; else usable if one caps; else strong. A
/// proposal.
const EFFECTS: [(Reason, Effect, &str, &str); 17] = [
    (
        Reason::Held,
        Effect::Neutral,
        "原始文件已按申报的摘要完整保存",
        "The original is held whole, with the digest that was declared",
    ),
    (
        Reason::Blank,
        Effect::Weakens,
        "整幅画面只有一种颜色",
        "The picture is of one colour all over",
    ),
    (
        Reason::NotSeen,
        Effect::Caps,
        "无法解码，没有查看过画面",
        "It cannot be decoded, so nobody looked at the picture",
    ),
    (
        Reason::SameBytesEarlier,
        Effect::Weakens,
        "同一文件早先已用于另一记录",
        "An earlier record has the very same file",
    ),
    (
        Reason::LikeEarlier,
        Effect::Caps,
        "早先的另一记录有相似画面",
        "An earlier record has a picture like it",
    ),
    (
        Reason::LikeElsewhere,
        Effect::Caps,
        "您无权查看的一次检查有相似画面",
        "A visit that you may not see has a picture like it",
    ),
    (
        Reason::Edited,
        Effect::Caps,
        "文件由图像编辑软件写成",
        "A program that changes pictures wrote the file",
    ),
    (
        Reason::TimeCannotBe,
        Effect::Caps,
        "文件中有不可能的时间",
        "A time in the file cannot be",
    ),
    (
        Reason::TimeAgrees,
        Effect::Neutral,
        "拍摄时间与申报一致",
        "Its time agrees with what was declared",
    ),
    (
        Reason::TimeContradicts,
        Effect::Weakens,
        "拍摄时间与申报矛盾",
        "Its time contradicts what was declared",
    ),
    (
        Reason::TimeSilent,
        Effect::Caps,
        "文件没有可靠的拍摄时间",
        "The file tells no time to rely upon",
    ),
    (
        Reason::PlaceAgrees,
        Effect::Neutral,
        "拍摄位置与申报一致",
        "Its place agrees with what was declared",
    ),
    (
        Reason::PlaceContradicts,
        Effect::Weakens,
        "拍摄位置与申报矛盾",
        "Its place contradicts what was declared",
    ),
    (
        Reason::PlaceSilent,
        Effect::Caps,
        "没有可比对的拍摄位置",
        "There is no place to compare",
    ),
    (
        Reason::PlaceSealed,
        Effect::Caps,
        "举报人没有勾选说明拍摄位置；位置如有，只在封存的原图里",
        "Its reporter does not tell where it was taken; a place, if there is one, stands in the sealed original alone",
    ),
    (
        Reason::Manifest,
        Effect::Neutral,
        "附有 C2PA 声明，签名未验证",
        "A C2PA manifest is there; its signatures are not checked",
    ),
    (
        Reason::PhoneSealed,
        Effect::Neutral,
        "举报人的照片：手机、软件和 C2PA 声明只在封存的原图里，没有参与判断",
        "A reporter's photo: phone, program and any C2PA manifest stand in the sealed original alone and were not weighed",
    ),
];

impl Reason {
    fn row(self) -> Option<&'static (Self, Effect, &'static str, &'static str)> {
        EFFECTS.iter().find(|(reason, ..)| *reason == self)
    }

    fn has(self, effect: Effect) -> bool {
        self.row().is_some_and(|(_, own, ..)| *own == effect)
    }

    /// One sentence.
    #[must_use]
    pub fn said(self, lang: Lang) -> &'static str {
        self.row().map_or("", |(_, _, zh, en)| lang.pick(zh, en))
    }
}

impl Weight {
    /// One sentence.
    #[must_use]
    pub const fn said(self, lang: Lang) -> &'static str {
        match self {
            Self::Strong => lang.pick(
                "强：时间和位置都与申报一致，没有不利之处",
                "Strong: time and place agree, and nothing speaks against it",
            ),
            Self::Usable => lang.pick(
                "可用：没有矛盾，但有尚不清楚之处",
                "Usable: nothing contradicts, and something is not known",
            ),
            Self::Weak => lang.pick(
                "弱：有不利之处，须作说明",
                "Weak: something speaks against it and has to be explained",
            ),
        }
    }
}

/// A word and its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The word.
    pub weight: Weight,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A photo that is held.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// What is kept of what its file says.
    pub facts: &'a PhotoFacts,
    /// Since when.
    pub stored_at: DateTime<Utc>,
    /// The record that owes it.
    pub owner: PhotoOwner,
    /// Whether it is told where it was taken.
    pub tells_place: bool,
}

/// Weighs a photo.
#[must_use]
pub fn weigh(
    Held {
        facts,
        stored_at,
        owner,
        tells_place,
    }: Held,
    checks: &[Check],
    alike: &Told,
    bounds: &Bounds,
) -> Weighed {
    let mut reasons = vec![Reason::Held];
    reasons.extend(by_picture(facts, bounds));
    reasons.extend(by_look(alike, stored_at));
    let times = [CheckKind::Time];
    reasons.push(by_check(checks, (&times, CheckKind::DeclaredTime), BY_TIME));
    let places = [CheckKind::Place, CheckKind::MerchantPlace];
    reasons.push(if tells_place {
        by_check(checks, (&places, CheckKind::DeclaredPlace), BY_PLACE)
    } else {
        Reason::PlaceSealed
    });
    let is_told = |kind| facts.found.iter().any(|fact| fact.kind == kind);
    reasons.extend(is_told(PhotoFactKind::Manifest).then_some(Reason::Manifest));
    reasons.extend(matches!(owner, PhotoOwner::Report(_)).then_some(Reason::PhoneSealed));
    let any = |effect| reasons.iter().any(|reason| reason.has(effect));
    let weight = if any(Effect::Weakens) {
        Weight::Weak
    } else if any(Effect::Caps) {
        Weight::Usable
    } else {
        Weight::Strong
    };
    Weighed { weight, reasons }
}

fn by_picture(facts: &PhotoFacts, bounds: &Bounds) -> Vec<Reason> {
    let is_blank = facts.likeness.is_some_and(|likeness| likeness.is_blank);
    let is_edited = facts
        .found
        .iter()
        .any(|fact| fact.kind == PhotoFactKind::Software && bounds.is_editor(&fact.value));
    let cannot_be = facts.found.iter().any(|fact| fact.doubt.is_some());
    [
        (is_blank, Reason::Blank),
        (facts.copy != PhotoCopy::Possible, Reason::NotSeen),
        (is_edited, Reason::Edited),
        (cannot_be, Reason::TimeCannotBe),
    ]
    .into_iter()
    .filter_map(|(is_so, reason)| is_so.then_some(reason))
    .collect()
}

/// The first use of a picture is no reuse.
fn by_look(alike: &Told, stored_at: DateTime<Utc>) -> Option<Reason> {
    let earlier = |resemblance| {
        let mut seen = alike.seen.iter();
        seen.any(|it| it.resemblance == resemblance && it.stored_at <= stored_at)
    };
    if earlier(Resemblance::Exact) {
        Some(Reason::SameBytesEarlier)
    } else if earlier(Resemblance::Alike) {
        Some(Reason::LikeEarlier)
    } else {
        alike.is_held_elsewhere.then_some(Reason::LikeElsewhere)
    }
}

/// The reasons for agreement, silence and contradiction.
type ByOutcome = [Reason; 3];

const BY_TIME: ByOutcome = [
    Reason::TimeAgrees,
    Reason::TimeSilent,
    Reason::TimeContradicts,
];
const BY_PLACE: ByOutcome = [
    Reason::PlaceAgrees,
    Reason::PlaceSilent,
    Reason::PlaceContradicts,
];

/// Of several checks a contradiction counts first, then an agreement. That a phone says the same twice makes no agreement; that it
/// contradicts itself counts.
fn by_check(
    checks: &[Check],
    (kinds, own): (&[CheckKind], CheckKind),
    [agrees, silent, contradicts]: ByOutcome,
) -> Reason {
    let ends = |kind, outcome| {
        let mut of_kind = checks.iter().filter(|check| check.kind == kind);
        of_kind.any(|check| check.outcome == outcome)
    };
    let any = |outcome| kinds.iter().any(|kind| ends(*kind, outcome));
    if any(CheckOutcome::Contradicts) || ends(own, CheckOutcome::Contradicts) {
        contradicts
    } else if any(CheckOutcome::Agrees) {
        agrees
    } else {
        silent
    }
}

#[cfg(test)]
mod tests;
