//! Whether a phone has what it should.

use crate::context::Known as _;
use async_graphql::{Context, InputObject, SimpleObject};
use liangxin_app::{
    error::AppError,
    usecase::pull::{self, Compared, Difference, Differing, Held},
};
use liangxin_domain::{
    evidence::digest::Sha256,
    limits::PULLED_COMPARED,
    pull::Collection,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// A document that a phone has.
#[derive(InputObject)]
pub(crate) struct HeldDocumentInput {
    /// Its id.
    id: Uuid,
    /// The version with which it was pulled.
    version: String,
}

/// What a phone has of a collection.
#[derive(InputObject)]
pub(crate) struct ComparePulledInput {
    /// The collection: `VISIT`, `MERCHANT` or `INSTRUMENT`.
    collection: Collection,
    /// How many documents of it the phone has.
    count: u32,
    /// SHA-256, in 64 hexadecimal digits, of the text that has a line for each of them in the order of their ids: the id in small
    /// letters, a blank, the version, a line feed.
    digest: String,
    /// Each of them, to hear which differ; at most 2,000. Left out as long as nothing does.
    documents: Option<Vec<HeldDocumentInput>>,
}

impl ComparePulledInput {
    fn parse(self) -> Result<(Collection, Held), Refusal> {
        let is_ordered = matches!(
            self.collection,
            Collection::Visit | Collection::Merchant | Collection::Instrument
        );
        if !is_ordered {
            return Err(Refusal::on(Code::FieldFormat, "collection"));
        }
        let named = self.documents.as_ref().map_or(0, Vec::len);
        if named > PULLED_COMPARED {
            let most = PULLED_COMPARED.to_string();
            return Err(Refusal::on(Code::FieldTooLong, "documents").with(most));
        }
        let documents = self.documents.map(|documents| {
            let documents = documents.into_iter();
            documents.map(|it| (it.id, it.version)).collect()
        });
        let held = Held {
            count: self.count.into(),
            digest: Sha256::parse(&self.digest, "digest")?,
            documents,
        };
        Ok((self.collection, held))
    }
}

/// A document of which phone and server do not say the same.
#[derive(SimpleObject)]
pub(crate) struct PulledDifferent {
    /// Its id.
    id: Uuid,
    /// How they differ.
    difference: Difference,
}

/// Whether a phone has what it should.
#[derive(SimpleObject)]
pub(crate) struct PulledComparison {
    /// Whether it has.
    is_equal: bool,
    /// What differs, by id; nothing unless the phone said what it has.
    differing: Vec<PulledDifferent>,
}

impl PulledComparison {
    pub(super) async fn of(ctx: &Context<'_>, input: ComparePulledInput) -> Result<Self, AppError> {
        let (collection, held) = input.parse()?;
        let found = pull::compare(ctx.app()?, ctx.actor()?, collection, &held).await?;
        let Compared {
            is_equal,
            differing,
        } = found;
        let differing = differing.into_iter();
        let shown = |Differing { document, kind }| PulledDifferent {
            id: document,
            difference: kind,
        };
        Ok(Self {
            is_equal,
            differing: differing.map(shown).collect(),
        })
    }
}
