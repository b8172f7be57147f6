//! The time, for stamps and names of files.

/// Now, in UTC, as `2026-11-21T18:42:20.512Z`.
pub fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// Milliseconds since 1970.
pub fn millis() -> u64 {
    js_sys::Date::now() as u64
}

/// Whole minutes since a time such as [`now`] gives; 0 for one that is yet to come.
pub fn minutes_since(time: &str) -> u64 {
    let then = js_sys::Date::parse(time);
    let past = js_sys::Date::now() - then;
    // A time that is none gives not-a-number, which becomes 0.
    (past / 60_000.0) as u64
}

/// Whole days since a time.
pub fn days_since(time: &str) -> u64 {
    minutes_since(time) / (24 * 60)
}

/// Today's date, for names of files.
pub fn today() -> String {
    now()[..10].to_owned()
}
