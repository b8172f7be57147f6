//! The size limits of the web release, raw and after brotli.

use std::path::Path;

use crate::failure::Failure;
use crate::parts;
use crate::run;

/// The largest that the page's own wasm may be, in bytes.
pub const PAGE: Size = Size { raw: 900 * 1024, brotli: 350 * 1024 };
/// The largest that the page and the reader may be together, which is what the first article waits for: a ceiling
/// right above today's size, so that growth is a decision.
pub const ARTICLE: Size = Size { raw: 1_380 * 1024, brotli: 464 * 1024 };
/// The largest that all parts may be together, which are loaded when they are needed: likewise.
pub const PARTS: Size = Size { raw: 974 * 1024, brotli: 366 * 1024 };

/// How large something is.
#[derive(Clone, Copy, Default)]
pub struct Size {
    /// In bytes.
    pub raw: u64,
    /// In bytes, after brotli.
    pub brotli: u64,
}

impl Size {
    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, brotli: self.brotli + other.brotli }
    }

    fn within(self, limit: Self) -> bool {
        self.raw <= limit.raw && self.brotli <= limit.brotli
    }
}

/// Prints the sizes of what a browser has to load and fails when the wasm is too large.
pub fn check(dist: &Path) -> Result<(), Failure> {
    println!("\n{:36} {:>8} {:>8}", "in bytes", "raw", "brotli");
    let page = measure(&dist.join("variorum_bg.wasm"))?;
    line("the page: variorum_bg.wasm", page);
    line("   limit", PAGE);
    line("variorum.js", measure(&dist.join("variorum.js"))?);
    let (mut all, mut article) = (Size::default(), page);
    for folder in folders(&dist.join(parts::FOLDER)) {
        let with_reader = parts::files_of("reader", &folder)?;
        for file in parts::wasm_files(&folder)? {
            let size = measure(&file)?;
            line(&file.file_name().unwrap_or_default().to_string_lossy(), size);
            all = all.plus(size);
            if with_reader.contains(&file) {
                article = article.plus(size);
            }
        }
    }
    line("page and reader: the first article", article);
    line("   limit", ARTICLE);
    line("all parts, loaded when needed", all);
    line("   limit", PARTS);
    for (program, when) in [
        ("worker", "for comparison and working together"),
        ("reader", "for the first file beyond plain text"),
    ] {
        let size = measure(&dist.join(format!("variorum-{program}_bg.wasm")))?;
        line(&format!("{program}, {when}"), size);
    }
    verdict("page", page, PAGE)?;
    verdict("page and the reader", article, ARTICLE)?;
    verdict("parts", all, PARTS)
}

fn line(what: &str, size: Size) {
    println!("{what:36} {:>8} {:>8}", size.raw, size.brotli);
}

fn folders(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_dir()).collect()
}

fn verdict(what: &str, size: Size, limit: Size) -> Result<(), Failure> {
    if size.within(limit) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "The wasm of the {what} is too large: {} bytes, {} after brotli; the limits are {} and {}.",
        size.raw, size.brotli, limit.raw, limit.brotli
    )))
}

/// Node has brotli built in, and the set-up needs Node for wasm-opt anyway.
fn measure(file: &Path) -> Result<Size, Failure> {
    let unreadable = || Failure::new(format!("Cannot measure {}.", file.display()));
    let raw = file.metadata().map_err(|_| unreadable())?.len();
    let script = "const { readFileSync } = require('node:fs');\
                  const { brotliCompressSync } = require('node:zlib');\
                  console.log(brotliCompressSync(readFileSync(process.argv[1])).length)";
    let brotli = run::output(run::command("node").args(["-e", script]).arg(file))
        .and_then(|text| text.parse().ok())
        .ok_or_else(unreadable)?;
    Ok(Size { raw, brotli })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_limits_hold() {
        assert!(verdict("page", PAGE, PAGE).is_ok());
        assert!(verdict("page", Size { raw: PAGE.raw + 1, brotli: 1 }, PAGE).is_err());
        assert!(verdict("page", Size { raw: 1, brotli: PAGE.brotli + 1 }, PAGE).is_err());
    }
}
