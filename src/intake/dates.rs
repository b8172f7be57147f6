//! Dates as newspapers write them, as ISO 8601.

/// Months in English and Ukrainian, by the letters that tell them.
const MONTHS: &[&[&str]] = &[
    &["jan", "січ"],
    &["feb", "лют"],
    &["mar", "берез"],
    &["apr", "квіт"],
    &["may", "трав"],
    &["jun", "черв"],
    &["jul", "лип"],
    &["aug", "серп"],
    &["sep", "верес"],
    &["oct", "жовт"],
    &["nov", "листоп"],
    &["dec", "груд"],
];

/// Words that say nothing beside a date.
const AROUND: &[&str] = &[
    "published",
    "updated",
    "posted",
    "last",
    "modified",
    "first",
    "on",
    "at",
    "date",
    "time",
    "gmt",
    "bst",
    "utc",
    "cet",
    "est",
    "edt",
    "et",
    "am",
    "pm",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "yesterday",
    "today",
];

/// A date found in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// As ISO 8601 has it.
    pub iso: String,
    /// What else the line says, without words such as «Published».
    pub rest: String,
}

/// The first date in a line. A date of which day and month cannot be told apart is none.
pub(crate) fn find(line: &str) -> Option<Found> {
    let parts = pieces(line);
    for at in 0..parts.len() {
        if let Some((iso, length)) = dated(&parts[at..]) {
            let kept = parts.iter().enumerate().filter(|(i, _)| *i < at || *i >= at + length);
            let said = kept.map(|(_, p)| *p).filter(|p| !says_nothing(p));
            return Some(Found { iso, rest: said.collect::<Vec<_>>().join(" ") });
        }
    }
    None
}

fn pieces(line: &str) -> Vec<&str> {
    let odd = |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•' | '—' | '–' | '(' | ')');
    let rough = line.split(odd).filter(|p| !p.is_empty());
    let mut parts = Vec::new();
    for part in rough {
        // «The Guardian.-07.01.2022»: the date begins where the first digit is.
        match part.find(|c: char| c.is_ascii_digit()) {
            Some(at) if at > 0 && part[..at].chars().any(char::is_alphabetic) => {
                parts.push(part[..at].trim_end_matches(['.', '-', ':']));
                parts.push(&part[at..]);
            }
            _ => parts.push(part.trim_start_matches(['-', '.', ':'])),
        }
    }
    parts.retain(|p| !p.is_empty());
    parts
}

fn says_nothing(piece: &str) -> bool {
    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    AROUND.contains(&&*bare) || !bare.chars().any(char::is_alphabetic) || is_time(&bare)
}

fn is_time(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits > 0 && word.trim_end_matches(['a', 'p', 'm', 'z', 'h']).chars().all(|c| !c.is_alphabetic())
}

/// A date at the beginning of `parts`, and how many of them it takes.
fn dated(parts: &[&str]) -> Option<(String, usize)> {
    let first = parts.first()?;
    if let Some(iso) = in_figures(first) {
        return Some((iso, 1));
    }
    let (second, third) = (parts.get(1)?, parts.get(2)?);
    let year = number(third).filter(|y| (1800..2200).contains(y))?;
    let (day, month) = match (number(first), month(second)) {
        (Some(day), Some(month)) => (day, month),
        _ => (number(second)?, month(first)?),
    };
    Some((iso(year, month, day)?, 3))
}

/// `2022-01-07`, `2022-01-07T10:00:00Z`, `07.01.2022`, `27/01/2022`.
fn in_figures(piece: &str) -> Option<String> {
    let day = piece.split(['T', 't']).next().unwrap_or(piece);
    let figures: Vec<&str> = day.trim_end_matches([':', ';', '.']).split(['.', '-', '/']).collect();
    let [a, b, c] = figures[..] else { return None };
    let (x, y, z) = (number(a)?, number(b)?, number(c)?);
    if a.len() == 4 {
        return iso(x, y, z);
    }
    if c.len() != 4 {
        return None;
    }
    // Points are European: day first. With strokes, only what cannot be read two ways counts.
    match (day.contains('.'), x, y) {
        (true, day, month) => iso(z, month, day),
        (_, day, month) if day > 12 || day == month => iso(z, month, day),
        (_, month, day) if day > 12 => iso(z, month, day),
        _ => None,
    }
}

fn number(piece: &str) -> Option<u32> {
    let bare = piece.trim_end_matches(['.', ':', ';']);
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    (bare.len() <= 4).then(|| bare.parse().ok()).flatten()
}

fn month(piece: &str) -> Option<u32> {
    let lower = piece.trim_end_matches('.').to_lowercase();
    let at = MONTHS.iter().position(|names| names.iter().any(|name| lower.starts_with(name)))?;
    (lower.chars().count() <= 9 || !lower.is_ascii()).then_some(at as u32 + 1)
}

fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    let sound = (1800..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    sound.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The date in an address, as many papers put it: `/2022/jan/07/`, `/2022/01/07/`.
pub(crate) fn in_address(url: &str) -> Option<String> {
    let parts: Vec<&str> = url.split('/').collect();
    parts.windows(3).find_map(|w| {
        let year = number(w[0]).filter(|_| w[0].len() == 4)?;
        let month = number(w[1]).or_else(|| month(w[1]))?;
        iso(year, month, number(w[2])?)
    })
}

/// A date or time that a program wrote, as far as it is ISO 8601; else the first date in the words.
pub(crate) fn from_machine(words: &str) -> Option<String> {
    let words = words.trim();
    let bytes = words.as_bytes();
    let dashes = bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-';
    if dashes && in_figures(&words[..words.floor_char_boundary(10)]).is_some() && words.len() <= 40 {
        return Some(words.to_owned());
    }
    find(words).map(|found| found.iso)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso_of(line: &str) -> Option<String> {
        find(line).map(|f| f.iso)
    }

    #[test]
    fn dates_are_read_as_newspapers_write_them() {
        for line in [
            "The Harbour Post.-07.01.2022",
            "Fri 7 Jan 2022 13.45 GMT",
            "Published January 7, 2022 at 3:15 pm",
            "7 січня 2022",
            "2022-01-07T10:00:00Z",
            "7th January 2022",
        ] {
            assert_eq!(iso_of(line).as_deref(), Some("2022-01-07"), "{line}");
        }
        assert_eq!(find("The Harbour Post.-07.01.2022").unwrap().rest, "The Harbour Post");
        assert_eq!(find("Updated Fri 7 Jan 2022 13.45 GMT").unwrap().rest, "");
    }

    #[test]
    fn a_date_that_can_be_read_two_ways_is_left_open() {
        assert_eq!(iso_of("07/01/2022"), None);
        assert_eq!(iso_of("27/01/2022").as_deref(), Some("2022-01-27"));
        assert_eq!(iso_of("1/27/2022").as_deref(), Some("2022-01-27"));
        assert_eq!(iso_of("He may come 12 times in 2022"), None);
    }

    #[test]
    fn addresses_tell_dates() {
        assert_eq!(in_address("https://a.example/world/2022/jan/07/x").as_deref(), Some("2022-01-07"));
        assert_eq!(in_address("https://a.example/2022/x/07"), None);
    }
}
