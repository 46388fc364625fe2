//! Every table there is, and who reads its rows.

use super::{
    super::{
        accounts, arrivals, cases, clock_turns, complaints, copies, devices, disputes, events,
        evidence, held_items, identities, inspections, interests, jobs, law, measurements,
        merchants, messages, notices, openings, opinions, password_codes, photo_refusals, ratings,
        redactions, reports, rewards, second_factors, standards, throttles, visit_entries,
    },
    Seen,
};
use crate::error::AppError;
use liangxin_domain::{accounts::role::Roles, id::ReportId, privacy::identity::IdentitySubject};
use uuid::Uuid;

/// Reads each of some tables: the table, and what takes a row of it apart.
macro_rules! read {
    ($seen:ident: $($table:ident => $read:expr,)*) => {
        $($seen.check(liangxin_entity::$table::Entity, $read).await?;)*
    };
}

/// Reads tables whose rows say nothing but what their columns hold.
macro_rules! read_columns {
    ($seen:ident: $($table:ident,)*) => {
        read!($seen: $($table => |_| Ok(()),)*)
    };
}

/// What is worked on, and who may not work on it.
pub(super) async fn matters(seen: &mut Seen<'_>) -> Result<(), AppError> {
    read!(seen:
        report => reports::read,
        complaint => complaints::read,
        case_file => |row| cases::read(row, Vec::new()),
        reward => rewards::read,
        visit => |row| inspections::read(row, inspections::Crew::default()),
        visit_arrival => arrivals::read,
        visit_entry => visit_entries::read,
        instrument_check => |row| measurements::read_check(row, None),
        measurement => |row| measurements::read_measurement(row, None),
        visit_opinion => opinions::read,
        held_item => held_items::read,
        notice => notices::read,
        declared_interest => interests::read,
        clock => |row| law::read(row, Vec::new()),
        clock_history => law::read_former,
        clock_turn => |row| clock_turns::kind_of(&row),
    );
    Ok(())
}

/// What hangs on it.
pub(super) async fn around_them(seen: &mut Seen<'_>) -> Result<(), AppError> {
    let whose = IdentitySubject::Report(ReportId::new(Uuid::nil()));
    read!(seen:
        photo => evidence::read,
        photo_copy => copies::read,
        photo_refusal => photo_refusals::read,
        redaction => redactions::read,
        message => messages::read,
        report_record => reports::read_record,
        signal => reports::read_signal,
        complaint_consent => complaints::read_consent,
        competence_dispute => disputes::read,
        sealed_identity => identities::read,
        sealed_field => identities::read_field,
        identity_opening => |row| openings::read(row, whose),
        event => |row| events::read(&row),
        job => |row| jobs::read(&row),
    );
    Ok(())
}

/// Who and what it is about.
pub(super) async fn people_and_places(seen: &mut Seen<'_>) -> Result<(), AppError> {
    read!(seen:
        merchant => merchants::read,
        instrument => merchants::read_instrument,
        finding => ratings::read_finding,
        rating => ratings::read,
        reference_standard => standards::read,
        user => |row| accounts::read(row, Roles::default()),
    );
    Ok(())
}

/// Who signs in, and with what. Whether a sealed secret can be opened, `opens` knows.
pub(super) async fn doors(
    seen: &mut Seen<'_>,
    opens: &impl Fn(Uuid, &[u8]) -> bool,
) -> Result<(), AppError> {
    read!(seen:
        user_role => |row| accounts::read_role(&row),
        device => |row| Ok(devices::read(row)),
        refresh_token => |row| devices::read_refresh(&row),
        password_code => |row| password_codes::read(&row),
        recovery_code => |row| second_factors::read_recovery_code(&row),
        second_factor => |row| {
            let whose = row.user_id;
            let held = second_factors::read(row);
            match opens(whose, &held.sealed) {
                true => Ok(()),
                false => Err(AppError::damaged("second_factor", "secret_sealed")),
            }
        },
        throttle => |row| throttles::read(&row),
    );
    Ok(())
}

/// What is read in its columns alone.
pub(super) async fn of_columns(seen: &mut Seen<'_>) -> Result<(), AppError> {
    read_columns!(seen:
        bureau, calendar_alert, calendar_draft, calendar_year, case_bundle, case_investigator, claim_secret, command,
        contact, fetched_bundle, holding_receipt, identity_look, original_opening, payment_file, paper_number,
        phone_document, report_inspector, report_link, visit_inspector, visit_passport,
    );
    read_columns!(seen:
        badge_revocation, present_rating, rating_edition, rating_night, photo_look_alike, photo_probe, original_digest,
        draft_photo, upload, upload_part, upload_series,
    );
    read_columns!(seen:
        day_key, failed_sign_in, health, mail_question, seal, sealed_event, sent_mail, server_key, sweep, unsealed_event,
    );
    Ok(())
}
