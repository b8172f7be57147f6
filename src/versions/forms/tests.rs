//! Pairs of words that must count as one, and pairs that must not, for everything that is built on it.

use super::*;
use crate::text::shingles::folded;

/// Both ways round; words keep their capitals as inside a sentence.
fn one(pair: &str) -> bool {
    let (a, b) = pair.split_once(' ').unwrap();
    let form = |w: &str| Form::of(&folded(w), Case::of(w));
    let (there, back) = (likeness(&form(a), &form(b)), likeness(&form(b), &form(a)));
    assert_eq!(there, back, "{pair}");
    assert!((0.0..=1.0).contains(&there), "{pair}");
    there > 0.0
}

const SAME: &str = "\
report reported, reports reported, reported reporting, call calls, plan planned, planned planning, take taking, \
take taken, make makes, uses used, write written, fall fallen, know known, country countries, \
carry carried, carrying carried, box boxes, war wars, day days, say says, act acting, agree agreed, \
elected election, Day days, operate operation, investigate investigations, escalating escalation, announced announcement, recent recently, \
region regional, crisis crises, spokesman spokesmen, learnt learned, million millions, ship ships, \
minister minister's, Putin Putin's, they they're, can't cannot, Zelensky Zelensky's, president President, \
organise organize, organised organizing, analyse analyze, colour color, neighbouring neighboring, \
theatre theater, centres centers, licence license, defence defense, practise practice, travelled traveled, \
cancelled canceled, traveller traveler, fulfil fulfill, enrolment enrollment, programme program, \
catalogue catalog, judgement judgment, tyre tire, anaemia anemia, \
Zelensky Zelenskyy, Zelenskiy Zelenskyy, Odessa Odesa, Mykolaiv Mykolayiv, Alexei Aleksey, Alexander Aleksander, Tax taxes, Zelenskij Zelensky, Erdoğan Erdogan, \
café cafe, Gdańsk Gdansk, U.S. US, U.S US, Russia Russian, Russia's Russian, Ukraine Ukrainian, Iran Iranians, Iraq Iraqi, \
Germany German, China Chinese, Austria Austrian, Yemen Yemeni, 40,000 40000, 20th 20, 1990s 1990's, \
президент президента, президентом президентові, Україна України, Україною Україні, війна війною, \
український українського, сказав сказала, заявив заявили, працює працювала, вважає вважають, місто містах, \
область областю, можливість можливості, рішення рішень, понеділок понеділка, січень січня, українського українському, президентами президентах, українець українців, \
Америка Америці, Путін Путіним, Харків Харкова, мільйон мільйонів, тисяча тисяч, боявся боялася, боявся боявсь, об'єкт обєкт, \
Зеленський Зеленського, Росія Росії";

const OTHER: &str = "\
legal illegal, possible impossible, appropriate inappropriate, regular irregular, fair unfair, sure unsure, \
agree disagree, violent nonviolent, war antiwar, trust mistrust, attack counterattack, escalate deescalate, \
played downplayed, overestimate underestimate, careful careless, harmful harmless, care careless, would wouldn't, \
increase decrease, import export, inclusion exclusion, include exclude, upgrade downgrade, prewar postwar, \
without with, million billion, billion trillion, hundred thousand, seven seventy, eight eighty, six sixty, \
thirteen thirty, four fourth, 2024 2025, 14 40, 3.5 35, 40m 40bn, 1990s 1990, 14th 15th, G7 G20, \
Austria Australia, Iran Iraq, Slovakia Slovenia, Kiev Kyiv, Niger Nigeria, Michael Michel, Maria Mario, \
Robert Roberta, India Indiana, Iraqi Iranian, us U.S., leads heads, past last, country county, policy police, \
official officer, office officer, report reporter, minister ministry, employer employee, high higher, \
president presidency, universe university, state statement, part party, treat treaty, plane plans, \
plant planned, princes princess, princesses princes, contract contact, adopt adapt, united untied, \
principal principle, moral morale, station state, general generation, author authority, prosecute persecute, \
not noted, even evening, than that, may mayor, they them, here hers, N.J. N.Y., NJ NY, Major Mayor, Police Policy, Part Party, refuge refugee, \
site sitting, file filling, pile pills, found foundation, list listen, scared scarred, new newer, \
законний незаконний, безпека небезпека, можливо неможливо, імпорт експорт, мільйон мільярд, сім сімдесят, \
п'ять п'ятдесят, вона вони, Австрія Австралія, Іран Ірак, Словаччина Словенія, міністр міністерство, \
військовий антивійськовий, довоєнний післявоєнний, збільшити зменшити, домовний бездомовний, Росія росіяни, \
місто місце, сила силач";

#[test]
fn words_in_another_form_are_one() {
    let missed: Vec<_> = SAME.split(", ").filter(|pair| !one(pair)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn words_that_changed_what_is_said_are_two() {
    let joined: Vec<_> = OTHER.split(", ").filter(|pair| one(pair)).collect();
    assert!(joined.is_empty(), "{joined:?}");
}
