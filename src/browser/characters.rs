//! What the eye takes for one character: a letter with its accents, an emoji of several signs, a flag.
//!
//! The browser knows it (`Intl.Segmenter`, Unicode Standard Annex 29), so that no tables of it are loaded.

use js_sys::{Array, Intl::Segmenter, Object, Reflect};

/// No character is longer, in code points, than what is looked at; of a longer one a part is taken.
const LONGEST: usize = 64;

/// The bytes of the first character of the words, or of the last one.
pub fn character(words: &str, last: bool) -> usize {
    let mut bounds = words.char_indices().map(|(at, _)| at);
    let near = match last {
        false => words.get(..bounds.nth(LONGEST).unwrap_or(words.len())),
        true => words.get(bounds.nth_back(LONGEST - 1).unwrap_or_default()..),
    };
    let near = near.unwrap_or_default();
    let of_eye = segment(near, last).filter(|length| *length > 0);
    let code_point = if last { near.chars().next_back() } else { near.chars().next() };
    of_eye.unwrap_or_else(|| code_point.map_or(0, char::len_utf8))
}

fn segment(words: &str, last: bool) -> Option<usize> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    // Browsers without it go by code points.
    if !Reflect::has(&intl, &"Segmenter".into()).unwrap_or(false) {
        return None;
    }
    let units = words.encode_utf16().count() as u32;
    let at = if last { units.checked_sub(1)? } else { 0 };
    let found = Segmenter::new(&Array::new(), &Object::new()).segment(words).containing(at)?;
    Some(String::from(found.segment()).len())
}
