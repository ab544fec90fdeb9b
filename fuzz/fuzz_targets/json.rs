#![no_main]

use anubad::article::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| anubad_fuzz::read(Format::Json, bytes));
