//! When a checkpoint counts.

use super::*;

const TIDE: Tide = Tide {
    settled: 90,
    newest: 100,
};

fn user(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

const SHAPE: Shape = Shape([7; 8]);

fn asking(number: u128, collection: Collection) -> Asking {
    Asking {
        user: user(number),
        collection,
        shape: SHAPE,
    }
}

fn read() -> Read {
    Read {
        place: Place {
            position: 70,
            document: Uuid::from_u128(7),
        },
        whole_at: DateTime::UNIX_EPOCH,
        gone_from: 5,
        came_at: DateTime::UNIX_EPOCH,
    }
}

fn checkpoint() -> Checkpoint {
    Checkpoint::read(asking(1, Collection::Visit), read())
}

fn resumed(checkpoint: &Checkpoint) -> Result<Read, Refusal> {
    checkpoint.resume(asking(1, Collection::Visit), TIDE, DateTime::UNIX_EPOCH)
}

#[test]
fn a_checkpoint_reads_back_and_rubbish_is_refused() {
    let stamp = Stamp::of_digest(&"0f".repeat(32)).unwrap();
    assert_eq!(stamp.to_string(), "0f".repeat(16));
    let stamped = Checkpoint::stamped(asking(1, Collection::Checklist), vec![stamp; 3]);
    for known in [checkpoint(), stamped] {
        let mut bytes = known.to_bytes();
        assert_eq!(Checkpoint::from_bytes(&bytes), Ok(known));
        bytes.push(0);
        assert_eq!(Checkpoint::from_bytes(&bytes), Err(unknown()));
    }
    for bad in [vec![], vec![0; 60], vec![FORM; 7], vec![FORM, 9, 0, 1]] {
        assert_eq!(Checkpoint::from_bytes(&bad), Err(unknown()));
    }
}

#[test]
fn a_checkpoint_counts_for_its_person_and_its_collection_alone() {
    assert_eq!(resumed(&checkpoint()), Ok(read()));
    let known = checkpoint();
    for of in [
        asking(2, Collection::Visit),
        asking(1, Collection::Merchant),
    ] {
        let resumed = known.resume(of, TIDE, DateTime::UNIX_EPOCH);
        assert_eq!(resumed, Err(unknown()));
    }
    assert!(known.stamps(asking(1, Collection::Visit)).is_err());
}

#[test]
fn a_checkpoint_of_an_earlier_epoch_starts_again_and_hears_of_all_that_went() {
    let before = checkpoint().in_epoch(EPOCH - 1);
    let again = resumed(&before).unwrap();
    assert_eq!((again.place, again.gone_from), (Place::START, 0));
    assert_eq!(again.whole_at, read().whole_at);
}

#[test]
fn a_checkpoint_of_an_app_that_showed_something_else_starts_again() {
    let more = Asking {
        shape: Shape::of(Sha256::new([9; 32])),
        ..asking(1, Collection::Visit)
    };
    let again = checkpoint().resume(more, TIDE, DateTime::UNIX_EPOCH);
    let again = again.unwrap();
    assert_eq!((again.place, again.gone_from), (Place::START, 0));
    let next = Checkpoint::read(more, read());
    let next = next.resume(more, TIDE, DateTime::UNIX_EPOCH);
    assert_eq!(next, Ok(read()));
    let law = asking(1, Collection::Checklist);
    let stamped = Checkpoint::stamped(law, Vec::new());
    let more = Asking {
        shape: more.shape,
        ..law
    };
    assert_eq!(stamped.stamps(law), Ok((&[][..], Again::None)));
    assert_eq!(stamped.stamps(more), Ok((&[][..], Again::All)));
}

#[test]
fn what_was_read_and_noted_only_afterwards_is_of_another_past() {
    let at = |seconds| Some(DateTime::UNIX_EPOCH + CLOCKS + TimeDelta::seconds(seconds));
    for (noted_at, expected) in [
        (None, false),
        (at(-90), false),
        (at(0), false),
        (at(1), true),
    ] {
        assert_eq!(read().is_of_another_past(noted_at), expected);
    }
    let far = Read {
        came_at: DateTime::<Utc>::MAX_UTC,
        ..read()
    };
    assert!(!far.is_of_another_past(at(1)));
}

#[test]
fn nobody_goes_on_from_behind_the_end_or_from_before_what_is_forgotten() {
    let behind = Tide {
        settled: 70,
        newest: 70,
    };
    let whose = asking(1, Collection::Visit);
    let at = |days| DateTime::UNIX_EPOCH + TimeDelta::days(days);
    let known = checkpoint();
    assert!(known.resume(whose, behind, at(0)).is_err());
    assert!(known.resume(whose, TIDE, at(PULLED_GONE_DAYS)).is_ok());
    assert!(known.resume(whose, TIDE, at(PULLED_GONE_DAYS + 1)).is_err());
}
