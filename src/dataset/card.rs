//! The data set card: what is in it, how it was made, how it was split.

use super::Dataset;
use crate::codecs::exchange::{Counts, Documents as _};
use crate::model::ProjectInfo;
use std::fmt::Write as _;

/// The card in Markdown, its YAML head holding `features`.
pub(super) fn card(data: &Dataset<'_>, features: &str, counts: &Counts) -> String {
    let annotators = data.annotators().all().len();
    let total: usize = data.parts().iter().map(|p| p.documents).sum();
    let name = data.project().name();
    let mut card = String::from("---\n");
    let _ = writeln!(card, "pretty_name: {}", quoted(name));
    if !counts.languages.is_empty() {
        card.push_str("language:\n");
        counts.languages.iter().for_each(|l| card.push_str(&format!("- {}\n", quoted(l))));
    }
    card.push_str("license: other\ntask_categories:\n- token-classification\n- text-classification\n");
    card.push_str("annotations_creators:\n- expert-generated\nsource_datasets:\n- original\ntags:\n- quotation-attribution\n- stance-detection\n- news\n");
    let _ = writeln!(card, "size_categories:\n- {}", size_category(total));
    card.push_str(features);
    card.push_str("---\n\n");
    let _ = writeln!(card, "# {name}\n");
    let _ = writeln!(
        card,
        "News articles with who said what in them and what they think of it. {}, {}, {}.\n",
        quantity(total, "article", "articles"),
        quantity(counts.sources.len(), "source", "sources"),
        quantity(annotators, "annotator", "annotators"),
    );
    card.push_str("The articles are other people's property: settle the licence of the texts before passing this on.\n\n");
    if counts.several > 0 {
        let _ = writeln!(
            card,
            "**{} were annotated by several people, and everybody's marks are in them side by side.** Each says whose it is in its attribute `annotator`: choose one person's, or export gold, before a model learns from them.\n",
            quantity(counts.several, "article", "articles")
        );
    }
    parts(&mut card, data, counts);
    split(&mut card, data);
    card.push_str(
        "## Reading it\n\nPositions count Unicode code points, ends exclusive: in Python `text[start:end]`. `sha256` is that of the text. A relation goes from an attribution's first piece of content (its head) to its cue, source and further parts. `votes` is how many annotators chose which label for the same holder and target.\n\n",
    );
    let _ = writeln!(
        card,
        "Tokens: words and marks by Unicode's rules (UAX #29){}.\n",
        match data.options().tokens.as_str() {
            "cut" => ", cut again wherever a mark begins or ends",
            _ => "; marks that do not fit them are left out of `tokens`",
        }
    );
    let info = data.project().find::<ProjectInfo>(data.project().id());
    if let Some(guidelines) = info.and_then(|info| info.guidelines.get().clone()).filter(|g| !g.is_empty()) {
        let _ = writeln!(card, "## Guidelines\n\n{guidelines}\n");
    }
    card
}

/// Counts what there is, in one walk over the documents.
pub fn count(data: &Dataset<'_>) -> Counts {
    let parts = data.parts().len();
    let mut counts = Counts::of(parts);
    for part in 0..parts {
        let _ = data.each(part, &mut |_, document| {
            counts.count(part, document);
            Ok(())
        });
    }
    counts
}

fn parts(card: &mut String, data: &Dataset<'_>, counts: &Counts) {
    card.push_str("## What is in it\n\n| |");
    data.parts().iter().for_each(|p| card.push_str(&format!(" {} |", p.name)));
    card.push_str("\n|---|");
    data.parts().iter().for_each(|_| card.push_str("---:|"));
    card.push_str("\n| articles |");
    data.parts().iter().for_each(|p| card.push_str(&format!(" {} |", p.documents)));
    card.push('\n');
    for (label, numbers) in &counts.labels {
        let _ = write!(card, "| {label} |");
        numbers.iter().for_each(|n| card.push_str(&format!(" {n} |")));
        card.push('\n');
    }
    card.push('\n');
}

fn split(card: &mut String, data: &Dataset<'_>) {
    let Some(plan) = data.plan() else { return };
    let shares: Vec<String> = plan.parts.iter().map(|(name, share)| format!("{name} {share}")).collect();
    let _ = writeln!(
        card,
        "## Split\n\nBy whole stories, so that no version of a test article is in training; stories with near-duplicate texts stay together. Shares asked for: {}; seed {}; labels kept in proportion. Near-duplicates on two sides: {}.\n",
        shares.join(", "),
        plan.seed,
        data.leaks().len()
    );
}

/// A number with the word it needs.
fn quantity(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn quoted(text: &str) -> String {
    let mut json = crate::codecs::exchange::JsonWriter::new();
    json.string(text);
    json.finish()
}

fn size_category(n: usize) -> &'static str {
    match n {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        _ => "100K<n<1M",
    }
}
