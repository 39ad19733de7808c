// The hand-off card: what staff would get, line by line, each of which can be taken out; nothing goes before "send".
import { el } from "./dom.js";
import { addBlock } from "./log.js";
import { lang, t } from "./words.js";

const cards = new Map(); // id of a hand-off → its newest card
let shown = 0;

function opensAt(iso) {
  const when = new Date(iso);
  if (!iso || Number.isNaN(when.getTime())) return null;
  const form = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels" };
  return t("handoff_opens", { when: new Intl.DateTimeFormat(`${lang()}-BE`, form).format(when) });
}

function lineBox(line, index, id, isChecked) {
  const box = el("input", { type: "checkbox", id: `line-${id}-${index}`, checked: isChecked });
  box.line = line.id;
  return el("li", {}, el("label", { for: box.id }, box, el("span", { dir: "auto" }, line.text)));
}

const boxes = (card) => [...card.node.querySelectorAll("input")];

/** Show the card of `frame`; `decide(answer)` gets the frame to send. One not decided yet makes room for a newer one. */
export function showHandoff(frame, decide, holder) {
  const before = cards.get(frame.id);
  if (!frame.lines || !frame.lines.length) return holder === "waiting" ? showWaiting(frame, decide) : undefined;
  const isOpen = before && !before.decided;
  if (isOpen && before.lines === JSON.stringify(frame)) return before.node.contains(document.activeElement) ? undefined : addBlock(before.node);
  if (before && before.decided && before.decided.decision === "send" && !before.isStored) return; // on its way: sent again by itself
  const off = new Set(isOpen ? boxes(before).filter((box) => !box.checked).map((box) => box.line) : []);
  const card = build(frame, decide, off, isOpen ? before.note.value : "");
  if (isOpen) before.node.remove();
  cards.set(frame.id, card);
  addBlock(card.node);
}

/** What was sent still waits, and the page was loaded anew since: taking it back, and new words where the desk is closed. */
function showWaiting(frame, decide) {
  const before = cards.get(frame.id);
  if (before) return before.node.scrollIntoView({ block: "nearest" });
  const number = ++shown;
  const said = el("p", { class: "handoff-state", role: "status" });
  const again = frame.desk === "closed" ? el("button", { type: "button" }, t("handoff_new_code")) : null;
  const node = el("section", { class: "handoff", lang: lang(), "aria-labelledby": `handoff-${number}` },
    el("h2", { id: `handoff-${number}` }, t("holder_waiting")), again, said);
  const decided = { type: "handoff", id: frame.id, decision: "send", note: null, share: [] };
  const card = { node, decided, isStored: true, decide, say: (words) => (said.textContent = words) };
  again?.addEventListener("click", () => decide(card.decided));
  cards.set(frame.id, card);
  card.words = el("div", { class: "words" }, withdraw(card));
  node.append(card.words);
  addBlock(node);
}

function build(frame, decide, off, noted) {
  const number = ++shown;
  const isClosed = frame.desk === "closed";
  const note = el("textarea", { id: `note-${number}`, rows: 2, maxlength: 1000, autocomplete: "off", spellcheck: "false" });
  note.value = noted;
  const send = el("button", { type: "button", class: "primary" }, t("handoff_send"));
  const cancel = el("button", { type: "button" }, t("handoff_cancel"));
  const said = el("p", { class: "handoff-state", role: "status" });
  const node = el("section", { class: "handoff", lang: lang(), "aria-labelledby": `handoff-${number}` },
    el("h2", { id: `handoff-${number}` }, t("handoff_title")),
    isClosed ? el("p", { class: "closed" }, [t("handoff_closed"), opensAt(frame.opens_at)].filter(Boolean).join(" ")) : null,
    el("p", {}, t("handoff_lines")),
    el("ul", {}, ...frame.lines.map((line, index) => lineBox(line, index, number, !off.has(line.id)))),
    el("label", { for: note.id }, t("handoff_note")), note,
    isClosed ? el("p", {}, t("handoff_code_before")) : null,
    el("h3", {}, t("handoff_who")),
    el("p", {}, frame.who_gets_to_know),
    el("div", { class: "row" }, send, cancel), said);
  const card = { node, note, lines: JSON.stringify(frame), decided: null, isStored: false, decide, say: (words) => (said.textContent = words) };
  const answer = (decision) => {
    if (card.decided) return;
    const isSent = decision === "send";
    const share = isSent ? boxes(card).filter((box) => box.checked).map((box) => box.line) : [];
    card.decided = { type: "handoff", id: frame.id, decision, note: (isSent && note.value.trim()) || null, share };
    for (const control of node.querySelectorAll("input, textarea, button")) control.disabled = true;
    card.say(t(isSent ? "handoff_sending" : "handoff_cancelled"));
    decide(card.decided);
  };
  send.addEventListener("click", () => answer("send"));
  cancel.addEventListener("click", () => answer("cancel"));
  return card;
}

/** The hub has stored it: only now the page says so, with the four words that lead back where there are some. */
export function handoffStored(frame) {
  const card = cards.get(frame.id);
  if (!card) return;
  card.decided ??= { type: "handoff", id: frame.id, decision: "send", note: null, share: [] };
  card.isStored = true;
  card.say(t("handoff_stored"));
  card.words?.remove();
  card.words = el("div", { class: "words" },
    frame.return_code ? el("p", {}, t("handoff_code")) : null,
    frame.return_code ? el("p", {}, el("b", { lang: "" }, frame.return_code)) : null,
    withdraw(card));
  card.node.append(card.words);
}

/** While nobody came yet: taking it back. */
function withdraw(card) {
  const button = el("button", { type: "button" }, t("handoff_withdraw"));
  button.addEventListener("click", () => {
    for (const other of card.node.querySelectorAll("button")) other.disabled = true;
    card.words.remove();
    card.decided = { ...card.decided, decision: "cancel", note: null, share: [] };
    card.say(t("handoff_cancelled"));
    card.decide(card.decided);
  });
  return button;
}

/** What was on its way is refused: it can be decided again, on this card or on the newer one that follows. */
export function handoffRefused() {
  for (const card of cards.values()) {
    if (card.decided?.decision !== "send" || card.isStored) continue;
    card.decided = null;
    for (const control of card.node.querySelectorAll("input, textarea, button")) control.disabled = false;
    card.say("");
  }
}

/** Somebody else answers now: what waited is not to be taken back any more, unless it still waits. */
export function holderChanged(holder) {
  if (holder === "waiting") return;
  for (const card of cards.values()) if (card.isStored) for (const button of card.node.querySelectorAll("button")) button.remove();
}

/** Send again what is decided and not known to be stored. */
export function sendAgain() {
  for (const card of cards.values()) if (card.decided?.decision === "send" && !card.isStored) card.decide(card.decided);
}

export const forgetHandoffs = () => cards.clear();
