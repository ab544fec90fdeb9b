#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| anubad_fuzz::translate(bytes));
