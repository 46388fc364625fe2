//! The questions of the report form, each described once: what it is called, how it is typed, how much
//! it holds, whether it is searched for personal data, who will
//! see it, and which refusals of a report are about it. What the form shows, reads, warns of and
//! promises follows from this table.

mod asked;

use liangxin_domain::{limits::PHOTOS_PER_OWNER, refusal::Lang};

use super::super::layout::control::{Choice, Keyboard, Need};
use super::part;
use super::promise::Promise;
pub use asked::QUESTIONS;

/// The most photos that one form carries: what a report may have.
pub const MAX_PHOTOS: usize = PHOTOS_PER_OWNER;

/// A text in Chinese and in English.
pub type Words = (&'static str, &'static str);

/// A unit of a quantity: what is sent for it, what it is called, and how many there are of the unit in
/// which a report is kept. The first of a list holds if nothing is sent.
pub type Unit = (&'static str, Words, u32);

/// The parts of the form, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
pub enum Section {
    /// Which stall or shop.
    Stall,
    /// What was bought.
    Goods,
    /// What the scales said.
    Weights,
    /// When and what happened.
    Events,
    /// What was photographed.
    Photos,
    /// How to reach the reporter.
    Contact,
    /// How a reward is claimed later.
    Reward,
    /// Who reports.
    Identity,
}

impl Section {
    /// What stands above its questions.
    pub const fn legend(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Stall => ("1. 哪个摊位或店铺", "1. Which stall or shop"),
            Self::Goods => ("2. 买了什么", "2. What you bought"),
            Self::Weights => ("3. 秤怎么说", "3. What the scales said"),
            Self::Events => ("4. 什么时候，发生了什么", "4. When, and what happened"),
            Self::Photos => ("5. 照片", "5. Photos"),
            Self::Contact => ("6. 怎么联系您", "6. How to reach you"),
            Self::Reward => ("7. 以后怎么领奖励", "7. Claiming a reward later"),
            Self::Identity => (
                "8. 实名举报：不填就是匿名",
                "8. In your own name: left empty, the report is anonymous",
            ),
        };
        lang.pick(zh, en)
    }
}

/// How a question is answered.
#[derive(Debug, Clone, Copy)]
pub enum Control {
    /// In one line.
    Line(Keyboard),
    /// In several lines of at most so many UTF-16 units.
    Story(u16),
    /// By one of the divisions.
    Division,
    /// By a number; the unit stands beside it under a name of its own.
    Quantity(&'static str),
    /// By one of these units, beside the number.
    Unit(&'static [Unit]),
    /// By a tick.
    Tick,
    /// By files.
    Photos,
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// The name of the part that carries the answer.
    pub name: &'static str,
    /// Where it stands.
    pub section: Section,
    /// How it is answered.
    pub control: Control,
    /// Whether the form can be sent without it.
    pub need: Need,
    /// Who will see the answer.
    pub promise: Promise,
    /// Whether the answer is searched for what tells who somebody is.
    pub is_searched: bool,
    /// What a refusal of the report calls it, if not by the part's name.
    pub refused_as: &'static [&'static str],
    label: Words,
    hint: Words,
}

impl Question {
    const fn new(section: Section, name: &'static str, control: Control, label: Words) -> Self {
        Self {
            name,
            section,
            control,
            need: Need::Optional,
            promise: Promise::Content,
            is_searched: false,
            refused_as: &[],
            label,
            hint: ("", ""),
        }
    }

    const fn required(self) -> Self {
        Self {
            need: Need::Required,
            ..self
        }
    }

    const fn searched(self) -> Self {
        Self {
            is_searched: true,
            ..self
        }
    }

    const fn hint_of(self, hint: Words) -> Self {
        Self { hint, ..self }
    }

    const fn seen(self, promise: Promise) -> Self {
        Self { promise, ..self }
    }

    const fn refused_as(self, refused_as: &'static [&'static str]) -> Self {
        Self { refused_as, ..self }
    }

    /// The visible question.
    pub const fn label(&self, lang: Lang) -> &'static str {
        lang.pick(self.label.0, self.label.1)
    }

    /// The sentence below it; empty for none.
    pub const fn hint(&self, lang: Lang) -> &'static str {
        lang.pick(self.hint.0, self.hint.1)
    }

    /// The units that the answer is one of.
    pub fn units(&self, lang: Lang) -> Vec<Choice> {
        let Control::Unit(units) = self.control else {
            return Vec::new();
        };
        let units = units.iter().map(|(code, (zh, en), _)| Choice {
            code: (*code).to_owned(),
            name: lang.pick(zh, en).to_owned(),
        });
        units.collect()
    }

    /// How many of the kept unit one of the sent unit is; nothing if there is no such unit.
    pub fn factor(&self, sent: &str) -> Option<u32> {
        let Control::Unit(units) = self.control else {
            return None;
        };
        let mut units = units.iter();
        let unit = match sent {
            "" => units.next(),
            sent => units.find(|(code, ..)| *code == sent),
        };
        unit.map(|(.., factor)| *factor)
    }
}

/// Finds a question by the name of its part.
pub fn find(name: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.name == name)
}

/// The question about the unit of a number.
pub fn unit_of(name: &str) -> Option<&'static Question> {
    match find(name)?.control {
        Control::Quantity(unit) => find(unit),
        _ => None,
    }
}

/// The part of the form that a refusal of the report is about.
pub fn refused_part(field: Option<&'static str>) -> &'static str {
    let Some(field) = field else {
        return part::ID;
    };
    if field == "merchantId" {
        return part::MERCHANT;
    }
    let asked = QUESTIONS.iter().find(|it| it.refused_as.contains(&field));
    asked.map_or(field, |question| question.name)
}

#[cfg(test)]
mod tests {
    use super::asked::{MAX_LINE, MAX_STORY};
    use super::*;
    use liangxin_domain::{
        limits::CLAIM_PASSWORD_MIN_CHARS,
        text::{Line, Narrative},
    };

    #[test]
    fn every_question_is_asked_once_in_both_languages() {
        for question in &QUESTIONS {
            let same = QUESTIONS.iter().filter(|it| it.name == question.name);
            assert_eq!(same.count(), 1, "{}", question.name);
            for lang in [Lang::Zh, Lang::En] {
                assert!(!question.label(lang).is_empty(), "{}", question.name);
            }
            assert!(question.label(Lang::En).is_ascii(), "{}", question.name);
        }
    }

    #[test]
    fn a_number_has_a_unit_of_its_own_section() {
        for question in &QUESTIONS {
            if matches!(question.control, Control::Quantity(_)) {
                let unit = unit_of(question.name).unwrap();
                assert_eq!(unit.section, question.section);
                assert!(unit.factor("").is_some() && unit.factor("lb").is_none());
            }
        }
    }

    #[test]
    fn the_bounds_of_the_form_are_those_of_a_report() {
        let text = |length: u16| "重".repeat(usize::from(length));
        assert!(Line::parse(&text(MAX_LINE), "f").is_ok());
        assert!(Line::parse(&text(MAX_LINE + 1), "f").is_err());
        assert!(Narrative::parse(&text(MAX_STORY), "f").is_ok());
        assert!(Narrative::parse(&text(MAX_STORY + 1), "f").is_err());
        let least = format!("At least {CLAIM_PASSWORD_MIN_CHARS} ");
        let password = find(part::CLAIM_PASSWORD).unwrap();
        assert!(password.hint(Lang::En).starts_with(&least));
    }

    #[test]
    fn refusals_of_the_report_stand_beside_the_parts_of_the_form() {
        assert_eq!(refused_part(Some("occurredAt")), part::HAPPENED_AT);
        assert_eq!(refused_part(Some("photos")), part::PHOTO);
        assert_eq!(refused_part(Some("division")), part::DIVISION);
        assert_eq!(refused_part(Some("identity.idNumber")), part::ID_NUMBER);
        assert_eq!(refused_part(None), part::ID);
    }
}
