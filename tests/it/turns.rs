//! Work that needs memory and a processor waits by who sent it.

use std::sync::mpsc;

use futures_util::FutureExt as _;
use liangxin_app::turns::{Heavy, Whose};
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;

#[tokio::test]
async fn pictures_of_guests_that_claim_99_megapixels_keep_no_inspector_waiting() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        flow.take(Step::DeclarePhotos).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        // One is being decoded until the test lets it go, and a second waits with it for memory.
        let (release, held) = mpsc::channel::<()>();
        let claimed = Heavy::Photo(Whose::Guest, 99_000_000 * 4);
        let parts = app.parts();
        let first = parts.in_turn(claimed, "decode", move || {
            let _ = held.recv();
        });
        let second = parts.in_turn(claimed, "decode", || ());
        let photo = reporter.upload(flow.report_photo(), pictures::scale());
        let mut guests = async { tokio::join!(first, second, photo) }.boxed_local();
        let zhou = app.as_("zhou");
        let inspector = zhou.upload(flow.scene_photo(), pictures::stall());
        tokio::select! {
            biased;
            _ = &mut guests => panic!("guests had more turns than there are"),
            sent = inspector => assert_eq!(sent, Ok(())),
        }
        release.send(()).unwrap();
        let (first, second, photo) = guests.await;
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(photo, Ok(()));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_caller_who_goes_away_makes_no_room_before_the_work_has_ended() {
    on_both(async |app| {
        let (release, held) = mpsc::channel::<()>();
        let (begun, began) = mpsc::channel();
        let all = Heavy::Photo(Whose::Guest, u64::MAX);
        let parts = app.parts();
        let mut first = parts
            .in_turn(all, "decode", move || {
                let _ = begun.send(());
                let _ = held.recv();
            })
            .boxed_local();
        assert!((&mut first).now_or_never().is_none());
        began.recv().unwrap();
        drop(first);
        let mut second = parts.in_turn(all, "decode", || ()).boxed_local();
        assert!((&mut second).now_or_never().is_none());
        release.send(()).unwrap();
        assert!(second.await.is_ok());
    })
    .await;
}
