//! Between a place in the page and a place in the text. The only code that knows both.
//!
//! A text is shown in *blocks*: elements with `data-from`, the UTF-16 position at which their words
//! begin, whose text content is exactly a slice of the text. Everything else follows from that.

use super::environment::by_id;
use crate::text::{Offset, Span, Text, Utf16};
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, Event, HtmlElement, MouseEvent, Node, NodeList, Range, Selection};

/// How blocks are found in a container that shows one text.
pub struct BlockIndex;

impl BlockIndex {
    /// The attribute that says where a block's words begin.
    pub const FROM: &'static str = "data-from";
    /// The same of a run of blocks: a very long text has its blocks in such runs, side by side in the container.
    pub const CHUNK: &'static str = "data-chunk";
}

/// Whether the keyboard is writing into a field.
pub fn in_text_field() -> bool {
    let active = web_sys::window().and_then(|w| w.document()).and_then(|d| d.active_element());
    active.is_some_and(|element| {
        let tag = element.tag_name();
        matches!(&*tag, "INPUT" | "TEXTAREA" | "SELECT")
            || element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable)
    })
}

/// The current selection of the page, if it is not empty.
pub fn selected() -> Option<Range> {
    let selection = page_selection()?;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    selection.get_range_at(0).ok()
}

/// The span of `text` that the page's selection covers inside `container`; `None` where nothing is
/// selected, or something outside. An empty span is a caret.
pub fn span_of_selection(container: &Element, text: &Text) -> Option<Span> {
    let selection = page_selection()?;
    let range = (selection.range_count() > 0).then(|| selection.get_range_at(0).ok()).flatten()?;
    let inside = |node: &Node| container.contains(Some(node));
    let (first, last) = (range.start_container().ok()?, range.end_container().ok()?);
    if !inside(&first) && !inside(&last) {
        return None;
    }
    let start = if inside(&first) {
        position(&first, range.start_offset().ok()?, container)?
    } else {
        block_from(container.query_selector("[data-from]").ok()??.unchecked_ref())?
    };
    let end = if inside(&last) {
        position(&last, range.end_offset().ok()?, container)?
    } else {
        text.to_utf16(text.whole().end())?.0
    };
    text.span_from_utf16(Utf16(start), Utf16(end.max(start)))
}

/// The text that the page's selection is in, where several are shown: the value of `data-text` that stands
/// around both of its ends. `None` where it goes from one into another.
pub fn text_of_selection() -> Option<String> {
    let selection = page_selection()?;
    let range = (selection.range_count() > 0).then(|| selection.get_range_at(0).ok()).flatten()?;
    let around = |node: Node| {
        let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
        element.closest("[data-text]").ok()??.get_attribute("data-text")
    };
    let (first, last) = (around(range.start_container().ok()?)?, around(range.end_container().ok()?)?);
    (first == last).then_some(first)
}

/// Selects what the element with this id shows of one text, where it shows several, each in an element with
/// `data-text`: of the one before that in which the selection is, else of the last. False where it shows none.
pub fn select_next_text(id: &str) -> bool {
    select_in(id).is_some()
}

fn select_in(id: &str) -> Option<()> {
    let row = web_sys::window()?.document()?.get_element_by_id(id)?;
    let shown = row.query_selector_all("[data-text]").ok()?;
    let elements = (0..shown.length()).filter_map(|i| shown.item(i)?.dyn_into::<Element>().ok());
    let texts: Vec<Element> = elements.filter(|e| !own_blocks(e).is_empty()).collect();
    let at = selected()
        .and_then(|range| range.start_container().ok())
        .and_then(|node| texts.iter().rposition(|text| text.contains(Some(&node))));
    let next = at.unwrap_or(0).checked_sub(1).unwrap_or(texts.len().checked_sub(1)?);
    let blocks = own_blocks(&texts[next]);
    let (first, last) = (blocks.first()?, blocks.last()?);
    page_selection()?.set_base_and_extent(first, 0, last, last.child_nodes().length()).ok()?;
    // At once: the browser tells of it later than a fast key comes.
    document()?.dispatch_event(&Event::new("selectionchange").ok()?).ok().map(drop)
}

/// The blocks of the text that an element shows, without those of another that stand among them.
fn own_blocks(text: &Element) -> Vec<Element> {
    let Ok(blocks) = text.query_selector_all("[data-from]") else { return Vec::new() };
    let all = (0..blocks.length()).filter_map(|i| blocks.item(i)?.dyn_into::<Element>().ok());
    all.filter(|block| block.closest("[data-text]").ok().flatten().as_ref() == Some(text)).collect()
}

/// The words selected in the page, as they would be copied.
pub fn selected_words() -> String {
    page_selection().map(|selection| String::from(selection.to_string())).unwrap_or_default()
}

/// Selects a span of `text` in the page; an empty span becomes a caret.
pub fn select(container: &Element, text: &Text, span: Span) {
    let Some((first, from)) = point(container, text, span.start(), false) else { return };
    // A caret is one place: with its ends in two pieces it would grow to words when these are painted anew.
    let last =
        if span.is_empty() { Some((first.clone(), from)) } else { point(container, text, span.end(), true) };
    let (Some((last, to)), Some(selection)) = (last, page_selection()) else { return };
    // A browser that refuses leaves the selection as it was.
    let _ = selection.set_base_and_extent(&first, from, &last, to);
}

/// Whether the selection is in words that are read from right to left.
pub fn reads_leftwards() -> bool {
    let node = page_selection().and_then(|selection| selection.focus_node());
    let element = node.and_then(|node| node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element()));
    let block = element.and_then(|element| element.closest("[data-from]").ok().flatten());
    // A browser that does not know the question answers no.
    block.is_some_and(|block| block.matches(":dir(rtl)").unwrap_or(false))
}

/// Whether an event comes from a finger.
pub fn is_touch(event: &Event) -> bool {
    let kind = js_sys::Reflect::get(event, &"pointerType".into());
    kind.ok().and_then(|kind| kind.as_string()).as_deref() == Some("touch")
}

/// Lets go of what is selected when the main button of a mouse goes down on it: the browser would begin to drag
/// the words away, where somebody means to select some of them.
pub fn select_anew(event: &Event) {
    let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
    if event.button() == 0 && !event.shift_key() && !is_touch(event) {
        // A browser that refuses drags the words, and nothing is lost.
        let _ = page_selection().map(|selection| selection.remove_all_ranges());
    }
}

/// The place in `text` at which a pointer's event happened; `None` outside of `container`, or in a browser that
/// does not tell.
pub fn place_of(event: &Event, container: &Element, text: &Text) -> Option<Offset> {
    let event: &MouseEvent = event.dyn_ref()?;
    let document = web_sys::window()?.document()?;
    js_sys::Reflect::has(&document, &"caretPositionFromPoint".into()).ok().filter(|known| *known)?;
    let caret = document.caret_position_from_point(event.client_x() as f32, event.client_y() as f32)?;
    let node = caret.offset_node()?;
    let inside = container.contains(Some(&node));
    let at = inside.then(|| position(&node, caret.offset(), container)).flatten()?;
    text.from_utf16(Utf16(at))
}

/// Where the page's selection is on the screen.
pub fn selection_box() -> Option<DomRect> {
    selected().map(|range| range.get_bounding_client_rect())
}

/// Brings the element with this id into view, gently, and moves no more than is needed.
pub fn scroll_to(id: &str) {
    bring(document().and_then(|d| d.get_element_by_id(id)));
}

/// Brings the element with this id into view inside the element around it that fits `scroller`, below what stays
/// at the head of that (`head`), without moving the page.
pub fn scroll_beside(id: &str, scroller: &str, head: &str) {
    const GAP: f64 = 16.0;
    let Some(element) = document().and_then(|d| d.get_element_by_id(id)) else { return };
    let Some(around) = element.closest(scroller).ok().flatten() else { return };
    let (at, frame) = (element.get_bounding_client_rect(), around.get_bounding_client_rect());
    let head = around.query_selector(head).ok().flatten();
    let highest = head.map_or(frame.top(), |head| head.get_bounding_client_rect().bottom()).max(frame.top());
    let above = at.top() - highest - GAP;
    let below = at.bottom() - frame.bottom().min(window_height()) + GAP;
    let by = if above < 0.0 { above } else { below.min(above).max(0.0) };
    around.set_scroll_top(around.scroll_top() + by as i32);
}

/// The same for the first element that a selector fits.
pub fn scroll_to_first(css: &str) {
    bring(document().and_then(|d| d.query_selector(css).ok().flatten()));
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn bring(element: Option<Element>) {
    if let Some(element) = element {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn page_selection() -> Option<Selection> {
    web_sys::window()?.get_selection().ok()?
}

fn block_from(block: &Element) -> Option<u32> {
    block.get_attribute(BlockIndex::FROM)?.parse().ok()
}

/// The UTF-16 position in the text of a point in the page.
fn position(node: &Node, offset: u32, container: &Element) -> Option<u32> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    if let Some(block) = element.closest("[data-from]").ok().flatten() {
        let range = Range::new().ok()?;
        range.set_start(&block, 0).ok()?;
        range.set_end(node, offset).ok()?;
        return Some(block_from(&block)? + text_length(&range));
    }
    // Between blocks: the first block that begins at or after the point.
    let after = node.child_nodes().item(offset);
    let blocks = container.query_selector_all("[data-from]").ok()?;
    for i in 0..blocks.length() {
        let block: Element = blocks.item(i)?.dyn_into().ok()?;
        let reached = match &after {
            Some(after) => {
                after.contains(Some(&block))
                    || after.compare_document_position(&block) & Node::DOCUMENT_POSITION_FOLLOWING != 0
            }
            None => {
                node.compare_document_position(&block) & Node::DOCUMENT_POSITION_FOLLOWING != 0
                    && !node.contains(Some(&block))
            }
        };
        if reached {
            return block_from(&block);
        }
    }
    let last: Element = blocks.item(blocks.length().checked_sub(1)?)?.dyn_into().ok()?;
    let length = last.text_content().unwrap_or_default().encode_utf16().count() as u32;
    Some(block_from(&last)? + length)
}

fn text_length(range: &Range) -> u32 {
    let text: String = range.to_string().into();
    text.encode_utf16().count() as u32
}

/// The point in the page of a position in the text. At a seam between two blocks or two pieces `back`
/// prefers the end of the former.
fn point(container: &Element, text: &Text, at: Offset, back: bool) -> Option<(Node, u32)> {
    let wanted = text.to_utf16(at)?.0;
    let begun = |block: &Element, from: &str| {
        let from: u32 = block.get_attribute(from)?.parse().ok()?;
        Some(!(from > wanted || (back && from == wanted)))
    };
    let blocks = match chunks(container) {
        Some(chunks) => {
            let before = halve(&chunks, &|chunk| begun(chunk, BlockIndex::CHUNK))?;
            let chunk: Element = chunks.item(before.saturating_sub(1))?.dyn_into().ok()?;
            chunk.child_nodes()
        }
        None => container.query_selector_all("[data-from]").ok()?,
    };
    // The last block that begins before the position.
    let before = halve(&blocks, &|block| begun(block, BlockIndex::FROM))?;
    let block: Element = blocks.item(before.saturating_sub(1))?.dyn_into().ok()?;
    in_block(&block, wanted.saturating_sub(block_from(&block)?), back)
}

/// The runs in which a very long text has its blocks.
fn chunks(container: &Element) -> Option<NodeList> {
    container.first_element_child()?.has_attribute(BlockIndex::CHUNK).then(|| container.child_nodes())
}

/// How many of these elements come before the first one that does not fit, found by halving.
fn halve(all: &NodeList, fits: &dyn Fn(&Element) -> Option<bool>) -> Option<u32> {
    let (mut low, mut high) = (0, all.length());
    while low < high {
        let middle = low + (high - low) / 2;
        match fits(all.item(middle)?.dyn_ref()?)? {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    Some(low)
}

/// Where the element with this id is being read: the UTF-16 position at which the first block in sight begins, and
/// how far below the window's top it does.
pub fn reading_place(id: &str) -> Option<(u32, i32)> {
    let block = block_in_sight(id)?;
    Some((block_from(&block)?, block.get_bounding_client_rect().top() as i32))
}

/// Goes back to such a place.
pub fn read_on(id: &str, (from, top): (u32, i32)) {
    let block =
        by_id(id).and_then(|page| page.query_selector(&format!("[data-from='{from}']")).ok().flatten());
    if let (Some(block), Some(window)) = (block, web_sys::window()) {
        // What is far away is laid out only when it is gone to; then it is known where it is.
        block.scroll_into_view();
        window.scroll_by_with_x_and_y(0.0, block.get_bounding_client_rect().top() - f64::from(top));
    }
}

/// Goes to the top of the page.
pub fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// The first block that can be seen in the window, of those in the element with this id.
fn block_in_sight(id: &str) -> Option<Element> {
    let page = web_sys::window()?.document()?.get_element_by_id(id)?;
    let above = |block: &Element| Some(block.get_bounding_client_rect().bottom() < 80.0);
    let within = |all: NodeList| -> Option<Element> {
        let first = halve(&all, &above)?.min(all.length().checked_sub(1)?);
        all.item(first)?.dyn_into().ok()
    };
    let blocks = match chunks(&page) {
        Some(chunks) => within(chunks)?.child_nodes(),
        None => page.query_selector_all("[data-from]").ok()?,
    };
    within(blocks)
}

fn in_block(block: &Element, mut rest: u32, back: bool) -> Option<(Node, u32)> {
    let mut last = None;
    let mut stack: Vec<Node> = vec![block.clone().into()];
    while let Some(node) = stack.pop() {
        if node.node_type() == Node::TEXT_NODE {
            let length = node.node_value().unwrap_or_default().encode_utf16().count() as u32;
            if rest < length || (back && rest == length) {
                return Some((node, rest));
            }
            rest -= length;
            last = Some((node, length));
        } else {
            let children = node.child_nodes();
            stack.extend((0..children.length()).rev().filter_map(|i| children.item(i)));
        }
    }
    last
}

/// Brings the selection into view.
pub fn scroll_selection_into_view() {
    let Some(range) = page_selection().filter(|s| s.range_count() > 0).and_then(|s| s.get_range_at(0).ok())
    else {
        return;
    };
    let Ok(node) = range.end_container() else { return };
    let Some(element) = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element()) else { return };
    let highest = highest();
    let seen = |rect: &DomRect| rect.top() >= highest && rect.bottom() <= lowest(rect.left());
    // Only when it is out of sight: a page that jumps at every key is tiring.
    if seen(&range.get_bounding_client_rect()) {
        return;
    }
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    // The middle of a long paragraph is not yet these words.
    let rect = range.get_bounding_client_rect();
    if let Some(window) = web_sys::window().filter(|_| !seen(&rect)) {
        let third = (lowest(rect.left()) - highest) / 3.0;
        window.scroll_by_with_x_and_y(0.0, rect.top() - highest - third);
    }
}

/// The id of what stands beside the text. This and what is asked over it are found by ids: whatever is looked for
/// by its style is looked for among all the words of the text.
pub const BESIDE: &str = "beside";
/// The id of what is asked over it.
pub const ASKED: &str = "asked";

/// How far up words can be read: below the bar, and what is asked below it.
fn highest() -> f64 {
    let bottom =
        |found: Option<Element>| found.map_or(0.0, |found| found.get_bounding_client_rect().bottom());
    let bar = document().and_then(|d| d.query_selector(".top-bar").ok().flatten());
    bottom(by_id(ASKED).map(Into::into)).max(bottom(bar)).max(72.0) + 8.0
}

/// How far down words can be read at this distance from the left: a card may lie over the lower part.
fn lowest(left: f64) -> f64 {
    let card = by_id(BESIDE).and_then(|beside| beside.query_selector(".card.active").ok().flatten());
    let card = card.map(|card| card.get_bounding_client_rect());
    let over = card.filter(|card| card.left() <= left && left < card.right());
    (window_height() - 80.0).min(over.map_or(f64::MAX, |card| card.top() - 16.0))
}

fn window_height() -> f64 {
    web_sys::window().and_then(|w| w.inner_height().ok()).and_then(|h| h.as_f64()).unwrap_or(800.0)
}
