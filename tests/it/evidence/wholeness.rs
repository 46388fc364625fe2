//! What counts as a photo, and what is said of one that nobody can look into.

use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::json;

#[tokio::test]
async fn what_no_decoder_knows_and_what_takes_too_much_memory_is_held_and_said_to_have_no_copy() {
    on_both(async |app| {
        for (bytes, format, copy) in [
            (pictures::heic(), "heic", "UNDECODABLE"),
            (pictures::of_200_megapixels().unwrap(), "png", "TOO_LARGE"),
        ] {
            let (flow, photo) = (Flow::new(&app), app.new_id());
            let change = json!({ "photos": [pictures::declared(photo, &bytes)] });
            let filed = flow.take_with(Step::FileReport, change).await;
            let reporter = app.reporter(filed.text("fileReport.receipt.receiptCode"));
            reporter.upload(photo, &bytes).await.unwrap();
            let id = json!({ "id": filed.text("fileReport.receipt.reportId") });
            let report = app.as_("lin").run("GetReport", id).await.ok();
            let held = report.data("report.photos.0");
            assert!(held["storedAt"].is_string() && held["isBlank"].is_null());
            assert_eq!(
                (&held["format"], &held["copy"]),
                (&json!(format), &json!(copy))
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_one_colour_is_held_and_said_to_be_blank() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let photo = app.new_id();
        let bytes = pictures::blank().unwrap();
        let change = json!({ "photos": [pictures::declared(photo, &bytes)] });
        let filed = flow.take_with(Step::FileReport, change).await;
        let reporter = app.reporter(filed.text("fileReport.receipt.receiptCode"));
        reporter.upload(photo, &bytes).await.unwrap();
        let officer = app.as_("lin");
        let report = officer
            .run(
                "GetReport",
                json!({ "id": filed.text("fileReport.receipt.reportId") }),
            )
            .await
            .ok();
        assert_eq!(report.data("report.photos.0")["isBlank"], true);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_a_whole_picture_is_refused_however_well_its_digest_fits() {
    on_both(async |app| {
        let jpeg = pictures::scale();
        let png = pictures::stroke();
        for (what, bytes, code) in [
            (
                "a cut JPEG",
                jpeg[..jpeg.len() - 100].to_vec(),
                "PHOTO_TRUNCATED",
            ),
            (
                "half a JPEG with an end marker behind it",
                pictures::half_a_scale(),
                "PHOTO_TRUNCATED",
            ),
            (
                "a JPEG with more behind it than any phone writes",
                pictures::scale_with_cargo(),
                "PHOTO_TAIL",
            ),
            (
                "a HEIC whose data is cut",
                pictures::heic()[..600].to_vec(),
                "PHOTO_TRUNCATED",
            ),
            (
                "a cut PNG",
                png[..png.len() / 2].to_vec(),
                "PHOTO_TRUNCATED",
            ),
            (
                "a text",
                b"this is no photo, but a letter to the bureau".to_vec(),
                "PHOTO_FORMAT",
            ),
            (
                "a page",
                b"<html><script>alert(1)</script></html>".to_vec(),
                "PHOTO_FORMAT",
            ),
            (
                "a GIF",
                b"GIF89a\x01\x00\x01\x00\x00\x00\x00;".to_vec(),
                "PHOTO_FORMAT",
            ),
            (
                "400 megapixels",
                pictures::claims_400_megapixels(),
                "PHOTO_TOO_MANY_PIXELS",
            ),
        ] {
            let flow = Flow::new(&app);
            let photo = app.new_id();
            let change = json!({ "photos": [pictures::declared(photo, &bytes)] });
            let filed = flow.take_with(Step::FileReport, change).await;
            let reporter = app.reporter(filed.text("fileReport.receipt.receiptCode"));
            assert_eq!(reporter.refused_upload(photo, &bytes).await, code, "{what}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_picture_with_all_its_blocks_is_kept_however_its_file_ends() {
    on_both(async |app| {
        let scale = pictures::scale();
        for (what, bytes) in [
            (
                "a maker's trailer for the end",
                pictures::scale_with_trailer(),
            ),
            ("no end", scale[..scale.len() - 2].to_vec()),
            (
                "another picture behind",
                [scale, pictures::stall()].concat(),
            ),
        ] {
            let flow = Flow::new(&app);
            let photo = app.new_id();
            let change = json!({ "photos": [pictures::declared(photo, &bytes)] });
            let filed = flow.take_with(Step::FileReport, change).await;
            let reporter = app.reporter(filed.text("fileReport.receipt.receiptCode"));
            let kept = reporter.upload(photo, &bytes).await;
            assert!(kept.is_ok(), "{what}");
        }
        app.drain_jobs().await;
    })
    .await;
}
