//! The paragraph for a paper that says how agreement was computed.

use super::report::{LayerReport, Settings};
use super::{Undefined, Value};

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
        "attribution.links" => "links from contents to their sources",
        "segment" => "segments",
        _ => "relations between versions",
    };
    let counts = format!(
        " For {what}, {} units in {} texts by {} annotators were compared",
        report.units,
        report.documents.len(),
        report.annotators.len()
    );
    let shown = [
        "krippendorff_alpha",
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
pub fn in_words(name: &str) -> &str {
    match name {
        "percent_pairwise" => "percent agreement (mean over units)",
        "percent_coincidence" => "percent agreement (weighted by judgements)",
        "krippendorff_alpha" => "Krippendorff's alpha (nominal; Krippendorff 2011)",
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
