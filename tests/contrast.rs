//! Words must be readable on every colour they stand on, in light and in dark. Tools that look at pages
//! miss colours that are painted by marks, so it is computed here from the tokens (WCAG 2.2, 1.4.3, 1.4.11).

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Tokens = BTreeMap<String, String>;

/// The tokens of a theme: those of `:root`, overlaid by those of the block that `head` begins.
fn tokens(css: &str, head: Option<&str>) -> Tokens {
    let block = |from: &str| {
        let start = css.find(from).unwrap_or_else(|| panic!("{from} is in tokens.css"));
        let inside = &css[start..];
        inside[..inside.find('}').unwrap()].to_owned()
    };
    let mut all = Tokens::new();
    for text in std::iter::once(block(":root {")).chain(head.map(block)) {
        for declaration in text.split(['{', ';', '/']) {
            if let Some((name, value)) = declaration.split_once(':') {
                all.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
    all
}

fn luminance(hex: &str) -> f64 {
    let channel = |i: usize| {
        let value = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(tokens: &Tokens, one: &str, other: &str) -> f64 {
    let light = |name: &str| luminance(tokens.get(name).unwrap_or_else(|| panic!("{name} is a token")));
    let (a, b) = (light(one), light(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_word_and_ground_can_be_read_in_every_theme() {
    let css = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("style/tokens.css")).unwrap();
    let themes = [
        ("light", tokens(&css, None)),
        ("dark by the system", tokens(&css, Some(":root:not([data-theme=\"light\"]) {"))),
        ("dark by choice", tokens(&css, Some(":root[data-theme=\"dark\"] {"))),
    ];
    let mut words: Vec<(String, String)> = [
        ("--ink", "--page"),
        ("--ink", "--surface"),
        ("--ink", "--raised"),
        ("--soft-ink", "--page"),
        ("--soft-ink", "--surface"),
        ("--soft-ink", "--raised"),
        ("--on-accent", "--accent"),
        ("--accent", "--page"),
        ("--risk", "--risk-surface"),
        ("--risk", "--surface"),
        ("--favor", "--surface"),
        ("--against", "--surface"),
        ("--ink", "--inserted"),
        ("--ink", "--removed"),
        ("--page", "--ink"),
    ]
    .map(|(a, b)| (a.to_owned(), b.to_owned()))
    .to_vec();
    let mut lines = vec![("--focus".to_owned(), "--page".to_owned())];
    for hue in 0..6 {
        words.push(("--ink".to_owned(), format!("--h{hue}")));
        words.push((format!("--h{hue}-line"), "--surface".to_owned()));
        lines.push((format!("--h{hue}-line"), "--page".to_owned()));
        lines.push((format!("--h{hue}-line"), format!("--h{hue}")));
    }
    for (theme, tokens) in &themes {
        for (pairs, least) in [(&words, 4.5), (&lines, 3.0)] {
            for (one, other) in pairs {
                let found = contrast(tokens, one, other);
                assert!(found >= least, "{theme}: {one} on {other} has {found:.2}, needs {least}");
            }
        }
    }
}
