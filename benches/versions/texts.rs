//! Texts to measure with, the same on every machine: the sample's sentences, each copy with a third of its
//! words exchanged for invented ones, so that the repetition is not alike; and edited copies of them.

/// Numbers that look like chance and are always the same.
pub(crate) struct Dice(u64);

impl Dice {
    /// Begins anew from `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    /// Whether a thing happens that does so in `percent` of all cases.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const SAMPLE: &[&str] = &[
    include_str!("../../src/sample/texts/1-original.txt"),
    include_str!("../../src/sample/texts/3-agency.txt"),
    include_str!("../../src/sample/texts/4-earlier.txt"),
];
/// How many invented words there are.
const VOCABULARY: usize = 20_000;

/// An invented word.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 28] = [
        "ba", "cor", "del", "fin", "gra", "hol", "jes", "kim", "lar", "mon", "nev", "ost", "per", "quil",
        "ras", "sten", "tur", "ulm", "vor", "wes", "yan", "zel", "bri", "cla", "dro", "fla", "gle", "sho",
    ];
    let mut rest = number * 7_919 % (28 * 28 * 28);
    let mut made = String::new();
    for _ in 0..3 {
        made.push_str(SYLLABLES[rest % 28]);
        rest /= 28;
    }
    made
}

/// A text as sentences of words.
pub(crate) type Sentences = Vec<Vec<String>>;

/// A text of about `words` words.
pub(crate) fn original(words: usize, seed: u64) -> Sentences {
    let mut dice = Dice::new(seed);
    let known: Vec<Vec<&str>> = SAMPLE
        .iter()
        .flat_map(|text| text.split_inclusive(". "))
        .map(|s| s.split_whitespace().collect::<Vec<_>>())
        .filter(|s| s.len() > 4)
        .collect();
    let (mut found, mut count, mut next) = (Vec::new(), 0, dice.below(known.len()));
    while count < words {
        let from = &known[next % known.len()];
        next += 1;
        let exchange =
            |w: &&str| if dice.percent(35) { word(dice.below(VOCABULARY)) } else { (*w).to_owned() };
        let mut sentence: Vec<String> = from.iter().map(exchange).collect();
        if let Some(last) = sentence.last_mut()
            && !last.ends_with(['.', '”', '?', '!'])
        {
            last.push('.');
        }
        // A capital, or the sentence would be joined to the one before.
        let first = sentence[0].remove(0).to_uppercase().to_string() + &sentence[0];
        sentence[0] = first;
        count += sentence.len();
        found.push(sentence);
    }
    found
}

/// A copy in which `edited` percent of the words are exchanged, dropped or preceded by another, and
/// `moved` percent of the sentences stand elsewhere.
pub(crate) fn copy(of: &Sentences, edited: usize, moved: usize, seed: u64) -> Sentences {
    let mut dice = Dice::new(seed);
    let mut found: Sentences = Vec::new();
    for sentence in of {
        let last = sentence.len() - 1;
        let mut made = Vec::new();
        for (i, given) in sentence.iter().enumerate() {
            if i == 0 || i == last || !dice.percent(edited) {
                made.push(given.clone());
                continue;
            }
            let other = word(dice.below(VOCABULARY));
            match dice.below(4) {
                0 => {}
                1 => made.extend([other, given.clone()]),
                _ => made.push(other),
            }
        }
        found.push(made);
    }
    for i in 0..found.len() {
        if dice.percent(moved) {
            let to = dice.below(found.len());
            let sentence = found.remove(i);
            found.insert(to, sentence);
        }
    }
    found
}

/// The text itself, four sentences to a paragraph.
pub(crate) fn joined(sentences: &Sentences) -> String {
    let mut text = String::new();
    for (i, sentence) in sentences.iter().enumerate() {
        text.push_str(&sentence.join(" "));
        text.push_str(if i % 4 == 3 { "\n\n" } else { " " });
    }
    text
}

/// A revision: 3 % of the words edited.
pub(crate) fn revision(of: &Sentences) -> Sentences {
    copy(of, 3, 0, 5)
}

/// A paraphrase: 25 % of the words edited, 5 % of the sentences moved.
pub(crate) fn paraphrase(of: &Sentences) -> Sentences {
    copy(of, 25, 5, 6)
}

/// A text whose sentences are all alike: ten syllables, nothing else.
pub(crate) fn monotonous(count: usize, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let syllables = ["ka", "lo", "mi", "ren", "tus", "ви", "ор", "sel", "pa", "dor"];
    let mut text = String::new();
    for i in 0..count {
        let word: String = (0..2 + dice.below(3)).map(|_| syllables[dice.below(10)]).collect();
        text.push_str(&word);
        text.push_str(if i % 60 == 59 {
            ".\n\n"
        } else if i % 15 == 14 {
            ". "
        } else {
            " "
        });
    }
    text
}
