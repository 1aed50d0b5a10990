#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rootdeck::fuzz::run("contact_plan", bytes));
