//! The shared folder. No test can drive the browser's picker, so the page is given the origin's private
//! directory in its place; all the rest is as with a folder on disk.

use crate::colleagues::desk::Desk;
use crate::desk::records;
use crate::harness::Page;
use serde_json::Value;
use variorum::codecs::project_file;
use variorum::merge::export::my_work;
use variorum::model::{Article, Attribution, Project};
use variorum::store::{Command, MarkRole};
use variorum::text::Span;

const PICKER: &str = "window.showDirectoryPicker = async () =>
    (await navigator.storage.getDirectory()).getDirectoryHandle('shared', { create: true });";

impl Page {
    /// Names and contents of what lies in the folder.
    fn in_folder(&self) -> Vec<(String, String)> {
        let found = self.run_async(
            "const done = arguments[arguments.length - 1];
             (async () => {
                 const root = await navigator.storage.getDirectory();
                 const folder = await root.getDirectoryHandle('shared', { create: true });
                 const all = [];
                 for await (const handle of folder.values()) {
                     all.push([handle.name, await (await handle.getFile()).text()]);
                 }
                 done(all);
             })().catch((why) => done([['failed', String(why)]]));",
            vec![],
        );
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        let all = found.as_array().cloned().unwrap_or_default();
        all.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
    }

    /// Puts a file there, as a syncing service would.
    fn sync(&self, name: &str, content: &str) {
        let done = self.run_async(
            "const [name, content, done] = arguments;
             (async () => {
                 const root = await navigator.storage.getDirectory();
                 const folder = await root.getDirectoryHandle('shared', { create: true });
                 const handle = await folder.getFileHandle(name, { create: true });
                 const stream = await handle.createWritable();
                 await stream.write(content);
                 await stream.close();
                 done(true);
             })().catch((why) => done(String(why)));",
            vec![name.into(), content.into()],
        );
        assert_eq!(done, true, "{name} is put there");
    }

    fn own_file(&self) -> Option<(String, Project)> {
        let all = self.in_folder().into_iter().filter(|(name, _)| name.contains("Jana Roe"));
        let mut all = all.filter_map(|(name, text)| Some((name, project_file::read(&text).ok()?.value)));
        all.next()
    }
}

/// Marks words of the first article.
fn mark(colleague: &mut Desk, id: u128, words: &str) {
    let (text, span) = {
        let article = colleague.project.all::<Article>().next().unwrap();
        let content = colleague.project.text(&article.text).unwrap();
        let at = content.find(words).unwrap();
        (article.text.clone(), Span::new(content, at, at + words.len()).unwrap())
    };
    let attribution = variorum::model::Id::random(id);
    assert!(colleague.run(Command::Mark { attribution, text, span, role: MarkRole::Content, blind: true }));
}

#[test]
fn a_shared_folder_is_read_at_each_opening_and_ones_own_file_follows_ones_work() {
    let page = Page::open("folder");
    page.add_article(crate::desk::ARTICLE, None);
    page.select("#page-text", "We are not leaving the harbour");
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    let ground = project_file::read(&page.export()).unwrap().value;
    page.run(PICKER, vec![]);
    page.click_text("Together");
    page.wait_until("the desk answers", || !page.find_all("#folder-choose").is_empty());
    page.screenshot("folder-none");
    page.find("#folder-choose").click();
    page.wait_for_text("Your own file there");
    page.wait_until("one's own file is there", || page.own_file().is_some());
    let (own, mine) = page.own_file().unwrap();
    assert_eq!(mine.all::<Attribution>().count(), 1);

    // Boris works on another machine; a syncing service brings his file, a copy it made of it, and worse.
    let mut boris = Desk::open(&ground, "boris", 700);
    let name = "Boris 0000000B.variorum";
    boris.run(Command::NamePerson { person: boris.by.clone(), name: "Boris".into() });
    mark(&mut boris, 701, "Per Holm");
    let work = project_file::write(&my_work(&boris.project, &boris.by));
    mark(&mut boris, 702, "the town");
    let copy = project_file::write(&my_work(&boris.project, &boris.by));
    let others = [
        (format!("{name}.json"), work.clone()),
        (format!("{name} (Boris's conflicted copy 2026-11-22).json"), copy.clone()),
        ("half.variorum.json".into(), work[..work.len() / 2].to_owned()),
        ("newer.variorum.json".into(), work.replacen("variorum/1", "variorum/9", 1)),
        ("empty.variorum.json".into(), String::new()),
        ("Dana.variorum.json.part".into(), "{".into()),
        ("notes.txt".into(), "milk".into()),
    ];
    others.iter().for_each(|(name, text)| page.sync(name, text));

    // The next opening reads them all, wherever one is in the app.
    page.run("document.querySelector('.brand').click()", vec![]);
    page.wait_until("the library is there", || !page.find_all(".version .open").is_empty());
    page.reload();
    page.wait_for_text("left alone");
    page.wait_until("they are joined", || records(&page.export(), "attribution").len() == 3);
    page.click_text("Together");
    page.wait_until("what was left alone is said", || page.find_all("#folder-skipped li").len() == 4);
    let left = page.find("#folder-skipped").text();
    for part in [
        "half.variorum.json: it breaks off",
        "newer.variorum.json:",
        "newer Variorum",
        "empty.variorum.json: empty, or not synced yet",
        "Dana.variorum.json.part: not synced whole yet",
    ] {
        assert!(left.contains(part), "{part}: {left}");
    }
    page.screenshot("folder");
    page.dark();
    page.narrow();
    page.screenshot("folder-dark-400");
    page.light();
    page.wide();

    // What one does goes there by itself; nobody else's file is touched.
    page.find(".brand").click();
    page.find(".version .open").click();
    page.wait_for_cards(3);
    page.select("#page-text", "wait and see");
    page.press("q");
    page.wait_for_cards(4);
    page.wait_until("one's own file follows", || {
        page.own_file().is_some_and(|(name, mine)| name == own && mine.all::<Attribution>().count() == 2)
    });
    let now = page.in_folder();
    for (name, text) in &others {
        let found = now.iter().find(|(other, _)| other == name).map(|(_, text)| text);
        assert_eq!(found, Some(text), "{name} is as it was");
    }
    assert_eq!(now.len(), others.len() + 1, "one file of one's own, and no other");
    // Joining was nothing that the person did: Undo takes back the mark, and then there is nothing of it.
    page.press("Ctrl+z");
    page.wait_for_cards(3);
    assert!(!page.shows("Undone: join files"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_desk_forgets_what_a_restored_backup_does_not_have() {
    let page = Page::open("restored-desk");
    page.add_article(crate::desk::ARTICLE, None);
    page.select("#page-text", "harbour");
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    let mut boris = Desk::open(&project_file::read(&page.export()).unwrap().value, "boris", 700);
    mark(&mut boris, 701, "Per Holm");
    let work = project_file::write(&my_work(&boris.project, &boris.by));
    let file = page.file("boris.variorum.json", work.as_bytes());
    page.click_text("Together");
    page.wait_until("the desk answers", || !page.find_all("#part-joining").is_empty());
    page.run("document.querySelector('#together-files').hidden = false", vec![]);
    page.find("#together-files").choose(&[&file]);
    page.wait_until("it is looked at", || !page.find_all("#join").is_empty());
    page.find("#join").click();
    page.wait_for_text("Joined");
    let cases = || {
        page.run("scrollTo(0, 0)", vec![]);
        page.find("#part-cases").click();
        page.wait_until("the cases are there", || !page.find_all(".cases").is_empty());
        page.shows("Case 1 of 2")
    };
    page.wait_until("his mark is a case", cases);
    page.find(".brand").click();
    page.find(".restore-backup").click();
    page.wait_for_text("The backup was brought back");
    page.click_text("Together");
    page.wait_until("the desk answers", || !page.find_all("#part-cases").is_empty());
    page.run("scrollTo(0, 0)", vec![]);
    page.find("#part-cases").click();
    page.wait_for_text("Case 1 of 1");
}
