//! Cutting a stretch of text where spans begin and end, so that each piece can be painted as one.

use super::{Span, order};

/// A piece of text and which of the spans cover it, as indices into the slice given to [`pieces`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it is.
    pub span: Span,
    /// The spans that cover all of it, in the order given.
    pub covered_by: Vec<usize>,
}

/// Cuts `range` at each begin and end of `spans`. The pieces are in order, not empty, and together
/// they are exactly `range`; each piece is covered wholly or not at all by each span.
pub fn pieces(range: Span, spans: &[Span]) -> Vec<Piece> {
    let mut cuts = vec![range.start(), range.end()];
    for part in spans.iter().filter_map(|s| s.intersection(range)) {
        cuts.extend([part.start(), part.end()]);
    }
    order::sort_by(&mut cuts, Ord::cmp);
    cuts.dedup();
    cuts.windows(2)
        .map(|w| {
            let span = Span::between(w[0], w[1]);
            let covered_by = (0..spans.len()).filter(|&i| spans[i].contains(span)).collect();
            Piece { span, covered_by }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::marked;

    fn paint(notation: &str) -> Vec<(String, Vec<usize>)> {
        let (text, spans) = marked(notation);
        let spans: Vec<_> = spans.into_iter().map(|(s, _)| s).collect();
        let whole = Span::new(&text, 0, text.len()).unwrap();
        pieces(whole, &spans).into_iter().map(|p| (p.span.slice(&text).to_owned(), p.covered_by)).collect()
    }

    #[test]
    fn overlapping_and_nested_spans_share_pieces() {
        let got = paint("a [b [c]{inner} d]{outer} e");
        let want = [("a ", vec![]), ("b ", vec![1]), ("c", vec![0, 1]), (" d", vec![1]), (" e", vec![])];
        assert_eq!(got, want.map(|(s, v)| (s.to_owned(), v)));
    }

    #[test]
    fn spans_outside_the_range_do_not_cut_it() {
        let text = "abc def";
        let range = Span::new(text, 0, 3).unwrap();
        let spans = [Span::new(text, 4, 7).unwrap(), Span::new(text, 2, 5).unwrap()];
        let got = pieces(range, &spans);
        assert_eq!(got.len(), 2);
        assert_eq!(got[1].covered_by, [1]);
    }
}
