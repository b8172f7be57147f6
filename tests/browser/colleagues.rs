//! Colleagues on other machines, who work with the same core and without a page.

#[path = "../people/crooked.rs"]
pub(crate) mod crooked;
#[path = "../people/desk.rs"]
pub(crate) mod desk;
#[path = "../people/scale.rs"]
pub(crate) mod scale;
