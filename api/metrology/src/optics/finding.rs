//! How a finding of this trade is recorded and said.

use super::lens::Eye;
use crate::exact::Ratio;
use crate::rules::{Band, EditionHead, Provenance, ViolationCode};
use crate::verdict::{Bars, Bound, CheckResult, Cite, Comparison, Grounds, Judged, Outcome, Words};

/// What is checked: its code and its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aspect {
    pub code: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
}

impl Aspect {
    pub(super) const fn new(code: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { code, zh, en }
    }
}

/// Where findings come from: an edition and the violation that a failure suggests.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin<'a> {
    pub head: &'a EditionHead,
    pub suggests: Option<&'a ViolationCode>,
}

impl<'a> Origin<'a> {
    /// A row of the edition; `name` says which of its rows it is.
    pub(super) fn row(self, name: String, source: &'a str, provenance: Provenance) -> Cite<'a> {
        Cite {
            head: self.head,
            article: source,
            row: name,
            provenance,
            suggests: self.suggests,
        }
    }

    /// A band of the edition.
    pub(super) fn band<Q, L>(self, name: String, band: &'a Band<Q, L>) -> Cite<'a> {
        self.row(name, band.source.as_str(), band.provenance)
    }
}

/// A deviation beside the limit it may reach on either side.
pub(super) fn within(
    deviation: impl Into<Ratio>,
    limit: impl Into<Ratio>,
    unit: &'static str,
) -> Bound {
    Bound {
        measured: deviation.into(),
        limit: limit.into(),
        unit,
        comparison: Comparison::Within,
    }
}

/// Records a comparison and says it; whether it passes.
pub(super) fn compare(
    grounds: &mut Grounds,
    aspect: Aspect,
    subject: Option<(String, String)>,
    bound: &Bound,
    cite: Cite<'_>,
) -> bool {
    let name = name(aspect, subject.as_ref());
    let subject = subject.map(|(_, en)| en);
    grounds.compare(aspect.code, subject, bound, cite, |judged| {
        said(&name, judged)
    })
}

/// Records that something could not be assessed, and why.
pub(super) fn leave(
    grounds: &mut Grounds,
    aspect: Aspect,
    subject: Option<(String, String)>,
    origin: Origin<'_>,
    why: (&str, &str),
) {
    let name = name(aspect, subject.as_ref());
    let words = Words::new(
        format!("{}：{}，未判定", name.zh, why.0),
        format!("{}: {}; not assessed", name.en, why.1),
    );
    // No row decided anything, so none may weaken what is known of the rest.
    let cite = origin.row("none".to_owned(), "-", Provenance::Verified);
    let subject = subject.map(|(_, en)| en);
    grounds.require(aspect.code, subject, CheckResult::NotAssessed, cite, words);
}

/// Says that the rules hold no limit for something: the verdict is not assessable.
pub(super) fn limit_not_known(grounds: &mut Grounds, zh: &str, en: &str) {
    let words = Words::new(
        format!("{zh}的允差未知"),
        format!("the limit of {en} is not known"),
    );
    grounds.obstacle(Bars::Passing, "LIMIT_NOT_KNOWN", words);
}

/// The subject of a finding on one eye, in both languages.
pub(super) fn of_eye(eye: Eye) -> Option<(String, String)> {
    let (zh, en) = eye.words();
    Some((zh.to_owned(), en.to_owned()))
}

/// The summary: what was judged, which finding fails or what was left out, what it comes to.
pub(super) fn summary(grounds: &Grounds, zh: &str, en: &str) -> Words {
    let within = Words::new(
        "所判项目均在允差内",
        "all values judged are within their limits",
    );
    grounds.sentence(&Words::new(zh, en), &within)
}

/// What merchants and shoppers are told: what fails first, else how many values were judged.
pub(super) fn tell(grounds: &mut Grounds) {
    let found = match grounds.assessed() {
        0 => Words::new("没有能判定的项目", "nothing could be judged"),
        1 => Words::new("测了1项，没有发现问题", "1 value was judged and is good"),
        all => Words::new(
            format!("测了{all}项，没有发现问题"),
            format!("{all} values were judged and are good"),
        ),
    };
    grounds.tell_first(&found);
}

fn name(aspect: Aspect, subject: Option<&(String, String)>) -> Words {
    match subject {
        Some((zh, en)) => Words::new(format!("{zh}{}", aspect.zh), format!("{en}, {}", aspect.en)),
        None => Words::new(aspect.zh, aspect.en),
    }
}

fn said(name: &Words, judged: &Judged) -> Words {
    let outcome = if judged.passes {
        Outcome::Conforms
    } else {
        Outcome::Fails
    };
    let (zh, en) = outcome.words();
    let Judged {
        measured, limit, ..
    } = judged;
    Words::new(
        format!(
            "{}：偏差{}，允差±{}；{zh}",
            name.zh,
            measured.zh(),
            limit.zh()
        ),
        format!(
            "{}: off by {}, limit ±{}; {en}",
            name.en,
            measured.en(),
            limit.en()
        ),
    )
}
