//! Whether a word was turned into its opposite: by a prefix that negates (*legal*, *illegal*), by one prefix
//! for another (*increase*, *decrease*), by an ending (*careful*, *careless*).
//!
//! A reason to look, so it may err on the side of too many: asked only of words that stand in each other's
//! place, it will now and then take *cover* and *discover* for opposites.

use super::forms::same_word as same;

/// Prefixes that negate: how many bytes of the word must follow, what it must begin with (nothing given:
/// with anything), the prefixes.
const NEGATING: &[(usize, &str, &str)] = &[
    (4, "", "un non dis mis anti counter"),
    (5, "", "in de"),
    (5, "bmp", "im"),
    (5, "l", "il"),
    (5, "r", "ir"),
    (8, "", "не без бес анти проти"),
];

/// Beginnings that oppose each other, before the same rest or as words of their own.
const OPPOSED: &[(&str, &str)] = &[
    ("in", "de"),
    ("in", "ex"),
    ("im", "ex"),
    ("in", "out"),
    ("en", "dis"),
    ("up", "down"),
    ("over", "under"),
    ("pro", "anti"),
    ("pre", "post"),
    ("ім", "екс"),
    ("збіль", "змен"),
    ("до", "після"),
    ("за", "проти"),
    ("про", "анти"),
];

/// Whether one word, folded, is the opposite of the other by how it is built.
pub(super) fn opposed(a: &str, b: &str) -> bool {
    let turned = |a: &str, b: &str| negated(a, b) || without_less(a).is_some_and(|base| same(base, full(b)));
    let exchanged = |(p, q): &(&str, &str), a: &str, b: &str| match (a.strip_prefix(p), b.strip_prefix(q)) {
        (Some(x), Some(y)) => x.is_empty() == y.is_empty() && (x == y || same(x, y)),
        _ => false,
    };
    turned(a, b) || turned(b, a) || OPPOSED.iter().any(|p| exchanged(p, a, b) || exchanged(p, b, a))
}

/// Whether a word is a prefix that negates what a hyphen joins to it.
pub(super) fn is_negating(word: &str) -> bool {
    NEGATING.iter().any(|(.., prefixes)| prefixes.split(' ').any(|p| p == word))
}

/// Whether `a` is `b` with a prefix that negates.
fn negated(a: &str, b: &str) -> bool {
    NEGATING.iter().any(|(least, begins, prefixes)| {
        prefixes.split(' ').filter_map(|p| a.strip_prefix(p)).any(|rest| {
            rest.len() >= *least
                && (begins.is_empty() || rest.starts_with(|c| begins.contains(c)))
                && same(rest, b)
        })
    })
}

fn without_less(word: &str) -> Option<&str> {
    ["less", "lessly", "lessness"].iter().find_map(|end| word.strip_suffix(end))
}

fn full(word: &str) -> &str {
    ["ful", "fully", "fulness"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_its_opposite_are_told_either_way_round() {
        for pair in "legal illegal, possible impossible, appropriate inappropriate, regular irregular, fair unfair, \
                     aligned nonaligned, agree disagreed, approve disapproves, trust mistrusted, escalate deescalate, \
                     increase decreased, import exports, include excluded, inclusion exclusion, upgrade downgrades, \
                     overestimated underestimate, prewar postwar, pro anti, up down, over under, careful careless, \
                     harm harmless, carefully carelessly, enabled disabled, законний незаконного, безпека небезпеки, \
                     імпорт експорту, збільшили зменшили, довоєнний післявоєнний, за проти, ракетний протиракетного"
            .split(", ")
        {
            let (a, b) = pair.split_once(' ').unwrap();
            assert!(opposed(a, b) && opposed(b, a), "{pair}");
        }
    }

    #[test]
    fn words_that_are_no_opposites_are_let_be() {
        for pair in "legal legally, form inform, port import, side inside, it unit, \
                     to into, increase increases, export exported, reporter minister, care careful, \
                     бо небо, вода проводу, закон законний"
            .split(", ")
        {
            let (a, b) = pair.split_once(' ').unwrap();
            assert!(!opposed(a, b) && !opposed(b, a), "{pair}");
        }
    }
}
