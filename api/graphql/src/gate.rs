//! The gate: no root field runs before the access table was asked. It also tells who came with a token that
//! does not work that somebody is needed, who may write documents, and puts the sentences of errors into the language of the request.

use super::{
    access,
    context::{Identified, Reach},
};
use async_graphql::{Context, Pos, Request, Response, ServerError, ServerResult, Value};
use liangxin_app::wire::refused;
use liangxin_domain::{
    actor::Actor,
    refusal::{Code, Lang, Refusal},
};
use std::any::TypeId;

/// Asks the access table about the root field of a context.
pub(super) fn admits(ctx: &Context<'_>) -> ServerResult<()> {
    let nobody = Actor::Anonymous;
    let (actor, reach) = whose(ctx).unwrap_or((&nobody, Reach::Everything));
    access::check(actor, reach, ctx.item.node.name.node.as_str())
        .map_err(|refusal| refused(&refusal).into_server_error(ctx.item.pos))
}

/// Asks whether who sends a request may write its document: an officer who is signed in.
pub(super) fn writes(request: &Request) -> ServerResult<()> {
    let known = identified(request);
    let may_write = |known: &&Identified| {
        known.reach == Reach::Everything && known.caller.actor.division().is_some()
    };
    if known.filter(may_write).is_some() {
        return Ok(());
    }
    // Somebody whose session ended may be an officer.
    let code = if known.is_some_and(|known| known.is_turned_away) {
        Code::SessionExpired
    } else {
        Code::DocumentNotPublished
    };
    Err(refused(&Refusal::of(code)).into_server_error(Pos::default()))
}

fn identified(request: &Request) -> Option<&Identified> {
    let known = request.data.get(&TypeId::of::<Identified>())?;
    known.downcast_ref::<Identified>()
}

/// Asks the access table about an operation that comes as an item of a root field which was admitted.
pub(super) fn admits_item(ctx: &Context<'_>, operation: &str) -> Result<(), Refusal> {
    let nobody = Actor::Anonymous;
    let (actor, reach) = whose(ctx).unwrap_or((&nobody, Reach::Everything));
    access::check_operation(actor, reach, operation)
}

/// Who calls, and how far that reaches.
fn whose<'a>(ctx: &'a Context<'_>) -> Option<(&'a Actor, Reach)> {
    let known = ctx.data_opt::<Identified>()?;
    Some((&known.caller.actor, known.reach))
}

/// To whom errors are told.
pub(super) struct Listener {
    lang: Lang,
    is_turned_away: bool,
}

impl Listener {
    /// Who sent a request.
    pub(super) fn of(request: &Request) -> Self {
        let known = identified(request);
        Self {
            lang: known.map_or_else(Lang::default, |known| known.caller.lang),
            is_turned_away: known.is_some_and(|known| known.is_turned_away),
        }
    }

    /// Puts the errors of an answer into words for them.
    pub(super) fn tell(&self, response: &mut Response) {
        for error in &mut response.errors {
            if self.is_turned_away && is(error, Code::SignInRequired) {
                error.extensions = refused(&Refusal::of(Code::SessionExpired)).extensions;
            }
            translate(error, self.lang);
        }
    }
}

fn is(error: &ServerError, code: Code) -> bool {
    let told = error.extensions.as_ref().and_then(|told| told.get("code"));
    told == Some(&Value::from(code.as_str()))
}

fn translate(error: &mut ServerError, lang: Lang) {
    let Some(extensions) = &error.extensions else {
        return;
    };
    let Some(Value::String(word)) = extensions.get("code") else {
        return;
    };
    let Some(code) = Code::all().find(|code| code.as_str() == word) else {
        return;
    };
    // What a validator says about a query is for developers and has no translation; a word that clients look for has none either.
    if matches!(
        code,
        Code::QueryInvalid
            | Code::InputInvalid
            | Code::QueryTooComplex
            | Code::BadRequest
            | Code::PersistedQueryNotFound
    ) {
        return;
    }
    let detail = match extensions.get("detail") {
        Some(Value::String(detail)) => Some(detail.clone()),
        _ => None,
    };
    error.message = Refusal {
        detail,
        ..Refusal::of(code)
    }
    .message(lang);
}
