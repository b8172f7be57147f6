//! Adding articles out of whatever files a person has: dropped, chosen, pasted; looked over, added, undone.

use crate::desk::{ARTICLE, records};
use crate::harness::Page;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Five hundred files take a while on a busy machine.
const LONG: Duration = Duration::from_secs(180);

impl Page {
    /// Drops files or folders on the page as a file manager does.
    fn drop_paths(&self, paths: &[&Path]) {
        let files: Vec<String> = paths.iter().map(|p| p.to_string_lossy().into_owned()).collect();
        let data = json!({ "items": [], "files": files, "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            self.devtools(
                "Input.dispatchDragEvent",
                json!({ "type": kind, "x": 300, "y": 400, "data": data }),
            );
        }
    }

    fn choose_files(&self, files: &[&PathBuf]) {
        let files: Vec<&Path> = files.iter().map(|f| f.as_path()).collect();
        self.find("#file-input").choose(&files);
    }

    fn wait_long(&self, what: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            assert!(start.elapsed() < LONG, "gave up waiting until {what}: {}", self.batch());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// How the batch stands.
    fn batch(&self) -> String {
        let script = "return document.getElementById('batch-state')?.textContent ?? ''";
        self.run(script, vec![]).as_str().unwrap_or_default().to_owned()
    }

    /// The line about a file, in words.
    fn line_of(&self, name: &str) -> String {
        let script = "return [...document.querySelectorAll('.lines > li')].filter((li) => li.innerText.includes(arguments[0])).map((li) => li.innerText).join('\\n')";
        self.run(script, vec![name.into()]).as_str().unwrap_or_default().to_owned()
    }

    fn pick_in(&self, css: &str, value: &str) {
        self.run(
            "const field = document.querySelector(arguments[0]); field.value = arguments[1];
             field.dispatchEvent(new Event('change', { bubbles: true }));",
            vec![css.into(), value.into()],
        );
    }

    /// Pictures of the screen, wide and narrow, light and dark; it fits 400 px.
    fn looks_of_adding(&self, name: &str) {
        self.screenshot(name);
        self.dark();
        self.screenshot(&format!("{name}-dark"));
        self.narrow();
        self.screenshot(&format!("{name}-dark-400"));
        self.light();
        self.screenshot(&format!("{name}-400"));
        let over = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        assert_eq!(self.run(over, vec![]), Value::Bool(false), "{name} fits 400 px");
        self.wide();
    }
}

/// Words that do not repeat themselves from page to page.
fn words(count: usize, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let syllables = ["ka", "lo", "mi", "ren", "tus", "vi", "or", "sel", "pa", "dor"];
    let mut text = String::new();
    for i in 0..count {
        (0..2 + next() % 3).for_each(|_| text.push_str(syllables[next() % 10]));
        text.push_str(if i % 15 == 14 { ". " } else { " " });
    }
    text
}

/// A page with an article and what stands around it.
fn web_page(seed: u64, paragraphs: u64) -> String {
    let body: String = (0..paragraphs).map(|i| format!("<p>{}.</p>\n", words(60, seed * 100 + i))).collect();
    let teasers: String =
        (0..10).map(|i| format!("<li><a href=\"/{i}\">{}</a></li>", words(6, seed * 31 + i))).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Ferry report {seed} | Harbour Post</title><meta property=\"og:site_name\" content=\"Harbour Post\"><meta name=\"author\" content=\"Ana Holm\"><meta property=\"article:published_time\" content=\"2022-01-07T10:00:00Z\"></head><body><nav><ul>{teasers}</ul></nav><article><h1>Ferry report {seed}</h1>{body}</article><footer><p>Copyright Harbour Post 2022</p></footer></body></html>"
    )
}

/// A ZIP file of these parts, unpacked; `locked` says that a part asks for a password.
fn zip(parts: &[(&str, &[u8])], locked: Option<&str>) -> Vec<u8> {
    let sum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC);
    let (mut file, mut index) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let flags: u16 = u16::from(locked == Some(*name)) | 0x800;
        let at = file.len() as u32;
        let mut head = Vec::new();
        for n in [20, flags, 0, 0, 33] {
            head.extend(n.to_le_bytes());
        }
        for n in [sum.checksum(bytes), bytes.len() as u32, bytes.len() as u32] {
            head.extend(n.to_le_bytes());
        }
        head.extend((name.len() as u16).to_le_bytes());
        head.extend(0u16.to_le_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&head);
        file.extend(name.bytes());
        file.extend(*bytes);
        index.extend(b"PK\x01\x02\x14\x00");
        index.extend(&head);
        index.extend([0u8; 10]);
        index.extend(at.to_le_bytes());
        index.extend(name.bytes());
    }
    let at = file.len() as u32;
    let count = (parts.len() as u16).to_le_bytes();
    file.extend(&index);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count);
    file.extend(count);
    file.extend((index.len() as u32).to_le_bytes());
    file.extend(at.to_le_bytes());
    file.extend([0, 0]);
    file
}

fn docx(words: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Harbour board votes</w:t></w:r></w:p><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    );
    zip(&[("word/document.xml", document.as_bytes())], None)
}

/// A PDF of one page with these lines.
fn pdf(lines: &[&str], trailer: &str) -> Vec<u8> {
    let mut content = "BT /F 11 Tf\n".to_owned();
    for (i, line) in lines.iter().enumerate() {
        content += &format!("1 0 0 1 50 {} Tm ({line}) Tj\n", 760 - 14 * i);
    }
    content += "ET";
    format!(
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count 1/Kids[4 0 R]/Resources<</Font<</F 3 0 R>>>>>> endobj\n3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n4 0 obj <</Type/Page/Parent 2 0 R/Contents 5 0 R>> endobj\n5 0 obj <</Length {}>> stream\n{content}\nendstream endobj\ntrailer <</Root 1 0 R{trailer}>>\n%%EOF",
        content.len()
    )
    .into_bytes()
}

#[test]
fn a_folder_of_five_hundred_pages_shows_progress_can_be_stopped_and_is_undone_in_one_step() {
    let page = Page::open("five-hundred");
    let folder = page.file("readme.txt", b"x").with_file_name("pages");
    std::fs::create_dir_all(folder.join("inner")).unwrap();
    for n in 0..500u64 {
        let inner = if n % 2 == 0 { "inner/" } else { "" };
        std::fs::write(folder.join(format!("{inner}{n:03}.html")), web_page(n + 1, 6)).unwrap();
    }
    page.drop_paths(&[&folder]);
    page.wait_long("progress shows", || page.shows("of 500: pages/"));
    page.screenshot("adding-progress");
    page.find("#cancel").click();
    page.wait_long("it stops", || page.batch().contains("not read: stopped"));
    let read = page.find_all(".lines > li[data-kind='ready']").len();
    assert!(read < 500, "it stopped before the end");
    page.find("#start-over").click();
    page.wait_until("the screen is empty", || !page.find_all("#paste").is_empty());

    page.drop_paths(&[&folder]);
    page.wait_long("all are read", || page.batch().contains("500 to be added"));
    page.find("#add-all").click();
    page.wait_long("all are added", || page.batch().contains("500 added"));
    page.wait_for_text("Undo takes all of them back in one step");
    page.find("#undo").click();
    page.wait_long("all are ready again", || page.batch().contains("500 to be added"));
    let file = page.export();
    let live = records(&file, "article").iter().filter(|a| a["deleted"].is_null()).count();
    assert_eq!(live, 0, "one undo takes all back");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn files_of_many_formats_come_in_each_with_its_line_and_the_bad_ones_with_their_sentence() {
    let page = Page::open("formats");
    let bad = zip(
        &[
            (
                "good.txt",
                "Good part\n\nThe good part of the packed file says enough to be an article.\n".as_bytes(),
            ),
            ("locked.txt", b"secret"),
            ("torn.pdf", b"%PDF-1.7"),
        ],
        Some("locked.txt"),
    );
    let hostile = format!(
        "<html><body>{}<script>document.title = 'evil'</script><img src=\"http://127.0.0.1:9/x\" onerror=\"document.title='evil'\"><p>Deep down there is a word of an article.</p>",
        "<div>".repeat(20_000)
    );
    let latin = "Caf\u{e9} of the port\n\nThe caf\u{e9} of the port stays, said the mayor of the old town on Monday.\n";
    let latin: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    let files = [
        page.file("word.docx", &docx("The board of the harbour voted on Monday to keep the ferry, four to three.")),
        page.file("page.html", web_page(77, 8).as_bytes()),
        page.file("print.pdf", &pdf(&["Ferry is painted", "The old ferry of the town was painted on Monday, said the chair of the board."], "")),
        page.file("locked.pdf", &pdf(&["x"], "/Encrypt 9 0 R")),
        page.file("list.csv", "kop;tekst;wanneer\nSchool is full;The school of the island has no room for more children.;2022-01-07\nBoat sold;The old boat of the harbour was sold to a neighbour on Friday.;2022-01-08\n".as_bytes()),
        page.file("packed.zip", &bad),
        page.file("latin1.txt", &latin),
        page.file("hostile.html", hostile.as_bytes()),
        page.file("picture.jpg", b"\xff\xd8\xff\xe0 x"),
        page.file("old.doc", b"\xD0\xCF\x11\xE0xxxx"),
        page.file("letter.eml", b"From: Ana Holm <ana@post.example>\r\nSubject: Ferry timetable\r\nDate: Fri, 7 Jan 2022 10:00:00 +0000\r\n\r\nThe timetable of the ferry changes on Monday, the office said.\r\n"),
        page.file("news.rtf", b"{\\rtf1\\ansi\\ansicpg1252 Rich text\\par The mayor\\'92s rich text stays in the old town.\\par}"),
    ];
    page.choose_files(&files.iter().collect::<Vec<_>>());
    page.wait_long("all are read", || {
        page.batch().starts_with("12 files") && !page.batch().contains("waiting")
    });
    for (name, says) in [
        ("word.docx", "Harbour board votes"),
        ("page.html", "Ferry report 77"),
        ("print.pdf", "Ferry is painted"),
        ("locked.pdf", "asks for a password"),
        ("list.csv", "None of the columns (kop, tekst, wanneer)"),
        ("packed.zip, good.txt", "Good part"),
        ("packed.zip, locked.txt", "password"),
        ("packed.zip, torn.pdf", "damaged"),
        ("latin1.txt", "windows-1252 was guessed"),
        ("hostile.html", "needs a look"),
        ("picture.jpg", "a picture"),
        ("old.doc", "old office document"),
        ("letter.eml", "Ferry timetable"),
        ("news.rtf", "Rich text"),
    ] {
        let line = page.line_of(name);
        assert!(line.contains(says), "{name}: {line}");
    }
    assert!(!page.title().contains("evil"), "nothing in a page is run");
    page.looks_of_adding("adding-formats");

    // The columns of the table.
    page.pick_in("#column-0", "tekst");
    page.wait_until("its rows are articles", || page.line_of("list.csv, row 2").contains("The school"));
    page.run("[...document.querySelectorAll('.lines .name')].find((b) => b.innerText.includes('The school')).click()", vec![]);
    page.wait_until("it lies open", || !page.find_all(".preview #column-1").is_empty());
    page.pick_in(".preview #column-1", "kop");
    page.wait_until("its title is the one of its column", || {
        page.line_of("list.csv, row 2").contains("School is full")
    });
    // Another table of these columns needs no choice.
    let again = page.file("next.csv", "kop;tekst;wanneer\nBridge opens;The bridge over the harbour opens in May, the town said.;2022-02-01\n".as_bytes());
    page.choose_files(&[&again]);
    page.wait_until("it is read the same way", || page.line_of("next.csv").contains("Bridge opens"));

    // The encoding of the old text.
    page.run("[...document.querySelectorAll('.lines .name')].find((b) => b.closest('li').innerText.includes('latin1.txt')).click()", vec![]);
    page.wait_until("its encoding is there", || !page.find_all("#encoding").is_empty());
    page.pick_in("#encoding", "windows-1251");
    page.wait_until("its letters change", || page.line_of("latin1.txt").contains("Cafй"));
    page.pick_in("#encoding", "ISO-8859-15");
    page.wait_until("its letters are right", || page.line_of("latin1.txt").contains("Café"));
    page.looks_of_adding("adding-open");
    let axe = xtask::setup::axe::source().unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(crate::accessible::violations(&page, &axe), Vec::<String>::new());
    page.dark();
    assert_eq!(crate::accessible::violations(&page, &axe), Vec::<String>::new());
    page.light();

    page.run("document.activeElement.blur()", vec![]);
    page.press("a");
    page.wait_long("they are added", || page.batch().contains("11 added"));
    let file = page.export();
    let school = records(&file, "article").into_iter().find(|a| a["title"] == "School is full").unwrap();
    assert!(school["text"].is_string());
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn an_article_is_looked_over_put_right_cleaned_and_added() {
    let page = Page::open("looked-over");
    page.add_article(ARTICLE, None);
    page.find(".brand").click();
    page.wait_until("the library is there", || !page.find_all("#paste").is_empty());
    let pasted = page.run(
        "const clipboardData = new DataTransfer();
         clipboardData.setData('text/plain', arguments[0]);
         clipboardData.setData('text/html', arguments[1]);
         const field = document.querySelector('#paste');
         return !field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))",
        vec![
            "Ferry stays".into(),
            "<h1>Ferry stays in port for good</h1><p>By Jana Roe</p><p>The <a href=\"https://post.example/\">ferry</a> of the harbour stays in port for good, the board said on Monday after the vote.</p><p>Copyright The Harbour Post 2022. All rights reserved.</p><script>document.title='evil'</script>".into(),
        ],
    );
    assert_eq!(pasted, json!(true), "rich text goes to the desk");
    page.wait_until("it lies open", || !page.find_all(".preview").is_empty());
    assert!(page.line_of("Pasted rich text").contains("Ferry stays in port for good"));
    page.wait_until("what would be cut is marked", || !page.find_all(".preview del").is_empty());
    page.looks_of_adding("adding-article");
    page.find("#side-after").click();
    page.wait_until("it shows without", || page.find_all(".preview del").is_empty());
    page.run("document.activeElement.blur()", vec![]);
    page.press("c");
    page.wait_for_text("Keep the text whole");
    let outlet = "[...document.querySelectorAll('.found label')].find((l) => l.textContent.startsWith('Outlet')).querySelector('input')";
    page.run(
        &format!("const field = {outlet}; field.value = 'Port Times'; field.dispatchEvent(new Event('change', {{ bubbles: true }}));"),
        vec![],
    );
    page.wait_until("the outlet is taken", || {
        page.run(&format!("return {outlet}.value"), vec![]) == json!("Port Times")
    });
    page.find("#add-all").click();
    page.wait_until("the article opens", || !page.find_all("#page-text").is_empty());
    let file = page.export();
    let texts = records(&file, "text");
    let clean = texts.iter().find(|t| t["cleaned_from"].is_string()).expect("a cleaned text");
    assert_eq!(clean["cuts"].as_array().map(Vec::len), Some(1));
    assert!(texts.iter().any(|t| t["content"].as_str().is_some_and(|c| c.contains("All rights reserved"))));
    let articles = records(&file, "article");
    let article = articles.iter().find(|a| a["outlet"] == "Port Times").unwrap();
    assert_eq!(article["links"].as_array().map(Vec::len), Some(1));
    page.find("#undo").click();
    page.wait_for_text("Undone: add articles");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_five_articles_come_as_one_story_and_two_others_with_the_reasons() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/articles");
    let Ok(files) = std::fs::read_dir(&folder).or_else(|_| std::fs::read_dir("/work/shared/articles")) else {
        eprintln!("skipped: the articles are not here");
        return;
    };
    let mut files: Vec<PathBuf> = files.map(|f| f.unwrap().path().canonicalize().unwrap()).collect();
    files.sort();
    let page = Page::open("five-articles");
    page.choose_files(&files.iter().collect::<Vec<_>>());
    page.wait_long("all are read", || page.batch().contains("5 to be added"));
    let offers = page.find_all(".offer.taken");
    assert_eq!(offers.len(), 2, "two join the first");
    for offer in &offers {
        assert!(offer.text().contains("% of") && offer.text().contains("in common"), "{}", offer.text());
    }
    page.screenshot("adding-story");
    page.press("a");
    page.wait_long("they are added", || page.batch().contains("5 added"));
    let file = page.export();
    let articles = records(&file, "article");
    let mut stories: Vec<String> = articles.iter().map(|a| a["story"].to_string()).collect();
    stories.sort();
    stories.dedup();
    assert_eq!((articles.len(), stories.len()), (5, 3));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_five_hundred_pages_of_a_hundred_kilobytes() {
    let page = Page::open("bench-adding");
    let folder = page.file("readme.txt", b"x").with_file_name("pages");
    std::fs::create_dir_all(&folder).unwrap();
    let mut bytes = 0;
    for n in 0..500u64 {
        let mut one = web_page(n + 1, 20);
        // What stands around the article: teasers and a script, to a hundred kilobytes.
        let card = "<div class=\"card\"><a href=\"/world/item\"><h3>Another story of the harbour</h3></a><span>World</span></div>\n";
        let around = format!(
            "<script>window.data = \"{}\";</script><div class=\"related\">{}</div></body>",
            "0123456789abcdef".repeat(2_000),
            card.repeat((100_000 - one.len() - 32_100) / card.len())
        );
        one = one.replace("</body>", &around);
        bytes += one.len();
        std::fs::write(folder.join(format!("{n:03}.html")), one).unwrap();
    }
    page.run(
        "window.gaps = []; let last = performance.now();
         const beat = (now) => { gaps.push(now - last); last = now; requestAnimationFrame(beat); };
         requestAnimationFrame(beat);",
        vec![],
    );
    let longest = |what: &str| {
        let script = "const all = gaps.splice(0).sort((a, b) => b - a); return [all[0] ?? 0, all.filter((gap) => gap > 50).length, all.length]";
        println!(
            "  frames while {what}: longest gap, gaps over 50 ms, of how many: {}",
            page.run(script, vec![])
        );
    };
    longest("nothing happens");
    let start = Instant::now();
    page.drop_paths(&[&folder]);
    page.wait_long("all are read", || page.batch().contains("500 to be added"));
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "500 web pages of {} KB read, sorted into stories and listed in {seconds:.1} s: {:.1} MB/s",
        bytes / 500_000,
        bytes as f64 / 1e6 / seconds
    );
    longest("they are read");
    let start = Instant::now();
    page.find("#add-all").click();
    page.wait_long("all are added", || page.batch().contains("500 added"));
    println!("added in {:.1} s", start.elapsed().as_secs_f64());
    longest("they are added");
    let start = Instant::now();
    page.find("#undo").click();
    page.wait_long("all are ready again", || page.batch().contains("500 to be added"));
    println!("undone in {:.1} s", start.elapsed().as_secs_f64());
    longest("they are undone");
}
