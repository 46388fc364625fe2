//! What is taken out as a file, and a file that is loaded.

use super::*;
use crate::rewarded::Rewarded;

async fn done(app: &TestApp, who: &str, operation: &str, mut input: Value) -> Uuid {
    let id = app.new_id();
    input["id"] = json!(id);
    let sent = json!({ "input": input });
    app.as_(who).run(operation, sent).await.ok();
    id
}

/// The file for finance, the file of a case and a year of the calendar, each under the id of another one.
pub(super) async fn of_files(app: &TestApp) -> Vec<Make> {
    let (paid, due) = (Rewarded::claimed(app).await, Rewarded::unchecked(app).await);
    due.wait_for_objections();
    let payments = done(app, "luo", "ExportPayments", json!({})).await;
    due.payee_checked("luo", "he").await;
    let purpose = "复议机关调取案卷";
    let bundling = |on: &Rewarded| json!({ "caseId": on.flow.case(), "purpose": purpose });
    let bundle = done(app, "deng", "MakeCaseBundle", bundling(&paid)).await;
    let csv = crate::law::MADE_UP_2027;
    let year = json!({ "year": 2027, "version": "2027-1", "csv": csv });
    let year = done(app, "qiu", "LoadCalendarYear", year).await;
    let next = json!({ "year": 2028, "version": "2028-1", "csv": csv.replace("2027-", "2028-") });
    // The calendar is every bureau's: it lies beside when somebody else loaded it.
    let away = "UPDATE calendar_draft SET loaded_by = NULL".to_owned();
    vec![
        make(
            app,
            ("luo", "ExportPayments"),
            (json!({}), lying(app, ("payment_file", payments))),
        ),
        make(
            app,
            ("he", "MakeCaseBundle"),
            (
                bundling(&due),
                within(app, bundle, ("case_file", paid.flow.case())),
            ),
        ),
        make(
            app,
            ("qiu", "LoadCalendarYear"),
            (next, Taken { id: year, away }),
        ),
    ]
}
