//! What a resolver finds in its context, each in a type of its own.

use super::{batch::Batch, moment::Moment};
use async_graphql::{Context, Request};
use futures_util::{FutureExt as _, try_join};
use liangxin_app::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{
        self,
        evidence::Photo,
        law::RunsOn,
        recorded::{Entries, Shared},
    },
    usecase::{
        accounts::{Recognised, Shown},
        supervision::{self, Read},
    },
};
use liangxin_domain::{
    accounts::{account::Account, interest::Interest},
    actor::Actor,
    id::{MerchantId, ReportId, UserId, VisitId},
    law::{calendar::Calendar, clock::Clock},
    merchants::merchant::Merchant,
    places::division::DivisionCode,
    refusal::{Code, Lang, Refusal},
    reports::report::Report,
};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::OnceCell;

/// Who calls, how far that reaches and until when, and whether a token that does not work came with the call.
#[derive(Debug, Clone)]
pub(super) struct Identified {
    pub(super) caller: Caller,
    pub(super) reach: Reach,
    pub(super) until: Option<Moment>,
    pub(super) is_turned_away: bool,
}

/// How far a caller reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// As far as the roles.
    Everything,
    /// To setting up a second factor.
    SettingUp,
}

impl Identified {
    /// Whom a token names. One that does not work names nobody, and spoils nothing that needs nobody: the
    /// gate tells it to who needs somebody.
    fn of(shown: Result<Shown, AppError>, stranger: Caller) -> Result<Self, AppError> {
        let Shown { by, until } = match shown {
            Ok(shown) => shown,
            Err(AppError::Refused(refusal)) if refusal.code == Code::SessionExpired => {
                return Ok(Self {
                    caller: stranger,
                    reach: Reach::Everything,
                    until: None,
                    is_turned_away: true,
                });
            }
            Err(error) => return Err(error),
        };
        let (actor, reach) = match by {
            Recognised::Fully(actor) => (actor, Reach::Everything),
            Recognised::ToSetUp(actor) => (actor, Reach::SettingUp),
        };
        Ok(Self {
            caller: stranger.known_as(actor),
            reach,
            until: until.map(Moment),
            is_turned_away: false,
        })
    }
}

/// Shorthands for resolvers.
pub(super) trait Known {
    /// The application.
    fn app(&self) -> Result<&App, AppError>;
    /// Who calls, from where, in which language.
    fn caller(&self) -> Result<&Caller, AppError>;
    /// As whom the caller is known.
    fn actor(&self) -> Result<&Actor, AppError>;
    /// Until when the caller is, if that ends by itself.
    fn until(&self) -> Result<Option<Moment>, AppError>;
    /// In which language to answer.
    fn lang(&self) -> Lang;
    /// Loaders for lists.
    fn loaders(&self) -> Result<&Loaders, AppError>;
}

impl Known for Context<'_> {
    fn app(&self) -> Result<&App, AppError> {
        self.data::<App>().map_err(missing)
    }

    fn caller(&self) -> Result<&Caller, AppError> {
        self.data::<Identified>()
            .map(|identified| &identified.caller)
            .map_err(missing)
    }

    fn actor(&self) -> Result<&Actor, AppError> {
        self.caller().map(|caller| &caller.actor)
    }

    fn until(&self) -> Result<Option<Moment>, AppError> {
        self.data::<Identified>()
            .map(|identified| identified.until)
            .map_err(missing)
    }

    fn lang(&self) -> Lang {
        self.data_opt::<Identified>()
            .map_or_else(Lang::default, |identified| identified.caller.lang)
    }

    fn loaders(&self) -> Result<&Loaders, AppError> {
        self.data::<Loaders>().map_err(missing)
    }
}

fn missing(error: async_graphql::Error) -> AppError {
    AppError::internal("look into the request's context", error.message)
}

/// Gives a request the application that it runs over, its caller, whom the token that was shown names and who is a
/// stranger without one, and its loaders. Fails if nobody can tell whose token it is.
pub fn prepare(
    request: Request,
    app: &App,
    shown: Result<Shown, AppError>,
    stranger: Caller,
) -> Result<Request, AppError> {
    let identified = Identified::of(shown, stranger)?;
    let loaders = Loaders::new(app, &identified.caller);
    Ok(request.data(app.clone()).data(loaders).data(identified))
}

/// Loaders of one request. They answer only for ids that the caller was shown already; of reports those that the caller may
/// see.
pub(super) struct Loaders {
    pub(super) merchants: Batch<MerchantId, Merchant>,
    pub(super) people: Batch<UserId, Account>,
    pub(super) interests: Batch<MerchantId, Vec<Interest>>,
    pub(super) clocks_on: Batch<RunsOn, Vec<Clock>>,
    pub(super) entries: Batch<VisitId, Shared<Entries>>,
    pub(super) photos: Batch<VisitId, Shared<Vec<Photo>>>,
    pub(super) reports: Batch<ReportId, Report>,
    looks: Batch<(Read, DivisionCode), ()>,
    calendar: OnceCell<Arc<Calendar>>,
}

/// Rows of a kind, as the store lists them by their ids.
macro_rules! by_ids {
    ($app:expr, $list:path) => {{
        let app = $app.clone();
        Batch::new(move |ids: Vec<_>| {
            let app = app.clone();
            async move { $list(&app.db, &ids).await }.boxed()
        })
    }};
}

impl Loaders {
    fn new(app: &App, caller: &Caller) -> Self {
        Self {
            merchants: by_ids!(app, store::merchants::list_by_ids),
            people: by_ids!(app, store::accounts::list_named),
            interests: by_ids!(app, store::interests::of_merchants),
            clocks_on: by_ids!(app, store::law::clocks_on),
            entries: by_ids!(app, store::recorded::entries),
            photos: by_ids!(app, store::recorded::photos),
            reports: reports(app, caller),
            looks: looks(app, caller),
            calendar: OnceCell::new(),
        }
    }

    /// Notes that the caller reads into a matter of an office, if that is a look from above; a list at once for all that it
    /// shows. To be waited for before anything is shown.
    pub(super) async fn look(&self, read: Read, office: DivisionCode) -> Result<(), AppError> {
        self.looks.one((read, office)).await?;
        Ok(())
    }

    /// The periods that run on a matter. The working days by which they are counted are asked for meanwhile, so that nobody who asks how a
    /// period stands waits for one after the other.
    pub(super) async fn clocks(&self, app: &App, on: RunsOn) -> Result<Vec<Clock>, AppError> {
        let (found, _) = try_join!(self.clocks_on.one(on), self.calendar(app))?;
        Ok(found.unwrap_or_default())
    }

    /// The working days, asked for once a request.
    pub(super) async fn calendar(&self, app: &App) -> Result<Arc<Calendar>, AppError> {
        let known = self.calendar.get_or_try_init(|| app.calendar(&app.db));
        Ok(Arc::clone(known.await?))
    }
}

/// The reports that a caller may see.
fn reports(app: &App, caller: &Caller) -> Batch<ReportId, Report> {
    let (app, actor) = (app.clone(), caller.actor.clone());
    Batch::new(move |ids: Vec<ReportId>| {
        let (app, actor) = (app.clone(), actor.clone());
        async move { store::reports::list_by_ids(&app.db, &actor, &ids).await }.boxed()
    })
}

/// The looks of a caller, noted together.
fn looks(app: &App, caller: &Caller) -> Batch<(Read, DivisionCode), ()> {
    let (app, caller) = (app.clone(), caller.clone());
    Batch::new(move |read: Vec<(Read, DivisionCode)>| {
        let (app, caller) = (app.clone(), caller.clone());
        async move {
            supervision::read_in_lists(&app, &caller, &read).await?;
            Ok(HashMap::new())
        }
        .boxed()
    })
}

/// A row that another row names is missing.
pub(super) fn gone() -> AppError {
    Refusal::of(Code::NotFound).into()
}

/// What was found; nothing if there is none that the caller may see.
pub(super) fn seen<T>(found: Result<T, AppError>) -> Result<Option<T>, AppError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(AppError::Refused(refusal)) if refusal.code == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
