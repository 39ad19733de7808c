// The hand-off card: what staff would get, line by line, each of which can be taken out; nothing goes before "send".
// All of it is in the language of the talk, which need not be the page's: nobody can agree to what they cannot read.
import { el } from "./dom.js";
import { addBlock } from "./log.js";
import { lang, t } from "./words.js";

const cards = new Map(); // id of a hand-off → its newest card
let shown = 0;
let hidesOwn = false;

const isCancel = (card) => card.decided?.decision === "cancel";
const isSend = (card) => card.decided?.decision === "send";
const boxes = (card) => [...card.node.querySelectorAll("input")];
const controls = (card) => [...card.node.querySelectorAll("input, textarea, button")];
const say = (card, name) => (card.said.textContent = name && t(name, {}, card.code));

/** The page was loaded anew, or opened with four words: what the teenager wrote is shown on a card only when they ask for it. */
export const hideOwn = () => (hidesOwn = true);

function opensAt(iso, code) {
  const when = new Date(iso);
  if (!iso || Number.isNaN(when.getTime())) return null;
  const form = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels" };
  return t("handoff_opens", { when: new Intl.DateTimeFormat(`${code}-BE`, form).format(when) }, code);
}

function lineBox(line, index, id, isChecked) {
  const box = el("input", { type: "checkbox", id: `line-${id}-${index}`, checked: isChecked });
  box.line = line.id;
  return el("li", {}, el("label", { for: box.id }, box, el("span", { dir: "auto" }, line.text)));
}

/** A card of `frame` with nothing in it yet. `decide(answer)` gets the frame to send, and false when that is not possible now. */
function newCard(frame, decide, name) {
  const code = frame.lang || lang();
  const said = el("p", { class: "handoff-state", role: "status" });
  const head = el("h2", { id: `handoff-${++shown}` }, t(name, {}, code));
  const node = el("section", { class: "handoff", lang: code, "aria-labelledby": head.id }, head, said);
  const card = { number: shown, node, said, code, decide, decided: null, isPending: false, isStored: false, ownShown: false };
  cards.set(frame.id, card);
  return card;
}

function put(card, ...parts) {
  for (const part of parts) if (part) card.said.before(part);
}

/** Show the card of `frame`. One not decided yet makes room for a newer one. */
export function showHandoff(frame, decide, holder) {
  const before = cards.get(frame.id);
  if (!frame.lines || !frame.lines.length) return holder === "waiting" ? showWaiting(frame, decide) : undefined;
  const isOpen = before && !before.decided;
  if (isOpen && before.lines === JSON.stringify(frame)) return before.node.contains(document.activeElement) ? undefined : addBlock(before.node);
  if (before && before.isPending) return; // decided, and on its way: sent again by itself
  const card = build(frame, decide, before, isOpen);
  if (isOpen) before.node.remove();
  addBlock(card.node);
}

/** What was sent still waits, and the page was loaded anew since: taking it back, and new words to come back with. */
function showWaiting(frame, decide) {
  const before = cards.get(frame.id);
  if (before) return showAgain(before);
  const card = newCard(frame, decide, "holder_waiting");
  card.decided = { type: "handoff", id: frame.id, decision: "send", note: null, share: [] };
  card.isStored = true;
  const again = el("button", { type: "button" }, t("handoff_new_code", {}, card.code));
  again.addEventListener("click", () => decide(card.decided));
  card.words = el("div", { class: "words" }, withdraw(card));
  put(card, again);
  card.node.append(card.words);
  addBlock(card.node);
}

/** The card that waits is there. Somebody may have come and gone since: then it can be taken back once more. */
function showAgain(card) {
  if (card.isStored && !card.isPending && !card.node.querySelector("button")) {
    say(card, "");
    card.node.append(withdraw(card));
  }
  card.node.scrollIntoView({ block: "nearest" });
}

function build(frame, decide, before, isOpen) {
  const card = newCard(frame, decide, "handoff_title");
  const { code, number } = card;
  const words = (name) => t(name, {}, code);
  const isClosed = frame.desk === "closed";
  const off = new Set(isOpen ? boxes(before).filter((box) => !box.checked).map((box) => box.line) : []);
  const toItems = (lines, from) => lines.map((line, index) => lineBox(line, from + index, number, !off.has(line.id)));
  card.lines = JSON.stringify(frame);
  card.ownShown = !hidesOwn || Boolean(before?.ownShown);
  const open = frame.lines.filter((line) => card.ownShown || !line.own);
  const hidden = frame.lines.filter((line) => !open.includes(line));
  const list = el("ul", {}, ...toItems(open, 0));
  card.note = el("textarea", { id: `note-${number}`, rows: 2, maxlength: 1000, autocomplete: "off", spellcheck: "false" });
  card.note.value = isOpen ? before.note.value : "";
  const send = el("button", { type: "button", class: "primary" }, words("handoff_send"));
  const cancel = el("button", { type: "button" }, words("handoff_cancel"));
  put(card,
    isClosed ? el("p", { class: "closed" }, [words("handoff_closed"), opensAt(frame.opens_at, code)].filter(Boolean).join(" ")) : null,
    el("p", {}, words("handoff_lines")), list,
    hidden.length ? ownButton(card, list, () => toItems(hidden, open.length)) : null,
    el("label", { for: card.note.id }, words("handoff_note")), card.note,
    isClosed ? el("p", {}, words("handoff_code_before")) : null,
    el("h3", {}, words("handoff_who")), el("p", {}, frame.who_gets_to_know),
    el("div", { class: "row" }, send, cancel));
  send.addEventListener("click", () => answer(card, frame.id, true));
  cancel.addEventListener("click", () => answer(card, frame.id, false));
  return card;
}

/** Before their own lines, and while these are not shown they do not go: what was seen is what is sent. */
function ownButton(card, list, items) {
  const button = el("button", { type: "button" }, t("handoff_show_own", {}, card.code));
  const all = el("div", { class: "own" }, button, el("p", {}, t("handoff_own_hidden", {}, card.code)));
  button.addEventListener("click", () => {
    card.ownShown = true;
    const more = items();
    list.append(...more);
    all.remove();
    more[0].querySelector("input").focus();
  });
  return all;
}

function answer(card, id, isSent) {
  if (card.decided) return;
  const share = isSent ? boxes(card).filter((box) => box.checked).map((box) => box.line) : [];
  card.decided = { type: "handoff", id, decision: isSent ? "send" : "cancel", note: (isSent && card.note.value.trim()) || null, share };
  card.isPending = true;
  for (const control of controls(card)) control.disabled = true;
  say(card, isSent ? "handoff_sending" : "handoff_cancelled");
  card.decide(card.decided);
}

/** The hub has stored it: only now the page says so, with the four words that lead back where there are some. */
export function handoffStored(frame) {
  const card = cards.get(frame.id);
  if (!card || (isCancel(card) && card.isPending)) return;
  if (!isSend(card)) card.decided = { type: "handoff", id: frame.id, decision: "send", note: null, share: [] };
  card.isStored = true;
  card.isPending = false;
  say(card, "handoff_stored");
  card.words?.remove();
  card.words = el("div", { class: "words" },
    frame.return_code ? el("p", {}, t("handoff_code", {}, card.code)) : null,
    frame.return_code ? el("p", {}, el("b", { lang: "" }, frame.return_code)) : null,
    withdraw(card));
  card.node.append(card.words);
}

/** While nobody came yet: taking it back. It is only said to be so once the hub says that a bot answers again. */
function withdraw(card) {
  const button = el("button", { type: "button" }, t("handoff_withdraw", {}, card.code));
  button.addEventListener("click", () => {
    for (const other of card.node.querySelectorAll("button")) other.disabled = true;
    card.decided = { ...card.decided, decision: "cancel", note: null, share: [] };
    card.isPending = true;
    say(card, "handoff_taking_back");
    card.decide(card.decided);
  });
  return button;
}

function removeButtons(card) {
  for (const button of card.node.querySelectorAll("button")) button.remove();
}

function takenBack(card) {
  card.isPending = false;
  if (!card.isStored) return; // it was never sent, and that is what the card says
  card.isStored = false;
  say(card, "handoff_taken_back");
  removeButtons(card);
  card.words?.remove();
}

function tooLate(card) {
  card.isPending = false;
  say(card, "handoff_too_late");
  removeButtons(card);
}

/** What was on its way is refused: it can be decided again, on this card or on the newer one that follows, unless somebody is there. */
export function handoffRefused(holder) {
  for (const card of cards.values()) {
    if (!card.isPending) continue;
    if (isCancel(card) && card.isStored && holder === "counsellor") {
      tooLate(card);
      continue;
    }
    card.isPending = false;
    if (isCancel(card) && !card.isStored) continue;
    if (isSend(card)) card.decided = null;
    for (const control of card.isStored ? card.node.querySelectorAll("button") : controls(card)) control.disabled = false;
    say(card, "");
  }
}

/** Somebody else answers now: what waited is not to be taken back any more, unless it still waits. */
export function holderChanged(holder) {
  if (holder === "waiting") return;
  for (const card of cards.values()) {
    if (isCancel(card) && holder === "bot") takenBack(card);
    else if (isCancel(card) && card.isStored && holder === "counsellor") tooLate(card);
    else if (card.isStored) removeButtons(card);
  }
}

/** Send again what is decided and not known to have reached the hub. */
export function sendAgain() {
  for (const card of cards.values()) if (card.isPending) card.decide(card.decided);
}

export const forgetHandoffs = () => cards.clear();
