//! The headline and the language of a text, as far as a look tells.

use crate::text::paragraphs;

/// Longer than this, a paragraph is no headline but is cut for one.
const LONGEST: usize = 140;

/// What seems to be the headline: of the first short lines that are no date, byline or outlet, the
/// first with several words; else the first words of the text.
pub(super) fn find(text: &str) -> Option<String> {
    let lines: Vec<&str> = paragraphs(text).into_iter().take(6).map(|p| p.slice(text)).collect();
    let plain = |line: &&&str| {
        let words = line.split_whitespace().count();
        let dated = line.chars().filter(char::is_ascii_digit).count() >= 6;
        (4..=30).contains(&words)
            && line.chars().count() <= LONGEST
            && !dated
            && !line.starts_with('<')
            && !line.ends_with(['.', '”', '"'])
    };
    let headline = lines.iter().find(plain).or(lines.first())?;
    Some(shortened(headline.trim_start_matches(['#', ' '])))
}

fn shortened(line: &str) -> String {
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let cut: String = line.chars().take(80).collect();
    let whole_words = cut.rsplit_once(' ').map_or(&*cut, |(words, _)| words);
    format!("{whole_words} …")
}

/// The language, where its letters or its commonest words give it away.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let sample: String = text.chars().take(20_000).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count().max(1);
    let cyrillic = sample.chars().filter(|c| ('\u{400}'..'\u{500}').contains(c)).count();
    if cyrillic * 2 > letters {
        let ukrainian = sample.chars().filter(|c| "іїєґІЇЄҐ".contains(*c)).count();
        let russian = sample.chars().filter(|c| "ыэъёЫЭЪЁ".contains(*c)).count();
        return (ukrainian > russian).then_some("uk");
    }
    let small = ["the", "and", "of", "to", "that", "in"];
    let words = sample.split_whitespace().count().max(1);
    let common = sample.split_whitespace().filter(|w| small.contains(&&*w.to_lowercase())).count();
    (common * 10 > words).then_some("en")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_and_a_date_before_the_headline_are_passed_over() {
        let text = "The Harbour Post.-07.01.2022\n\nJana Roe\n\nMinister says the ferry may return\n\nText.";
        assert_eq!(find(text).as_deref(), Some("Minister says the ferry may return"));
    }

    #[test]
    fn a_text_without_headline_gives_its_first_words() {
        let long = "word ".repeat(60);
        assert_eq!(find(&long).unwrap().split(' ').count(), 17);
        assert_eq!(find("  \n"), None);
    }

    #[test]
    fn languages_are_told_apart_or_left_open() {
        assert_eq!(language("Їжак каже, що порт не закриють."), Some("uk"));
        assert_eq!(
            language("The mayor of the town said that the ferry is to stay in the harbour."),
            Some("en")
        );
        assert_eq!(language("Der Hafen bleibt offen."), None);
    }
}
