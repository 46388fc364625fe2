use super::*;

fn keys() -> (Keys, Ids) {
    let ids = Ids::seeded(7);
    (Keys::in_memory(&ids).unwrap(), ids)
}

#[test]
fn a_token_works_for_its_purpose_until_it_is_over() {
    let (keys, ids) = keys();
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let person = ids.uuid(now);
    let device = ids.uuid(now);
    let holder = Holder::Person {
        user: person,
        device,
    };
    let token = keys.issue(holder, (now, 900)).unwrap();
    assert_eq!(keys.read(Purpose::Access, &token, now).unwrap().sub, person);
    assert!(keys.read(Purpose::Upload, &token, now).is_none());
    assert!(keys.read(Purpose::Device, &token, now).is_none());
    assert!(
        keys.read(Purpose::Access, &token, now + TimeDelta::seconds(900))
            .is_none()
    );
    assert!(
        keys.read(Purpose::Access, &format!("{token}x"), now)
            .is_none()
    );
    let other = Keys::in_memory(&Ids::seeded(8)).unwrap();
    assert!(other.read(Purpose::Access, &token, now).is_none());
}

#[test]
fn a_token_names_its_key_and_works_after_another_one_took_its_place() {
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let (before, after) = ([1; 32], [2; 32]);
    let holder = Holder::Photos {
        report: Uuid::from_u128(1),
        series: 3,
    };
    let old = Keys::of(&before, &[0; 32]).unwrap();
    let token = old.issue(holder, (now, 900)).unwrap();
    let new = || Keys::of(&after, &[0; 32]).unwrap();
    assert!(new().read(Purpose::Upload, &token, now).is_none());
    let overlap = new().knowing(&[(public_of(&before).unwrap(), now)]);
    let read = overlap.read(Purpose::Upload, &token, now).unwrap();
    assert_eq!(read.series, 3);
    // A thief of the key of before writes any end into a token: it is believed no longer than a right one.
    let thief = Holder::Person {
        user: Uuid::from_u128(1),
        device: Uuid::from_u128(2),
    };
    let forged = old.issue(thief, (now, 1_000_000)).unwrap();
    let later = now + TimeDelta::seconds(ACCESS_TOKEN_SECONDS);
    assert!(overlap.read(Purpose::Access, &forged, now).is_some());
    assert!(overlap.read(Purpose::Access, &forged, later).is_none());
    let fresh = overlap.issue(holder, (now, 900)).unwrap();
    assert!(old.read(Purpose::Upload, &fresh, now).is_none());
    let id = |token: &str| jsonwebtoken::decode_header(token).unwrap().kid;
    assert!(id(&token).is_some() && id(&token) != id(&fresh));
}

#[test]
fn a_sealed_secret_opens_in_its_own_table_column_and_row_alone() {
    let (keys, ids) = keys();
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let columns = [
        Column::Contact,
        Column::Particulars,
        Column::Notice,
        Column::SecondFactor,
        Column::Payees,
        Column::KeptReceipt,
        Column::ConfirmLink,
        Column::StopLink,
        Column::Checkpoint,
    ];
    for column in columns {
        let sealed = keys.seal(&ids, column.of(one), "a@b.example").unwrap();
        for other in columns {
            let opened = keys.unseal(other.of(one), &sealed);
            assert_eq!(opened.is_some(), other == column, "{other:?}");
        }
        assert_eq!(keys.unseal(column.of(two), &sealed), None);
        assert!(!sealed.windows(3).any(|w| w == b"a@b"));
    }
}

#[test]
fn what_an_earlier_version_sealed_opens_in_its_row() {
    let (keys, ids) = keys();
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let nonce: [u8; 12] = ids.bytes();
    let mut sealed = b"a@b.example".to_vec();
    let place = aead::Nonce::assume_unique_for_key(nonce);
    let named = aead::Aad::from(one.as_bytes());
    keys.seal
        .seal_in_place_append_tag(place, named, &mut sealed)
        .unwrap();
    let sealed = [nonce.to_vec(), sealed].concat();
    let opened = keys.unseal(Column::Contact.of(one), &sealed);
    assert_eq!(opened.as_deref(), Some("a@b.example"));
    assert_eq!(keys.unseal(Column::Contact.of(two), &sealed), None);
    for later in [
        Column::Payees,
        Column::KeptReceipt,
        Column::ConfirmLink,
        Column::StopLink,
        Column::Checkpoint,
    ] {
        assert_eq!(keys.unseal(later.of(one), &sealed), None, "{later:?}");
    }
}
