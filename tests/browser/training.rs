//! Training data: what is exported here is what the command line exports, losses are shown before, other tools'
//! files bring their annotations, and a thousand articles take seconds.

#[path = "../common/annotated.rs"]
mod annotated;
#[path = "../common/zip_entries.rs"]
mod zip_entries;

use crate::desk::{records, shown};
use crate::harness::Page;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use variorum::codecs::project_file;
use zip_entries::entries;

/// What the command line prints.
fn native(arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_variorum")).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// All files below a folder, by their paths inside it.
fn files(folder: &Path, inside: &str, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{inside}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &format!("{name}/"), found);
        } else {
            found.push((name, std::fs::read(path).unwrap()));
        }
    }
    found.sort();
}

/// How many attributions of a project are not deleted.
fn live(file: &str) -> usize {
    records(file, "attribution").iter().filter(|r| r.get("deleted").is_none_or(|d| shown(d) != true)).count()
}

impl Page {
    pub(crate) fn open_sample_training(&self) {
        self.click_text("Open the sample story");
        self.wait_until("the sample opens", || !self.find_all("#page-text").is_empty());
        self.press("Alt+x");
        self.wait_until("the desk answers", || !self.find_all("#save").is_empty());
    }

    /// Uses a control of the desk and waits for what it shows then.
    pub(crate) fn use_training(&self, id: &str, then: &str) {
        self.find(&format!("#{id}")).click();
        self.wait_until(&format!("{then} is there"), || !self.find_all(then).is_empty());
    }

    pub(crate) fn bring(&self, files: &[(&str, &str)]) {
        let files: Vec<_> = files.iter().map(|(name, text)| self.file(name, text.as_bytes())).collect();
        self.run("document.querySelector('#training-files').hidden = false", vec![]);
        self.find("#training-files").choose(&files.iter().map(|f| f.as_path()).collect::<Vec<_>>());
        self.wait_until("the files are read", || !self.find_all("#take-in").is_empty());
    }

    /// The project as it is saved, in a file.
    fn project(&self) -> String {
        self.forget_downloads();
        self.find("#export").click();
        std::fs::read_to_string(self.downloaded()).unwrap()
    }

    fn training_looks(&self, name: &str) {
        self.screenshot(name);
        self.dark();
        self.narrow();
        self.screenshot(&format!("{name}-dark-400"));
        self.light();
        let over = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        assert_eq!(self.run(over, vec![]), Value::Bool(false), "{name} fits 400 px");
        self.wide();
    }
}

#[test]
fn what_is_exported_is_what_the_command_line_exports_and_losses_are_shown_before() {
    let page = Page::open("training-out");
    page.click_text("Open the sample story");
    page.wait_until("the sample opens", || !page.find_all("#page-text").is_empty());
    let project = page.file("sample.variorum.json", page.project().as_bytes());
    page.click_text("Together");
    page.wait_until("the way is there", || !page.find_all("#to-training").is_empty());
    page.use_training("to-training", "#save");
    page.use_training("format-brat", "#report-brat");
    page.use_training("format-conll", "#report-conll .losses");
    let lost = page.find("#report-conll").text();
    assert!(lost.contains("What conll cannot hold here") && lost.contains("stances"), "{lost}");
    page.use_training("split", "#leaks");
    assert!(page.find("#leaks").text().ends_with("0."));
    page.training_looks("training-export");
    page.forget_downloads();
    page.find("#save").click();
    let found = entries(&std::fs::read(page.downloaded()).unwrap());
    let folder = project.with_file_name("native");
    let mut wanted = Vec::new();
    for format in ["jsonl", "conll", "brat"] {
        let to = folder.join(format);
        let (from, to) = (project.to_str().unwrap(), to.to_str().unwrap());
        native(&["export", from, "--format", format, "-o", to, "--split", "80/10/10", "--seed", "1"]);
    }
    files(&folder, "", &mut wanted);
    assert_eq!(found.len(), wanted.len());
    for (one, other) in found.iter().zip(&wanted) {
        assert!(one == other, "{} and {}", one.0, other.0);
    }
    // The ZIP file comes in as it went out.
    page.run("scrollTo(0, 0)", vec![]);
    page.use_training("part-import", "#can-read");
    page.run("document.querySelector('#training-files').hidden = false", vec![]);
    page.find("#training-files").choose(&[&page.downloaded()]);
    page.wait_until("it is unpacked and read", || !page.find_all("#holds").is_empty());
    assert!(page.find("#in-format").text().contains("jsonl"), "{}", page.find("#in-format").text());
    assert!(page.find("#holds").text().contains("already here: 5"), "{}", page.find("#holds").text());
    page.use_training("part-export", "#report-brat");
    // What was chosen is remembered.
    page.reload();
    page.wait_until("the desk answers", || !page.find_all("#report-brat").is_empty());
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn files_of_other_tools_bring_their_annotations_in_one_step() {
    let page = Page::open("training-in");
    page.open_sample_training();
    page.use_training("part-import", "#can-read");
    page.training_looks("training-import");
    let text = "“We stay,” Mayor Holm said. 😀";
    let ann = "T1\tSpeaker 11 21\tMayor Holm\nT2\tStatement 0 10\t“We stay,”\nT3\tVerbum 22 26\tsaid\nR1\tSays Arg1:T1 Arg2:T2\nR2\tBy Arg1:T3 Arg2:T2\n";
    page.bring(&[("a.txt", text), ("a.ann", ann)]);
    assert!(page.find("#in-format").text().contains("brat"));
    let means = "const field = document.getElementById('means-Verbum'); field.value = 'cue';
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    page.run(means, vec![]);
    page.wait_until("the tie is understood", || page.find_all("#issues").is_empty());
    page.training_looks("training-mapping");
    page.narrow();
    let cut =
        "const w = document.querySelector('#labels').parentElement; return w.scrollWidth > w.clientWidth";
    assert_eq!(page.run(cut, vec![]), Value::Bool(false), "the table of labels fits 400 px");
    page.wide();
    let before = live(&page.project());
    page.find("#take-in").click();
    page.wait_for_text("records were taken in");
    let saved = page.project();
    assert_eq!(live(&saved), before + 1);
    let attributions = records(&saved, "attribution");
    let new = attributions.iter().find(|a| a.to_string().contains("We stay")).unwrap();
    assert!(new.to_string().contains("\"said\""), "{new}");
    page.use_training("part-import", "#can-read");
    // Label Studio's shape, the text being here already.
    let task = format!(
        r#"[{{"id":1,"data":{{"text":"{text}"}},"annotations":[{{"result":[{{"id":"a","type":"labels","value":{{"start":11,"end":21,"labels":["mention"]}}}}]}}]}}]"#
    );
    page.bring(&[("tasks.json", &task)]);
    assert!(page.find("#holds").text().contains("already here: 1"), "{}", page.find("#holds").text());
    page.find("#take-in").click();
    page.wait_for_text("records were taken in");
    page.find("#undo").click();
    page.wait_for_text("import annotations");
    page.find("#undo").click();
    page.wait_until("both steps are undone", || live(&page.project()) == before);
    // What was undone can be taken in again, the article and all.
    page.use_training("part-import", "#can-read");
    page.bring(&[("a.txt", text), ("a.ann", ann)]);
    assert!(page.find("#holds").text().contains("already here: 0"), "{}", page.find("#holds").text());
    page.find("#take-in").click();
    page.wait_until("it is all back", || live(&page.project()) == before + 1);
    let again = page.project();
    let there = records(&again, "attribution").into_iter().filter(|a| a.to_string().contains("We stay"));
    let there: Vec<_> = there.filter(|a| a["deleted"].is_null()).collect();
    assert_eq!(there.len(), 1, "{there:?}");
    assert!(there[0].to_string().contains("\"said\""), "{there:?}");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

/// A project with so many articles, its export looked at.
fn large(name: &'static str, articles: usize) -> Page {
    let page = Page::open(name);
    let project = project_file::write(&annotated::project(articles, 10));
    let file = page.file("large.variorum.json", project.as_bytes());
    page.run("document.querySelector('#file-input').hidden = false", vec![]);
    page.find("#file-input").choose(&[&file]);
    page.wait_until("it is open", || page.find_all(".version").len() > 20);
    page.press("Alt+x");
    page.wait_until("the desk answers", || !page.find_all("#look").is_empty());
    page.use_training("look", "#save");
    page
}

/// Exports; milliseconds, and how many words of progress there were.
fn export(page: &Page) -> (f64, u64) {
    let script = "const start = performance.now(); const seen = new Set();
        document.getElementById('save').click();
        const look = setInterval(() => {
            const far = document.querySelector('.progress progress')?.value;
            if (far !== undefined) seen.add(far);
            if (document.querySelector('.spoken').textContent.includes('Saved “')) {
                clearInterval(look);
                window.took = [performance.now() - start, seen.size];
            }
        }, 20);";
    page.forget_downloads();
    page.run(script, vec![]);
    let wait = |_| {
        std::thread::sleep(std::time::Duration::from_millis(200));
        page.run("return window.took ?? null", vec![])
    };
    let took = (0..900).map(wait).find(|took| !took.is_null()).expect("it is saved");
    assert!(!std::fs::read(page.downloaded()).unwrap().is_empty());
    (took[0].as_f64().unwrap(), took[1].as_u64().unwrap())
}

#[test]
fn a_long_export_says_how_far_it_has_come_and_can_be_broken_off() {
    let page = large("training-stop", 300);
    let (_, steps) = export(&page);
    assert!(steps > 3, "it says how far it has come, {steps} times");
    // Broken off, it saves nothing, and the desk is there again.
    page.forget_downloads();
    let stop = "document.getElementById('save').click();
        const look = setInterval(() => {
            const cancel = document.getElementById('cancel');
            if (cancel) { clearInterval(look); cancel.click(); }
        }, 5);";
    page.run(stop, vec![]);
    page.wait_until("it begins again", || !page.find_all("#look").is_empty());
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "a measurement: `cargo xtask bench`"]
fn bench_the_export_of_a_thousand_articles() {
    let page = large("bench-training", 1_000);
    let (time, steps) = export(&page);
    println!("1,000 articles, 10,000 attributions to JSON lines: {time:.0} ms, {steps} words of progress");
}
