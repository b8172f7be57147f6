//! The size limits of the web release, raw and after brotli.

use std::path::Path;

use crate::failure::Failure;
use crate::run;

/// What the wasm should come down to, in bytes. Printed with each build until it is reached.
pub const RAW_GOAL: u64 = 900 * 1024;
/// What it should come down to after brotli, in bytes.
pub const BROTLI_GOAL: u64 = 350 * 1024;
/// The largest wasm file we allow, in bytes: a ceiling right above today's size, so that growth is a decision.
pub const RAW_LIMIT: u64 = 1_640 * 1024;
/// The largest it may be after brotli, in bytes: likewise.
pub const BROTLI_LIMIT: u64 = 516 * 1024;

/// Prints the sizes of what a browser has to load and fails when the wasm is too large.
pub fn check(dist: &Path) -> Result<(), Failure> {
    let wasm = measure(&dist.join("variorum_bg.wasm"))?;
    let script = measure(&dist.join("variorum.js"))?;
    println!("\n                      raw    brotli");
    println!("variorum_bg.wasm {:>8} {:>8}  bytes", wasm.raw, wasm.brotli);
    println!("   limit         {RAW_LIMIT:>8} {BROTLI_LIMIT:>8}");
    let missed = if wasm.raw > RAW_GOAL || wasm.brotli > BROTLI_GOAL { "  not reached yet" } else { "" };
    println!("   goal          {RAW_GOAL:>8} {BROTLI_GOAL:>8}{missed}");
    println!("variorum.js      {:>8} {:>8}", script.raw, script.brotli);
    for (program, when) in [
        ("worker", "for comparison and working together"),
        ("reader", "for the first file beyond plain text"),
    ] {
        let size = measure(&dist.join(format!("variorum-{program}_bg.wasm")))?;
        println!("variorum-{program}_bg.wasm {:>8} {:>8}  loaded {when}", size.raw, size.brotli);
    }
    verdict(&wasm)
}

struct Size {
    raw: u64,
    brotli: u64,
}

fn verdict(wasm: &Size) -> Result<(), Failure> {
    for (what, size, limit) in [("raw", wasm.raw, RAW_LIMIT), ("after brotli", wasm.brotli, BROTLI_LIMIT)] {
        if size > limit {
            return Err(Failure::new(format!(
                "The wasm is too large: {size} bytes {what}, the limit is {limit}."
            )));
        }
    }
    Ok(())
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
        assert!(verdict(&Size { raw: RAW_LIMIT, brotli: BROTLI_LIMIT }).is_ok());
        assert!(verdict(&Size { raw: RAW_LIMIT + 1, brotli: 1 }).is_err());
        assert!(verdict(&Size { raw: 1, brotli: BROTLI_LIMIT + 1 }).is_err());
    }
}
