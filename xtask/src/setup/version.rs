//! What version a program says it has.

use crate::run;

/// The version of a program on the `PATH`.
pub fn on_path(program: &str) -> Option<String> {
    let program = run::on_path(program)?;
    let text = run::output(run::command(program).arg("--version"))?;
    read(&text)
}

/// The first word that begins with a digit: `wasm-opt version 132 (version_132)`, `trunk 0.21.14`, `Chromium 156.0.8078.73 built on Debian`.
pub fn read(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        let version = |text| read(text).unwrap_or_default();
        assert_eq!(version("wasm-opt version 132 (version_132)"), "132");
        assert_eq!(version("trunk 0.21.14"), "0.21.14");
        assert_eq!(version("ChromeDriver 156.0.8078.73 (abc)"), "156.0.8078.73");
        assert_eq!(read("no version"), None);
    }
}
