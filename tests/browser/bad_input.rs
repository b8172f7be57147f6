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
