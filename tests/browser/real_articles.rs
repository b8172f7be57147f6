//! The path on real articles, where they are beside the project; the project holds none of them.

use std::path::Path;

use crate::desk::{assert_anchors_hold, records, shared_articles};
use crate::harness::Page;

/// The first stretch between quotation marks that has at least four words, on one line.
fn a_quotation(text: &str) -> Option<&str> {
    text.lines().find_map(|line| {
        let (open, close) = (
            line.find(['“', '"'])?,
            line.char_indices()
                .skip_while(|(_, c)| !['“', '"'].contains(c))
                .skip(1)
                .find(|(_, c)| ['”', '"'].contains(c))?,
        );
        let found = &line[open..close.0 + close.1.len_utf8()];
        (found.split_whitespace().count() >= 4).then_some(found)
    })
}

/// The number an article's file name begins with.
fn name_of(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().split('_').next().unwrap().to_owned()
}

/// A file's text behind an emoji, which shifts every UTF-16 position after it.
fn text_of(path: &Path) -> String {
    format!("😀 {}", std::fs::read_to_string(path).unwrap())
}

/// The words alone: a mark over two paragraphs has a piece in each.
fn without_breaks(words: &str) -> String {
    words.split_whitespace().collect()
}

impl Page {
    /// Adds all articles as one story, doing `work` on each while it is open.
    fn add_story(&self, work: impl Fn(usize, &str, &str)) -> usize {
        let files = shared_articles();
        if files.is_empty() {
            println!("skipped: the real articles are not beside the project");
        }
        let mut story = None;
        for (i, path) in files.iter().enumerate() {
            let text = text_of(path);
            self.find(".brand").click();
            self.add_article(&text, story.as_deref());
            if i == 0 {
                self.find(".brand").click();
                story = self.find(".story .title-field").property("value");
                self.find(".version .open").click();
                self.wait_until("it opens", || !self.find_all("#page-text").is_empty());
            }
            work(i, &name_of(path), &text);
        }
        files.len()
    }

    /// The stances said of the open article.
    fn stances(&self) -> String {
        self.find_all(".said").first().map(|list| list.text()).unwrap_or_default()
    }
}

#[test]
fn on_real_articles_the_path_works_by_mouse() {
    let page = Page::open("real-articles");
    let count = page.add_story(|i, name, text| {
        let quotation = a_quotation(text).unwrap_or_else(|| panic!("{name} has a quotation"));
        page.drag_over("#page-text", quotation);
        page.find(".selection-bar .mark-quote").click();
        if i == 0 {
            page.introduce("Їжак");
            page.find("#target-name").type_text("The war\n");
        }
        page.wait_for_cards(1);
        assert_eq!(page.marked("content").concat(), quotation, "the marked words are the selected ones");
        page.wait_until("a stance can be said", || !page.find_all(".values .against").is_empty());
        page.find(".values .against").click();
        page.wait_until("the stance is said", || page.stances().contains("against"));
        page.screenshot(&format!("article-{name}"));
        if i == 3 {
            page.drag_over("#page-text", "Держсекретар");
            page.find(".selection-bar .mark-source").click();
            page.wait_until("the Ukrainian name is in", || page.cards()[0].contains("Держсекретар"));
        }
        page.dark();
        page.narrow();
        page.screenshot(&format!("article-{name}-dark-400"));
        page.light();
        page.wide();
    });
    if count == 0 {
        return;
    }
    let file = page.export();
    assert_anchors_hold(&file);
    assert_eq!(records(&file, "attribution").len(), count);
    assert_eq!(records(&file, "stance").len(), count);
    page.reload();
    page.wait_until("it is back", || !page.find_all(".card").is_empty());
    assert_eq!(page.export(), file, "a reload changes nothing");

    // Each beside the first.
    page.find(".brand").click();
    page.find(".compare-story").click();
    page.wait_until("the comparison is there", || page.find_all(".pair").len() > 10);
    page.screenshot("real-compare");
    page.narrow();
    page.screenshot("real-compare-400");
    page.wide();

    // Export, clear, import: the same bytes.
    page.find(".brand").click();
    page.find(".projects li.open .remove-project").click();
    page.wait_until("it is gone", || page.find_all(".version").is_empty());
    let path = page.file("project.json", file.as_bytes());
    page.find("#file-input").choose(&[&path]);
    page.wait_until("it is back", || page.find_all(".version").len() == count);
    assert_eq!(page.export(), file, "the same project gives the same bytes");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn on_real_articles_the_path_works_with_keys_alone() {
    let page = Page::open("real-keys");
    let count = page.add_story(|i, name, text| {
        // Into the text, past the headline, and five words from there.
        page.press_times("ArrowDown", 2);
        page.press("ArrowRight");
        page.press_times("Shift+ArrowRight", 4);
        page.wait_until("words are selected", || page.selection().split_whitespace().count() >= 5);
        let selected = page.selection();
        assert!(text.contains(&selected), "{name}: {selected:?} stands in the text as it is");
        page.press("q");
        if i == 0 {
            page.introduce("Їжак");
        }
        page.wait_for_cards(1);
        let marked = page.marked("content").concat();
        assert_eq!(
            without_breaks(&marked),
            without_breaks(&selected),
            "the marked words are the selected ones"
        );
        page.press_times("ArrowRight", 2);
        page.wait_until("the next word is selected", || page.selection() != selected);
        let source = page.selection();
        page.press("s");
        page.wait_until("the source is marked", || page.marked("source") == [source.clone()]);
        if i == 0 {
            page.press("t");
            page.type_text("The war\n");
        }
        page.press("f");
        page.wait_until("the stance is said", || page.stances().contains("favor"));
        page.press("Ctrl+z");
        page.wait_until("it is taken back", || page.stances().is_empty());
        page.press("Ctrl+Shift+z");
        page.wait_until("it is done again", || page.stances().contains("favor"));
        // Side by side with another version, through the changes, and back.
        if i > 0 {
            page.press("Alt+c");
            page.wait_until("the comparison is there", || page.find_all(".pair").len() > 10);
            page.press("j");
            page.wait_until("a change is shown", || !page.find_all(".pair.current").is_empty());
            page.press("Alt+r");
            page.wait_until("the article is back", || !page.find_all("#page-text").is_empty());
        }
        page.press("Escape");
    });
    if count == 0 {
        return;
    }
    let file = page.export();
    assert_anchors_hold(&file);
    assert_eq!(records(&file, "attribution").len(), count);
    page.reload();
    page.wait_until("it is back", || !page.find_all(".card").is_empty());
    assert_eq!(page.export(), file, "a reload changes nothing");
    assert_eq!(page.complaints(), Vec::<String>::new());
}
