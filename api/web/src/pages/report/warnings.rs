//! What a citizen may have told about themselves without meaning to: looked for in the free texts
//! and in the names of the files before anything is filed. It refuses nothing for good; whoever
//! agrees to what was found sends it as it is.

use liangxin_domain::{
    privacy::detect::{self, PersonalKind},
    refusal::Lang,
};

use super::super::report_form::{Answers, FieldError, Warning, part, questions::QUESTIONS};
use super::parts::Parts;

/// What was found, and whether the reader agreed to exactly that.
pub(super) fn find(parts: &Parts, answers: &Answers, lang: Lang) -> Option<Warning> {
    let searched = QUESTIONS.iter().filter(|question| question.is_searched);
    let texts = searched.map(|it| (it.name, None, kinds(answers.get(it.name))));
    let names = parts.file_names.iter();
    let names = names.map(|(place, name)| (part::PHOTO, Some(*place), kinds(name)));
    let found: Vec<_> = texts
        .chain(names)
        .filter(|(.., kinds)| !kinds.is_empty())
        .collect();
    if found.is_empty() {
        return None;
    }
    let told = found.iter().map(|(field, place, kinds)| FieldError {
        field: (*field).to_owned(),
        message: told(*place, kinds, lang),
    });
    let told = told.collect();
    // The consent names what it is for: what is typed in later is asked about again.
    let mut marks: Vec<String> = found
        .iter()
        .flat_map(|(field, _, kinds)| kinds.iter().map(move |kind| format!("{field}:{kind}")))
        .collect();
    marks.sort();
    marks.dedup();
    let consent = marks.join(" ");
    // A photo that waits has lost its file name, and what was agreed to about it.
    let agreed = parts.text(part::SEND_PERSONAL);
    let is_agreed = |mark: &String| agreed.split(' ').any(|other| other == mark);
    let is_accepted = marks.iter().all(is_agreed);
    Some(Warning {
        told,
        consent,
        is_accepted,
    })
}

/// The kinds in a text, each once.
fn kinds(text: &str) -> Vec<PersonalKind> {
    let mut kinds: Vec<_> = detect::find(text).iter().map(|found| found.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

fn told(place: Option<usize>, kinds: &[PersonalKind], lang: Lang) -> String {
    let kinds: Vec<_> = kinds.iter().map(|kind| name(*kind, lang)).collect();
    match (lang, place) {
        (Lang::Zh, None) => format!("好像含有{}", kinds.join("、")),
        (Lang::Zh, Some(place)) => {
            format!("第 {place} 张的文件名好像含有{}", kinds.join("、"))
        }
        (Lang::En, None) => format!("seems to hold {}", kinds.join(" and ")),
        (Lang::En, Some(place)) => {
            format!(
                "the file name of photo {place} seems to hold {}",
                kinds.join(" and ")
            )
        }
    }
}

const fn name(kind: PersonalKind, lang: Lang) -> &'static str {
    match kind {
        PersonalKind::MobilePhone => lang.pick("手机号码", "a mobile phone number"),
        PersonalKind::Landline => lang.pick("固定电话号码", "a telephone number"),
        PersonalKind::IdNumber => lang.pick("身份证号码", "an ID number"),
        PersonalKind::Email => lang.pick("电子邮箱", "an e-mail address"),
        PersonalKind::BankCard => lang.pick("银行卡号", "a bank card number"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(story: &str, consent: &str) -> Option<Warning> {
        let parts = Parts::of(&[(part::STORY, story), (part::SEND_PERSONAL, consent)]);
        let answers = Answers::read(|name| parts.text(name));
        find(&parts, &answers, Lang::En)
    }

    #[test]
    fn what_is_found_is_told_once_and_the_consent_holds_for_that_alone() {
        assert!(of("买了2000克", "").is_none());
        let story = "打13800138000或13900139000";
        let first = of(story, "").unwrap();
        assert!(!first.is_accepted);
        assert_eq!(first.told[0].message, "seems to hold a mobile phone number");
        assert!(of(story, &first.consent).unwrap().is_accepted);
        let more = format!("{story}，a.b@mail.example");
        assert!(!of(&more, &first.consent).unwrap().is_accepted);
    }
}
