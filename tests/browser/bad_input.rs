//! Bad files: a plain sentence each, and the open project untouched.

use crate::desk::ARTICLE;
use crate::harness::Page;

#[test]
fn every_bad_file_gets_a_sentence_and_changes_nothing() {
    let page = Page::open("bad-input");
    page.add_article(ARTICLE, None);
    let before = page.export();
    let huge = vec![b'x'; 50 * 1024 * 1024];
    let cases: &[(&str, &[u8], &str)] = &[
        ("broken.json", b"{\"format\":\"variorum/1\",\"proj", "breaks off"),
        ("newer.json", b"{\"format\":\"variorum/7\",\"project\":\"x\",\"records\":{}}", "newer"),
    ];
    for (name, bytes, says) in cases {
        let file = page.file(name, bytes);
        page.find("#file-input").choose(&[&file]);
        page.wait_until("a sentence says what is wrong", || {
            page.find_all(".notice.problem")
                .iter()
                .any(|n| n.text().contains(name) && n.text().contains(says))
        });
        for notice in page.find_all(".notice.problem button") {
            notice.click();
        }
    }
    // What is no project is looked over before anything is added; what cannot be read has its line.
    let cases: &[(&str, &[u8], &str)] = &[
        ("empty.txt", b"", "empty"),
        ("huge.txt", &huge, "at most 10 MB"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        ("other.json", b"{\"a\": [1, 2]}", "None of the columns"),
        ("paper.pdf", b"%PDF-1.7 x", "PDF"),
    ];
    for (name, bytes, says) in cases {
        let file = page.file(name, bytes);
        page.find("#file-input").choose(&[&file]);
        page.wait_until("its line says what is wrong", || {
            page.find_all(".lines > li").iter().any(|n| n.text().contains(name) && n.text().contains(says))
        });
    }
    page.screenshot("bad-input");
    assert_eq!(page.export(), before);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_problem_with_a_file_fits_every_screen_and_goes_when_another_file_is_opened() {
    let page = Page::open("problems");
    let name = format!("{}.variorum.json", "Verwaltungsgericht".repeat(11));
    let files =
        [page.file(&name, b"{\"a\":1}"), page.file("torn.variorum.json", b"{\"format\":\"variorum/1\",\"p")];
    page.run("document.querySelector('#file-input').hidden = false", vec![]);
    page.narrow();
    for file in &files {
        page.find("#file-input").choose(&[file]);
        page.wait_until("it is refused", || {
            page.find_all(".notice.problem")
                .first()
                .is_some_and(|notice| notice.text().contains(file.file_name().unwrap().to_str().unwrap()))
        });
        assert_eq!(page.find_all(".notice.problem").len(), 1, "what is wrong with the file before is gone");
        let fits = "const inside = (e) => { const b = e.getBoundingClientRect();
                return b.left >= 0 && b.right <= innerWidth && b.top >= 0 && b.bottom <= innerHeight; };
            const all = document.querySelector('.notices'), close = all.querySelector('button');
            return inside(all) && inside(close) && inside(all.firstElementChild)
                && all.clientHeight <= innerHeight / 3 && all.scrollWidth <= all.clientWidth;";
        page.screenshot("problem-400");
        assert_eq!(page.run(fits, vec![]), serde_json::Value::Bool(true), "at 400 px");
        page.wide();
        assert_eq!(page.run(fits, vec![]), serde_json::Value::Bool(true), "on a wide screen");
        page.narrow();
    }
    let article = page.file("article.txt", ARTICLE.as_bytes());
    page.find("#file-input").choose(&[&article]);
    page.wait_until("the article is there", || !page.find_all("#page-text").is_empty());
    assert!(page.find_all(".notice.problem").is_empty());
    assert_eq!(page.complaints(), Vec::<String>::new());
}
