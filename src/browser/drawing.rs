//! A drawing as an image file.

use gloo::file::{Blob, ObjectUrl};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement};

/// How many dots a unit of the drawing gets: sharp on paper and on dense screens.
const SHARP: u32 = 2;

/// Hands a drawing (SVG) to the person as PNG, on white. False where the browser cannot draw it.
pub async fn download_png(name: &str, svg: &str, (width, height): (u32, u32)) -> bool {
    draw(name, svg, (width * SHARP, height * SHARP)).await.is_some()
}

async fn draw(name: &str, svg: &str, (width, height): (u32, u32)) -> Option<()> {
    let url = ObjectUrl::from(Blob::new_with_options(svg, Some("image/svg+xml")));
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&url);
    wasm_bindgen_futures::JsFuture::from(image.decode()).await.ok()?;
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (wide, high) = (f64::from(width), f64::from(height));
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, wide, high);
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, wide, high).ok()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&canvas.to_data_url_with_type("image/png").ok()?);
    link.set_download(name);
    link.click();
    Some(())
}
