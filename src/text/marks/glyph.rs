//! The marks of a text one by one: family, which way they look, and what their neighbours say.

use crate::text::Span;

/// Marks that pair with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `" “ ” „`, and the inner marks of East Asia, `『 』`
    Double,
    /// `« »`, and the marks of East Asia, `「 」`
    Angle,
}

/// Which way a mark looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    /// It looks the same either way.
    Either,
}

/// What the neighbours of a mark say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A space before and a word after.
    BeforeWord,
    /// A word before and a space or a stop after.
    AfterWord,
    /// A space before and a stop or nothing after: a closing mark with a space put before it.
    Adrift,
    /// Spaces on both sides.
    Loose,
    /// Letters on both sides.
    Fused,
}

/// A double or angle mark of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub at: usize,
    pub end: usize,
    pub glyph: char,
    pub family: Family,
    pub side: Side,
    pub place: Place,
    pub space_before: bool,
    pub space_after: bool,
    pub letter_after: bool,
    pub digit_before: bool,
}

pub(super) fn family(c: char) -> Option<Family> {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' | '『' | '』' => Some(Family::Double),
        '«' | '»' | '「' | '」' => Some(Family::Angle),
        _ => None,
    }
}

fn any_mark(c: char) -> bool {
    family(c).is_some() || matches!(c, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// Whether a character is of a script that puts no spaces between words: none is missing after a mark then.
fn unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―')
}

/// What stands around the character at `at..end` of `block`, other marks overlooked.
pub(super) fn place(block: &str, at: usize, end: usize) -> Place {
    // Only so far: a long row of marks would otherwise be walked again for each of them.
    let left = block[..at].chars().rev().take(4).find(|c| !any_mark(*c));
    let mut after = block[end..].chars().take(4).skip_while(|c| any_mark(*c));
    let right = after.next();
    let ellipsis = right == Some('.') && after.next() == Some('.');
    let spaced_left = left.is_none_or(char::is_whitespace);
    let spaced_right = right.is_none_or(char::is_whitespace);
    let begins = spaced_left || left.is_some_and(|c| "([{</".contains(c) || dash(c));
    let ends = spaced_right || right.is_some_and(|c| ".,;:!?)]}>/".contains(c) || dash(c)) && !ellipsis;
    match (begins, ends) {
        (true, false) => Place::BeforeWord,
        (false, true) => Place::AfterWord,
        (false, false) => Place::Fused,
        (true, true) if spaced_left && spaced_right && left.is_some() && right.is_some() => Place::Loose,
        (true, true) if spaced_left && left.is_some() && !right.is_some_and(dash) => Place::Adrift,
        (true, true) if spaced_right && !spaced_left => Place::AfterWord,
        (true, true) => Place::Loose,
    }
}

/// Which way each glyph looks in this very text: “ opens in English and closes in German, ” opens and
/// closes in Swedish. The text's own habit decides where it is clear, English where it is not.
pub(super) struct Habits([(char, Side); 4]);

impl Habits {
    pub(super) fn of(text: &str, blocks: &[Span]) -> Self {
        let mut glyphs = [('“', Side::Open), ('”', Side::Close), ('«', Side::Open), ('»', Side::Close)];
        let mut seen = [[0u32; 2]; 4];
        for block in blocks {
            let block = block.slice(text);
            for (at, c) in block.char_indices() {
                let Some(i) = glyphs.iter().position(|(glyph, _)| *glyph == c) else { continue };
                match place(block, at, at + c.len_utf8()) {
                    Place::BeforeWord => seen[i][0] += 1,
                    Place::AfterWord => seen[i][1] += 1,
                    _ => {}
                }
            }
        }
        for ((_, side), [opening, closing]) in glyphs.iter_mut().zip(seen) {
            let (against, with) = if *side == Side::Open { (closing, opening) } else { (opening, closing) };
            if against >= 2 && against >= 4 * with {
                *side = if *side == Side::Open { Side::Close } else { Side::Open };
            } else if against >= 2 && 2 * against >= with {
                *side = Side::Either;
            }
        }
        Self(glyphs)
    }

    fn side(&self, c: char) -> Side {
        match c {
            '„' | '「' | '『' => Side::Open,
            '」' | '』' => Side::Close,
            _ => self.0.iter().find(|(glyph, _)| *glyph == c).map_or(Side::Either, |(_, side)| *side),
        }
    }
}

/// The double and angle marks of `block`, by their places in the text.
pub(super) fn marks(text: &str, block: Span, habits: &Habits) -> Vec<Mark> {
    let (base, block) = (block.start().byte(), block.slice(text));
    let mut found = Vec::new();
    for (at, glyph) in block.char_indices() {
        let Some(family) = family(glyph) else { continue };
        let end = at + glyph.len_utf8();
        let (before, after) = (block[..at].chars().next_back(), block[end..].chars().next());
        found.push(Mark {
            at: base + at,
            end: base + end,
            glyph,
            family,
            side: habits.side(glyph),
            place: place(block, at, end),
            space_before: before.is_some_and(char::is_whitespace),
            space_after: after.is_some_and(char::is_whitespace),
            letter_after: after.is_some_and(|c| c.is_alphanumeric() && !unspaced(c)),
            digit_before: before.is_some_and(|c| c.is_ascii_digit()),
        });
    }
    found
}

/// Whether the first character of `block` that is no bracket is a mark before a word.
pub(super) fn begins_open(block: &str) -> bool {
    let Some(at) = block.find(|c| c != '[') else { return false };
    let first = block[at..].chars().next().unwrap_or(' ');
    let end = at + first.len_utf8();
    let mark = family(first).is_some() || matches!(first, '‘' | '\'');
    mark && block[end..].starts_with(|c: char| !c.is_whitespace())
}
