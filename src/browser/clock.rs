//! The time, for stamps and names of files.

/// Now, in UTC, as `2026-11-21T18:42:20.512Z`.
pub fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// Milliseconds since 1970.
pub fn millis() -> u64 {
    js_sys::Date::now() as u64
}

/// Today's date, for names of files.
pub fn today() -> String {
    now()[..10].to_owned()
}
