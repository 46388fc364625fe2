//! Whatever comes in as a quantity of any kind that people write, it is refused with a code of the list, or it
//! is written back as text that is the same quantity and the same text again.

#![no_main]

use liangxin_metrology::quantity::{
    Dioptre, Gram, KilowattHour, Kind, Millilitre, Millimetre, Piece, Quantity, Second, Yuan,
    YuanPerKg, YuanPerPiece,
};
use liangxin_metrology::refusal::CODES;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    examine(Gram::read, text);
    examine(Millilitre::read, text);
    examine(Millimetre::read, text);
    examine(Piece::read, text);
    examine(Yuan::read, text);
    examine(YuanPerKg::read, text);
    examine(YuanPerPiece::read, text);
    examine(KilowattHour::read, text);
    examine(Second::read, text);
    examine(Dioptre::read, text);
});

type Reader<K> = fn(&str) -> Result<Quantity<K>, liangxin_metrology::quantity::QuantityError>;

fn examine<K: Kind>(read: Reader<K>, text: &str) {
    let quantity = match read(text) {
        Ok(quantity) => quantity,
        Err(error) => {
            let is_listed = CODES.iter().any(|(code, ..)| *code == error.code());
            assert!(is_listed, "not on the list: {error}");
            return;
        }
    };
    let written = quantity.to_string();
    assert_eq!(read(&written), Ok(quantity), "{text} is written {written}");
    let again = read(&written).map(|again| again.to_string());
    assert_eq!(again.as_ref(), Ok(&written), "{text}");
    let value = quantity.value();
    assert!(value >= K::LEAST && value <= K::MOST, "{text} is {value}");
    assert!(
        value.normalize().scale() <= K::DECIMALS,
        "{text} is {value}"
    );
}
