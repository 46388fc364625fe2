//! The root of a schema: somebody stands at its door.

use std::borrow::Cow;

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, Response,
    ServerResult, SubscriptionType, Value, parser::types::Field, registry::Registry,
    resolver_utils::resolve_container,
};
use futures_util::{
    StreamExt as _,
    future::ready,
    stream::{self, BoxStream},
};

use super::{cost, operation::Watch};

/// Whether a root field may run for whoever asks; an error is answered in its place.
pub type Admits = fn(&Context<'_>) -> ServerResult<()>;

/// The root of a schema: each of its fields is admitted first, and the request's [`Watch`] learns that one was reached.
pub struct Root<T> {
    inner: T,
    admits: Admits,
}

impl<T> Root<T> {
    /// A root with somebody at its door.
    pub const fn new(inner: T, admits: Admits) -> Self {
        Self { inner, admits }
    }

    fn enter(&self, ctx: &Context<'_>) -> ServerResult<()> {
        if let Some(watch) = ctx.data_opt::<Watch>() {
            watch.start();
        }
        (self.admits)(ctx)
    }
}

impl<T: ObjectType> ContainerType for Root<T> {
    fn is_empty() -> bool {
        T::is_empty()
    }

    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.enter(ctx)?;
        // What is below is large, and would be copied on its way up.
        Box::pin(self.inner.resolve_field(ctx)).await
    }
}

impl<T: ObjectType> OutputType for Root<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = T::create_type_info(registry);
        cost::lighten(registry);
        name
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl<T: ObjectType> ObjectType for Root<T> {}

impl<T: SubscriptionType> SubscriptionType for Root<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    fn is_empty() -> bool {
        T::is_empty()
    }

    fn create_field_stream<'a>(&'a self, ctx: &'a Context<'_>) -> Option<BoxStream<'a, Response>> {
        match self.enter(ctx) {
            Ok(()) => self.inner.create_field_stream(ctx),
            Err(refused) => {
                let refused = Response::from_errors(vec![refused]);
                Some(stream::once(ready(refused)).boxed())
            }
        }
    }
}
