//! The gate: no root field runs before the access table was asked. It also tells who came with a token that
//! does not work that somebody is needed, and puts the sentences of errors into the language of the request.

use super::{
    access,
    context::{Identified, Reach},
};
use async_graphql::{
    Response, ServerError, ServerResult, Value,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, ResolveInfo,
    },
};
use liangxin_app::wire::refused;
use liangxin_domain::{
    actor::Actor,
    refusal::{Code, Lang, Refusal},
};
use std::sync::Arc;

/// Makes a gate for each request.
pub(super) struct Gate;

impl ExtensionFactory for Gate {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(OpenGate)
    }
}

struct OpenGate;

#[async_graphql::async_trait::async_trait]
impl Extension for OpenGate {
    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let mut response = next.run(ctx, operation).await;
        let identified = ctx.data_opt::<Identified>();
        let lang = identified.map_or_else(Lang::default, |known| known.caller.lang);
        let is_turned_away = identified.is_some_and(|known| known.is_turned_away);
        for error in &mut response.errors {
            if is_turned_away && is(error, Code::SignInRequired) {
                error.extensions = refused(&Refusal::of(Code::SessionExpired)).extensions;
            }
            translate(error, lang);
        }
        response
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let is_root =
            info.path_node.parent.is_none() && matches!(info.parent_type, "Query" | "Mutation");
        if is_root && !info.name.starts_with("__") {
            let nobody = Actor::Anonymous;
            let identified = ctx.data_opt::<Identified>();
            let (actor, reach) = identified.map_or((&nobody, Reach::Everything), |known| {
                (&known.caller.actor, known.reach)
            });
            if let Err(refusal) = access::check(actor, reach, info.name) {
                return Err(refused(&refusal).into_server_error(info.field.name.pos));
            }
        }
        next.run(ctx, info).await
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
    // What a validator says about a query is for developers and has no translation.
    if matches!(
        code,
        Code::QueryInvalid | Code::InputInvalid | Code::QueryTooComplex | Code::BadRequest
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
