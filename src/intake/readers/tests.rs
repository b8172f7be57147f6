//! Every reader on small files made for it, ugly ones too.

use super::zip::testing::packed;
use super::*;
use crate::model::SegmentKind;

fn one(name: &str, bytes: &[u8]) -> (crate::intake::Draft, Loaded) {
    let loaded = read(bytes, &Hint::named(name)).unwrap();
    assert_eq!(loaded.drafts.len(), 1, "{:?}", loaded.issues);
    (loaded.drafts[0].1.clone(), loaded)
}

fn said(name: &str, bytes: &[u8]) -> String {
    read(bytes, &Hint::named(name)).unwrap_err().to_string()
}

const PAGE: &str = r##"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry stays for another year | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Ana Holm"><link rel="canonical" href="https://post.example/2022/01/07/ferry">
<meta property="article:published_time" content="2022-01-07T10:00:00Z">
<script>document.title = "evil"</script></head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div class="sidebar"><h3>Most read</h3><p><a href="/x">Cat rescued from a tree in the park</a></p></div>
<article><h1>Ferry stays for another year</h1>
<p>The harbour board has voted to keep the <a href="https://post.example/ferry">ferry</a> for another year,
   the mayor said on Monday, and nobody in the hall spoke against it for long.</p>
<p>“We are not leaving the island without a boat,” Holm said. “Not this winter, and not the next one either,
whatever it costs the town and its people.”</p><p onclick="steal()">The vote, she said, was <b>un</b>expected: four to three, with the chair voting last of all.
<a href="javascript:alert(1)">More</a></p></article>
<footer><p>Copyright Harbour Post 2022</p></footer></body></html>"##;

#[test]
fn a_page_gives_its_article_what_it_says_of_itself_and_what_was_left_out() {
    let (draft, loaded) = one("ferry.html", PAGE.as_bytes());
    assert!(loaded.issues.is_empty(), "{:?}", loaded.issues);
    assert!(
        draft
            .content
            .starts_with("The harbour board has voted to keep the ferry for another year, the mayor"),
        "{}",
        &*draft.content
    );
    assert!(draft.content.contains("was unexpected: four"));
    assert_eq!(draft.title, "Ferry stays for another year");
    assert_eq!(draft.facts.byline, ["Ana Holm"]);
    assert_eq!(draft.facts.outlet.as_deref(), Some("Harbour Post"));
    assert_eq!(draft.facts.published.as_deref(), Some("2022-01-07T10:00:00Z"));
    assert_eq!(draft.facts.url.as_deref(), Some("https://post.example/2022/01/07/ferry"));
    let links: Vec<_> = draft.links.iter().map(|l| &*l.href).collect();
    assert_eq!(links, ["https://post.example/ferry"], "no link that runs code");
    assert!(draft.set_aside.iter().any(|l| l.contains("Cat rescued")), "{:?}", draft.set_aside);
    assert!(!draft.content.contains("evil"));
}

#[test]
fn a_page_in_another_encoding_is_read_as_it_says() {
    let page = "<html><head><meta charset=windows-1251></head><body><article><p>Мер міста сказав, що пором залишиться ще на одну зиму, і ніхто в залі довго не заперечував.</p><p>Рада порту голосуватиме ще раз у травні, коли стане відомо, скільки все коштує місту та його людям.</p></article></body></html>";
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(page);
    let (draft, loaded) = one("a.html", &bytes);
    assert!(draft.content.contains("пором залишиться"));
    assert_eq!(draft.encoding, Some(("windows-1251", false)));
    assert!(!loaded.issues.iter().any(|i| matches!(i.what, Trouble::Guessed { .. })));
}

#[test]
fn pages_nested_without_end_are_read_whole() {
    let page = format!("<html><body>{}<p>Deep down in the page there is a word.</p>", "<div>".repeat(60_000));
    let (draft, loaded) = one("deep.html", page.as_bytes());
    assert!(draft.content.contains("there is a word"));
    assert_eq!(loaded.issues[0].what, Trouble::WholePage);
}

#[test]
fn a_saved_page_and_a_mail_are_read() {
    let mhtml = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/saved\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{PAGE}\r\n--b--\r\n"
    );
    let (draft, _) = one("a.mhtml", mhtml.as_bytes());
    assert!(draft.content.starts_with("The harbour board"));
    let mail = b"From: Ana Holm <ana@post.example>\r\nSubject: =?utf-8?q?Ferry_stays_=E2=80=93_for_now?=\r\nDate: Fri, 7 Jan 2022 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe ferry stays, the mayor said =96 for now. =93We stay=94, she said.\r\n";
    let (draft, _) = one("a.eml", mail);
    assert_eq!(&*draft.content, "The ferry stays, the mayor said – for now. “We stay”, she said.\n");
    assert_eq!(draft.title, "Ferry stays – for now");
    assert!(draft.facts.published.unwrap().starts_with("2022-01-07T10:00:00"));
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:body>{body}</w:body></w:document>"
    );
    let links = r#"<Relationships><Relationship Id="rId1" Target="https://post.example/?a=1&amp;b=2"/></Relationships>"#;
    packed(&[("word/document.xml", document.as_bytes()), ("word/_rels/document.xml.rels", links.as_bytes())])
}

#[test]
fn a_word_document_keeps_runs_tabs_breaks_cells_entities_and_links() {
    let file = docx(
        r#"<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Ferry stays &amp; sails</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">The “ferry” </w:t></w:r><w:del><w:r><w:delText>sinks</w:delText></w:r></w:del><w:hyperlink r:id="rId1"><w:r><w:t>stays</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>&#x406;.</w:t><w:br/><w:t>So.</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>One</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Two</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
    );
    let (draft, _) = one("a.docx", &file);
    assert_eq!(&*draft.content, "Ferry stays & sails\n\nThe “ferry” stays\tІ.\nSo.\n\nOne\n\nTwo\n");
    assert_eq!(draft.title, "Ferry stays & sails");
    assert_eq!(draft.links[0].href, "https://post.example/?a=1&b=2");
    assert!(said("torn.docx", &file[..file.len() - 40]).contains("damaged"));
    assert!(said("empty.docx", &docx("")).contains("empty"));
}

#[test]
fn open_documents_and_books_are_read() {
    let content = r#"<office:document-content><office:body><office:text><text:h>Ferry stays</text:h><text:p>The<text:s text:c="2"/>ferry <text:a xlink:href="https://a.example/">stays</text:a>.<office:annotation><text:p>no</text:p></office:annotation></text:p></office:text></office:body></office:document-content>"#;
    let odt = packed(&[("mimetype", b"x"), ("content.xml", content.as_bytes())]);
    let hint = Hint { format: Some(Format::Odt), ..Hint::named("a.odt") };
    let draft = &read(&odt, &hint).unwrap().drafts[0].1;
    assert_eq!(&*draft.content, "Ferry stays\n\nThe  ferry stays.\n");
    let epub = packed(&[
        ("META-INF/container.xml", br#"<container><rootfile full-path="OPS/p.opf"/></container>"#),
        ("OPS/p.opf", br#"<package><metadata><dc:title>The Harbour</dc:title><dc:creator>Ana Holm</dc:creator></metadata><manifest><item id="a" href="t/1.xhtml"/><item id="b" href="t/2.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="a"/></spine></package>"#),
        ("OPS/t/1.xhtml", b"<html><body><p>Last.</p></body></html>"),
        ("OPS/t/2.xhtml", b"<html><body><h1>First</h1><p>Words.</p></body></html>"),
    ]);
    let hint = Hint { format: Some(Format::Epub), ..Hint::named("a.epub") };
    let draft = &read(&epub, &hint).unwrap().drafts[0].1;
    assert_eq!(&*draft.content, "First\n\nWords.\n\nLast.\n");
    assert_eq!((&*draft.title, &draft.facts.byline[..]), ("The Harbour", &["Ana Holm".to_owned()][..]));
}

#[test]
fn rich_text_keeps_curly_marks_paragraphs_code_pages_and_links() {
    let rtf = br#"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times;}}{\info{\title Ferry}{\author No}}
\f0 The mayor\'92s \ldblquote ferry\rdblquote  \u8220?stays\u8221?.\par {\f1 \'cf\'ee\'f0\'ee\'ec} {\*\generator no}{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt here}} \u-10179?\u-8704? caf\'e9\{x\}.\par}"#;
    let (draft, _) = one("a.rtf", rtf);
    assert_eq!(&*draft.content, "The mayor’s “ferry” “stays”.\n\nПором here 😀 café{x}.\n");
    assert_eq!(draft.title, "Ferry");
    assert_eq!(draft.links.iter().map(|l| &*l.href).collect::<Vec<_>>(), ["https://a.example/"]);
}

#[test]
fn tables_give_an_article_a_row_and_say_what_a_row_lacks() {
    let csv = "id;Headline;Body;Date;Author;Source\n1;Ferry stays;\"“We stay,” she said.\r\nIt was \"\"late\"\".\";7 January 2022;Ana Holm and Jo Roe;Post\n2;No words;;;;\n";
    let loaded = read(csv.as_bytes(), &Hint::named("list.csv")).unwrap();
    let (place, draft) = &loaded.drafts[0];
    assert_eq!((&**place, &*draft.content), ("row 2", "“We stay,” she said.\nIt was \"late\"."));
    assert_eq!(draft.facts.byline, ["Ana Holm", "Jo Roe"]);
    assert_eq!(draft.facts.published.as_deref(), Some("2022-01-07"));
    assert_eq!(loaded.issues[0].place, "row 3");
    let unknown = "a\tb\n1\t2\n";
    assert!(said("x.tsv", unknown.as_bytes()).contains("(a, b)"));
    let columns = Columns { text: Some("b".into()), ..Columns::default() };
    let hint = Hint { columns, ..Hint::named("x.tsv") };
    assert_eq!(&*read(unknown.as_bytes(), &hint).unwrap().drafts[0].1.content, "2");
}

#[test]
fn json_is_read_in_every_usual_shape() {
    let article = r#"{"title":"Ferry stays","text":"The ferry stays.","authors":["Ana Holm","Jo Roe"],"source":{"name":"Post"}}"#;
    for json in [
        article.to_owned(),
        format!("[{article}]"),
        format!("{{\"status\":\"ok\",\"articles\":[{article}]}}"),
    ] {
        let (draft, _) = one("a.json", json.as_bytes());
        assert_eq!((&*draft.content, &*draft.title), ("The ferry stays.", "Ferry stays"));
        assert_eq!(draft.facts.byline, ["Ana Holm", "Jo Roe"]);
        assert_eq!(draft.facts.outlet.as_deref(), Some("Post"));
    }
    let lines = format!("{article}\n{{\"title\":\"x\"}}\n\nnot json\n");
    let loaded = read(lines.as_bytes(), &Hint::named("a.jsonl")).unwrap();
    assert_eq!((loaded.drafts.len(), loaded.issues.len()), (1, 2));
    assert_eq!(loaded.issues[1].place, "line 4");
    assert!(said("a.json", b"{\"a\":").contains("damaged"));
    let deep = "[".repeat(100_000);
    assert!(said("a.json", deep.as_bytes()).contains("damaged"));
}

#[test]
fn agency_json_is_read_in_its_versions() {
    let v1 = r#"{"uri":"https://a.example/1","versioncreated":"2022-01-07T10:00:00Z","headline":"Ferry stays","byline":"By Ana Holm","body_xhtml":"<p>The <b>ferry</b> stays.</p><p>So.</p>","language":"en"}"#;
    let (draft, _) = one("n.json", v1.as_bytes());
    assert_eq!((&*draft.content, &*draft.title), ("The ferry stays.\n\nSo.\n", "Ferry stays"));
    let v3 = r#"{"versionCreated":"2022-01-07T10:00:00Z","headlines":[{"role":"main","value":"Ferry stays"}],"bodies":[{"role":"main","contentType":"text/plain","value":"The ferry stays."}]}"#;
    let (draft, _) = one("n.json", v3.as_bytes());
    assert_eq!(
        (&*draft.content, draft.facts.published.as_deref()),
        ("The ferry stays.", Some("2022-01-07T10:00:00Z"))
    );
}

#[test]
fn a_zip_file_gives_all_its_articles_and_says_what_failed() {
    let inner = packed(&[("c.txt", "Третя.".as_bytes())]);
    let too_deep = packed(&[("in.zip", &packed(&[("in.zip", &inner)]))]);
    let file = packed(&[
        ("a/one.txt", b"One."),
        ("two.html", PAGE.as_bytes()),
        ("a_files/x.html", b"<p>ad"),
        ("__MACOSX/._one.txt", b"\0\0"),
        ("broken.pdf", b"%PDF-1.7"),
        ("inner.zip", &inner),
        ("deep.zip", &too_deep),
    ]);
    let loaded = read(&file, &Hint::named("batch.zip")).unwrap();
    let places: Vec<_> = loaded.drafts.iter().map(|(place, _)| &**place).collect();
    assert_eq!(places, ["a/one.txt", "two.html", "inner.zip, c.txt"]);
    let words: Vec<String> = loaded.issues.iter().map(|i| format!("{}: {}", i.place, i.what)).collect();
    assert!(words.iter().any(|w| w.starts_with("broken.pdf: The PDF is damaged")), "{words:?}");
    assert!(
        words.iter().any(|w| w.starts_with("deep.zip") && w.contains("ZIP files inside ZIP files")),
        "{words:?}"
    );
    assert!(words.iter().any(|w| w.contains("2 parts are no articles")), "{words:?}");
}

/// A PDF of these pages; each line at a place, in Helvetica.
fn pdf(pages: &[Vec<(f64, f64, &str)>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n".to_vec();
    let kids: Vec<String> = (0..pages.len()).map(|i| format!("{} 0 R", 10 + 2 * i)).collect();
    file.extend(
        format!(
            "2 0 obj <</Type/Pages/Count {}/Kids[{}]/Resources<</Font<</F 3 0 R>>>>>> endobj\n",
            pages.len(),
            kids.join(" ")
        )
        .bytes(),
    );
    for (i, lines) in pages.iter().enumerate() {
        let mut content: Vec<u8> = b"BT /F 11 Tf\n".to_vec();
        for (x, y, words) in lines {
            let (words, ..) = encoding_rs::WINDOWS_1252.encode(words);
            content.extend(format!("1 0 0 1 {x} {y} Tm (").bytes());
            content.extend(words.iter());
            content.extend(b") Tj\n");
        }
        content.extend(b"ET");
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&content, 6);
        file.extend(format!("{} 0 obj <</Type/Page/Parent 2 0 R/Contents {} 0 R>> endobj\n{} 0 obj <</Length {}/Filter/FlateDecode>> stream\n", 10 + 2 * i, 11 + 2 * i, 11 + 2 * i, packed.len()).bytes());
        file.extend(packed);
        file.extend(b"\nendstream endobj\n");
    }
    file.extend(b"trailer <</Root 1 0 R>>\n%%EOF");
    file
}

fn print_out() -> Vec<u8> {
    pdf(&[
        vec![
            (50.0, 800.0, "Harbour Post 7.1.2022"),
            (50.0, 760.0, "Ferry stays for another year"),
            (
                50.0,
                730.0,
                "The harbour board has voted to keep the old ferry for another year, the mayor of the",
            ),
            (
                50.0,
                716.0,
                "town said on Monday. “We are not leaving,” she said, and called the vote an unex-",
            ),
            (50.0, 702.0, "pected one."),
            (
                50.0,
                674.0,
                "The well-known chair of the board voted last of all the people in the hall, as is the rule,",
            ),
            (
                50.0,
                660.0,
                "and the ferry that everybody in the town has known for all these years will now be",
            ),
            (50.0, 30.0, "Page 1 of 2"),
        ],
        vec![(50.0, 800.0, "Harbour Post 7.1.2022"), (50.0, 760.0, "painted."), (50.0, 30.0, "Page 2 of 2")],
    ])
}

#[test]
fn a_print_out_is_put_together_again() {
    let (draft, _) = one("a.pdf", &print_out());
    assert_eq!(
        &*draft.content,
        "Ferry stays for another year\n\nThe harbour board has voted to keep the old ferry for another year, the mayor of the town said on Monday. “We are not leaving,” she said, and called the vote an unexpected one.\n\nThe well-known chair of the board voted last of all the people in the hall, as is the rule, and the ferry that everybody in the town has known for all these years will now be painted.\n"
    );
    assert_eq!(draft.title, "Ferry stays for another year");
    assert_eq!(draft.set_aside.len(), 4);
    assert!(draft.facts.segments.iter().any(|(_, k)| *k == SegmentKind::Headline));
}

#[test]
fn a_pdf_without_words_or_with_a_lock_says_so() {
    assert!(said("a.pdf", &pdf(&[vec![]])).contains("pictures of pages"));
    let locked =
        String::from_utf8_lossy(&pdf(&[vec![(1.0, 1.0, "x")]])).replace("/Root", "/Encrypt 9 0 R/Root");
    assert!(said("a.pdf", locked.as_bytes()).contains("password"));
    let (_, loaded) = one("a.pdf", &pdf(&[vec![(50.0, 700.0, "Words here.")], vec![]]));
    assert!(loaded.issues[0].what.to_string().contains("1 of 2 pages"));
}

#[test]
fn what_cannot_be_read_is_named_with_a_way_out() {
    assert!(said("a.doc", b"\xD0\xCF\x11\xE0xxxx").contains("old office document"));
    assert!(said("a.txt", b"\x89PNG\r\n\x1a\n").contains("picture"));
    assert!(said("p.json", b"{\"format\":\"variorum/1\",\"project\":\"x\"}").contains("Open it"));
    assert!(said("a.txt", b" \n ").contains("empty"));
    let (draft, loaded) = one("a.txt", b"caf\xe9 au lait, said the mayor of the old town on Monday");
    assert!(draft.content.starts_with("café"));
    assert!(loaded.issues[0].what.to_string().contains("windows-1252 was guessed"));
}

/// The files of `tests/corpus/` and the pages beside them, torn, doubled and swapped: whatever comes out,
/// nothing panics. A short run; `VARIORUM_FUZZ_SECONDS` makes it long, `VARIORUM_FUZZ_ONLY=.pdf` picks files,
/// `VARIORUM_FUZZ_SEED` takes other ways. What panics is written to the system's folder for passing files.
#[test]
fn no_reader_panics_on_torn_files() {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let said = |name: &str| std::env::var(name).ok();
    let only = said("VARIORUM_FUZZ_ONLY").unwrap_or_default();
    let number = |name: &str| said(name).and_then(|n| n.parse::<u64>().ok());
    let long = number("VARIORUM_FUZZ_SECONDS").map(std::time::Duration::from_secs);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for folder in ["corpus", "golden/pages"] {
        for entry in std::fs::read_dir(tests.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.ends_with(&only) && name != "gold.json" {
                files.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(!only.is_empty() || files.len() > 25, "the corpus is there");
    let mut chance = Chance(number("VARIORUM_FUZZ_SEED").unwrap_or(42));
    let (start, mut count) = (std::time::Instant::now(), 0u64);
    loop {
        for (name, whole) in &files {
            let others = &files[chance.below(files.len())].1;
            (0..8).for_each(|_| survives(name, whole, &chance.torn(whole, others)));
            count += 8;
        }
        match long {
            Some(long) if start.elapsed() < long => {}
            Some(_) => break println!("{count} files in {:?}", start.elapsed()),
            None if count >= files.len() as u64 * 16 => break,
            None => {}
        }
    }
}

/// Reads a torn file and does with it what is done with articles.
fn survives(name: &str, whole: &[u8], torn: &[u8]) {
    let read = || {
        let hint = Hint { format: Some(sniff(name, whole)), ..Hint::named(name) };
        let _ = columns(torn, &hint);
        for (_, draft) in read(torn, &hint).map(|loaded| loaded.drafts).unwrap_or_default() {
            let proposals = crate::intake::cleaning::propose(&draft);
            crate::intake::cleaning::accept(&draft, &proposals);
        }
    };
    if std::panic::catch_unwind(read).is_err() {
        let kept = std::env::temp_dir().join(format!("variorum-fuzz-{name}"));
        std::fs::write(&kept, torn).unwrap();
        panic!("{} broke the reader", kept.display());
    }
}

/// Numbers by chance, the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }

    fn torn(&mut self, whole: &[u8], other: &[u8]) -> Vec<u8> {
        let mut torn = whole.to_vec();
        for _ in 0..1 + self.below(6) {
            let at = self.below(torn.len());
            match self.below(6) {
                0 if self.below(3) == 0 => torn.truncate(at.max(1)),
                0 | 1 => torn[at] = self.below(256) as u8,
                2 => torn.insert(at, b"<>(){}[]\\/\"'0-\xff"[self.below(15)]),
                3 => {
                    let end = (at + self.below(40)).min(torn.len());
                    let piece = torn[at..end].to_vec();
                    let to = self.below(torn.len());
                    torn.splice(to..to, piece);
                }
                4 => {
                    let from = self.below(other.len());
                    let piece = other[from..(from + self.below(60)).min(other.len())].to_vec();
                    torn.splice(at..at, piece);
                }
                _ => {
                    let end = (at + self.below(20)).min(torn.len());
                    torn.drain(at..end);
                    if torn.is_empty() {
                        torn.push(b'x');
                    }
                }
            }
        }
        torn
    }
}
