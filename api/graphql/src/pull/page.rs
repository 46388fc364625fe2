//! Pages of what changed, and the checkpoint as phones keep it: a text that means nothing to them.

use crate::{context::Known as _, page};
use async_graphql::{Context, SelectionField};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use liangxin_app::{app::sha256, error::AppError, usecase::pull};
use liangxin_domain::pull::{Checkpoint, Shape, unknown};

/// Declares a page of what changed in a collection, and a document of it: the type of its id, what is told beside the thing
/// (behind a plus), and the thing.
macro_rules! pulled {
    ($(
        $(#[$doc:meta])*
        $page:ident of $document:ident {
            id: $id:ty,
            $(+ $more:ident: $more_type:ty, $more_doc:tt,)?
            $thing:ident: $view:ty, $thing_doc:tt,
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $page {
            /// What changed behind the checkpoint, in the order of changes, each document once.
            documents: Vec<$document>,
            /// How far this page goes: keep it together with the documents, and send it with the next pull.
            checkpoint: String,
            /// Whether more is there to pull now.
            has_more: bool,
        }

        /// One document, or that it is to be forgotten.
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $document {
            /// Its id.
            id: $id,
            /// Another one after each change. It says nothing else.
            version: String,
            /// Whether the phone forgets it: it is gone, or none of the person's any more.
            is_deleted: bool,
            $(
                #[doc = $more_doc]
                $more: $more_type,
            )?
            #[doc = $thing_doc]
            $thing: Option<$view>,
        }
    )*};
}

/// Reads the arguments of a collection: the checkpoint, and how many documents.
pub(super) fn parse(
    ctx: &Context<'_>,
    (checkpoint, first): (Option<&str>, Option<i32>),
) -> Result<(Option<Checkpoint>, u64), AppError> {
    let first = page::parse(first, None)?.first;
    let checkpoint = checkpoint.map(|text| open(ctx, text));
    Ok((checkpoint.transpose()?, first))
}

/// What is shown of the collection that a field asks for: the names of all fields below it, in whatever order and under whatever
/// alias, and the language.
pub(super) fn shape(ctx: &Context<'_>) -> Shape {
    let shown = format!("{:?} {}", ctx.lang(), below(ctx.field()));
    Shape::of(sha256(shown.as_bytes()))
}

fn below(field: SelectionField<'_>) -> String {
    let shown = field.selection_set();
    let shown = shown.map(|it| format!("{}{{{}}}", it.name(), below(it)));
    let mut shown: Vec<String> = shown.collect();
    shown.sort();
    shown.dedup();
    shown.concat()
}

/// A checkpoint as phones see it.
pub(super) fn seal(ctx: &Context<'_>, checkpoint: &Checkpoint) -> Result<String, AppError> {
    let user = ctx.actor()?.signed_in()?.user;
    let sealed = pull::seal(ctx.app()?, user, checkpoint)?;
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

fn open(ctx: &Context<'_>, text: &str) -> Result<Checkpoint, AppError> {
    let user = ctx.actor()?.signed_in()?.user;
    let sealed = URL_SAFE_NO_PAD.decode(text).map_err(|_| unknown())?;
    pull::open(ctx.app()?, user, &sealed)
}
