//! What the reading of quotation marks must hold.

use super::MarkDefect::*;
use super::*;
use crate::text::testing::marked;
use proptest::prelude::*;

/// The spans in brackets of `notation` are its quotations, outer ones written around inner ones; the
/// name in braces lists the defects, `.` for none, and `~` where it continues the one before.
fn check(notation: &str) {
    let (text, mut want) = marked(notation);
    want.sort_by_key(|(s, _)| (s.start(), std::cmp::Reverse(s.end())));
    let want: Vec<_> = want.into_iter().map(|(s, d)| (s.slice(&text).to_owned(), d)).collect();
    let got: Vec<_> = quotations(&text)
        .into_iter()
        .map(|q| {
            let mut names: Vec<_> = q.defects.iter().map(|d| format!("{d:?}")).collect();
            names.extend(q.continues_previous.then(|| "~".into()));
            names.extend(names.is_empty().then(|| ".".into()));
            (q.span.slice(&text).to_owned(), names.join(" "))
        })
        .collect();
    assert_eq!(got, want, "in {text:?}");
}

#[test]
fn whole_pairs_of_every_family_are_read() {
    check("[“We stay,”]{.} she said. [“We fight.”]{.}");
    check("[\"We stay,\"]{.} she said. [\"We fight.\"]{.} [\"Now.\"]{.}");
    check("[«Ми тут»]{.}, сказала вона. [„Так“]{.} – і ще [„ні”]{.}.");
    check("[« Nous restons »]{.}, dit-elle.");
    check("市长回答:[「船已经[『准备好』]{.}了」]{.}。李娜说:[“我们不走。”]{.}然后她走了。");
    check("[‘We stay,’]{.} she said. A ([“real will”]{.}) of their own.");
}

#[test]
fn apostrophes_are_no_quotation_marks() {
    check("The islands' berths and Halvane's ships, the '90s and rock 'n' roll.");
    check("The owners are not ['willing to sail']{.} and don't care about the residents' group.");
    check("It’s the crews’ boat, [“and we’re worried”]{.} that it's gone.");
    check("He called it [‘the islands’ last boat’]{.} again.");
}

#[test]
fn nested_quotations_stand_in_each_other() {
    check("[“She said [‘never’]{.} to me,”]{.} he said.");
    check("[«Він сказав [“ніколи”]{.} мені»]{.}.");
    check("[‘They call it [“fair”]{.} now,’]{.} he said.");
    let got = quotations("“She said ‘never’ to me”");
    assert_eq!(got.iter().map(|q| (q.level, q.single)).collect::<Vec<_>>(), [(0, false), (1, true)]);
}

#[test]
fn a_quotation_of_many_paragraphs_repeats_its_opening_mark() {
    check("Holm said: [“We asked for a boat.]{.}\n\n[“We got none.”]{~}\n\nNo more.");
}

#[test]
fn a_lost_closing_mark_is_put_before_the_tag() {
    check("[“It makes nonsense of its promise,]{MarkMissingClose CueFused}he added.\n\nThree months after.");
    check("[“It makes nonsense of its promise,]{MarkMissingClose} said Holm.\n\n[“Next.”]{.}");
    check("[“We stay,]{MarkMissingClose} he said. [“We fight.”]{.}");
}

#[test]
fn a_lost_opening_mark_is_put_at_the_begin() {
    check("[We stay,”]{MarkMissingOpen} she said.");
    check("[“We stay,”]{.} she said. [We fight.”]{MarkMissingOpen}");
    check("She said: [we stay.”]{MarkMissingOpen}");
}

#[test]
fn a_closing_mark_turned_round_and_spaced_still_closes() {
    check("[“We are worried that it is moving the ships. “]{MarkReversed MarkSpacing}\n\nNext.");
    check("[“We stay. ”]{MarkSpacing} He left.");
}

#[test]
fn marks_around_the_name_belong_to_the_words_after_it() {
    check("Holm said that “Varga[” makes clear that they bear the cost “]{MarkReversed MarkSpacing}.");
    check("The [“Marram”]{.} sails and nobody minds.");
}

#[test]
fn a_false_break_or_a_link_does_not_break_a_quotation() {
    check("[“Castellin has looked the other way for long. And we’re\n\nworried.”]{FalseParagraphBreak}");
    let text = "“to keep the [islands](#),” she added, of a [“deception”](#).";
    let got: Vec<_> = quotations(text).into_iter().map(|q| q.defects).collect();
    assert_eq!(got, [vec![MarkupInside], vec![]]);
}

#[test]
fn inches_are_no_quotation() {
    check("A 12\" pipe and a [\"good\"]{.} one.");
}

#[test]
fn the_text_s_own_habit_says_which_way_a_glyph_looks() {
    check("[»Wir bleiben«]{.}, sagte sie. [»Nein«]{.}, sagte er. [»Doch.«]{.}");
    check("[”Vi stannar”]{.}, sade hon. [”Nej”]{.}, sade han. [”Jo.”]{.}");
}

#[test]
fn a_word_is_inside_when_its_marks_hold_it() {
    let (text, spans) = marked("[He]{} said “we ‘never’ [stay]{}” here");
    let found = quotations(&text);
    assert_eq!(spans.iter().map(|(s, _)| inside(&found, *s)).collect::<Vec<_>>(), [false, true]);
}

fn lawful(text: &str) {
    let found = quotations(text);
    for (i, q) in found.iter().enumerate() {
        assert!(text.get(q.span.range()).is_some() && text.get(q.inner.range()).is_some());
        assert!(q.span.contains(q.inner), "{text:?} {q:?}");
        for other in &found[..i] {
            let laminar = !other.span.overlaps(q.span) || other.span.contains(q.span);
            assert!(laminar && other.span.start() <= q.span.start(), "{text:?} {other:?} {q:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_marks_give_sorted_laminar_quotations(text in "[a-cXї \"“”„«»'‘’‹›‚.,\n5\\[\\]()#]{0,80}") {
        lawful(&text);
    }

    #[test]
    fn any_text_at_all_is_read(text in any::<String>()) {
        lawful(&text);
    }
}

#[test]
fn a_hundred_thousand_marks_are_read_in_no_time() {
    for row in ["“a ", "a” ", "‘a ", "\"", "« “ ", "“Xi” makes “. "] {
        let found = quotations(&row.repeat(100_000 / row.len()));
        assert!(found.len() < 100_000);
    }
}

/// The five real articles, where they are at hand.
#[test]
fn the_damaged_quotations_of_a_real_copy_are_read() {
    let Some(text) = crate::text::testing::article("001") else { return };
    let found = quotations(&text);
    let with = |defect| found.iter().filter(|q| q.defects.contains(&defect)).count();
    assert_eq!((with(MarkMissingOpen), with(MarkMissingClose), with(MarkReversed)), (0, 1, 2));
    let turned = found.iter().rfind(|q| q.defects.contains(&MarkReversed)).unwrap();
    assert!(turned.inner.slice(&text).starts_with("makes it clear"));
    assert_eq!(found.iter().filter(|q| q.level == 0).count(), 15);
}
