//! The paragraph for a paper that says how agreement was computed.

use super::report::{LayerReport, Settings};
use super::{Undefined, Value};
use std::borrow::Cow;

/// A number with three decimals, as papers print it; the reason in brackets where there is none.
pub fn three(value: &Value) -> String {
    match value {
        Ok(value) => format!("{value:.3}"),
        Err(why) => format!("undefined ({why})"),
    }
}

/// Plain English, ready to copy, from the settings and the report alone.
pub fn methods(reports: &[LayerReport], settings: &Settings) -> String {
    let mut text = String::from(
        "Agreement was computed with Variorum on texts that at least two annotators had marked as finished; identities declared to be the same person count as one annotator, and adjudicated annotations are left out.",
    );
    text.push_str(if settings.blind_only {
        " Only work done without sight of others' annotations of the same text was used."
    } else {
        " Work done with sight of others' annotations was not excluded."
    });
    text.push_str(if settings.trim_edges {
        " Spaces and punctuation at the edges of spans were ignored."
    } else {
        " Spans were compared as marked, with punctuation and spaces at their edges."
    });
    for report in reports {
        text.push_str(&sentence(report));
    }
    if settings.resampling.resamples > 0 {
        text.push_str(&format!(
            " Intervals are 95 % percentile bootstrap intervals over documents ({} resamples, seed {}).",
            settings.resampling.resamples, settings.resampling.seed
        ));
    }
    text
}

fn sentence(report: &LayerReport) -> String {
    let what = match report.layer {
        "stance" => "stances of articles and sources towards targets (“not stated” counts as a category)",
        "attribution" => "contents, cues and sources of attributions",
        "attribution.type" => "the type of attributions found by both annotators of a pair",
        "attribution.speaker" => "who speaks in attributions found by both annotators of a pair",
        "attribution.defects" => {
            "the defects of quotations found by both annotators of a pair (a set of labels each)"
        }
        "attribution.links" => "links from contents to their sources",
        "segment" => "segments",
        _ => "relations between versions",
    };
    let counts = format!(
        " For {what}, {} in {} by {} were compared",
        some(report.units, "unit"),
        some(report.documents.len(), "text"),
        some(report.annotators.len(), "annotator")
    );
    let shown = [
        "krippendorff_alpha",
        "krippendorff_alpha_masi",
        "percent_pairwise",
        "gwet_ac1",
        "span_f1_exact",
        "span_f1_overlap",
        "u_alpha",
        "matched_share",
        "link_f1_given_ends",
    ];
    let numbers: Vec<String> = report
        .measures
        .iter()
        .filter(|m| shown.contains(&&*m.name))
        .filter(|m| m.value != Err(Undefined::NothingFinished))
        .map(|m| {
            let interval = m.interval.map(|i| format!(" [{:.3}, {:.3}]", i.low, i.high)).unwrap_or_default();
            format!("{} {}{interval}", in_words(&m.name), three(&m.value))
        })
        .collect();
    if numbers.is_empty() { format!("{counts}.") } else { format!("{counts}: {}.", numbers.join(", ")) }
}

/// What a measure is called in a text, with its source.
pub fn in_words(name: &str) -> Cow<'_, str> {
    match name.split_once(':') {
        Some((measure, label)) => format!("{}: {label}", plainly(measure)).into(),
        None => plainly(name).into(),
    }
}

fn plainly(name: &str) -> &str {
    match name {
        "percent_pairwise" => "percent agreement (mean over units)",
        "percent_coincidence" => "percent agreement (weighted by judgements)",
        "krippendorff_alpha" => "Krippendorff's alpha (nominal; Krippendorff 2011)",
        "krippendorff_alpha_masi" => "Krippendorff's alpha over sets (MASI; Passonneau 2006)",
        "krippendorff_alpha_jaccard" => "Krippendorff's alpha over sets (Jaccard)",
        "cohen_kappa" => "Cohen's kappa (1960)",
        "weighted_kappa_linear" => "linearly weighted kappa (Cohen 1968)",
        "weighted_kappa_quadratic" => "quadratically weighted kappa (Cohen 1968)",
        "scott_pi" => "Scott's pi (1955)",
        "fleiss_kappa" => "Fleiss' kappa (1971)",
        "bennett_s" => "Bennett's S (1954)",
        "brennan_prediger" => "Brennan and Prediger's kappa (1981)",
        "gwet_ac1" => "Gwet's AC1 (2008)",
        "span_f1_exact" => "span F1 (same ends)",
        "span_f1_overlap" => "span F1 (overlapping, maximum matching)",
        "span_f1_character" => "span F1 (characters)",
        "span_f1_token" => "span F1 (words)",
        "u_alpha" => "u-alpha (Krippendorff et al. 2016)",
        "bu_alpha" => "|u-alpha, marked or not (Krippendorff et al. 2016)",
        "cu_alpha" => "cu-alpha, labels where marks meet (Krippendorff et al. 2016)",
        "cu_coverage" => "share of the text cu-alpha rests on",
        "alpha_u_1995" => "alpha_U (Krippendorff 1995)",
        "matched_share" => "share of attributions found by both",
        "link_f1_given_ends" => "link F1 given both ends",
        "link_f1_end_to_end" => "link F1 end to end",
        other => other,
    }
}

/// What a measure says, in a sentence, with its source.
pub fn explained(name: &str) -> &'static str {
    match name.split(':').next().unwrap_or(name) {
        "percent_pairwise" => {
            "Of all pairs of judgements of a unit, the share that are the same, averaged over units. It does not allow for chance (Gwet 2014)."
        }
        "percent_coincidence" => {
            "The same, but a unit counts for as many judgements as it has: one less the observed disagreement of alpha (Krippendorff 2011)."
        }
        "krippendorff_alpha" => {
            "One less observed disagreement over that expected by chance: 1 is perfect, 0 is chance. Any number of annotators, gaps allowed (Krippendorff 2011)."
        }
        "krippendorff_alpha_masi" => {
            "Alpha where each judgement is a set of labels: sets that share labels are nearer, and nearest where one holds the other (Passonneau 2006)."
        }
        "krippendorff_alpha_jaccard" => {
            "Alpha where each judgement is a set of labels, two sets being apart by the share of labels not in both (Jaccard)."
        }
        "cohen_kappa" => {
            "Agreement of two beyond what their own habits of labelling would give by chance; with more annotators the mean over pairs (Cohen 1960, Light 1971)."
        }
        "weighted_kappa_linear" => {
            "Kappa in which labels far apart on the scale count as more different, in step with the distance (Cohen 1968)."
        }
        "weighted_kappa_quadratic" => {
            "Kappa in which the difference of labels counts by its square (Cohen 1968)."
        }
        "scott_pi" => "Like kappa, with chance from the labels of both together (Scott 1955).",
        "fleiss_kappa" => "Scott's pi for any number of annotators (Fleiss 1971).",
        "bennett_s" => {
            "Chance is taken to be even over the labels in use (Bennett, Alpert and Goldstein 1954)."
        }
        "brennan_prediger" => {
            "Chance is taken to be even over all labels of the scheme, for any number of annotators (Brennan and Prediger 1981)."
        }
        "gwet_ac1" => {
            "Stays steady where nearly all judgements are alike and kappa drops for that alone (Gwet 2008)."
        }
        "span_f1_exact" => {
            "The share of marks found by both with the same ends and label, twice over all marks of the two: F1, the same either way round (Hripcsak and Rothschild 2005)."
        }
        "span_f1_overlap" => {
            "The same, but marks that share a character can be matched, one to one, as many as possible."
        }
        "span_f1_character" => "The same, character by character.",
        "span_f1_token" => "The same, word by word.",
        "u_alpha" => {
            "Alpha on the text as a stretch of characters: where marks are, how long, and with which label (Krippendorff, Mathet, Bouvry and Widlöcher 2016)."
        }
        "bu_alpha" => {
            "Only whether something is marked or not, not with which label (Krippendorff et al. 2016)."
        }
        "cu_alpha" => {
            "Only the labels, where marks of two meet; read it with the share beside it. For two annotators (Krippendorff et al. 2016)."
        }
        "cu_coverage" => "How much of what is marked cu-alpha speaks of.",
        "alpha_u_1995" => {
            "The older measure of that name: squared differences of ends, so that long marks weigh most. Not to be compared with u-alpha (Krippendorff 1995)."
        }
        "matched_share" => {
            "Of the attributions that either of a pair found, the share that both did: the numbers of this layer are about these only."
        }
        "link_f1_given_ends" => "Of the links whose two ends both people marked, how far they agree: F1.",
        "link_f1_end_to_end" => "Links agree only if both ends and the link itself do: F1.",
        _ => "",
    }
}

/// So many of what takes an s.
fn some(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}
