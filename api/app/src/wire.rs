//! What went wrong, as an error of GraphQL.

use crate::error::AppError;
use async_graphql::{Error, ErrorExtensionValues};
use liangxin_domain::refusal::{Lang, Refusal};

impl From<AppError> for Error {
    fn from(error: AppError) -> Self {
        error.log();
        refused(&error.refusal())
    }
}

/// A refusal as an error of GraphQL; the gate puts the sentence into the language of the request.
pub fn refused(refusal: &Refusal) -> Error {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", refusal.code.as_str());
    extensions.set("class", <&str>::from(refusal.code.class()));
    if let Some(field) = refusal.field {
        extensions.set("field", field);
    }
    if let Some(detail) = &refusal.detail {
        extensions.set("detail", detail.as_str());
    }
    Error {
        message: refusal.message(Lang::En),
        source: None,
        extensions: Some(extensions),
    }
}
