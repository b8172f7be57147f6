//! Speed of exports: ten thousand articles with a hundred thousand attributions. `cargo xtask bench dataset`.

use std::time::Instant;
use variorum::codecs::exchange::{Fault, Options, Sink};
use variorum::codecs::format;
use variorum::dataset::{Dataset, Selection};

#[path = "../tests/common/annotated.rs"]
mod annotated;

/// Counts what is written.
#[derive(Default)]
struct Bytes(usize);

impl Sink for Bytes {
    fn begin(&mut self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    fn put(&mut self, text: &str) -> Result<(), Fault> {
        self.0 += text.len();
        Ok(())
    }
    fn beside(&mut self, _: &str, text: &str) -> Result<(), Fault> {
        self.put(text)
    }
}

/// The most memory this program has held, in MB, where the system says.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? / 1024)
}

fn main() {
    let (articles, each) = (10_000, 10);
    let project = annotated::project(articles, each);
    println!("exports of {articles} articles with {} attributions", articles * each);
    let selection = Selection::default();
    let formats = ["jsonl", "doccano", "csv", "conll", "cas-xmi"];
    let only = std::env::args().find_map(|name| formats.into_iter().find(|format| **format == name));
    for name in only.map_or(formats.to_vec(), |one| vec![one]) {
        let start = Instant::now();
        let data = Dataset::whole(&project, &selection, Options::default());
        let mut bytes = Bytes::default();
        let codec = format(name).expect("a format");
        codec.write(&data, &mut bytes).expect("written");
        let time = start.elapsed().as_secs_f64();
        let memory = peak().map_or_else(String::new, |mb| format!(", {mb} MB at most so far"));
        println!("  {name:8} {:6.1} MB in {time:5.2} s{memory}", bytes.0 as f64 / 1e6);
    }
}
