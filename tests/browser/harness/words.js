// The range of the first occurrence of words in an element's text, across elements; not in what only a screen
// reader gets.
function rangeOf(css, words) {
  const root = document.querySelector(css);
  if (!root) return null;
  const nodes = [];
  let text = '';
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest('.visually-hidden, [hidden], [aria-hidden="true"]')) continue;
    nodes.push([node, text.length]);
    text += node.data;
  }
  const at = text.indexOf(words);
  if (at < 0) return null;
  // A start belongs to the node that begins there, an end to the node that ends there.
  const starts = nodes.filter(([node, from]) => from <= at && at < from + node.length);
  const end = at + words.length;
  const ends = nodes.filter(([node, from]) => from < end && end <= from + node.length);
  const range = document.createRange();
  range.setStart(starts[0][0], at - starts[0][1]);
  range.setEnd(ends[0][0], end - ends[0][1]);
  return range;
}

// Where a mouse has to go down and up to select the words: left, middle of the first line, right, middle of the last.
function placeOf(css, words) {
  const range = rangeOf(css, words);
  if (!range) return null;
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
  const first = boxes[0];
  const last = boxes[boxes.length - 1];
  return [
    Math.ceil(first.left), Math.round((first.top + first.bottom) / 2),
    Math.floor(last.right), Math.round((last.top + last.bottom) / 2),
  ];
}
