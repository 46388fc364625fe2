//! Who will see what. A promise: it says what `visible_to` of the reports, the sealing of the contact
//! and of an identity, and the keyed hash of the receipt code do, and must change with them.

use liangxin_domain::refusal::Lang;
use maud::{Markup, html};
use strum::IntoEnumIterator as _;

use super::ReportFormView;
use super::questions::{QUESTIONS, Words};

/// What a promise is about, in the order of the form's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
pub enum Promise {
    /// What is written and photographed.
    Content,
    /// What a phone stores in a photo.
    PhotoMarks,
    /// The address for news.
    Email,
    /// Who reports.
    Identity,
    /// The receipt code.
    Code,
    /// The claim password.
    ClaimPassword,
    /// What those who have no part in it see.
    Public,
}

impl Promise {
    /// Whether it is about more than answers.
    const fn always_holds(self) -> bool {
        matches!(self, Self::PhotoMarks | Self::Code | Self::Public)
    }

    const fn words(self) -> (Words, Words) {
        match self {
            Self::Content => (
                ("您写的内容和照片", "What you write, and the photos"),
                (
                    "当地及上级市场监管部门的办案人员，以及派去现场的检查人员",
                    "Officers of the local market regulator and of those above it, and the inspectors who are sent",
                ),
            ),
            Self::PhotoMarks => (
                (
                    "照片文件里的其他内容（拍摄时间、位置、手机型号，有的还有缩略图或几秒录音）",
                    "What else a photo file holds: time, place, the phone, sometimes a small picture or seconds of sound",
                ),
                (
                    "留在原图里，原图不加密；上述人员能看到拍摄时间，您勾选同意才能看到位置。打开原图要写明用途，并会告诉您",
                    "It stays in the original, which is not encrypted. The same officers see the time, and the place only if you tick so. Opening an original needs a purpose and is told to you",
                ),
            ),
            Self::Email => (
                ("电子邮箱", "E-mail"),
                (
                    "加密保存，只由系统用来发通知，办案人员看不到",
                    "Kept encrypted; used by the system to send news, not shown to officers",
                ),
            ),
            Self::Identity => (
                (
                    "姓名、电话、地址、证件号码",
                    "Name, telephone, address, document number",
                ),
                (
                    "封存保存，办案人员看不到；只有经批准打开的人能看，每次查看都列在您的进度页上",
                    "Kept sealed and not shown to officers; opened only by whom it is approved for, and your page lists each look",
                ),
            ),
            Self::Code => (
                ("查询码", "Your code"),
                (
                    "只有您。系统也不保存原码",
                    "You alone; the system itself does not keep it",
                ),
            ),
            Self::ClaimPassword => (
                ("举报密码", "Your claim password"),
                (
                    "只有您。系统只保存无法还原的校验值",
                    "You alone; the system keeps a mark from which it cannot be read back",
                ),
            ),
            Self::Public => (
                ("商户和公众", "The merchant and the public"),
                (
                    "看不到举报。只有作出处罚后，公布处罚结果",
                    "Do not see the report; only a penalty, once decided, is published",
                ),
            ),
        }
    }
}

/// The promises about what is asked, and those that hold for every report.
pub(super) fn panel(view: &ReportFormView, lang: Lang) -> Markup {
    let asked = |promise| {
        let mut asked = QUESTIONS.iter().filter(|question| view.asks(question));
        asked.any(|question| question.promise == promise)
    };
    let kept = Promise::iter().filter(|promise| promise.always_holds() || asked(*promise));
    html! {
        section.panel aria-labelledby="audience" {
            h2 #audience { (lang.pick("谁能看到什么", "Who will see what")) }
            dl {
                @for (field, who) in kept.map(Promise::words) {
                    div { dt { (lang.pick(field.0, field.1)) } dd { (lang.pick(who.0, who.1)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promise_stands_in_both_languages() {
        for ((field_zh, field_en), (who_zh, who_en)) in Promise::iter().map(Promise::words) {
            assert!(field_en.is_ascii() && who_en.is_ascii(), "{field_en}");
            assert!(!field_zh.is_ascii() && !who_zh.is_ascii(), "{field_zh}");
        }
    }
}
