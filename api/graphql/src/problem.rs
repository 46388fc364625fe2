//! Refusals on the wire: expected outcomes as `problems` in the payload, the rest as `errors`.

use async_graphql::SimpleObject;
use liangxin_app::{error::AppError, usecase::step::Written};
use liangxin_domain::refusal::{Channel, Class, Code, Lang, Refusal};

/// Why an operation did not do what it was asked to. Nothing was changed.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct Problem {
    /// Stable code; `error-codes.json` has its sentence in both languages. Codes are added: do what the class says about one
    /// that the app does not know.
    code: Code,
    /// What to do.
    class: Class,
    /// The input field that was refused, if it was one.
    field: Option<&'static str>,
    /// Where the field is a document of its own, such as a measurement: the code of what was refused
    /// within it; see `error-codes.json`, channel `MEASUREMENT`.
    inner_code: Option<String>,
    /// The path of that within the document, such as `category.class_by.group`.
    path: Option<String>,
    /// A sentence for people, in the language of the request.
    message: String,
}

impl Problem {
    pub(super) fn of(refusal: &Refusal, lang: Lang) -> Self {
        Self {
            code: refusal.code,
            class: refusal.code.class(),
            field: refusal.field,
            inner_code: refusal.within.as_ref().map(|within| within.code.clone()),
            path: refusal
                .within
                .as_ref()
                .and_then(|within| within.path.clone()),
            message: refusal.message(lang),
        }
    }
}

/// What became of a write, and when it was taken.
pub(crate) struct Outcome<T> {
    pub(crate) of: T,
    pub(crate) written: Written,
}

impl<T> Outcome<T> {
    pub(crate) const fn of(of: T, written: Written) -> Self {
        Self { of, written }
    }

    pub(crate) fn map<U>(self, told: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome {
            of: told(self.of),
            written: self.written,
        }
    }
}

/// Where nobody says when it was taken, what was written may have gone out of sight.
impl<T> From<T> for Outcome<T> {
    fn from(of: T) -> Self {
        Self::of(of, Written::Before)
    }
}

/// Declares a payload: what an outcome is shown as, or why nothing was done.
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident {
        $(#[$shown_doc:meta])* $shown:ident: $view:ty,
        $(#[$problems_doc:meta])* problems,
    } of |$ctx:ident, $done:tt: $outcome:ty| $show:expr) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $name {
            $(#[$shown_doc])*
            $shown: Option<$view>,
            $(#[$problems_doc])*
            problems: Vec<$crate::problem::Problem>,
        }

        impl $name {
            pub(super) async fn of(
                $ctx: &async_graphql::Context<'_>,
                outcome: Result<
                    impl Into<$crate::problem::Outcome<$outcome>>,
                    liangxin_app::error::AppError,
                >,
            ) -> Result<Self, liangxin_app::error::AppError> {
                let lang = $crate::context::Known::lang($ctx);
                let (done, problems) = $crate::problem::settle(outcome.map(Into::into), lang)?;
                let $shown = match done {
                    Some($crate::problem::Outcome { of: $done, written }) => {
                        let shown = async { Ok::<_, liangxin_app::error::AppError>($show) };
                        written.look(shown.await)?
                    }
                    None => None,
                };
                Ok(Self { $shown, problems })
            }
        }
    };
}

/// An outcome, split into what succeeded and what the payload says instead.
pub(super) fn settle<T>(
    outcome: Result<T, AppError>,
    lang: Lang,
) -> Result<(Option<T>, Vec<Problem>), AppError> {
    match outcome {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(AppError::Refused(refusal)) if refusal.code.channel() == Channel::Problem => {
            Ok((None, vec![Problem::of(&refusal, lang)]))
        }
        Err(error) => Err(error),
    }
}
