//! Lines by which furniture is known: what newspapers, agencies and copying sites put around an article.

/// How a line of furniture begins, in lower case. Only short lines without quoted speech are looked at.
const BEGINNINGS: &[&str] = &[
    "copyright",
    "©",
    "(c) ",
    "all rights reserved",
    "leave a reply",
    "leave a comment",
    "post a comment",
    "your email address will not be published",
    "required fields are marked",
    "save my name, email",
    "sign up",
    "subscribe",
    "get instant",
    "get email alerts",
    "stay across the latest",
    "follow us",
    "follow our",
    "share this",
    "share on",
    "click here",
    "read more",
    "read next",
    "read also",
    "also read",
    "see also:",
    "related news",
    "related articles",
    "related stories",
    "related topics",
    "latest news",
    "latest stories",
    "most read",
    "most viewed",
    "more on this",
    "more from",
    "recommended for you",
    "you may also like",
    "advertisement",
    "sponsored",
    "cookie",
    "we use cookies",
    "this site uses cookies",
    "terms and conditions",
    "terms of use",
    "privacy policy",
    "download the app",
    "print this",
    "skip to content",
    "skip to main",
    "register now",
    "log in",
    "sign in",
    "newsletter",
    "join the conversation",
    "view comments",
    "show comments",
    "reuse this content",
    "our standards:",
    "this article was amended",
    "tags:",
    "filed under",
    "follow topics",
    "support the ",
    "читайте також",
    "читайте также",
    "підписуйтесь",
    "подписывайтесь",
    "усі права",
    "все права",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos",
    "lesen sie auch",
    "lire aussi",
];

/// What a line of furniture says somewhere.
const ANYWHERE: &[&str] =
    &["all rights reserved", "instant email alerts", "усі права захищен", "все права защищен"];

/// Lines that are furniture only when they stand alone.
const ALONE: &[&str] = &[
    "share",
    "comments",
    "comment",
    "advertisement",
    "print",
    "email",
    "tweet",
    "facebook",
    "twitter",
    "menu",
    "search",
    "home",
    "reply",
    "related",
    "tags",
    "topics",
    "save",
    "loading...",
    "loading…",
    "next",
    "previous",
];

/// After such a line nothing of the article follows: what comes is comments or lists of other articles.
const LAST: &[&str] = &[
    "leave a reply",
    "leave a comment",
    "related news",
    "related articles",
    "related stories",
    "latest news",
    "latest stories",
    "most read",
    "most viewed",
    "you may also like",
    "recommended for you",
    "view comments",
    "more on this",
    "more from",
    "читайте також",
    "читайте также",
];

/// How lines begin that name who helped.
const CREDITS: &[&str] = &[
    "additional reporting by",
    "further reporting by",
    "extra reporting by",
    "with additional reporting by",
    "with additional reporting from",
    "additional reporting from",
    "with reporting by",
    "reporting by",
    "with contributions from",
    "with contributions by",
    "editing by",
    "writing by",
    "compiled by",
];

/// How lines end, or go on, that name who helped.
const CONTRIBUTED: &[&str] = &[
    "contributed to this report",
    "contributed to this article",
    "contributed to this story",
    "contributed reporting",
    "contributed additional reporting",
];

/// How captions begin.
const CAPTIONS: &[&str] = &[
    "photograph:",
    "photo:",
    "image:",
    "picture:",
    "file photo",
    "file picture",
    "file -",
    "image source",
    "photo by",
    "photograph by",
    "фото:",
    "caption:",
    "video:",
];

/// What stands in captions, after the words.
const PICTURE_AGENCIES: &[&str] = &[
    "getty images",
    "/getty",
    "/reuters",
    "/ap)",
    "(ap photo",
    "/afp",
    "afp via",
    "via reuters",
    "/epa",
    "/shutterstock",
    "/pa wire",
    "handout/",
    "via ap",
];

/// Section names, which look like a person's name on a line of their own.
const SECTIONS: &[&str] = &[
    "news",
    "world",
    "politics",
    "opinion",
    "sport",
    "sports",
    "business",
    "europe",
    "asia",
    "africa",
    "america",
    "east",
    "middle",
    "uk",
    "us",
    "latest",
    "breaking",
    "analysis",
    "comment",
    "explainer",
    "live",
    "culture",
    "travel",
    "technology",
    "science",
    "health",
    "environment",
    "money",
    "markets",
    "editorial",
    "home",
    "exclusive",
    "read",
    "more",
    "section",
    "staff",
    "page",
    "war",
    "crisis",
];

/// Agencies that give their name in a dateline.
const AGENCIES: &[(&str, &str)] = &[
    ("reuters", "Reuters"),
    ("ap", "AP"),
    ("afp", "AFP"),
    ("dpa", "dpa"),
    ("efe", "EFE"),
    ("ansa", "ANSA"),
    ("tass", "TASS"),
    ("interfax", "Interfax"),
    ("ukrinform", "Ukrinform"),
    ("xinhua", "Xinhua"),
    ("bloomberg", "Bloomberg"),
    ("upi", "UPI"),
    ("pa", "PA"),
];

fn begins(line: &str, with: &[&str]) -> bool {
    with.iter().any(|p| line.starts_with(p))
}

/// Whether a line, in lower case, is furniture.
pub(crate) fn is_furniture(line: &str) -> bool {
    let bare = line.trim_end_matches([':', '.', '!', ' ']);
    ALONE.contains(&bare) || begins(line, BEGINNINGS) || ANYWHERE.iter().any(|p| line.contains(p))
}

/// Whether nothing of the article follows a line, in lower case.
pub(crate) fn is_last(line: &str) -> bool {
    begins(line, LAST)
}

/// Whether a line, in lower case, is a caption.
pub(crate) fn is_caption(line: &str) -> bool {
    let sign = line.find('©').is_some_and(|at| at > 0);
    sign || begins(line, CAPTIONS) || PICTURE_AGENCIES.iter().any(|p| line.contains(p))
}

/// Whether a word, in lower case, names a section of a newspaper.
pub(crate) fn is_section(word: &str) -> bool {
    SECTIONS.contains(&word)
}

/// The agency a word names.
pub(crate) fn agency(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    AGENCIES.iter().find(|(name, _)| *name == lower).map(|(_, shown)| *shown)
}

/// The people a line of credits names; none where it is no such line.
pub(crate) fn credited(line: &str) -> Vec<String> {
    let lower = line.to_lowercase();
    let bare = line.trim_matches(|c: char| c == '(' || c == ')' || c == '_' || c == '*' || c.is_whitespace());
    let lower_bare = lower.trim_matches(|c: char| "()_*".contains(c) || c.is_whitespace());
    if let Some(at) =
        CONTRIBUTED.iter().find_map(|p| lower_bare.find(p)).filter(|at| bare.is_char_boundary(*at))
    {
        return people(&bare[..at]);
    }
    if !begins(lower_bare, CREDITS) {
        return Vec::new();
    }
    let parts = bare.split(';').filter_map(|part| {
        let at = part.find(" by ").map(|at| at + 4).or(part.find(" from ").map(|at| at + 6))?;
        Some(people(&part[at..]))
    });
    parts.flatten().collect()
}

/// The names in «A in Kyiv, B and C».
pub(crate) fn people(words: &str) -> Vec<String> {
    let words = words.trim().trim_end_matches(['.', ',']);
    let joined = words.replace(" and ", ",").replace(" & ", ",").replace(" та ", ",");
    let names = joined.split(',').map(|part| {
        let part = part.trim();
        let place = [" in ", " at ", " for ", " у ", " в "].iter().filter_map(|p| part.find(p)).min();
        part[..place.unwrap_or(part.len())].trim().trim_end_matches('.').to_owned()
    });
    names.filter(|name| is_name(name)).collect()
}

/// Whether words look like a person's name: two to five, each with a capital but for particles.
pub(crate) fn is_name(words: &str) -> bool {
    const PARTICLES: &[&str] =
        &["de", "van", "von", "der", "den", "al", "bin", "el", "la", "di", "du", "da", "ter"];
    let parts: Vec<&str> = words.split_whitespace().collect();
    let capital = |w: &&str| {
        PARTICLES.contains(w)
            || (w.chars().next().is_some_and(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'')))
    };
    (2..=5).contains(&parts.len())
        && parts.iter().all(capital)
        && !parts.iter().any(|w| is_section(&w.to_lowercase()))
        && parts.iter().any(|w| w.chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_name_people_and_not_places() {
        assert_eq!(credited("Additional reporting by Ana Holm in Port City"), ["Ana Holm"]);
        assert_eq!(
            credited("Ben Roe and Jana K. Varga contributed to this report."),
            ["Ben Roe", "Jana K. Varga"]
        );
        assert_eq!(credited("(Reporting by Ana Holm; editing by Jo van Dam)"), ["Ana Holm", "Jo van Dam"]);
        assert!(credited("The reporting by the board was late.").is_empty());
    }

    #[test]
    fn names_are_told_from_sections() {
        assert!(is_name("Jana Roe") && is_name("Jean-Yves O’Neil") && is_name("Яна Рой"));
        assert!(!is_name("World News") && !is_name("Jana") && !is_name("The ferry Sails"));
    }
}
