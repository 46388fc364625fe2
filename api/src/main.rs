//! The program. Everything is in the library.
#![expect(
    unsafe_code,
    reason = "the allocator is told how it works by a function of C"
)]

use std::{
    ffi::{c_int, c_long},
    process::ExitCode,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long memory that was let go stays with the process, in milliseconds. A photo takes a hundred megabytes, each on another
/// thread, and each thread looks for room elsewhere: what ten of them let go in the allocator's own second is more than what is
/// in use. Reckoned, not measured.
const KEPT_MS: c_long = 100;

/// `mi_option_purge_delay`: its place in `mi_option_t` of mimalloc 3.
const PURGE_DELAY: c_int = 15;

unsafe extern "C" {
    /// Sets an option unless the environment did.
    fn mi_option_set_default(option: c_int, value: c_long);
}

fn main() -> ExitCode {
    // SAFETY: the function takes any two numbers, and writes one of its own; nothing else runs yet.
    unsafe { mi_option_set_default(PURGE_DELAY, KEPT_MS) };
    liangxin::cli::run()
}
