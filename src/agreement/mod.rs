//! Agreement between annotators, as a reviewer of their paper expects it.
//!
//! Measures are [`Statistic`]s: sums over documents and a formula over the sums, so that pooled values,
//! values per document and bootstrap intervals come from the same code. What has no value says why
//! ([`Undefined`]). `gather.rs` and those that follow it make ratings and units
//! out of a project: only what two people finished is compared, aliased persons are one coder, gold is
//! nobody's.
//!
//! This module does not know how numbers are shown, nor how disagreements are settled.

mod alpha;
pub mod alpha_u;
mod attributions;
pub mod bootstrap;
mod continuum;
pub mod distance;
mod finished;
mod gather;
pub mod kappa;
pub mod link_f1;
mod matching;
pub mod methods;
pub mod pictures;
mod ratings;
mod report;
mod sets;
mod shared_records;
pub mod span_f1;
mod stances;
mod statistic;
pub mod table;
mod u_alpha;
mod undefined;

pub use alpha::{alpha, alpha_value, coincidences, percent_coincidence};
pub use attributions::PIECES;
pub use continuum::{Continuum, Tidied, Unit, Units};
pub use distance::Distance;
pub use finished::Finished;
pub use gather::LeftOut;
pub use matching::matching;
pub use ratings::{Ratings, Row};
pub use report::{Ground, LayerReport, Measure, Settings, of_ratings, of_units, report};
pub use shared_records::LAYERS;
pub use stances::NOT_STATED;
pub use statistic::{Formula, Statistic, Sums};
pub use u_alpha::{Kind as UAlpha, cu_coverage, ku_coverage, u_alpha};
pub use undefined::{Undefined, Value};
