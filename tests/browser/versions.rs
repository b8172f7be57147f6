//! Versions as a person judges them: the real articles pair by pair, by keys alone, on a telephone's width, three
//! beside each other, and very long ones.

use crate::desk::shared_articles;
use crate::harness::Page;
use serde_json::json;

const STORY: &str = "The ferry stays in port";

const FIRST: &str = "The ferry stays in port\n\n\
    The old harbour office closed the northern quay on Monday after divers found a crack in the pier.\n\n\
    “Nobody will sail before the spring,” Olena Marsh, who runs the café beside the quay, told listeners.\n\n\
    Engineers will inspect the pier again in April, the office added in a short written statement.\n";
const SECOND: &str = "The ferry stays in port\n\n\
    The harbour office closed the northern quay after divers found a deep crack in the pier.\n\n\
    “Nobody will sail before the summer,” Olena Marsh, who runs the café beside the quay, told listeners.\n\n\
    Engineers will inspect the pier again in April, the office added in a short written statement.\n";
const THIRD: &str = "The ferry stays in port\n\n\
    On Monday the old harbour office closed the northern quay: divers had found a crack in the pier.\n\n\
    A violinist from the mainland gave a concert in the waiting room for those who were stranded.\n";

impl Page {
    fn of(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent.trim())";
        let found = self.run(script, vec![json!(css)]);
        found.as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_owned()).collect()
    }

    fn number_of(&self, css: &str) -> usize {
        self.find_all(css).len()
    }

    /// Articles as versions of one story; ends in the library.
    fn add_versions(&self, texts: &[&str]) {
        let mut story: Option<String> = None;
        for text in texts {
            self.find(".brand").click();
            self.add_article(text, story.as_deref());
            self.find(".brand").click();
            story = story.or_else(|| self.find(".story .title-field").property("value"));
        }
    }

    /// Puts the version of this number on a side of the comparison, by the list of versions.
    fn put(&self, side: usize, version: usize) {
        let script = "const list = document.querySelectorAll('.compare-head select')[arguments[0]];
            list.value = window.versionIds[arguments[1]];
            list.dispatchEvent(new Event('change', { bubbles: true }))";
        self.run(script, vec![json!(side), json!(version)]);
    }

    /// What sticks out of the page to the right, where it can be scrolled that way.
    fn sticking_out(&self) -> Vec<String> {
        let found = self.run(
            "if (document.documentElement.scrollWidth <= innerWidth) return [];
             // Rows that are not in sight have no size yet, and there may be very many: a level each.
             const level = (n) => [...document.querySelectorAll('body' + ' > *'.repeat(n))].slice(0, 400);
             return [1, 2, 3, 4, 5, 6, 7].flatMap(level).filter((e) => e.getBoundingClientRect().right > innerWidth)
               .slice(0, 5).map((e) => e.outerHTML.slice(0, 120));",
            vec![],
        );
        let found = found.as_array().cloned().unwrap_or_default();
        found.iter().map(ToString::to_string).collect()
    }
}

#[test]
fn the_five_real_articles_are_judged_as_people_judge_them_each_with_its_reasons() {
    let files = shared_articles();
    if files.len() < 5 {
        println!("skipped: the real articles are not beside the project");
        return;
    }
    let page = Page::open("versions-real");
    let texts: Vec<String> = files.iter().take(5).map(|f| std::fs::read_to_string(f).unwrap()).collect();
    page.add_versions(&texts.iter().map(|t| &**t).collect::<Vec<_>>());
    page.find(".compare-story").click();
    page.wait_until("the comparison is there", || page.number_of(".pair") > 3);
    // The list has them in an order of its own; a title stands in its own article alone.
    let found = page.run(
        "const options = [...document.querySelector('.compare-head select').options];
         const plain = (words) => words.replace(/\\s+/g, ' ').trim();
         const title = (o) => plain(o.text.split(': ').pop().replace('…', '')).slice(0, 40);
         window.versionIds = arguments[0].map((text) =>
            options.filter((o) => plain(text).includes(title(o))).map((o) => o.value));
         const one = window.versionIds.every((ids) => ids.length === 1);
         window.versionIds = window.versionIds.map((ids) => ids[0]);
         return one && new Set(window.versionIds).size",
        vec![json!(texts)],
    );
    assert_eq!(found, json!(5), "{:?}", page.of(".compare-head select:first-of-type option"));
    for (a, b) in (0..5).flat_map(|a| (a + 1..5).map(move |b| (a, b))) {
        // By way of another pair, so that neither list stands at its own partner.
        let chosen = "const [l, r] = document.querySelectorAll('.compare-head select');
            return [l.value, r.value].map((id) => window.versionIds.indexOf(id))";
        if page.run(chosen, vec![]) != json!([a, b]) {
            page.put(0, a);
            page.wait_until("it is on the left", || page.run(chosen, vec![])[0] == json!(a));
            page.put(1, b);
        }
        page.wait_until("both are there", || {
            page.run(chosen, vec![]) == json!([a, b]) && page.number_of(".guess") == 1
        });
        let guess = page.find(".guess").text();
        let want = match (a, b) {
            (0, 1) => "made wholly from the other, the right one from the left",
            (0 | 1, 2) => "share a source",
            _ => "neither",
        };
        page.find(".why summary").click();
        let why = page.find(".why").text();
        println!("{a} {b}: {guess}\n    {}", why.replace('\n', "\n    "));
        assert!(guess.to_lowercase().contains(want), "{a} {b}: {guess}");
        assert!(why.contains("What would change this"), "{a} {b}: {why}");
        assert!(page.number_of(".evidence-list li") >= 3, "{a} {b}: it has its evidence");
        if b == a + 1 || b == 2 {
            page.run("scrollTo(0, 0)", vec![]);
            page.screenshot(&format!("real-why-{a}-{b}"));
        }
    }
    page.press("Alt+f");
    page.wait_until("the family is there", || page.number_of(".family-tree .member") == 5);
    let pairs = page.of(".pairs li");
    assert_eq!(pairs.len(), 3, "two stand apart from all: {pairs:?}");
    assert!(pairs.iter().any(|p| p.contains('→') && p.contains("wholly derived")), "{pairs:?}");
    page.screenshot("real-family-five");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_comparison_is_worked_through_by_keys_alone_on_a_narrow_screen() {
    let page = Page::open("versions-keys");
    page.add_versions(&[FIRST, SECOND]);
    page.narrow();
    page.press("Alt+c");
    page.wait_until("the comparison is there", || page.number_of(".pair") > 3);
    assert_eq!(page.sticking_out(), Vec::<String>::new(), "nothing sticks out at 400 px");
    page.press("j");
    page.wait_until("a change is the current one", || {
        page.of(".pair.current").concat().contains("harbour office")
    });
    // Its sentences are taken by a key, those of both sides in turn, and marked.
    page.press("g");
    page.wait_until("the right one", || page.selection().contains("a deep crack in the pier"));
    page.press("g");
    page.wait_until("the left one", || page.selection().contains("The old harbour office"));
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_until("its card is there", || page.number_of(".active-bar .card.active") == 1);
    // What is marked is edited right there: kind, stance, note, deletion, and undo.
    page.press("m");
    page.type_text("Check the date");
    page.run("document.activeElement.blur()", vec![]);
    page.wait_until("the note is kept", || page.export().contains("Check the date"));
    page.press("Delete");
    page.wait_until("it is gone", || page.number_of(".active-bar") == 0);
    page.press("Ctrl+z");
    page.wait_until("and back", || page.number_of(".cell mark.content") > 0);
    page.press("y");
    page.wait_until("the pair is confirmed", || page.of(".confirmed").concat().contains("Jana Roe"));
    page.press("x");
    page.wait_until("and taken apart", || page.number_of(".cell.alone") == 2);
    page.press("Ctrl+z");
    page.press("i");
    page.wait_until("one column", || page.number_of(".pair.one") > 2);
    let merged = page.of(".cell.merged").join(" | ");
    assert!(merged.contains("on Monday") && merged.contains("deep"), "{merged}");
    assert_eq!(page.sticking_out(), Vec::<String>::new(), "nothing sticks out in one column");
    page.screenshot("versions-one-column-400");
    page.press("i");
    page.press("Alt+v");
    page.wait_until("the columns are there", || page.number_of(".pair.group") > 3);
    assert_eq!(page.sticking_out(), Vec::<String>::new(), "nothing sticks out of the columns");
    page.press("Alt+f");
    page.wait_until("the family is there", || page.number_of(".family-tree .member") == 2);
    assert_eq!(page.sticking_out(), Vec::<String>::new(), "nothing sticks out of the family");
    page.screenshot("versions-family-400");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn three_versions_show_what_each_put_in_and_dropped_and_are_marked_in_their_columns() {
    let page = Page::open("versions-three");
    page.add_versions(&[FIRST, SECOND, THIRD]);
    page.press("Alt+v");
    page.wait_until("the columns are there", || {
        page.number_of(".column-head") == 3 && page.number_of(".pair.group") > 4
    });
    let second = page.of(".pair.group .cell[data-column='2']").join(" | ");
    let (put_in, dropped) = (".cell[data-column='2'] ins", ".cell[data-column='2'] del");
    assert!(page.of(put_in).concat().contains("deep"), "{second}");
    let gone = page.of(dropped);
    assert!(
        gone.contains(&"old".to_owned()) && gone.contains(&"on Monday".to_owned()),
        "{gone:?} in {second}"
    );
    page.screenshot("versions-three");
    page.dark();
    page.screenshot("versions-three-dark");
    page.light();

    // Words behind dropped ones are marked where they stand in their own text.
    page.run(
        "[...document.querySelectorAll(`.cell[data-column='2']`)].find((e) => e.textContent.includes('northern quay')).id = 'here'",
        vec![],
    );
    page.select("#here", "northern quay");
    page.wait_until("the bar shows", || page.number_of(".selection-bar") == 1);
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_until("it is marked", || {
        page.of(".cell[data-column='2'] mark").concat().contains("northern quay")
    });
    let file = page.export();
    crate::desk::assert_anchors_hold(&file);
    assert!(file.contains("northern quay"));
    page.screenshot("versions-three-marked");

    // Of the quotations the annotated ones are followed where there are any, and it is said.
    page.press("Alt+f");
    page.wait_until("the family is there", || page.number_of(".family-tree .member") == 3);
    page.run("document.querySelector('.show-quotations').click()", vec![]);
    page.wait_until("they are followed", || page.number_of(".ledger tbody tr") == 1);
    assert!(page.find(".ledger-from").text().contains("Nothing is annotated"));
    assert!(page.of(".ledger tbody tr").concat().contains("before the spring"));
    page.screenshot("ledger-found");
    page.forget_downloads();
    page.find(".heat .save-svg").click();
    let svg = std::fs::read_to_string(page.downloaded()).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("<rect"), "a table of shades");
    page.forget_downloads();
    page.find(".heat .save-png").click();
    assert!(std::fs::read(page.downloaded()).unwrap().starts_with(b"\x89PNG"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_quotations_of_the_sample_are_those_that_were_annotated() {
    let page = Page::open("versions-ledger");
    page.find("#open-sample").click();
    page.wait_until("the sample opens", || page.number_of(".card") > 5);
    page.press("Alt+f");
    page.wait_until("the family is there", || page.number_of(".family-tree .member") == 5);
    page.run("document.querySelector('.show-quotations').click()", vec![]);
    page.wait_until("they are followed", || page.number_of(".ledger tbody tr") > 3);
    assert!(page.find(".ledger-from").text().contains("annotated in this version"));
    assert!(page.number_of(".ledger .who") > 3, "each says whose it is");
    page.screenshot("ledger-annotated");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn two_texts_of_20_000_words_open_with_progress_and_can_be_stopped() {
    let page = Page::open("versions-long");
    // A thousand sentences of twenty words; in the copy every fifth word is another.
    let text = |copied: bool| {
        let mut n = 7_u64;
        let mut next = || {
            n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (n >> 33) % 3_000
        };
        let mut word = |i: usize| {
            let drawn = next();
            if copied && i % 5 == 3 { format!("neu{drawn}") } else { format!("wo{drawn}rd") }
        };
        let lines: Vec<String> = (0..1_000)
            .map(|_| format!("The {}.", (0..20).map(&mut word).collect::<Vec<_>>().join(" ")))
            .collect();
        format!("{STORY}\n\n{}\n", lines.join("\n\n"))
    };
    page.add_versions(&[&text(false), &text(true)]);
    page.find(".compare-story").click();
    page.wait_until("it says how far it has come", || {
        page.run("return document.querySelector('.working progress')?.value ?? -1", vec![])
            .as_f64()
            .is_some_and(|n| n > 0.0)
            || page.number_of(".pair") > 100
    });
    if page.number_of(".working") == 1 {
        page.screenshot("versions-long-working");
        page.press("Escape");
        page.wait_until("it stops", || page.shows("Stopped.") || page.number_of(".pair") > 100);
        if page.shows("Stopped.") {
            page.click_text("Do it after all");
        }
    }
    page.wait_until("the rows are there", || page.number_of(".pair") > 500);
    assert!(page.find(".coarse-pairs").text().contains("may be missing"), "what is coarser says so");
    page.narrow();
    assert_eq!(page.sticking_out(), Vec::<String>::new(), "nothing sticks out at 400 px");
    page.screenshot("versions-long-400");
    assert_eq!(page.complaints(), Vec::<String>::new());
}
