//! Texts in other scripts and directions are selected and marked exactly, by keys and by mouse: what the file says
//! is what was meant, to the code point.

use crate::desk::{assert_anchors_hold, records, shown};
use crate::harness::Page;

/// Marks a quotation and its source by the mouse and another one by keys, and reads them out of the file.
struct Article {
    name: &'static str,
    text: &'static str,
    /// Dragged over, and marked as content and as source.
    quoted: &'static str,
    source: &'static str,
    /// Reached with G, and the word reached from there with the arrow named.
    by_keys: &'static str,
    arrow: &'static str,
    word: &'static str,
}

fn annotate(article: &Article) {
    let page = Page::open(article.name);
    page.add_article(article.text, None);
    page.drag_over("#page-text", article.quoted);
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    assert_eq!(page.marked("content").concat(), article.quoted);
    page.drag_over("#page-text", article.source);
    page.press("s");
    page.wait_until("the source is marked", || page.marked("source").concat() == article.source);
    page.wait_until("and named", || page.cards()[0].contains(article.source));
    page.press("Escape");
    page.press("g");
    page.wait_until("the next quotation is selected", || page.selection() == article.by_keys);
    page.press("q");
    page.wait_for_cards(2);
    page.walk(article.arrow, article.word);
    page.press("s");
    page.wait_until("its source is marked", || page.marked("source").len() == 2);
    page.screenshot(article.name);
    page.narrow();
    page.dark();
    page.screenshot(&format!("{}-dark-400", article.name));
    let wide = page.run("return document.scrollingElement.scrollWidth", vec![]);
    assert!(wide.as_f64().unwrap() <= 400.0, "the page is {wide} wide");
    page.light();
    page.wide();
    let file = page.export();
    assert_anchors_hold(&file);
    let said: Vec<String> = records(&file, "attribution")
        .iter()
        .map(|a| shown(&a["contents"])[0]["exact"].as_str().unwrap().to_owned())
        .collect();
    assert!(said.contains(&article.quoted.to_owned()), "{said:?}");
    assert!(said.contains(&article.by_keys.to_owned()), "{said:?}");
    let named: Vec<String> = records(&file, "mention")
        .iter()
        .map(|m| shown(&m["anchor"])["exact"].as_str().unwrap().to_owned())
        .collect();
    assert!(named.contains(&article.source.to_owned()), "{named:?}");
    assert!(named.contains(&article.word.to_owned()), "{named:?}");
    // What was painted comes back as it was.
    let before = page.marked("content");
    page.reload();
    page.wait_until("it is back", || page.marked("content") == before);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_ukrainian_article_is_marked_exactly() {
    annotate(&Article {
        name: "script-ukrainian",
        text: "Порт чекає\n\n«Ми не підемо з гавані», – сказала Олена Їжак, об’їзниця з Ґданська.\n\n„Побачимо“, – відповів їй мер.\n",
        quoted: "«Ми не підемо з гавані»",
        source: "Олена Їжак",
        by_keys: "„Побачимо“",
        arrow: "ArrowRight",
        word: "мер",
    });
}

#[test]
fn an_arabic_article_is_marked_exactly() {
    annotate(&Article {
        name: "script-arabic",
        text: "الميناء ينتظر\n\nقالت ليلى حدّاد: «لن نغادر الميناء قبل يوم 12 مايو 2026».\n\nوأضاف عمر من شركة Norrey One أنّ «السفن جاهزة».\n",
        quoted: "«لن نغادر الميناء قبل يوم 12 مايو 2026»",
        source: "ليلى حدّاد",
        by_keys: "«السفن جاهزة»",
        // Against the direction of reading, which here is to the right.
        arrow: "ArrowRight",
        word: "Norrey",
    });
}

#[test]
fn a_chinese_article_is_marked_exactly() {
    annotate(&Article {
        name: "script-chinese",
        text: "港口在等待\n\n李娜说:“我们不会离开港口。”\n\n市长回答:「船已经准备好了」。\n",
        quoted: "“我们不会离开港口。”",
        source: "李娜",
        by_keys: "「船已经准备好了」",
        arrow: "ArrowLeft",
        word: "长",
    });
}

#[test]
fn an_article_full_of_emoji_and_combining_marks_is_marked_exactly() {
    annotate(&Article {
        name: "script-emoji",
        text: "⛴️ The quay 👩‍👩‍👧‍👦\n\n“We 💙💛 the 🇺🇦 café\u{301} ⛴️,” wrote Zoë\u{308} 👩🏽‍🚒 Roe.\n\n“👍🏽 Yes,” said Ängström 😀.\n",
        quoted: "“We 💙💛 the 🇺🇦 café\u{301} ⛴️,”",
        source: "Zoë\u{308} 👩🏽‍🚒 Roe",
        by_keys: "“👍🏽 Yes,”",
        arrow: "ArrowRight",
        word: "Ängström",
    });
}

#[test]
fn a_line_of_two_directions_is_marked_exactly() {
    annotate(&Article {
        name: "script-mixed",
        text: "Two directions\n\nThe mayor said “we call it الميناء القديم here” and Leila Haddad agreed.\n\nHaddad, in Arabic: «نعم، this is 100 % true».\n",
        quoted: "“we call it الميناء القديم here”",
        source: "Leila Haddad",
        by_keys: "«نعم، this is 100 % true»",
        arrow: "ArrowLeft",
        word: "Haddad",
    });
}

#[test]
fn an_end_moves_over_what_the_eye_takes_for_one_character() {
    let page = Page::open("script-characters");
    page.add_article("Flags\n\nThey cried Slava🇺🇦👩🏽‍🚒e\u{301}x together.\n", None);
    page.select("#page-text", "They cried Slava");
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    let marked = || page.marked("content").concat();
    let start = marked();
    let moved = |key: &str| {
        let before = marked();
        page.press(key);
        page.wait_until("the end moves", || marked() != before);
        marked().replace(&start, "")
    };
    let forward: Vec<String> = (0..4).map(|_| moved("Alt+.")).collect();
    assert_eq!(forward, ["🇺🇦", "🇺🇦👩🏽‍🚒", "🇺🇦👩🏽‍🚒e\u{301}", "🇺🇦👩🏽‍🚒e\u{301}x"]);
    let back: Vec<String> = (0..4).map(|_| moved("Alt+,")).collect();
    assert_eq!(back, ["🇺🇦👩🏽‍🚒e\u{301}", "🇺🇦👩🏽‍🚒", "🇺🇦", ""]);
    assert_anchors_hold(&page.export());
}
