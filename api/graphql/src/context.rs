//! What a resolver finds in its context, each in a type of its own.

use async_graphql::{
    Context, Request,
    dataloader::{DataLoader, Loader},
};
use liangxin_app::{
    app::App, caller::Caller, error::AppError, store, usecase::accounts::Recognised,
};
use liangxin_domain::{
    accounts::account::Account,
    actor::Actor,
    id::{CaseId, ComplaintId, MerchantId, ReportId, UserId},
    law::{calendar::Calendar, clock::Clock},
    merchants::merchant::Merchant,
    refusal::{Code, Lang, Refusal},
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::OnceCell;

/// Who calls, how far that reaches, and whether a token that does not work came with the call.
#[derive(Debug, Clone)]
pub(super) struct Identified {
    pub(super) caller: Caller,
    pub(super) reach: Reach,
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
    fn of(recognised: Result<Recognised, AppError>, stranger: Caller) -> Result<Self, AppError> {
        match recognised {
            Ok(Recognised::Fully(actor)) => Ok(Self {
                caller: stranger.known_as(actor),
                reach: Reach::Everything,
                is_turned_away: false,
            }),
            Ok(Recognised::ToSetUp(actor)) => Ok(Self {
                caller: stranger.known_as(actor),
                reach: Reach::SettingUp,
                is_turned_away: false,
            }),
            Err(AppError::Refused(refusal)) if refusal.code == Code::SessionExpired => Ok(Self {
                caller: stranger,
                reach: Reach::Everything,
                is_turned_away: true,
            }),
            Err(error) => Err(error),
        }
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

/// Gives a request its caller, whom the token names and who is a stranger without one, and its loaders. Fails
/// if nobody can tell whose token it is.
pub fn prepare(
    request: Request,
    app: &App,
    recognised: Result<Recognised, AppError>,
    stranger: Caller,
) -> Result<Request, AppError> {
    let identified = Identified::of(recognised, stranger)?;
    Ok(request.data(Loaders::new(app)).data(identified))
}

/// Loaders of one request. They answer only for ids that the caller was shown already.
pub(super) struct Loaders {
    pub(super) merchants: DataLoader<Merchants>,
    pub(super) people: DataLoader<People>,
    pub(super) report_clocks: DataLoader<ReportClocks>,
    pub(super) case_clocks: DataLoader<CaseClocks>,
    pub(super) complaint_clocks: DataLoader<ComplaintClocks>,
    calendar: OnceCell<Arc<Calendar>>,
}

pub(super) struct Merchants(App);
pub(super) struct People(App);
pub(super) struct ReportClocks(App);
pub(super) struct CaseClocks(App);
pub(super) struct ComplaintClocks(App);

impl Loaders {
    #[expect(
        clippy::disallowed_methods,
        reason = "the loader's own batching task, which ends with the request"
    )]
    fn new(app: &App) -> Self {
        Self {
            merchants: prompt(DataLoader::new(Merchants(app.clone()), tokio::spawn)),
            people: prompt(DataLoader::new(People(app.clone()), tokio::spawn)),
            report_clocks: prompt(DataLoader::new(ReportClocks(app.clone()), tokio::spawn)),
            case_clocks: prompt(DataLoader::new(CaseClocks(app.clone()), tokio::spawn)),
            complaint_clocks: prompt(DataLoader::new(ComplaintClocks(app.clone()), tokio::spawn)),
            calendar: OnceCell::new(),
        }
    }

    /// The working days, asked for once a request.
    pub(super) async fn calendar(&self, app: &App) -> Result<Arc<Calendar>, AppError> {
        let known = self.calendar.get_or_try_init(|| app.calendar(&app.db));
        Ok(Arc::clone(known.await?))
    }
}

/// A loader that waits for nothing. All that one request asks for in one go stands in its list before the task runs
/// that loads it, because both share a thread; the library would wait for a thousandth of a second more, each time.
fn prompt<T>(loader: DataLoader<T>) -> DataLoader<T> {
    loader.delay(Duration::ZERO)
}

impl Loader<MerchantId> for Merchants {
    type Value = Merchant;
    type Error = Arc<AppError>;
    async fn load(
        &self,
        keys: &[MerchantId],
    ) -> Result<HashMap<MerchantId, Merchant>, Arc<AppError>> {
        store::merchants::list_by_ids(&self.0.db, keys)
            .await
            .map_err(Arc::new)
    }
}

impl Loader<UserId> for People {
    type Value = Account;
    type Error = Arc<AppError>;
    async fn load(&self, keys: &[UserId]) -> Result<HashMap<UserId, Account>, Arc<AppError>> {
        store::accounts::list_by_ids(&self.0.db, keys)
            .await
            .map_err(Arc::new)
    }
}

impl Loader<ReportId> for ReportClocks {
    type Value = Vec<Clock>;
    type Error = Arc<AppError>;
    async fn load(
        &self,
        keys: &[ReportId],
    ) -> Result<HashMap<ReportId, Vec<Clock>>, Arc<AppError>> {
        store::law::clocks_of_reports(&self.0.db, keys)
            .await
            .map_err(Arc::new)
    }
}

impl Loader<CaseId> for CaseClocks {
    type Value = Vec<Clock>;
    type Error = Arc<AppError>;
    async fn load(&self, keys: &[CaseId]) -> Result<HashMap<CaseId, Vec<Clock>>, Arc<AppError>> {
        store::law::clocks_of_cases(&self.0.db, keys)
            .await
            .map_err(Arc::new)
    }
}

impl Loader<ComplaintId> for ComplaintClocks {
    type Value = Vec<Clock>;
    type Error = Arc<AppError>;
    async fn load(
        &self,
        keys: &[ComplaintId],
    ) -> Result<HashMap<ComplaintId, Vec<Clock>>, Arc<AppError>> {
        store::law::clocks_of_complaints(&self.0.db, keys)
            .await
            .map_err(Arc::new)
    }
}

/// What a loader failed with, as an error of this request.
pub(super) fn shared(error: Arc<AppError>) -> AppError {
    match &*error {
        AppError::Refused(refusal) => refusal.clone().into(),
        AppError::Unavailable { .. } => {
            AppError::unavailable("load rows together", error.to_string())
        }
        AppError::Internal { .. } => AppError::internal("load rows together", error.to_string()),
    }
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
