//! The schema, put together out of the nouns.

use super::{
    accounts, cases, complaints, desk,
    documents::Documents,
    evidence,
    gate::{self, Listener},
    inspections, jobs, law,
    limited::Limited,
    limits::Mode,
    log, merchants, notices, privacy, pull, push, reconcile, redactions, reports, rewards,
    root::Root,
    rules,
};
use async_graphql::{
    Data, Executor, MergedObject, MergedSubscription, Request, Response, SDLExportOptions, Schema,
    SchemaBuilder,
};
use futures_util::{FutureExt as _, StreamExt as _, stream::BoxStream};
use std::sync::{Arc, OnceLock};

/// Everything that can be read.
#[derive(Default, MergedObject)]
pub struct Query(
    accounts::query::AccountQuery,
    reports::query::ReportQuery,
    privacy::query::PrivacyQuery,
    inspections::query::InspectionQuery,
    cases::query::CaseQuery,
    desk::DeskQuery,
    complaints::query::ComplaintQuery,
    merchants::query::MerchantQuery,
    rewards::query::RewardQuery,
    rules::query::RuleQuery,
    law::query::LawQuery,
    notices::query::NoticeQuery,
    jobs::JobQuery,
    log::LogQuery,
    reconcile::ReconcileQuery,
    pull::query::PullQuery,
    push::HeldItemQuery,
);

/// The writes about accounts.
#[derive(Default, MergedObject)]
struct AccountMutations(
    accounts::mutation::AccountMutation,
    accounts::passwords::PasswordMutation,
    accounts::second_factor::SecondFactorMutation,
    accounts::interests::InterestMutation,
    accounts::administration::NewAccountMutation,
    accounts::administration::AdministrationMutation,
);

/// The writes about reports, and about who reported.
#[derive(Default, MergedObject)]
struct ReportMutations(
    reports::mutation::ReportMutation,
    reports::mutation::ReportIntakeMutation,
    privacy::mutation::PrivacyMutation,
    reports::steps::ReportStepMutation,
    reports::steps::ReportWithdrawalMutation,
    reports::steps::ReportHandingMutation,
    reports::steps::DisputeMutation,
    reports::submission::SubmissionMutation,
);

/// The writes in the field.
#[derive(Default, MergedObject)]
struct VisitMutations(
    inspections::mutation::InspectionMutation,
    inspections::mutation::VisitMutation,
    push::PushMutation,
    push::HeldItemMutation,
);

/// The writes about cases.
#[derive(Default, MergedObject)]
struct CaseMutations(
    cases::mutation::CaseFilingMutation,
    cases::mutation::CaseMutation,
    cases::mutation::CaseEndMutation,
    cases::side_mutation::OnTheSpotMutation,
    cases::side_mutation::CaseSideMutation,
    cases::recusal::CaseRecusalMutation,
    cases::bundle::CaseBundleMutation,
);

/// The writes about complaints.
#[derive(Default, MergedObject)]
struct ComplaintMutations(
    complaints::mutation::ComplaintFilingMutation,
    complaints::mutation::ComplaintMutation,
    complaints::mutation::MediationMutation,
);

/// The writes about rewards.
#[derive(Default, MergedObject)]
struct RewardMutations(
    rewards::mutation::RewardMutation,
    rewards::reporter::RewardReporterMutation,
);

/// The writes about what comes of reports and letters.
#[derive(Default, MergedObject)]
struct WorkMutations(
    VisitMutations,
    CaseMutations,
    ComplaintMutations,
    RewardMutations,
);

/// The writes about the register.
#[derive(Default, MergedObject)]
struct RegisterMutations(
    merchants::mutation::RegisterMutation,
    merchants::mutation::MerchantMutation,
    merchants::mutation::InstrumentMutation,
);

/// The writes of an office about its own.
#[derive(Default, MergedObject)]
struct OfficeMutations(
    law::mutation::LawMutation,
    notices::mutation::NoticeMutation,
    jobs::JobMutation,
    evidence::OriginalMutation,
    evidence::WithdrawalMutation,
    redactions::RedactionMutation,
    log::LogMutation,
);

// In groups of few, because the compiler nests one part in the other: what is nested deep takes a frame of the stack
// for each part on its way.
/// Everything that can be done. Its parts have names of their own, because the parts of the query
/// have those of the nouns; neither shows in the schema.
#[derive(Default, MergedObject)]
pub struct Mutation(
    AccountMutations,
    ReportMutations,
    WorkMutations,
    RegisterMutations,
    OfficeMutations,
);

/// Everything that is told to whoever listens.
#[derive(Default, MergedSubscription)]
pub struct Subscription(pull::subscription::PullSubscription);

/// The schema, which runs over the application that each request brings along. It runs behind a box, so that all
/// resolvers are compiled here, and nobody who calls it compiles them again.
#[derive(Clone)]
pub struct AppSchema(Limited<Query, Mutation, Subscription>);

impl Executor for AppSchema {
    fn execute(&self, request: Request) -> impl Future<Output = Response> + Send {
        async move {
            let listener = Listener::of(&request);
            let mut response = self.0.execute(request).await;
            listener.tell(&mut response);
            response
        }
        .boxed()
    }

    fn execute_stream(
        &self,
        request: Request,
        _session_data: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        let listener = Listener::of(&request);
        let answers = self.0.execute_stream(request, None);
        let told = answers.map(move |mut answer| {
            listener.tell(&mut answer);
            answer
        });
        told.boxed()
    }
}

fn builder() -> SchemaBuilder<Root<Query>, Root<Mutation>, Root<Subscription>> {
    let query = Root::new(Query::default(), gate::admits);
    let mutation = Root::new(Mutation::default(), gate::admits);
    let subscription = Root::new(Subscription::default(), gate::admits);
    Schema::build(query, mutation, subscription)
}

/// The schema, put together once in a process for each mode, and whose documents it runs.
#[must_use]
pub fn of(mode: Mode, documents: Documents) -> AppSchema {
    static DEVELOPMENT: OnceLock<AppSchema> = OnceLock::new();
    static PRODUCTION: OnceLock<AppSchema> = OnceLock::new();
    let schema = match mode {
        Mode::Development => &DEVELOPMENT,
        Mode::Production => &PRODUCTION,
    };
    let AppSchema(schema) = schema.get_or_init(|| AppSchema(Limited::new(builder, mode)));
    match documents {
        Documents::Any => AppSchema(schema.clone()),
        Documents::Published => AppSchema(schema.clone().asking(gate::writes)),
    }
}

/// The schema as text, the way it stands in `mobile-contract/schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    builder().finish().sdl_with_options(
        SDLExportOptions::new()
            .use_space_ident()
            .include_specified_by(),
    )
}
