//! Held writes.

use super::check;
use liangxin_domain::{push::held::Command, text::Reason};

#[test]
fn no_two_steps_of_a_held_write_read_alike() {
    let refuse = |text: &str| Command::RefuseHeldItem {
        reason: Reason::parse(text, "reason").unwrap(),
    };
    check(&[
        Command::ApplyHeldItem,
        refuse("没有这项记录。"),
        refuse("不是本人测量的。"),
    ]);
}
