// Uses the page like somebody who tries everything, in no order: clicks, keys, typing, selecting, commands.
// Arguments: a seed, how many steps, and what to call with the steps taken when they are done or the page complains.
const [seed, steps, done] = arguments;

let state = seed >>> 0 || 1;
const below = (n) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % n;
};
const pick = (list) => list[below(list.length)];
const usable = (css) =>
    [...document.querySelectorAll(css)].filter((e) => e.getClientRects().length > 0 && !e.disabled);
const pause = (ms) => new Promise((go) => setTimeout(go, ms));
const frame = () => new Promise(requestAnimationFrame);

const KEYS = [
    ..."abcdefghijklmnopqrstuvwxyz0123456789?/[]+-.,",
    ...["Enter", "Escape", "Tab", "Delete", "Backspace", "Home", "End", "PageDown", "F2"],
    ...["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
];
const WORDS = ["Anna", "ministry", "", "x", "12", "The harbour", "said", "0.5", "Їжак 🚢", "שלום"];

const press = (key, held) => {
    const at = document.activeElement || document.body;
    at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held }));
};

const ways = [
    [34, () => {
        const e = pick(usable("button, summary, [type=checkbox], [type=radio], .card, .version, tr, .word"));
        if (!e) return "nothing to click";
        if (below(2)) e.focus();
        e.click();
        return `click ${e.tagName} ${e.id} ${e.className} ${e.textContent.slice(0, 30)}`;
    }],
    [26, () => {
        const key = pick(KEYS);
        const held = { shiftKey: below(4) === 0, ctrlKey: below(5) === 0, altKey: below(6) === 0 };
        press(key, held);
        return `press ${key} ${JSON.stringify(held)}`;
    }],
    [8, () => {
        const e = pick(usable("input[type=text], input[type=search], input:not([type]), [type=number], textarea"));
        if (!e) return "nothing to type in";
        e.focus();
        const typed = pick(WORDS);
        e.value = typed;
        e.dispatchEvent(new Event("input", { bubbles: true }));
        if (below(2)) e.dispatchEvent(new Event("change", { bubbles: true }));
        if (below(2)) press("Enter", {});
        return `type ${typed} in ${e.id} ${e.className}`;
    }],
    [14, () => {
        const paragraph = pick(usable("#page-text p, .text p"));
        if (!paragraph) return "no text";
        const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
        const nodes = [];
        while (walker.nextNode()) nodes.push(walker.currentNode);
        if (!nodes.length) return "no words";
        const first = below(nodes.length);
        const last = Math.min(nodes.length - 1, first + below(3));
        const [from, to] = [nodes[first], nodes[last]];
        getSelection().setBaseAndExtent(from, below(from.length + 1), to, below(to.length + 1));
        paragraph.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
        paragraph.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        return `select ${String(getSelection()).slice(0, 30)}`;
    }],
    [10, async () => {
        press("k", { ctrlKey: true });
        await pause(30);
        const command = pick(usable(".palette [data-action]"));
        command?.click();
        return `command ${command?.dataset.action}`;
    }],
    [4, () => {
        const e = pick(usable("select"));
        if (!e?.options.length) return "nothing to choose";
        e.selectedIndex = below(e.options.length);
        e.dispatchEvent(new Event("change", { bubbles: true }));
        return `choose ${e.value} in ${e.id} ${e.className}`;
    }],
    [4, () => {
        const sample = document.querySelector("#open-sample");
        if (sample && below(2)) sample.click();
        else scrollTo(0, below(3000));
        return "scroll";
    }],
];

const step = () => {
    let at = below(100);
    for (const [share, way] of ways) {
        if (at < share) return way();
        at -= share;
    }
};
const rest = () => pick([() => {}, () => null, frame, frame, () => pause(below(20)), () => pause(60)])();

const taken = [];
let broken = false;
addEventListener("error", () => (broken = true), { once: true });
(async () => {
    for (let i = 0; i < steps && !broken; i++) {
        taken.push(await step());
        await rest();
    }
    await pause(300);
    done(taken.slice(-20));
})();
