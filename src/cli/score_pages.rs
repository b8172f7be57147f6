//! `variorum add --score`: how well the main text of web pages is found.

use super::{Failure, Outcome, Sound, count};
use crate::intake::score::{self, Score};
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What a page's article says, as people wrote it down.
#[derive(Deserialize)]
struct Gold {
    text: String,
}

/// A page unpacked is no larger than this.
const LARGEST: usize = 64 * 1024 * 1024;

pub(super) fn run(folder: &Path, json: bool) -> Outcome {
    let path = folder.join("gold.json");
    let said = |path: &Path, why: &dyn std::fmt::Display| Failure(format!("{}: {why}.", path.display()));
    let gold = std::fs::read_to_string(&path).map_err(|why| said(&path, &why))?;
    let gold: BTreeMap<String, Gold> = serde_json::from_str(&gold).map_err(|why| said(&path, &why))?;
    let mut scores = Vec::new();
    for (name, gold) in &gold {
        let page = read_page(folder, name)?;
        let score = score::page(&page, &gold.text);
        if !json {
            println!("{}  {name}", shown(score));
        }
        scores.push(score);
    }
    let mean = score::mean(&scores).ok_or_else(|| said(&path, &"it names no pages"))?;
    match json {
        true => {
            let Score { precision, recall, f1 } = mean;
            let pages = scores.len();
            println!(
                "{}",
                serde_json::json!({ "pages": pages, "precision": precision, "recall": recall, "f1": f1 })
            );
        }
        false => println!("{}  mean of {}", shown(mean), count(scores.len(), "page", "pages")),
    }
    Ok(Sound::Yes)
}

fn shown(score: Score) -> String {
    format!("precision {:.3}  recall {:.3}  F1 {:.3}", score.precision, score.recall, score.f1)
}

fn read_page(folder: &Path, name: &str) -> Result<Vec<u8>, Failure> {
    let plain = folder.join(format!("{name}.html"));
    if plain.exists() {
        return std::fs::read(&plain).map_err(|why| Failure(format!("{}: {why}.", plain.display())));
    }
    let packed = folder.join(format!("{name}.html.gz"));
    let bytes = std::fs::read(&packed).map_err(|why| Failure(format!("{}: {why}.", packed.display())))?;
    gunzip(&bytes).ok_or_else(|| Failure(format!("{} cannot be unpacked.", packed.display())))
}

/// The first member of a gzip file (RFC 1952).
fn gunzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let flags = *bytes.get(3).filter(|_| bytes.starts_with(&[0x1F, 0x8B, 8]))?;
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + usize::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += bytes.get(at..)?.iter().position(|b| *b == 0)? + 1;
        }
    }
    at += if flags & 2 != 0 { 2 } else { 0 };
    decompress_to_vec_with_limit(bytes.get(at..)?, LARGEST).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gzip_file_with_a_name_in_it_is_unpacked() {
        let mut file = vec![0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3];
        file.extend(b"page.html\0");
        file.extend(miniz_oxide::deflate::compress_to_vec(b"<p>Ferry", 6));
        assert_eq!(gunzip(&file).as_deref(), Some(&b"<p>Ferry"[..]));
        assert_eq!(gunzip(b"\x1f\x8b\x08"), None);
    }
}
