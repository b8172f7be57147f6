//! Versions beside each other, as a person works with them.

use crate::desk::{assert_anchors_hold, records, shared_articles, shown};
use crate::harness::Page;
use serde_json::json;

const STORY: &str = "The ferry stays in port";

/// A story in which each thing happens once: a change that turns a claim, a passage that moves, a stretch of
/// unchanged sentences, a sentence that only one side has, and one said in other words.
const LEFT: &str = "The ferry stays in port\n\n\
    The harbour office closed the northern quay on Monday after divers found a crack in the pier.\n\n\
    Olena Marsh, who runs the café beside the quay, said the town could wait until the spring.\n\n\
    Engineers will inspect the pier again in April, the office added in a short written statement.\n\n\
    The island school sent its pupils home early because the last boat was leaving at noon.\n\n\
    Bread and milk were flown in by helicopter on Tuesday, the grocer of the island told listeners.\n\n\
    The company must pay a fine of nine thousand crowns for every sailing that it cancels.\n\n\
    Nobody in the village expects a decision from the ministry before the summer holidays.\n";
const RIGHT: &str = "The ferry stays in port\n\n\
    Bread and milk were flown in by helicopter on Tuesday, the grocer of the island told listeners.\n\n\
    The harbour office closed the northern quay on Monday after divers found a crack in the pier.\n\n\
    Olena Marsh, who runs the café beside the quay, said the town could wait until the spring.\n\n\
    Engineers will inspect the pier again in April, the office added in a short written statement.\n\n\
    The island school sent its pupils home early because the last boat was leaving at noon.\n\n\
    The company may pay a fine of nine thousand crowns for every sailing that it cancels.\n\n\
    A violinist from the mainland gave a concert in the waiting room for those who were stranded.\n";

impl Page {
    /// Both versions of the story, side by side, the first on the left.
    fn compare_two(&self) {
        self.add_article(LEFT, None);
        self.find(".brand").click();
        self.add_article(RIGHT, Some(STORY));
        self.find(".brand").click();
        self.find(".compare-story").click();
        self.wait_for_pairs();
    }

    fn wait_for_pairs(&self) {
        self.wait_until("the comparison is there", || self.find_all(".pair").len() > 3);
    }

    fn texts(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent.trim())";
        let found = self.run(script, vec![json!(css)]);
        found.as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_owned()).collect()
    }

    /// Moves the second article of the library to a story.
    fn move_second(&self, story: &str) {
        let script = "const list = document.querySelectorAll('.version .move')[1]; list.focus();
            list.dispatchEvent(new Event('pointerdown'));
            return new Promise((done) => setTimeout(() => {
                const fits = (o) => o.value !== list.value && (arguments[0] ? o.text === arguments[0] : !o.value);
                const wanted = [...list.options].find(fits);
                list.value = wanted.value; list.dispatchEvent(new Event('change', { bubbles: true })); done(true);
            }, 50))";
        assert_eq!(self.run(script, vec![json!(story)]), json!(true));
    }

    /// Makes the row that holds some words the current one.
    fn go_to_row(&self, words: &str) {
        let script = "const row = [...document.querySelectorAll('.pair')]
                .find((e) => e.textContent.includes(arguments[0]) && !e.classList.contains('other-end'));
            row?.click(); return !!row";
        assert_eq!(self.run(script, vec![json!(words)]), json!(true), "there is a row with {words:?}");
        self.wait_until("it is the current one", || self.texts(".pair.current").concat().contains(words));
    }

    /// The attribute as it stands, which the driver turns into true or nothing.
    fn hidden(&self, css: &str) -> Option<String> {
        let script = "return document.querySelector(arguments[0]).getAttribute('hidden')";
        self.run(script, vec![json!(css)]).as_str().map(str::to_owned)
    }

    /// Marks some words of the right side, and says who does.
    fn mark_on_the_right(&self, words: &str) {
        self.run(
            "[...document.querySelectorAll('.cell.right')].find((e) => e.textContent.includes(arguments[0])).id = 'here'",
            vec![json!(words)],
        );
        self.select("#here", words);
        self.wait_until("the bar shows", || self.count(".selection-bar") == 1);
        self.press("q");
        self.introduce("Jana Roe");
        self.press("Escape");
    }

    /// Says by the list who speaks in the active attribution.
    fn say_who_speaks(&self, name: &str) {
        self.press("p");
        self.wait_until("the list has the keyboard", || {
            self.run("return document.activeElement.id === 'picker-field'", vec![]) == json!(true)
        });
        self.type_text(&format!("{name}\n"));
        self.wait_until("it is said", || self.texts(".active-bar .card header").concat().contains(name));
    }

    fn count(&self, css: &str) -> usize {
        self.find_all(css).len()
    }
}

#[test]
fn rows_stay_in_step_moves_are_joined_and_the_unchanged_folds() {
    let page = Page::open("compare-rows");
    page.compare_two();
    let step = page.run(
        "return [...document.querySelectorAll('.pair:not(.other-end)')].filter((e) => e.offsetHeight).every((e) => {
            const [l, r] = ['.cell', '.cell.right'].map((c) => e.querySelector(c));
            return !l || !r || Math.abs(l.getBoundingClientRect().top - r.getBoundingClientRect().top) < 1;
        })",
        vec![],
    );
    assert_eq!(step, json!(true), "both sides of a row begin at one height");

    // What is unchanged is folded, and says so; the browser's own search may look into it.
    let folded = page.texts(".fold").concat();
    assert!(folded.contains("unchanged sentences are folded away"), "{folded}");
    assert_eq!(page.hidden(".folded"), Some("until-found".to_owned()));
    page.press("u");
    page.wait_until("they are unfolded", || page.hidden(".folded").is_none());
    page.press("u");
    page.wait_until("they are folded", || page.hidden(".folded").is_some());
    page.run("document.querySelector('.folded').dispatchEvent(new Event('beforematch'))", vec![]);
    page.wait_until("a find unfolds them", || page.hidden(".folded").is_none());

    // A moved passage leads to its other end, and back.
    assert_eq!(page.count(".pair.other-end"), 1, "the other end of the move is marked");
    page.find(".between .moved").click();
    page.wait_until("the other end is the current one", || page.count(".pair.other-end.current") == 1);
    page.find(".moved-here").click();
    page.wait_until("and back", || {
        page.texts(".pair.current .cell.right").concat().contains("Bread and milk")
    });
    assert_eq!(page.count(".order-map .moved-line"), 1, "the map joins both ends");

    // A look-alike pair whose claim may have turned says which words.
    page.go_to_row("must pay");
    let between = page.texts(".pair.current .between").concat();
    assert!(between.contains("may / must changed") && between.contains("must → may"), "{between}");

    // By keys through all changes, round and round.
    let changes = page.count(".pair[data-change]");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..changes {
        page.press("j");
        seen.extend(
            page.run("return document.querySelector('.pair.current')?.id", vec![])
                .as_str()
                .map(str::to_owned),
        );
    }
    assert_eq!(seen.len(), changes, "each change is visited once: {seen:?}");

    // One column: what was left out and put in stand together.
    page.press("i");
    page.wait_until("one column", || page.count(".pair.one") > 3);
    let merged = page.texts(".cell.merged").concat();
    assert!(merged.contains("mustmay") || merged.contains("must may"), "{merged}");
    page.screenshot("compare-one-column");
    page.press("i");
    page.wait_until("two columns", || page.count(".pair.one") == 0);
    page.screenshot("compare-two");
    page.narrow();
    page.dark();
    page.screenshot("compare-two-dark-400");
    let overflow = page.run("return document.documentElement.scrollWidth > innerWidth", vec![]);
    assert_eq!(overflow, json!(false), "nothing sticks out at 400 px");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_correction_by_hand_goes_before_the_program_and_can_be_taken_back() {
    let page = Page::open("compare-corrections");
    page.compare_two();
    page.mark_on_the_right("nine thousand crowns");
    page.go_to_row("must pay");
    page.press("y");
    page.wait_until("it is confirmed", || {
        page.texts(".confirmed").concat().contains("confirmed by Jana Roe")
    });
    page.press("y");
    page.wait_until("a second time takes it back", || page.count(".confirmed") == 0);

    page.go_to_row("must pay");
    page.press("x");
    page.wait_until("they are apart", || {
        page.texts(".cell.alone").concat().contains("must pay")
            && page.texts(".cell.alone.right").concat().contains("may pay")
    });
    page.wait_for_text("Kept apart.");
    assert_eq!(page.find(".corrections summary").text(), "1 correction by hand");
    page.find(".corrections summary").click();
    assert!(page.texts(".corrections li").concat().contains("do not belong together"));
    let file = page.export();
    assert!(records(&file, "alignment").iter().any(|record| shown(&record["confirmed"]) == &json!(false)));
    page.press("Ctrl+z");
    page.wait_until("they are together again", || page.count(".corrections") == 0 && page.count(".flag") > 0);
    page.press("y");
    page.wait_for_text("Confirmed.");
    assert!(page.texts(".pair.current").concat().contains("must pay"), "the row is still the current one");
    page.press("y");
    page.wait_for_text("Taken back.");

    // Two sentences that the program does not join.
    page.go_to_row("Nobody in the village");
    page.press("l");
    page.wait_until("the left one is held", || page.count(".held") == 1);
    page.go_to_row("A violinist");
    page.press("l");
    page.wait_until("they are one row", || {
        let rows = page.texts(".pair:not(.other-end)");
        rows.iter().any(|r| r.contains("Nobody in the village") && r.contains("A violinist"))
    });
    assert!(page.texts(".confirmed").concat().contains("confirmed by"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn words_are_marked_right_in_the_comparison_on_either_side() {
    let page = Page::open("compare-marks");
    page.compare_two();
    for (side, words) in
        [(".pair .cell.right", "may pay a fine"), (".pair .cell:not(.right)", "must pay a fine")]
    {
        page.run(
            "const cell = [...document.querySelectorAll(arguments[0])].find((e) => e.textContent.includes(arguments[1]));
             cell.id = 'here'; cell.scrollIntoView({ block: 'center' })",
            vec![json!(side), json!(words)],
        );
        page.select("#here", words);
        page.wait_until("the bar shows", || page.count(".selection-bar") == 1);
        page.press("q");
        page.wait_until("they are marked", || {
            page.texts("#here mark.content").concat().replace(' ', "") == words.replace(' ', "")
        });
        page.run("document.querySelector('#here').removeAttribute('id')", vec![]);
        page.press("Escape");
    }
    // By keys, with who speaks; the words stay clear of what is said of them, also on a narrow page.
    page.press("j");
    page.press("g");
    page.press("q");
    page.wait_until("the words are clear of their card", || {
        let clear = "const [mark, bar] = ['.sides mark.active', '.active-bar']
                .map((css) => document.querySelector(css)?.getBoundingClientRect());
             return !!bar && mark.top > 0 && mark.bottom <= bar.top && bar.height < innerHeight * 0.45";
        page.run(clear, vec![]) == json!(true)
    });
    page.say_who_speaks("Berta Lind");
    page.narrow();
    page.say_who_speaks("Berta Holm");
    page.screenshot("compare-marks-400");
    page.press("p");
    page.wait_until("the list opens", || page.count("#picker-field") == 1);
    page.run("document.querySelector('.veil').click()", vec![]);
    page.wait_until("it closes", || page.count("#picker-field") == 0);
    page.press("Escape");
    page.press("j");
    page.wide();
    assert_eq!(page.count("#picker-field"), 0, "it does not come by itself");
    let file = page.export();
    assert_anchors_hold(&file);
    assert_eq!(records(&file, "attribution").len(), 3);

    // A click on marked words leads on to the article.
    page.run("getSelection().removeAllRanges(); document.querySelector('.cell.right mark').click()", vec![]);
    page.wait_until("it is the active one", || page.count(".active-bar") == 1);
    page.screenshot("compare-marks");
    page.run("document.querySelector('.active-bar > p button:nth-last-of-type(2)').click()", vec![]);
    page.wait_until("the article opens there", || page.count(".card.active") == 1);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_verdict_of_a_person_stands_beside_the_guess_and_explains_itself() {
    let page = Page::open("compare-verdict");
    page.compare_two();
    let guess = page.find(".guess").text();
    assert!(guess.contains("made"), "{guess}");
    page.find(".why summary").click();
    let why = page.find(".why").text();
    assert!(why.contains("What would change this") && why.contains("speaks for a copy"), "{why}");
    assert_eq!(page.count(".measures tbody tr"), 5, "each measure has a row");
    page.screenshot("compare-why");

    page.run(
        "const list = document.querySelector('#verdict-relation');
         list.value = [...list.options].find((o) => o.text === 'shared source').value;
         list.dispatchEvent(new Event('change', { bubbles: true }))",
        vec![],
    );
    page.wait_until("more can be said", || page.count("#verdict-evidence") == 1);
    page.find("#verdict-evidence").type_text("Both quote one statement");
    page.run("document.activeElement.blur()", vec![]);
    page.wait_until("it is judged", || page.find(".judge").text().contains("Judged"));
    assert_eq!(page.find(".guess").text(), guess, "the guess stays a guess");
    let file = page.export();
    let link = &records(&file, "link")[0];
    assert_eq!(shown(&link["relation"]), &json!("shared_source"));
    assert_eq!(shown(&link["evidence"]), &json!("Both quote one statement"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn any_number_of_versions_stand_in_columns_against_a_base() {
    let page = Page::open("compare-columns");
    page.find("#open-sample").click();
    page.wait_until("the sample opens", || page.count(".card") > 5);
    page.press("Alt+v");
    page.wait_until("the columns are there", || page.count(".pair.group") > 20);
    assert_eq!(page.count(".column-head"), 5);
    let first = page.texts(".column-head .name")[0].clone();
    let starts = "const cells = [...document.querySelectorAll('.group .cell:first-child .unit')];
        const at = cells.map((e) => +e.dataset.from); return at.every((x, i) => !i || at[i - 1] <= x)";
    assert_eq!(page.run(starts, vec![]), json!(true), "rows follow the base");
    assert!(page.count(".group ins") > 5 && page.count(".missing") > 5);
    page.press("j");
    page.wait_until("keys go through the changes", || page.count(".pair.current") == 1);
    page.press("g");
    page.press("q");
    page.wait_until("a sentence is marked", || page.count(".active-bar .card") == 1);
    page.say_who_speaks("Berta Lind");
    page.press("Escape");
    page.screenshot("columns");
    page.find(".make-base").click();
    page.wait_until("another is the base", || {
        page.texts(".column-head .name").first().is_some_and(|name| *name != first)
            && page.count(".pair.group") > 10
    });
    assert_eq!(page.run(starts, vec![]), json!(true), "rows follow the new base");
    page.narrow();
    page.wait_until("they are stacked", || {
        let tops = "const [a, b] = document.querySelectorAll('.pair.group .cell');
            return b.getBoundingClientRect().top > a.getBoundingClientRect().top";
        page.run(tops, vec![]) == json!(true)
    });
    page.screenshot("columns-400");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn an_attribution_opened_from_the_comparison_comes_into_sight() {
    let page = Page::open("compare-annotate");
    page.find("#open-sample").click();
    page.wait_until("the sample opens", || page.count(".card") > 5);
    page.click_text("Compare");
    page.wait_until("both texts are there", || page.count(".sides mark.content") > 5);
    let last =
        "const marks = document.querySelectorAll('.sides mark.content'); marks[marks.length - 1].click()";
    page.run(last, vec![]);
    page.wait_until("its card shows", || page.count(".active-bar .card") == 1);
    let annotate = "[...document.querySelectorAll('.active-bar button')].find((b) => b.textContent === 'Annotate').click()";
    page.run(annotate, vec![]);
    let seen = "const mark = document.querySelector('#page-text mark.content.active');
        const at = mark?.getBoundingClientRect();
        return !!at && at.top > 40 && at.bottom < innerHeight";
    page.wait_until("the words are in sight", || page.run(seen, vec![]) == json!(true));
    assert_eq!(page.count(".card.active"), 1);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_family_is_drawn_leads_on_and_can_be_kept_as_a_picture() {
    let page = Page::open("family");
    page.find("#open-sample").click();
    page.wait_until("the sample opens", || page.count(".card") > 5);
    page.press("Alt+f");
    page.wait_until("the tree is drawn", || page.count(".family-tree .member") == 5);
    assert!(page.count(".family-tree .edge") >= 2 && page.count(".family-tree .date") >= 2);
    assert!(page.count(".heat-map td button") == 20);
    page.screenshot("family");
    page.dark();
    page.narrow();
    page.screenshot("family-dark-400");
    page.light();
    page.wide();

    page.forget_downloads();
    page.find(".tree .save-svg").click();
    let svg = std::fs::read_to_string(page.downloaded()).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("Aldersund"), "a drawing with its words");
    page.forget_downloads();
    page.find(".tree .save-png").click();
    let png = std::fs::read(page.downloaded()).unwrap();
    assert!(png.starts_with(b"\x89PNG") && png.len() > 5_000, "a picture of {} bytes", png.len());

    page.run("document.querySelector('.show-quotations').click()", vec![]);
    page.wait_until("the quotations are followed", || page.count(".ledger tbody tr") > 5);
    assert_eq!(page.texts(".ledger tbody tr:first-child td").len(), 4, "a cell for each other version");
    assert!(page.texts(".ledger td").iter().any(|cell| cell.contains("% kept")));
    page.screenshot("ledger");

    page.run("document.querySelector('.family-tree .member').focus()", vec![]);
    page.press("Enter");
    page.wait_until("a version opens by key", || page.count("#page-text") == 1);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_passage_is_found_elsewhere_word_for_word_and_reworded() {
    let page = Page::open("passage");
    page.compare_two();
    page.find(".brand").click();
    page.wait_until("the library is there", || page.count(".version .move") == 2);
    // An article alone has its own story; the story it left is offered to nobody.
    page.move_second("");
    page.wait_until("each is alone", || page.count(".version .move option[value='']") == 0);
    page.move_second("The ferry stays in port");
    page.wait_until("they are together", || page.count(".version .move option[value='']") == 2);
    assert_eq!(page.texts("#paste-story option"), ["A story of its own", STORY]);
    page.add_article("Another matter\n\nThe grocer of the island told listeners that milk and bread were flown in by helicopter on Tuesday.\n", None);
    page.find(".brand").click();
    page.find(".version .open").click();
    page.wait_until("it opens", || page.count("#page-text") == 1);
    page.select(
        "#page-text",
        "Bread and milk were flown in by helicopter on Tuesday, the grocer of the island told listeners.",
    );
    page.press("w");
    page.wait_until("the places are listed", || page.count(".hit") == 3);
    let how = page.texts(".hit .how");
    assert_eq!(how.iter().filter(|h| **h == "word for word").count(), 2, "{how:?}");
    assert!(how[2].contains("in other words"), "{how:?}");
    page.screenshot("passage");
    page.run("document.querySelectorAll('.hit')[2].click()", vec![]);
    page.wait_until("it opens at the place", || page.selection().contains("milk and bread were flown in"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn long_work_says_how_far_it_is_and_can_be_stopped() {
    let page = Page::open("compare-stop");
    page.add_article(LEFT, None);
    page.find(".brand").click();
    page.add_article(RIGHT, Some(STORY));
    page.find(".brand").click();
    // A screen that has not come yet has nothing to stop: another one of the same part is looked at first.
    page.press("Alt+w");
    page.wait_for_text("Where does a passage occur?");
    page.find(".brand").click();
    page.wait_until("the library is there", || !page.find_all(".compare-story").is_empty());
    // Escape in the frame after the click: no worker is that quick.
    let seen = page.run_async(
        "const done = arguments[arguments.length - 1];
         document.querySelector('.compare-story').click();
         requestAnimationFrame(() => {
            const working = document.querySelector('.working');
            const style = working && getComputedStyle(working);
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true }));
            done([style?.visibility, style?.animationDelay]);
         });",
        vec![],
    );
    assert_eq!(seen, json!(["hidden", "0.5s"]), "what is quick does not flicker");
    page.wait_until("it stops", || page.shows("Stopped."));
    assert_eq!(page.count(".pair"), 0);
    page.click_text("Do it after all");
    page.wait_for_pairs();
    assert_eq!(page.count(".working"), 0);
}

#[test]
fn two_texts_of_20_000_words_are_compared_and_scroll() {
    let page = Page::open("compare-long");
    let names =
        ["quay", "pier", "bridge", "school", "market", "tower", "garden", "station", "chapel", "mill"];
    let sentence = |i: usize, verb: &str| {
        let (a, b, c) = (names[i % 10], names[i / 10 % 10], names[i / 100 % 10]);
        format!(
            "Inspector number {i} {verb} the {a} beside the {b} near the old {c} and wrote {} pages about it on day {} of the survey.",
            i * 7 % 97,
            i % 365
        )
    };
    let text = |verb: fn(usize) -> &'static str, skip: usize| {
        let lines: Vec<String> = (0..840).filter(|i| i % 40 != skip).map(|i| sentence(i, verb(i))).collect();
        format!("{STORY}\n\n{}", lines.join("\n\n"))
    };
    page.add_article(&text(|_| "visited", 3), None);
    page.find(".brand").click();
    page.add_article(&text(|i| if i.is_multiple_of(2) { "visited" } else { "examined" }, 7), Some(STORY));
    page.find(".brand").click();
    page.find(".compare-story").click();
    page.wait_until("the rows are there", || page.count(".pair") > 700);
    page.press("j");
    page.press("k");
    page.wait_until("keys work", || page.count(".pair.current") == 1);
    let frames = page.run_async(
        "const done = arguments[arguments.length - 1]; const times = []; let last = performance.now();
         const step = (now) => { times.push(now - last); last = now; scrollBy(0, 900);
            times.length < 40 ? requestAnimationFrame(step) : done([Math.max(...times), scrollY]) };
         requestAnimationFrame(step);",
        vec![],
    );
    println!("scrolling 20,000 words: slowest frame {} ms", frames[0].as_f64().unwrap() as i64);
    assert!(frames[1].as_f64().unwrap() > 5_000.0, "it scrolls");
    page.screenshot("compare-long");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn real_articles_are_compared_as_people_judged_them() {
    let files = shared_articles();
    if files.len() < 3 {
        println!("skipped: the real articles are not beside the project");
        return;
    }
    let page = Page::open("compare-real");
    let mut story = None;
    for path in files.iter().take(3) {
        page.find(".brand").click();
        page.add_article(&std::fs::read_to_string(path).unwrap(), story.as_deref());
        page.find(".brand").click();
        story = story.or_else(|| page.find(".story .title-field").property("value"));
    }
    page.find(".compare-story").click();
    page.wait_for_pairs();
    assert!(page.find(".guess").text().contains("made wholly from the other, the right one from the left"));
    page.screenshot("real-000-001");
    page.dark();
    page.narrow();
    page.screenshot("real-000-001-dark-400");
    page.light();
    page.wide();
    page.press("Alt+v");
    page.wait_until("the columns are there", || page.count(".pair.group") > 20);
    page.screenshot("real-columns");
    page.press("Alt+f");
    page.wait_until("the family is there", || page.count(".family-tree .member") == 3);
    let edges = page.texts(".family-tree .reuse").join("; ");
    assert!(edges.contains("wholly derived") && edges.contains("shared source"), "{edges}");
    page.screenshot("real-family");
    assert_eq!(page.complaints(), Vec::<String>::new());
}
