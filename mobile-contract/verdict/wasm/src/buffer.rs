//! The buffer through which requests and answers go. Its functions are the whole of what the module
//! exports; no pointer is read here, and the program outside can reach its own memory only.

#![expect(unsafe_code, reason = "an exported function keeps its name")]

use std::cell::RefCell;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for a request of so many bytes and says where.
#[unsafe(no_mangle)]
pub extern "C" fn request(bytes: usize) -> *const u8 {
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        buffer.resize(bytes, 0);
        buffer.as_ptr()
    })
}

/// Answers the request in the buffer and says how many bytes the answer has.
#[unsafe(no_mangle)]
pub extern "C" fn respond() -> usize {
    BUFFER.with_borrow_mut(|buffer| {
        *buffer = crate::answer(buffer);
        buffer.len()
    })
}

/// Where the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn response() -> *const u8 {
    BUFFER.with_borrow(|buffer| buffer.as_ptr())
}
