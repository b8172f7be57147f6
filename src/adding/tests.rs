//! The desk, driven like a person would.

use super::*;
use crate::tree::NAMES;

/// A desk with files that have been read.
fn desk(files: &[(&str, &[u8])]) -> Desk {
    let mut desk = Desk::default();
    desk.hear(Event::Begin(Vec::new()));
    bring(&mut desk, 1, files);
    desk
}

fn bring(desk: &mut Desk, first: u32, files: &[(&str, &[u8])]) {
    let numbered = files.iter().zip(first..).map(|((name, _), n)| (n, (*name).to_owned())).collect();
    desk.hear(Event::Files(numbered));
    for ((_, bytes), number) in files.iter().zip(first..) {
        desk.hear(Event::Read(number, Ok(bytes.to_vec())));
    }
}

/// Uses a control; what is then to be done.
fn use_it(desk: &mut Desk, control: impl Fn(&Tree) -> Option<u32>, value: &str) -> Vec<Order> {
    let reply = desk.draw();
    let act = control(&reply.tree).expect("the control is there");
    desk.hear(Event::Act { drawn: reply.drawn, act, value: value.to_owned() })
}

fn press(desk: &mut Desk, id: &str) -> Vec<Order> {
    use_it(desk, |tree| tree.by_id(id)?.act, "")
}

fn click(desk: &mut Desk, says: &str) -> Vec<Order> {
    use_it(desk, |tree| tree.control(says)?.act, "")
}

fn words(desk: &mut Desk) -> String {
    desk.draw().tree.words()
}

fn added(orders: Vec<Order>) -> Vec<Given> {
    match orders.into_iter().next() {
        Some(Order::Add(given)) => given,
        other => panic!("articles are handed over, not {other:?}"),
    }
}

/// What the project says of articles that were handed to it.
fn in_project(desk: &mut Desk, given: &[Given], story: &str) {
    let known = given.iter().map(|g| Known {
        article: crate::store::article_id(&crate::store::text_id(&g.content), "").to_string(),
        title: g.title.clone(),
        story: Some((story.to_owned(), "Ferry stays".to_owned())),
    });
    let known = known.collect();
    desk.hear(Event::Articles(known));
}

const FERRY: &str = "Ferry stays for another year\n\nThe mayor said on Monday that the ferry would stay, and that nobody on the island would be left without a boat this winter.\n\n“We are not going to leave the island without a boat this winter,” Holm said after the vote of the board.\n\n“The people of the island have paid for this ferry for many years,” she said.\n\nCopyright Harbour Post 2022. All rights reserved.\n";
const REWRITE: &str = "Boat to go on\n\nHolm, who leads the town, told reporters what she had decided. “We are not going to leave the island without a boat this winter,” were her words, and she went on: “The people of the island have paid for this ferry for many years.” Nobody else spoke at length in the hall.\n";
const OTHER: &str = "School is full\n\nThe mayor spoke on Friday of the school, in which there is no room for more children, as everybody in the hall agreed before the vote.\n";

#[test]
fn nothing_is_added_before_somebody_says_so_and_undo_makes_it_ready_again() {
    let mut desk =
        desk(&[("a.txt", FERRY.as_bytes()), ("b.txt", OTHER.as_bytes()), ("c.txt", FERRY.as_bytes())]);
    let said = words(&mut desk);
    assert!(said.contains("3 files, 2 to be added") && said.contains("1 duplicates"), "{said}");
    assert!(said.contains("The same text is there: “Ferry stays for another year”."), "{said}");
    let given = added(press(&mut desk, "add-all"));
    assert_eq!(given.len(), 2);
    assert_eq!(given[0].outlet.as_deref(), Some("Harbour Post"));
    in_project(&mut desk, &given, "sty:1");
    let said = words(&mut desk);
    assert!(said.contains("2 added"), "{said}");
    desk.hear(Event::Articles(Vec::new()));
    assert!(words(&mut desk).contains("2 to be added"));
}

#[test]
fn versions_are_offered_as_a_story_with_the_evidence_and_one_click_refuses() {
    let mut desk =
        desk(&[("a.txt", FERRY.as_bytes()), ("b.txt", OTHER.as_bytes()), ("c.txt", REWRITE.as_bytes())]);
    let said = words(&mut desk);
    assert!(
        said.contains("A version of the story “Ferry stays for another year”: ")
            && said.contains("2 quotations in common"),
        "{said}"
    );
    let given = added(press(&mut desk, "add-all"));
    assert_eq!(given[0].joins, given[2].joins, "the two are one story");
    assert_ne!(given[0].joins, given[1].joins);
    click(&mut desk, "Do not join");
    let given = added(press(&mut desk, "add-all"));
    assert_ne!(given[0].joins, given[2].joins);
    // With an article of the project, too.
    in_project(&mut desk, &given[..1], "sty:9");
    click(&mut desk, "Join it");
    let given = added(press(&mut desk, "add-all"));
    assert_eq!(given[1].joins, Joins::There("sty:9".to_owned()));
    use_it(&mut desk, |tree| tree.by_id("all-stories")?.act, "batch");
    let given = added(press(&mut desk, "add-all"));
    assert!(given[0].joins == given[1].joins && matches!(given[0].joins, Joins::Group(_)));
}

#[test]
fn a_cleaning_is_shown_before_and_after_and_remembers_what_it_cut() {
    let mut desk = desk(&[("a.txt", FERRY.as_bytes())]);
    let del = |tree: &Tree| crate::tree::TAGS[usize::from(tree.tag)] == "del";
    fn any(tree: &Tree, is: &dyn Fn(&Tree) -> bool) -> bool {
        is(tree) || tree.inside.iter().any(|inside| any(inside, is))
    }
    assert!(any(&desk.draw().tree, &del), "what would be cut is marked");
    press(&mut desk, "side-after");
    let said = words(&mut desk);
    assert!(!any(&desk.draw().tree, &del) && !said.contains("All rights reserved"), "{said}");
    press(&mut desk, "line-clean");
    let given = added(press(&mut desk, "add-all"));
    assert!(!given[0].content.contains("All rights reserved"));
    let (from, cuts) = given[0].cleaned.clone().expect("it says of what it is a cleaning");
    assert_eq!((from.as_str(), cuts.len(), &*cuts[0].2), (FERRY, 1, "boilerplate"));
    let new = given[0].clone().into_new(None);
    assert_eq!(new.cleaning.map(|c| c.from.as_str().to_owned()).as_deref(), Some(FERRY));
    press(&mut desk, "line-clean");
    assert_eq!(added(press(&mut desk, "add-all"))[0].content, FERRY);
}

#[test]
fn what_was_found_can_be_put_right_and_what_makes_no_sense_is_refused_with_a_word() {
    let mut desk = desk(&[("a.txt", FERRY.as_bytes())]);
    let field = |label: &'static str| {
        move |tree: &Tree| {
            fn find(tree: &Tree, label: &str) -> Option<u32> {
                let here = tree.says == label && crate::tree::TAGS[usize::from(tree.tag)] == "label";
                if here {
                    tree.inside[0].act
                } else {
                    tree.inside.iter().find_map(|inside| find(inside, label))
                }
            }
            find(tree, label)
        }
    };
    use_it(&mut desk, field("Published"), "the day before yesterday");
    assert!(words(&mut desk).contains("Write the date like"));
    use_it(&mut desk, field("Published"), "7 January 2022");
    use_it(&mut desk, field("Address"), "javascript:alert(1)");
    assert!(words(&mut desk).contains("Only web and mail addresses"));
    use_it(&mut desk, field("Byline (names, parted by commas)"), "Ana Holm, Jo Roe");
    use_it(&mut desk, field("Title"), "  ");
    let given = added(press(&mut desk, "add-all"));
    assert_eq!(given[0].published.as_deref(), Some("2022-01-07"));
    assert_eq!((given[0].byline.len(), &given[0].url, given[0].title.is_empty()), (2, &None, false));
}

#[test]
fn columns_are_chosen_once_and_remembered_for_tables_of_the_same_columns() {
    let table = "a\tb\nFerry stays\tThe ferry stays, the mayor said.\nBoat\tIt will be painted.\n";
    let mut desk = desk(&[("x.tsv", table.as_bytes())]);
    assert!(words(&mut desk).contains("None of the columns (a, b)"));
    let orders = use_it(&mut desk, |tree| tree.by_id("column-0")?.act, "b");
    let [Order::Fetch(1), Order::Remember(choice)] = &orders[..] else { panic!("{orders:?}") };
    let choice = choice.clone();
    desk.hear(Event::Read(1, Ok(table.as_bytes().to_vec())));
    assert!(words(&mut desk).contains("2 to be added"));
    bring(&mut desk, 2, &[("y.tsv", table.replace("ferry", "boat").as_bytes())]);
    assert!(words(&mut desk).contains("2 files, 3 to be added"), "one row is the same");
    // At the next visit, too; and in JSON.
    let json = br#"[{"a":"Ferry stays","b":"The ferry stays."}]"#;
    let mut later = Desk::default();
    later.hear(Event::Begin(vec![choice]));
    bring(&mut later, 1, &[("x.json", json), ("z.tsv", table.as_bytes())]);
    assert!(words(&mut later).contains("3 to be added"), "{}", words(&mut later));
}

#[test]
fn an_encoding_that_was_guessed_is_said_and_can_be_changed() {
    let bytes = b"Caf\xe9 stays for another year\n\nThe mayor said on Monday that the caf\xe9 of the port would stay.\n";
    let mut desk = desk(&[("a.txt", bytes)]);
    let said = words(&mut desk);
    assert!(said.contains("needs a look") && said.contains("windows-1252 was guessed"), "{said}");
    let orders = use_it(&mut desk, |tree| tree.by_id("encoding")?.act, "ISO-8859-2");
    assert_eq!(orders, [Order::Fetch(1)]);
    desk.hear(Event::Read(1, Ok(bytes.to_vec())));
    let said = words(&mut desk);
    assert!(!said.contains("was guessed") && said.contains("1 to be added"), "{said}");
}

#[test]
fn what_fails_is_a_line_with_its_reason_and_the_rest_goes_on() {
    let mut desk = desk(&[("a.pdf", b"%PDF-1.7"), ("b.txt", OTHER.as_bytes()), ("c.txt", b"")]);
    let said = words(&mut desk);
    assert!(said.contains("The PDF is damaged") && said.contains("2 failed"), "{said}");
    assert_eq!(added(press(&mut desk, "add-all")).len(), 1);
    press(&mut desk, "only-failed");
    assert!(!words(&mut desk).contains("School is full"));
    desk.hear(Event::Files(vec![(9, "huge.pdf".into()), (10, "never.txt".into())]));
    desk.hear(Event::Lost(9, "It took too long.".into()));
    desk.hear(Event::Stop);
    desk.hear(Event::Read(10, Ok(FERRY.as_bytes().to_vec())));
    let said = words(&mut desk);
    assert!(said.contains("It took too long.") && said.contains("1 not read: stopped"), "{said}");
}

#[test]
fn rich_text_from_the_clipboard_is_taken_whole_with_its_links() {
    let html = b"<html><body><!--StartFragment--><p>The <a href=\"https://post.example/\">ferry</a> stays.</p><script>steal()</script><ul><li>So.</li></ul><!--EndFragment--></body></html>";
    let mut desk = desk(&[(FROM_CLIPBOARD, html)]);
    let given = added(press(&mut desk, "add-all"));
    assert_eq!(given[0].content, "The ferry stays.\n\nSo.\n");
    assert_eq!(given[0].links, [(4, 9, "https://post.example/".to_owned())]);
    assert_eq!(given[0].origin, None);
}

#[test]
fn very_many_lines_are_shown_in_parts() {
    let table: String =
        (0..250).fold("title,text\n".to_owned(), |t, n| t + &format!("T{n},Words {n} of the story\n"));
    let mut desk = desk(&[("many.csv", table.as_bytes())]);
    let rows = |tree: &Tree| {
        let class = NAMES.iter().position(|n| *n == "class").unwrap_or_default() as u8;
        let list = tree.inside.iter().find(|t| t.has.contains(&(class, "lines".to_owned())));
        list.map_or(0, |list| list.inside.len())
    };
    assert_eq!(rows(&desk.draw().tree), 100);
    press(&mut desk, "more-lines");
    assert_eq!(rows(&desk.draw().tree), 200);
    assert_eq!(added(press(&mut desk, "add-all")).len(), 250);
}
