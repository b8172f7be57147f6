//! Two versions side by side.
use crate::model::{Article, Id};
use leptos::prelude::*;
pub(super) fn serve() {}
pub(super) fn go_change(_: i32) {}
#[component]
pub(super) fn Compare(left: Id<Article>, right: Id<Article>) -> impl IntoView {
    let _ = (left, right);
}
