//! Every screen and panel as axe-core sees it, light and dark, wide and narrow: it finds nothing. And the whole
//! job on a telephone's width by the bar at the bottom; the taps themselves are clicks here.

use crate::desk::ARTICLE;
use crate::harness::Page;
use serde_json::{Value, json};

/// What axe-core has against the page as it is now, one line each.
pub(crate) fn violations(page: &Page, axe: &str) -> Vec<String> {
    page.run(&format!("if (!window.axe) {{ {axe} }}"), vec![]);
    let found = page.run_async(
        "const done = arguments[arguments.length - 1];
         window.axe.run(document, { resultTypes: ['violations'] })
           .then((result) => done(result.violations.map((v) => [v.id, v.help, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))])))
           .catch((error) => done([['axe', String(error), []]]));",
        vec![],
    );
    found.as_array().cloned().unwrap_or_default().iter().map(Value::to_string).collect()
}

#[test]
fn axe_finds_nothing_on_any_screen() {
    let axe = xtask::setup::axe::source().unwrap_or_else(|failure| panic!("{failure}"));
    let page = Page::open("axe");
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let look = |name: &str, found: &mut Vec<(String, Vec<String>)>| {
        let mut all = violations(&page, &axe);
        page.dark();
        all.extend(violations(&page, &axe));
        page.light();
        if !all.is_empty() {
            found.push((name.to_owned(), all));
        }
    };
    look("the welcome", &mut found);
    page.press("Alt+a");
    page.wait_until("the desk for files is there", || !page.find_all(".adding-screen").is_empty());
    look("adding articles, empty", &mut found);
    page.find(".brand").click();
    page.find("#open-sample").click();
    page.wait_until("the sample opens", || page.find_all(".card").len() > 20);
    look("the reader", &mut found);
    page.press("j");
    page.wait_until("one is active", || page.find_all(".card.active").len() == 1);
    look("the reader with an active attribution", &mut found);
    page.press("g");
    look("a selection", &mut found);
    for (key, name) in [
        ("?", "the shortcuts"),
        ("Ctrl+k", "the palette"),
        ("Alt+i", "the guidelines"),
        ("Alt+p", "the progress"),
        ("Alt+s", "the grid"),
    ] {
        page.press(key);
        page.wait_until("it opens", || !page.find_all("[role=dialog]").is_empty());
        page.screenshot(&format!("panel-{}", name.split(' ').next_back().unwrap()));
        look(name, &mut found);
        page.press("Escape");
        page.wait_until("it closes", || page.find_all("[role=dialog]").is_empty());
    }
    for key in ["p", "t", "/"] {
        page.press("Escape");
        page.press(key);
        page.wait_until("it opens", || !page.find_all("[role=dialog], [role=search]").is_empty());
        page.type_text("a");
        look(&format!("what {key} opens"), &mut found);
        page.press("Escape");
        page.wait_until("it closes", || page.find_all("[role=dialog], [role=search]").is_empty());
    }
    page.press("Escape");
    page.command("labels of the scheme");
    page.wait_until("the labels are open", || !page.find_all(".label-row").is_empty());
    page.tab_to(".label-row input[aria-label^='Split']");
    page.type_text("another\n");
    page.wait_until("it can be split", || !page.find_all(".split-label").is_empty());
    look("the labels", &mut found);
    page.press("Escape");
    page.wait_until("it closes", || page.find_all("[role=dialog]").is_empty());
    page.run("scrollTo(0, 0)", vec![]);
    page.find(".said-box summary").click();
    page.find(".said .line").click();
    page.wait_until("its tools are there", || !page.find_all(".stance-tools").is_empty());
    look("a stance with what shows it", &mut found);
    page.press("j");
    page.wait_until("one is active", || page.find_all(".card.active").len() == 1);
    page.select("#page-text", "ferry");
    page.press("l");
    page.wait_until("the places are shown", || !page.find_all(".everywhere").is_empty());
    look("the places of a name", &mut found);
    page.press("Escape");
    page.wait_until("it closes", || page.find_all("[role=dialog]").is_empty());
    page.run("scrollTo(0, 0)", vec![]);
    page.find(".cast .pencil").click();
    look("what is known of a speaker", &mut found);
    page.narrow();
    look("the reader, narrow", &mut found);
    page.wide();
    page.find(".compare-with").click();
    page.wait_until("the comparison is there", || !page.find_all(".pair").is_empty());
    look("the comparison", &mut found);
    page.press("Alt+v");
    page.wait_until("the columns are there", || !page.find_all(".many").is_empty());
    look("three versions", &mut found);
    page.press("Alt+f");
    page.wait_until("the family is there", || page.find_all(".family-tree .member").len() == 5);
    look("the family", &mut found);
    page.press("Alt+t");
    for part in ["joining", "conflicts", "sharing", "numbers", "cases"] {
        page.wait_until("the parts are there", || !page.find_all(&format!("#part-{part}")).is_empty());
        page.run("scrollTo(0, 0)", vec![]);
        page.find(&format!("#part-{part}")).click();
        page.wait_until("the part is shown", || {
            let script = "return document.getElementById(arguments[0])?.getAttribute('aria-current')";
            page.run(script, vec![format!("part-{part}").into()]) == "page"
        });
        look(&format!("together, {part}"), &mut found);
    }
    page.find(".brand").click();
    page.wait_until("the library is there", || !page.find_all(".version").is_empty());
    look("the library", &mut found);
    for (key, name) in [("Alt+h", "the history"), ("Alt+m", "the storage")] {
        page.press(key);
        page.wait_until("it opens", || !page.find_all("[role=dialog]").is_empty());
        look(name, &mut found);
        page.press("Escape");
        page.wait_until("it closes", || page.find_all("[role=dialog]").is_empty());
    }
    page.press("Alt+x");
    page.wait_until("training data is there", || !page.find_all("#save").is_empty());
    page.find("#format-conll").click();
    page.wait_until("its report is there", || !page.find_all("#report-conll").is_empty());
    page.find("#split").click();
    page.wait_until("the split is there", || !page.find_all("#leaks").is_empty());
    page.find("#report-jsonl summary").click();
    look("training data", &mut found);
    page.narrow();
    look("training data, narrow", &mut found);
    page.wide();
    page.run("scrollTo(0, 0)", vec![]);
    page.find("#part-import").click();
    page.wait_until("the way in is there", || !page.find_all("#can-read").is_empty());
    look("training data, import", &mut found);
    let told: Vec<String> =
        found.iter().map(|(name, all)| format!("{name}:\n  {}", all.join("\n  "))).collect();
    assert!(found.is_empty(), "{}", told.join("\n"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_main_job_works_on_a_narrow_touch_screen_by_the_bar() {
    let page = Page::open("touch");
    page.narrow();
    page.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true }));
    page.add_article(ARTICLE, None);
    // A long press selects the word under the finger; the handles' work is done by the selection itself.
    let at = page.run(
        "const p = [...document.querySelectorAll('#page-text p')].find((p) => p.textContent.includes('leaving'));
         p.scrollIntoView({ block: 'center' });
         const node = document.createTreeWalker(p, NodeFilter.SHOW_TEXT).nextNode();
         const range = document.createRange();
         const from = node.data.indexOf('leaving');
         range.setStart(node, from);
         range.setEnd(node, from + 7);
         const box = range.getBoundingClientRect();
         return [box.left + box.width / 2, box.top + box.height / 2];",
        vec![],
    );
    let point = json!([{ "x": at[0], "y": at[1] }]);
    page.devtools("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": point }));
    std::thread::sleep(std::time::Duration::from_millis(900));
    page.devtools("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
    if page.selection().is_empty() {
        // Chromium without a display selects nothing by long press; the selection then comes as the handles make it.
        page.select("#page-text", "leaving");
    }
    page.wait_until("the bar is there", || !page.find_all(".selection-bar").is_empty());
    page.select("#page-text", "We are not leaving the harbour");
    page.wait_until("the bar says what is taken", || !page.find_all(".selection-bar .snapped").is_empty());
    let bar = page.find(".selection-bar").rectangle();
    assert!(bar.0 >= 0.0 && bar.0 + bar.2 <= 400.5, "the bar is on the screen: {bar:?}");
    page.screenshot("touch-bar");
    page.find(".selection-bar .mark-quote").click();
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    assert_eq!(page.marked("content").concat(), "“We are not leaving the harbour,”");
    page.select("#page-text", "Olena Їжак");
    page.wait_until("the bar is there", || !page.find_all(".selection-bar").is_empty());
    page.find(".selection-bar .mark-source").click();
    page.wait_until("the speaker is in", || page.cards()[0].contains("Olena Їжак"));
    for control in [".selection-bar button", ".card.active .tools button", ".cast button"] {
        for element in page.find_all(control) {
            let (.., width, height) = element.rectangle();
            assert!(width >= 24.0 && height >= 24.0, "{control} is {width} by {height}");
        }
    }
    page.screenshot("touch-done");
    assert_eq!(page.complaints(), Vec::<String>::new());
}
