//! Words are found wherever they stand: in an article of which the browser lays out a screen at a time, and in
//! spellings that differ in case, apostrophes and marks.

use crate::harness::Page;

#[test]
fn words_that_were_never_on_the_screen_are_found_and_shown() {
    let page = Page::open("find-long");
    let mut text = "The long list\n".to_owned();
    for n in 0..2_000 {
        text.push_str(&format!("\nThe boat number {n} left the harbour in the morning, said its owner.\n"));
    }
    text.push_str("\nЗайшла й “П’ята хвиля”, the last of all.\n");
    page.add_article(&text, None);
    let laid_out = "const p = [...document.querySelectorAll('#page-text p')];
        return [p.length, p.filter((p) => p.checkVisibility({ contentVisibilityAuto: true })).length]";
    let counts = page.run(laid_out, vec![]);
    let (all, shown) = (counts[0].as_u64().unwrap(), counts[1].as_u64().unwrap());
    assert!(all > 2_000 && shown < 200, "of {all} paragraphs {shown} are laid out");
    for (typed, status, words) in [
        ("number 1987", "1 place", "number 1987"),
        ("NUMBER 654 ", "1 place", "number 654"),
        ("п'ята хвиля", "1 place", "П’ята хвиля"),
        ("\"П'ята", "1 place", "“П’ята"),
    ] {
        page.press("/");
        page.wait_until("the field is there", || !page.find_all("#find-field").is_empty());
        page.type_text(typed);
        page.wait_for_text(status);
        page.press("Enter");
        page.wait_until("it is selected", || page.selection() == words);
        let inside = page.run(
            "const box = getSelection().getRangeAt(0).getBoundingClientRect();
             return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight",
            vec![],
        );
        assert_eq!(inside, true, "“{words}” is in sight");
        page.press("Escape");
        page.wait_until("the field is gone", || page.find_all("#find-field").is_empty());
    }
    // All of them, and none that is not there.
    page.press("/");
    page.type_text("left the harbour");
    page.wait_for_text("2000 places");
    page.press("Escape");
    page.press("/");
    page.type_text("number 2000");
    page.wait_for_text("Not in the text");
    // The browser's own search and a screen reader get all of the text, laid out or not.
    let text = page.run("return document.querySelector('#page-text').textContent", vec![]);
    assert!(text.as_str().unwrap().contains("boat number 1987 left"));
    // Marking there is marking anywhere.
    page.press("Escape");
    page.caret_in("П’ята");
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    assert_eq!(page.marked("content").concat(), "“П’ята хвиля”");
    assert_eq!(page.complaints(), Vec::<String>::new());
}
