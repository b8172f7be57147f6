//! The path on real articles, where they are beside the project; the project holds none of them.

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

#[test]
fn real_articles_can_be_marked_compared_and_saved() {
    let files = shared_articles();
    if files.is_empty() {
        println!("skipped: the real articles are not beside the project");
        return;
    }
    let page = Page::open("real-articles");
    let mut story = None;
    for (i, path) in files.iter().enumerate() {
        let name = path.file_stem().unwrap().to_str().unwrap().split('_').next().unwrap().to_owned();
        // An emoji in front shifts every UTF-16 position.
        let text = format!("😀 {}", std::fs::read_to_string(path).unwrap());
        page.find(".brand").click();
        page.add_article(&text, story.as_deref());
        if i == 0 {
            page.find(".brand").click();
            let field = page.find(".story .title-field");
            story = field.property("value");
            page.find(".version .open").click();
            page.wait_until("it opens", || !page.find_all("#page-text").is_empty());
        }
        let quotation = a_quotation(&text).unwrap_or_else(|| panic!("{name} has a quotation"));
        page.select("#page-text", quotation);
        page.press("q");
        if i == 0 {
            page.introduce("Їжак");
        }
        page.wait_for_cards(1);
        assert_eq!(page.marked("content").concat(), quotation, "the marked words are the selected ones");
        page.screenshot(&format!("article-{name}"));
        if i == 3 {
            page.select("#page-text", "Держсекретар");
            page.press("s");
            page.wait_until("the Ukrainian name is in", || page.cards()[0].contains("Держсекретар"));
            page.dark();
            page.narrow();
            page.screenshot("article-003-dark-400");
            page.light();
            page.wide();
        }
    }
    let file = page.export();
    assert_anchors_hold(&file);
    assert_eq!(records(&file, "attribution").len(), files.len());
    page.reload();
    page.wait_until("it is back", || !page.find_all(".card").is_empty());
    assert_eq!(page.export(), file, "a reload changes nothing");
    page.find(".brand").click();
    page.find(".compare-story").click();
    page.wait_until("the comparison is there", || page.find_all(".pair").len() > 10);
    page.screenshot("real-compare");
    page.narrow();
    page.screenshot("real-compare-400");
    assert_eq!(page.complaints(), Vec::<String>::new());
}
