//! Lines told apart, on pages made for it.

use super::*;

fn kinds(text: &str) -> Vec<(&str, String)> {
    let found = recognise(text);
    found.facts.segments.iter().map(|(s, k)| (s.slice(text), k.as_str().to_owned())).collect()
}

const BODY: &str =
    "The harbour board has voted to keep the ferry for another year, the mayor said on Monday.";

#[test]
fn the_lines_around_a_story_are_told_from_it() {
    let text = format!(
        "Coast\n\nFerry stays for another year after all\n\nAna Holm in Port City TODAY\n\nThe ferry in the port © Agency\n\n[Sign up here](#)\n\n{BODY}\n\nAdditional reporting by Jo Roe\n\nCopyright The Harbour Post Limited 2022. All rights reserved."
    );
    let found = recognise(&text);
    assert_eq!(found.title.as_deref(), Some("Ferry stays for another year after all"));
    assert_eq!(found.facts.byline, ["Ana Holm"]);
    assert_eq!(found.facts.credits, ["Jo Roe"]);
    assert_eq!(found.facts.outlet.as_deref(), Some("The Harbour Post"));
    let got: Vec<_> = kinds(&text).into_iter().map(|(_, k)| k).collect();
    assert_eq!(got, ["subheading", "headline", "byline", "caption", "boilerplate", "credit", "boilerplate"]);
}

#[test]
fn a_headline_in_another_script_is_a_gloss_and_an_address_is_an_address() {
    let text = format!(
        "The Harbour Post.-07.01.2022\n\nAna Holm\n\nFerry may yet return, minister says\n\nМіністр каже, що пором ще може повернутися.\n\n<https://a.example/2022/jan/07/ferry>\n\n{BODY}"
    );
    let found = recognise(&text);
    assert_eq!(found.facts.outlet.as_deref(), Some("The Harbour Post"));
    assert_eq!(found.facts.published.as_deref(), Some("2022-01-07"));
    assert_eq!(found.facts.url.as_deref(), Some("https://a.example/2022/jan/07/ferry"));
    assert_eq!(found.facts.byline, ["Ana Holm"]);
    let got: Vec<_> = kinds(&text).into_iter().map(|(_, k)| k).collect();
    assert_eq!(got, ["byline", "byline", "headline", "foreign_gloss", "url"]);
}

#[test]
fn speech_is_never_boilerplate() {
    let text = format!(
        "Ferry stays for another year\n\n{BODY}\n\n“Read more of my letters,” she said.\n\nShe left."
    );
    assert!(kinds(&text).iter().all(|(_, k)| k == "headline"));
}

#[test]
fn a_dateline_is_a_part_of_the_first_paragraph_and_names_the_agency() {
    let text = format!("Ferry stays for another year\n\nPORT CITY, Northland (Reuters) — {BODY}");
    let found = recognise(&text);
    assert_eq!(kinds(&text)[1], ("PORT CITY, Northland (Reuters)", "dateline".to_owned()));
    assert_eq!(found.facts.outlet.as_deref(), Some("Reuters"));
    assert!(
        kinds("He is here - and she is there, he said to the board of the harbour on Monday.").is_empty()
    );
}

#[test]
fn a_title_said_three_times_is_a_headline_each_time() {
    let title = "Ferry stays for another year after all";
    let text = format!("{title}\n{title}\n\n{title}\n\n{BODY}\n\nLeave a Reply\n\nName and address\n");
    let got: Vec<_> = kinds(&text).into_iter().map(|(_, k)| k).collect();
    assert_eq!(got, ["headline", "headline", "headline", "boilerplate", "boilerplate"]);
}

#[test]
fn a_text_without_any_of_it_has_nothing() {
    assert_eq!(recognise(BODY), Found::default());
    assert_eq!(recognise(""), Found::default());
}
