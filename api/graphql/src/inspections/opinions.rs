//! What merchants said of visits, as the offices above read it.

use async_graphql::SimpleObject;
use liangxin_domain::inspections::opinion::{OpinionWord, Opinions};

/// How often merchants said a word.
#[derive(SimpleObject)]
#[graphql(name = "VisitOpinionCount")]
pub(crate) struct OpinionCountView {
    /// The word.
    word: OpinionWord,
    /// How often.
    count: u32,
}

/// What merchants said of the visits of an office in a quarter, added up: no visit, no merchant and no moment stands beside it.
#[derive(SimpleObject)]
#[graphql(name = "VisitOpinions")]
pub(crate) struct OpinionsView {
    /// Of how many visits something was said; they were to five merchants at least.
    given: u32,
    /// Of how many visits something else was said after the first word, which alone counts: whoever shows the code has it too.
    /// 0 for fewer than five.
    contested: u32,
    /// How often each word was said.
    words: Vec<OpinionCountView>,
    /// What they said in their own words, in the order of the characters; nothing of fewer than five.
    texts: Vec<String>,
}

impl From<Opinions> for OpinionsView {
    fn from(all: Opinions) -> Self {
        let words = all.words.into_iter();
        Self {
            given: all.given,
            contested: all.contested,
            words: words
                .map(|(word, count)| OpinionCountView { word, count })
                .collect(),
            texts: all.texts,
        }
    }
}
