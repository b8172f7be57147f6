//! Intake from end to end: the five articles that people work with, pages made for the project, and the
//! command line.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use variorum::intake::kin::{Index, Kind};
use variorum::intake::readers::{self, Hint};
use variorum::intake::{Draft, cleaning, score};
use variorum::model::SegmentKind;

/// The five articles; none where they are not beside the project.
fn articles() -> Option<Vec<Draft>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/articles");
    let Ok(files) = fs::read_dir(&folder).or_else(|_| fs::read_dir("/work/shared/articles")) else {
        eprintln!("skipped: the articles are not here");
        return None;
    };
    let mut files: Vec<PathBuf> = files.map(|f| f.unwrap().path()).collect();
    files.sort();
    let read = |file: &PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        readers::read(&fs::read(file).unwrap(), &Hint::named(&name)).unwrap().drafts.remove(0).1
    };
    Some(files.iter().map(read).collect())
}

fn of_kind(draft: &Draft, kind: SegmentKind) -> Vec<&str> {
    draft.facts.segments.iter().filter(|(_, k)| *k == kind).map(|(s, _)| s.slice(&draft.content)).collect()
}

#[test]
fn the_articles_say_who_wrote_and_published_them() {
    let Some(all) = articles() else { return };
    let titles: Vec<usize> = all.iter().map(|d| d.title.split_whitespace().count()).collect();
    assert_eq!(titles[0], 11, "{}", all[0].title);
    assert!(all[1].title.ends_with("Ukraine") && all[3].title.ends_with("possible"));
    assert!(all[4].title.starts_with("Secretary of State") && all[4].title.ends_with("mount"));
    assert_eq!(all[0].facts.byline, ["James Politi"]);
    assert_eq!(all[0].facts.outlet.as_deref(), Some("The Financial Times"));
    assert_eq!(all[3].facts.byline, ["Patrick Wintour"]);
    assert_eq!(all[3].facts.outlet.as_deref(), Some("The Guardian"));
    assert_eq!(all[3].facts.published.as_deref(), Some("2022-01-07"));
    assert!(all[3].facts.url.as_deref().is_some_and(|u| u.contains("/2022/jan/07/")));
    for (at, credit) in [(0, "William Langley"), (1, "William Langley"), (4, "Ben Wolfgang")] {
        assert_eq!(all[at].facts.credits, [credit]);
    }
    assert!(all[2].facts.credits.is_empty() && all[2].facts.byline.is_empty());
    assert!(all.iter().all(|d| d.language.as_deref() == Some("en")));
}

#[test]
fn the_lines_of_the_articles_are_told_apart() {
    let Some(all) = articles() else { return };
    let count = |at: usize, kind| of_kind(&all[at], kind).len();
    assert_eq!(count(0, SegmentKind::Headline), 1);
    assert_eq!(count(1, SegmentKind::Headline), 3, "the title is there three times");
    assert_eq!(count(0, SegmentKind::Caption), 1);
    assert_eq!(count(0, SegmentKind::Boilerplate), 3);
    assert_eq!(count(1, SegmentKind::Boilerplate), 2);
    assert_eq!(count(2, SegmentKind::Boilerplate) + count(2, SegmentKind::Headline), 0);
    assert_eq!(count(3, SegmentKind::ForeignGloss), 2);
    assert_eq!(count(3, SegmentKind::Url), 1);
    assert_eq!(count(4, SegmentKind::Boilerplate), 2);
    for at in [0, 1, 4] {
        assert_eq!(count(at, SegmentKind::Credit), 1);
    }
    // Nothing that quotes somebody at length is taken for furniture.
    for draft in &all {
        assert!(of_kind(draft, SegmentKind::Boilerplate).iter().all(|l| !l.contains('“')));
    }
}

#[test]
fn links_of_the_articles_are_data_and_their_markup_can_be_cut() {
    let Some(all) = articles() else { return };
    assert_eq!(all[0].links.len(), 7);
    let proposals = cleaning::propose(&all[0]);
    let breaks = proposals.iter().filter(|p| p.why == cleaning::Why::PageBreak).count();
    assert_eq!(breaks, 2, "one after a comma, one inside a quotation");
    let (clean, done) = cleaning::accept(&all[0], &proposals).unwrap();
    assert!(!clean.content.contains("](#)"));
    assert_eq!(done.from, all[0].content);
    let doubled = cleaning::propose(&all[1]).iter().filter(|p| p.why == cleaning::Why::DoubledTitle).count();
    assert_eq!(doubled, 2);
}

#[test]
fn three_of_the_articles_are_one_story_and_two_are_not() {
    let Some(all) = articles() else { return };
    for order in [[0, 1, 2, 3, 4], [2, 1, 0, 4, 3], [3, 2, 4, 0, 1]] {
        let mut index = Index::default();
        let mut found: Vec<(usize, usize)> = Vec::new();
        for at in order {
            for kin in index.kin(&all[at].content, &all[at].facts.segments) {
                println!(
                    "{at} {} {:?} {} {} {}",
                    kin.key,
                    kin.kind,
                    kin.of_new,
                    kin.of_other,
                    kin.evidence()
                );
                assert_eq!(kin.kind, Kind::Version);
                let other = kin.key.parse().unwrap();
                found.push((at.min(other), at.max(other)));
            }
            index.add(&at.to_string(), &all[at].content, &all[at].facts.segments);
        }
        found.sort();
        assert_eq!(found, [(0, 1), (0, 2), (1, 2)], "with their evidence");
    }
}

#[test]
fn the_main_text_of_pages_made_for_the_project_is_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/pages");
    let gold = fs::read_to_string(folder.join("gold.json")).unwrap();
    let gold: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&gold).unwrap();
    assert!(gold.len() >= 6);
    let scores: Vec<score::Score> = gold
        .iter()
        .map(|(name, gold)| {
            let page = fs::read(folder.join(format!("{name}.html"))).unwrap();
            let score = score::page(&page, gold["text"].as_str().unwrap());
            println!("{name}: {score:?}");
            score
        })
        .collect();
    assert!(score::mean(&scores).unwrap().f1 >= 0.95);
}

fn variorum(args: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_variorum")).args(args).output().unwrap();
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), words(out.stdout), words(out.stderr))
}

#[test]
fn a_batch_goes_on_past_what_fails_and_sorts_versions_into_stories() {
    let folder = std::env::temp_dir().join(format!("variorum-intake-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("in")).unwrap();
    let story = "Ferry stays for another year\n\nThe mayor said on Monday that the ferry would stay, and that nobody on the island would be left without a boat this winter.\n\n“We are not leaving the island without a boat,” Holm said after the vote of the board.\n\nAdditional reporting by Jo Roe\n\nCopyright Harbour Post 2022. All rights reserved.\n";
    fs::write(folder.join("in/a.txt"), story).unwrap();
    fs::write(
        folder.join("in/b.html"),
        format!(
            "<html><body><article><p>{}</p></article></body></html>",
            story.replace("Monday", "Tuesday").replace("\n\n", "</p><p>")
        ),
    )
    .unwrap();
    fs::write(folder.join("in/c.pdf"), b"%PDF-1.4 torn").unwrap();
    fs::write(folder.join("in/d.txt"), story).unwrap();
    fs::write(folder.join("in/e.txt"), "School opens\n\nThe new school has opened its doors to the children of the upper town on the first day of May.\n").unwrap();
    let project = folder.join("p.json");
    let (project, input) = (project.to_str().unwrap(), folder.join("in"));
    assert_eq!(variorum(&["new", project]).0, 0);
    let (code, out, err) = variorum(&["add", project, input.to_str().unwrap(), "--clean", "--json"]);
    assert_eq!(code, 1, "{err}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let results: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|l| l["result"].as_str().unwrap()).collect();
    assert_eq!(results[2..], ["failed", "duplicate", "added"], "{out}");
    assert!(results[..2].iter().all(|r| ["added", "look"].contains(r)), "{out}");
    let file: serde_json::Value = serde_json::from_str(&fs::read_to_string(project).unwrap()).unwrap();
    let records = file["records"].as_object().unwrap();
    let of = |kind: &str| records.values().filter(|r| r["kind"] == kind).count();
    assert_eq!((of("article"), of("story")), (3, 2), "two versions in one story");
    assert!(records.values().any(|r| r["cleaned_from"].is_string() && r["cuts"][0]["why"] == "boilerplate"));
    assert!(records.values().any(|r| r["kind"] == "article" && r["credits"][0] == "Jo Roe"));
    assert!(of("segment") >= 2);
    let (code, out, _) = variorum(&["check", project]);
    assert_eq!(code, 0, "{out}");
    fs::remove_dir_all(&folder).unwrap();
}
