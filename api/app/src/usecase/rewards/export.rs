//! The files that finance pays by. Each has a number of its office; what went to finance is marked, and goes again by
//! another word alone.

use super::{
    kept::around,
    payout::{self, Found},
};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    sheet::{Cell, Sheet},
    store::{
        self,
        numbers::{self, Series},
        rewards::PaymentFileRow,
    },
    usecase::{
        matter::Matter,
        step::{self, Kept as _},
    },
    work::{Begun, Work},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use liangxin_domain::{
    event::Event,
    id::{CommandId, PaymentFileId},
    places::division::DivisionCode,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
    rewards::{
        command::{PaymentFileWrite, RewardCommand},
        payout::{Payee, PayeesForm},
        reward::Reward,
    },
    text::Line,
};

/// The file.
#[derive(Debug)]
pub struct PaymentFile {
    /// Its number; nothing if there was nothing to hand over, and no file was made.
    pub number: Option<String>,
    /// How many rewards stand in it.
    pub rewards: usize,
    /// Comma-separated.
    pub csv: String,
    /// How the payees stand in it.
    pub payees: PayeesForm,
}

const COLUMNS: [&str; 8] = [
    "reward",
    "part",
    "payee",
    "account_name",
    "bank",
    "account_number",
    "yuan",
    "file",
];

/// The claimed rewards of one's own office whose time to object is over and which are not with finance, as a file for
/// finance. It names the reward and the payee and neither the report nor the case. What others may hand over, and what
/// may not go yet, stays. Sent again after a lost answer it gives the same file once more, and says so to the reporters:
/// what went out twice went out twice.
pub async fn export(app: &App, caller: &Caller, id: CommandId) -> Result<PaymentFile, AppError> {
    let office = office_of(caller)?;
    let command = app.named(id, id.uuid(), &PaymentFileWrite::ExportPayments)?;
    let file = PaymentFileId::new(id.uuid());
    let work = match app.begin(&caller.actor, &command).await? {
        Begun::Fresh(work) => work,
        Begun::Repeated => {
            let work = app.work(&caller.actor).await?;
            return match store::rewards::find_file(&work, file).await? {
                Some(made) => hand_again(app, work, made).await,
                None => Ok(Writing::default().finish(None)),
            };
        }
    };
    let waiting = store::rewards::list_to_hand_over(&work, &caller.actor).await?;
    let number = numbers::next(&work, Series::Payment, office).await?;
    let made = PaymentFileRow { id: file, number };
    let mut writing = Writing::default();
    for reward in waiting {
        if let Some(found) = payout::find(app, &work, &reward).await?
            && hand_over(app, &work, &reward, &made).await?
        {
            writing.add(&reward, &found, &made.number);
        }
    }
    // The number is given back with everything else: no file, no gap.
    if writing.rewards == 0 {
        return Ok(writing.finish(None));
    }
    let by = caller.actor.signed_in()?.user;
    store::rewards::insert_file(&work, &made, (office, by)).await?;
    work.commit().await?;
    Ok(writing.finish(Some(made.number)))
}

/// A file once more, by its number: with what is still claimed as it was then. Each reporter is told that the payee went
/// out again.
pub async fn export_again(
    app: &App,
    caller: &Caller,
    id: CommandId,
    number: Line,
) -> Result<PaymentFile, AppError> {
    let office = office_of(caller)?;
    let again = PaymentFileWrite::ExportPaymentsAgain {
        number: number.clone(),
    };
    let command = app.named(id, id.uuid(), &again)?;
    let work = match app.begin(&caller.actor, &command).await? {
        Begun::Fresh(work) => work,
        Begun::Repeated => app.work(&caller.actor).await?,
    };
    let made = store::rewards::get_file(&work, office, number.as_str()).await?;
    hand_again(app, work, made).await
}

/// The office of whoever may hand something to finance.
fn office_of(caller: &Caller) -> Result<DivisionCode, AppError> {
    let actor = &caller.actor;
    let denied = Refusal::of(Code::Denied);
    let office = *actor.division().ok_or(denied)?;
    permit(
        actor,
        Action::PayReward,
        Facts::at(actor, (&office, &office), Stake::None),
    )?;
    Ok(office)
}

/// Marks a reward as handed over; false if that is not this person's to do, or not yet.
async fn hand_over(
    app: &App,
    work: &Work,
    reward: &Reward,
    made: &PaymentFileRow,
) -> Result<bool, AppError> {
    let hand = RewardCommand::HandToFinance {
        file: made.id,
        number: made.number.clone(),
    };
    match step::within::<Reward>(app, work, reward.id, hand).await {
        Ok(_) => Ok(true),
        Err(AppError::Refused(refusal)) if stays(refusal.code) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a refusal leaves a reward for another day or another person.
const fn stays(code: Code) -> bool {
    matches!(
        code,
        Code::RewardWindowOpen
            | Code::RewardRecorderExcluded
            | Code::InvestigatorCannotApprove
            | Code::Recused
            | Code::DecisionAnnulled
            | Code::RewardBaseChanged
            | Code::RewardPayeeUnchecked
            | Code::Denied
    )
}

async fn hand_again(app: &App, work: Work, made: PaymentFileRow) -> Result<PaymentFile, AppError> {
    let mut writing = Writing::default();
    for reward in store::rewards::list_of_file(&work, made.id).await? {
        let facts = reward.facts(&work, work.actor()).await?;
        let setting = around(app, &work, &reward).await?;
        let may = permit(work.actor(), Action::PayReward, facts)
            .and_then(|may| may.person(Action::PayReward))
            .and_then(|by| reward.may_go_again(by, &setting));
        let matter = Matter::of_reward(&work, &reward).await?;
        match matter.check_own(&work, work.actor()).await {
            Ok(()) if may.is_ok() => {}
            Ok(()) | Err(AppError::Refused(_)) => continue,
            Err(error) => return Err(error),
        }
        if let Some(found) = payout::find(app, &work, &reward).await? {
            writing.add(&reward, &found, &made.number);
            let (reward, report) = (reward.id, reward.report);
            app.record(&work, Event::PayoutExportedAgain { reward, report });
        }
    }
    work.commit().await?;
    Ok(writing.finish(Some(made.number)))
}

/// A file as it is written.
struct Writing {
    sheet: Sheet,
    rewards: usize,
    payees: PayeesForm,
}

impl Default for Writing {
    fn default() -> Self {
        Self {
            sheet: Sheet::new(&COLUMNS),
            rewards: 0,
            payees: PayeesForm::Open,
        }
    }
}

impl Writing {
    /// One line for each part. Sealed payees of one reward are sealed together: each line has them
    /// all, and its part says which of the lines inside is meant.
    fn add(&mut self, reward: &Reward, found: &Found, file: &str) {
        let sharing = reward.state.checked().map(|checked| &checked.check.sharing);
        let (Some(sharing), Some(sum)) = (sharing, reward.amount()) else {
            return;
        };
        self.rewards += 1;
        if matches!(found, Found::Sealed { .. }) {
            self.payees = PayeesForm::Sealed;
        }
        for (index, yuan) in sharing.split(sum).into_iter().enumerate() {
            let [payee, name, bank, account] = match found {
                Found::Open(payees) => match payees.get(index) {
                    Some(payee) => open_cells(payee),
                    None => return,
                },
                Found::Sealed { names, accounts } => sealed_cells(names, accounts),
            };
            let part = Cell::plain(index + 1);
            let (reward, yuan, file) =
                (Cell::plain(reward.id), Cell::plain(yuan), Cell::plain(file));
            self.sheet
                .line([reward, part, payee, name, bank, account, yuan, file]);
        }
    }

    fn finish(self, number: Option<String>) -> PaymentFile {
        PaymentFile {
            number,
            rewards: self.rewards,
            csv: self.sheet.finish(),
            payees: self.payees,
        }
    }
}

fn open_cells(payee: &Payee) -> [Cell<'_>; 4] {
    [
        Cell::plain("open"),
        Cell::Text(payee.account_name.as_str()),
        Cell::Text(payee.bank.as_str()),
        Cell::Digits(&payee.account_number),
    ]
}

/// The bank is inside the sealed account.
fn sealed_cells(names: &[u8], accounts: &[u8]) -> [Cell<'static>; 4] {
    [
        Cell::plain("sealed"),
        Cell::plain(STANDARD.encode(names)),
        Cell::Text(""),
        Cell::plain(STANDARD.encode(accounts)),
    ]
}
