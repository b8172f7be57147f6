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

/// Red, green and blue as light.
fn linear(hex: &str) -> [f64; 3] {
    [1, 3, 5].map(|i| {
        let value = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance(hex: &str) -> f64 {
    let [red, green, blue] = linear(hex);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The colours that a label can have.
const LABELS: [&str; 6] = ["amber", "blue", "green", "pink", "violet", "teal"];

/// Linear red, green and blue as each kind of colour vision has them: all, and without the first, second or third
/// kind of cone (Machado, Oliveira & Fernandes 2009, severity 1).
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

/// A colour in CIE L*a*b* under a kind of vision.
fn lab(hex: &str, vision: &[[f64; 3]; 3]) -> [f64; 3] {
    let seen = linear(hex);
    let [r, g, b] = vision.map(|row| row.iter().zip(seen).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0));
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    let y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn labels_colours_differ_for_every_kind_of_colour_vision() {
    let css = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("style/tokens.css")).unwrap();
    for (theme, tokens) in [("light", tokens(&css, 0)), ("dark", tokens(&css, 1))] {
        for (vision, matrix) in &VISIONS {
            for (i, one) in LABELS.iter().enumerate() {
                for other in &LABELS[i + 1..] {
                    let seen = [one, other].map(|label| lab(&tokens[&format!("--label-{label}")], matrix));
                    let apart = seen[0].iter().zip(seen[1]).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(apart >= 25.0, "{theme}, {vision}: {one} and {other} are {apart:.0} apart");
                }
            }
        }
    }
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
    for label in LABELS {
        let label = format!("--label-{label}");
        words.extend(["--page", "--surface", "--raised"].map(|ground| (label.clone(), ground.to_owned())));
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
