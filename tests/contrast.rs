//! Words must be readable on every colour they stand on, in light and in dark. Tools that look at pages
//! miss colours that are painted by marks, so it is computed here from the tokens (WCAG 2.2, 1.4.3, 1.4.11).

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Tokens = BTreeMap<String, String>;

/// The colours of a theme: 0 light, 1 dark, as `--name: light-dark(#…, #…);` says.
fn tokens(css: &str, theme: usize) -> Tokens {
    let declarations = css.split(';').filter_map(|d| d[d.find("--")?..].split_once(':'));
    let colour = |value: &str| {
        let pair = value.trim().strip_prefix("light-dark(")?.strip_suffix(')')?;
        pair.split(',').nth(theme).map(|hex| hex.trim().to_owned())
    };
    declarations.filter_map(|(name, value)| Some((name.trim().to_owned(), colour(value)?))).collect()
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
    let themes = [("light", tokens(&css, 0)), ("dark", tokens(&css, 1))];
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
