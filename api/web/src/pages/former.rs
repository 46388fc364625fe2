//! The page behind the code of a merchant that does no business any more. It names nobody else and shows no grade: a grade
//! that was earned by one is no other's.

use chrono::NaiveDate;
use liangxin_domain::{
    merchants::merchant::{Ended, Merchant},
    refusal::Lang,
};
use maud::{Markup, html};

use super::layout::{Bilingual, Switch, date, link, page, telephone};

/// Whether somebody else does business in the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Afterwards {
    /// Nobody, as far as it is known.
    Closed,
    /// Another merchant, with a code of its own.
    Succeeded,
}

/// A former merchant.
#[derive(Debug, Clone)]
pub struct FormerView {
    /// The merchant's name.
    pub name: Bilingual,
    /// The address in Chinese, as it is registered.
    pub address: String,
    /// Since when it does no business.
    pub ended_on: NaiveDate,
    /// What came then.
    pub afterwards: Afterwards,
}

impl FormerView {
    /// What the register says of a merchant that ended.
    pub(super) fn of(merchant: &Merchant, ended: &Ended) -> Self {
        Self {
            name: Bilingual::new(merchant.name_zh.clone(), merchant.name_en.clone()),
            address: merchant.address.clone(),
            ended_on: ended.on,
            afterwards: match ended.successor {
                Some(_) => Afterwards::Succeeded,
                None => Afterwards::Closed,
            },
        }
    }
}

/// Renders the page.
pub fn render(view: &FormerView, lang: Lang) -> Markup {
    let title = view.name.text(lang);
    let what = match view.afterwards {
        Afterwards::Closed => lang.pick(
            "该经营者已停业，本编码不再显示诚信计量等级。",
            "This merchant does no business any more; its code shows no grade.",
        ),
        Afterwards::Succeeded => lang.pick(
            "该经营者已不在此经营，现由其他经营者接续；新经营者有自己的编码，请扫描墙上的新编码。",
            "This merchant does no business here any more. Another one does, which has a code of its own: scan the new one on the wall.",
        ),
    };
    let body = html! {
        h1 { (title) }
        p lang="zh-CN" { (view.address) }
        p.lead { (what) }
        p { (lang.pick("停业日期 ", "Since ")) (date(view.ended_on)) }
        p { a.button href=(link(lang, "/", &[])) { (lang.pick("回到首页", "Go to the home page")) } }
        p { (lang.pick("消费者热线 ", "Consumer line ")) (telephone("12315")) }
    };
    page(title, lang, Switch::Absent, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_since_when_and_leads_to_nobodys_grade() {
        for lang in [Lang::Zh, Lang::En] {
            for afterwards in [Afterwards::Closed, Afterwards::Succeeded] {
                let view = FormerView {
                    name: Bilingual::new("旧识鲜肉", "Old Meat"),
                    address: "长沙市天心区样例路3号".to_owned(),
                    ended_on: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
                    afterwards,
                };
                let page = render(&view, lang).into_string();
                assert!(page.contains("2026-11-23") && page.contains(view.name.text(lang)));
                assert!(
                    !page.contains("/m/") && !page.contains("class=\"grade"),
                    "{page}"
                );
            }
        }
    }
}
