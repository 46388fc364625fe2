//! Writes the bindings of the library; `generate.sh` runs it.

fn main() {
    uniffi::uniffi_bindgen_main();
}
