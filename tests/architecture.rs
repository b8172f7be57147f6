//! The arrows between modules, held as a table: a new one is an event, and this is where it happens.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use, beside itself. What is not listed may be used by nobody.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("store", &["model", "text"]),
    ("codecs", &["model", "text"]),
    ("dataset", &["codecs", "model", "text"]),
    ("storage", &["store", "codecs", "model", "text"]),
    ("check", &["model", "text"]),
    ("intake", &["codecs", "model", "text"]),
    ("versions", &["model", "text"]),
    ("agreement", &["model", "text"]),
    ("merge", &["model", "text"]),
    ("adjudicate", &["agreement", "model", "text"]),
    ("tree", &[]),
    ("beside", &["tree"]),
    ("together", &["adjudicate", "agreement", "beside", "codecs", "merge", "model", "text", "tree"]),
    ("training", &["beside", "codecs", "dataset", "model", "text", "tree", "versions"]),
    ("adding", &["intake", "model", "store", "text", "tree"]),
    ("sample", &["store", "model", "text"]),
    ("browser", &["storage", "text"]),
    (
        "ui",
        &[
            "adding", "beside", "browser", "check", "codecs", "intake", "model", "storage", "store", "text",
            "together", "training", "tree", "versions",
        ],
    ),
    (
        "cli",
        &[
            "adjudicate",
            "agreement",
            "check",
            "codecs",
            "dataset",
            "intake",
            "merge",
            "model",
            "sample",
            "storage",
            "store",
            "text",
            "training",
            "versions",
        ],
    ),
];

/// A file longer than this is more than one idea.
const LONGEST: usize = 800;

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn source() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&src).into_iter().filter_map(|path| {
        let inside = path.strip_prefix(&src).unwrap().to_path_buf();
        let module = inside.components().next().unwrap().as_os_str().to_str().unwrap().to_owned();
        let module = module.strip_suffix(".rs").unwrap_or(&module).to_owned();
        let code = fs::read_to_string(&path).unwrap();
        (!matches!(&*module, "lib" | "main" | "worker" | "reader")).then_some((module, inside, code))
    });
    files.collect()
}

/// The modules of this crate that a file names in its code before the tests.
fn named(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
    let mut found = Vec::new();
    for line in lines {
        for (at, _) in line.match_indices("crate::") {
            let before = line[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$')
                && !line[..at].ends_with('$')
            {
                continue;
            }
            let rest = &line[at + "crate::".len()..];
            let one =
                |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
            match rest.strip_prefix('{') {
                Some(group) => found.extend(group.split(',').map(|part| one(part.trim()))),
                None => found.push(one(rest)),
            }
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

fn forbidden(module: &str, code: &str) -> Vec<String> {
    let allowed = ARROWS.iter().find(|(name, _)| *name == module).map(|(_, to)| *to);
    let Some(allowed) = allowed else { return vec![format!("{module} is not in the table")] };
    let known = |name: &String| ARROWS.iter().any(|(m, _)| m == name);
    named(code).into_iter().filter(|n| known(n) && n != module && !allowed.contains(&&**n)).collect()
}

#[test]
fn arrows_point_down_only() {
    for (module, path, code) in source() {
        let wrong = forbidden(&module, &code);
        assert!(wrong.is_empty(), "{} uses {wrong:?}, which {module} may not", path.display());
    }
}

#[test]
fn the_guard_sees_a_core_module_that_uses_a_face() {
    assert_eq!(forbidden("model", "use crate::ui::App;\n"), ["ui"]);
    assert_eq!(forbidden("store", "fn f() { crate::browser::now() }\n"), ["browser"]);
    assert_eq!(forbidden("text", "use crate::{model::Id, text::Span};\n"), ["model"]);
    assert!(forbidden("text", "// crate::ui is far away\n").is_empty());
}

/// The readers bring in a megabyte of wasm: a worker may, the page may not.
#[test]
fn the_page_does_not_bring_in_the_readers() {
    let mut seen = 0;
    for (module, path, code) in source() {
        seen += usize::from(code.contains("readers::"));
        let page = matches!(&*module, "ui" | "browser");
        assert!(!(page && code.contains("readers::")), "{} uses intake's readers", path.display());
        // The desk for files calls them: only what the reading worker runs may hold one.
        let desk = code.contains("adding::Desk") || code.contains("adding::{Desk");
        let serves = path.ends_with("ui/adding/serve.rs");
        assert!(!(page && desk) || serves, "{} holds the desk for files", path.display());
    }
    assert!(seen > 0, "the guard looks for a name that is used");
}

#[test]
fn the_table_has_no_circle() {
    for (name, to) in ARROWS {
        let mut reached: Vec<&str> = to.to_vec();
        let mut i = 0;
        while i < reached.len() {
            let next = ARROWS.iter().find(|(n, _)| *n == reached[i]).map(|(_, to)| *to).unwrap_or_default();
            reached.extend(next.iter().filter(|n| !reached.contains(n)).copied().collect::<Vec<_>>());
            i += 1;
        }
        assert!(!reached.contains(name), "{name} comes back to itself");
    }
}

#[test]
fn every_file_opens_with_what_it_is_and_stays_readable() {
    for (_, path, code) in source() {
        assert!(code.starts_with("//! "), "{} does not say what it is", path.display());
        let lines = code.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines: more than one idea?", path.display());
    }
}

/// Article text and files are hostile: no data ever becomes HTML, nothing is evaluated.
#[test]
fn no_html_is_ever_set_from_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sinks = [
        "inner_html",
        "innerHTML",
        "outer_html",
        "outerHTML",
        "insert_adjacent_html",
        "insertAdjacentHTML",
        "document.write",
        "set_html",
        "setHTML",
        "eval(",
        "Function(",
    ];
    let mut files: Vec<PathBuf> = rust_files(&root.join("src"));
    files.extend(
        fs::read_dir(root.join("web"))
            .unwrap()
            .map(|e| e.unwrap().path())
            .filter(|p| p.extension().is_some_and(|e| e == "js")),
    );
    files.push(root.join("index.html"));
    for path in files {
        let code = fs::read_to_string(&path).unwrap();
        for sink in sinks {
            assert!(!code.contains(sink), "{} has {sink}", path.display());
        }
    }
}

#[test]
fn the_page_has_no_inline_code() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html")).unwrap();
    for script in page.split("<script").skip(1) {
        let (open, inside) = script.split_once('>').unwrap();
        assert!(open.contains("src="), "a script without a file: {open}");
        assert!(inside.starts_with("</script>"), "a script with code of its own");
    }
    assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick="));
    let policy = page.split("Content-Security-Policy").nth(1).unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"));
}
