//! Short word lists with which comparison damps common words and sees claims flip. English and
//! Ukrainian, lower case, apostrophes as `'`. Lists, not models: they must be readable and fixed.

use super::keys::{Map, word_key};
use std::sync::LazyLock;

/// Words that carry grammar rather than matter.
const GRAMMAR: &str = "a an the and or but nor so yet if then than that this these those there here it its \
it's he she they we you i me him her them us his hers their theirs our ours your yours my mine who whom \
whose which what when where why how is are was were be been being am do does did done doing have has had \
having will would shall should can could may might must ought no not don't doesn't didn't won't wouldn't \
can't cannot couldn't isn't aren't wasn't weren't haven't hasn't hadn't i'm we're they're you're he's \
she's that's there's i've we've they've we'll i'll he'll of in on at by for from to with without into onto \
over under between among through during before after above below up down out off about against as upon \
within toward towards across along around behind beyond near since until till while although though \
because unless whether also too very more most much many some any all each every both either neither few \
other another such only own same just even still again once ever never always often now one two said say \
says told tell added mr mrs ms і й та а але або чи що як це цей ця ці той та те ті він вона воно вони ми ви \
я ти його її їх їм нас вас мене тебе мені тобі йому їй не ні у в на з із зі до від за для про при по під \
над між через без після перед поки доки якщо щоб бо тому коли де куди хто який яка яке які яких якого якій \
був була було були бути є буде будуть має мають може можуть також ще вже лише тільки навіть дуже так саме \
свій своя своє свої своїх";

/// Words that every piece of news is full of.
const NEWS: &str = "president minister ministry secretary government state official officials spokesman \
spokeswoman spokesperson country countries people year years month months week weeks day days time today \
yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february march april \
june july august september october november december new first last next news report reported reporters \
journalists foreign national international according made make take took get got go going come came head \
chief leader statement conference war crisis talks meeting asked called added noted week's man woman \
президент міністр міністерство уряд держава країна країни люди рік роки року день дня тиждень місяць заявив \
заявила сказав сказала повідомив повідомила додав додала";

const NEGATION: &str = "no not never none nobody nothing neither nor without cannot can't don't \
doesn't didn't won't wouldn't couldn't shouldn't isn't aren't wasn't weren't haven't hasn't hadn't hardly \
refuse refused refuses refusing deny denied denies denying impossible unlikely не ні ніколи ніхто нічого без \
немає";

const MODAL: &str = "may might could would should must can will shall ought possible possibly \
potential potentially probable probably perhaps maybe likely alleged allegedly apparently reportedly able \
може можуть мусить повинен повинна повинні можливо ймовірно мабуть нібито";

/// What a reporting verb lets on about the words it reports. The number is the class; a change of class
/// is a change of claim, a change within one is style.
const REPORTING: &[&str] = &[
    "said say says saying told tell tells added adds stated states noted notes mentioned remarked recalled \
     announced declared explained continued indicated affirmed сказав сказала каже заявив заявила додав додала",
    "claimed claims claim alleged alleges asserted contended maintained insisted insists стверджує стверджував",
    "denied denies deny refuted rejected dismissed заперечив заперечила заперечує",
    "admitted admits acknowledged conceded confessed confided визнав визнала",
    "warned warns threatened cautioned попередив попередила",
    "lamented deplored complained regretted mourned",
    "believes believed thinks thought considers considered considering suggested suspects estimated вважає",
    "promised vowed pledged promises promising plans planned planning intends обіцяв обіцяла",
    "accused accuses blamed blames blame attacked reproached denounced звинуватив звинуватила",
];

const NUMBER: &str = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand \
thousands million millions billion billions trillion trillions half double twice dozen dozens third quarter два дві \
три чотири п'ять шість сім вісім дев'ять десять сто двадцять тридцять сорок п'ятдесят половина двічі";

const PRONOUN: &str = "i we you he she they me us him her them my our your his their mine ours yours \
theirs я ми ти ви він вона вони \
мене нас тебе вас його її їх мій наш твій ваш";

const INTENSITY: &str = "total totally stark starkly complete completely utter utterly absolute absolutely \
very extremely highly deeply any all every fully entirely slightly somewhat rather hugely strongly дуже цілком \
повністю абсолютно вкрай трохи";

/// A list of words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum List {
    Negation,
    Modal,
    Number,
    Pronoun,
    Intensity,
}

/// How common a word is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    Grammar,
    News,
    Content,
}

/// The lists that each word stands in, as bits: one for each of [`List`], two for [`Class`], then the
/// classes of [`REPORTING`].
struct Lexicon(Map<u32>);

const GRAMMAR_BIT: u32 = 5;
const NEWS_BIT: u32 = 6;
const REPORTING_BITS: u32 = 7;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: Map<u32> = Map::default();
    let mut add = |list: &str, bit: u32| {
        for word in list.split_ascii_whitespace() {
            *words.entry(word_key(word)).or_default() |= 1 << bit;
        }
    };
    add(NEGATION, List::Negation as u32);
    add(MODAL, List::Modal as u32);
    add(NUMBER, List::Number as u32);
    add(PRONOUN, List::Pronoun as u32);
    add(INTENSITY, List::Intensity as u32);
    add(GRAMMAR, GRAMMAR_BIT);
    add(NEWS, NEWS_BIT);
    (REPORTING_BITS..).zip(REPORTING).for_each(|(bit, list)| add(list, bit));
    Lexicon(words)
});

/// The bits of a word, by its key.
fn bits(key: u64) -> u32 {
    LEXICON.0.get(&key).copied().unwrap_or(0)
}

/// Whether `word`, folded, is in `list`.
pub(super) fn has(list: List, word: &str) -> bool {
    bits(word_key(word)) & (1 << list as u32) != 0
}

/// What a reporting verb lets on, as the number of its class; `None` for any other word.
pub(super) fn reporting(word: &str) -> Option<u32> {
    let classes = bits(word_key(word)) >> REPORTING_BITS;
    (classes != 0).then(|| classes.trailing_zeros())
}

/// How common the word is that has this key.
pub(super) fn class(key: u64) -> Class {
    match bits(key) {
        bits if bits & (1 << GRAMMAR_BIT) != 0 => Class::Grammar,
        bits if bits & (1 << NEWS_BIT) != 0 => Class::News,
        _ => Class::Content,
    }
}

/// A word without its inflection, roughly: enough to see `sailed` in `sailing` and `порома` in `пором`.
pub(super) fn stem(word: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "'s", "ations", "ation", "ments", "ment", "ings", "ing", "edly", "ed", "ies", "ied", "ers", "er",
        "es", "ly", "s", "e", "y", "ями", "ами", "ого", "ому", "ими", "ість", "ості", "ної", "ною", "ний",
        "ння", "ах", "ях", "ів", "їв", "ої", "ою", "ій", "ий", "им", "их", "ам", "ям", "ом", "ем", "а", "я",
        "и", "і", "ї", "у", "ю", "о", "е", "ь",
    ];
    let shortest = 4;
    ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|rest| rest.chars().count() >= shortest)
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_stand_in_several_lists() {
        assert!(has(List::Negation, "denied") && reporting("denied") == Some(2));
        assert!(has(List::Modal, "may") && class(word_key("may")) == Class::Grammar);
        assert!(!has(List::Pronoun, "ferry") && reporting("ferry").is_none());
        assert_eq!((class(word_key("ferry")), class(word_key("minister"))), (Class::Content, Class::News));
    }

    #[test]
    fn inflections_of_a_word_share_a_stem() {
        for (a, b) in
            [("planned", "planning"), ("crime", "crimes"), ("neutral", "neutral"), ("порома", "пором")]
        {
            let (a, b) = (stem(a), stem(b));
            assert!(a == b || a.starts_with(b) || b.starts_with(a), "{a} {b}");
        }
        assert_ne!(stem("minister"), stem("ministry"));
    }
}
