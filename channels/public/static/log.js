// What was said, from top to bottom. Nothing in the log is ever drawn again: things are added, marked, or (wiping) removed.
import { byId, dialled, el, mailed, webAddress } from "./dom.js";
import { lang, t } from "./words.js";

const main = byId("main");
const log = byId("log");
const typing = byId("typing");
const below = byId("below");
const states = new Map(); // id of an own message → the element that says whether it was sent
let turn = null; // the reply being added to: {key, node, bubbles, choices, cards}
let choices = null; // the newest set of buttons; older ones can no longer be used
let anchor = null; // what should stay in sight while replies come in
let block = null; // what was added since the newest own message, such as the hand-off card
let early = null; // one that came before the answer to the newest own message: the answer goes above it
let isFollowing = true;
let lastTop = 0;
let typingTimer = 0;

main.addEventListener("scroll", () => {
  const isAtEnd = main.scrollHeight - main.scrollTop - main.clientHeight < 40;
  if (isAtEnd) isFollowing = true;
  else if (main.scrollTop < lastTop - 4) isFollowing = false;
  if (isAtEnd) below.hidden = true;
  lastTop = main.scrollTop;
}, { passive: true });
below.addEventListener("click", () => {
  isFollowing = true;
  main.scrollTop = main.scrollHeight;
});

// The second half of a double tap on a choice would land on what has moved under the finger, a telephone number perhaps.
let chosenAt = -Infinity;
log.addEventListener("click", (event) => {
  if (performance.now() - chosenAt < 500 && event.target.closest("a")) event.preventDefault();
});

/** Scroll to the newest, but never so far that the beginning of the last turn leaves the screen. */
export function follow() {
  if (!isFollowing) {
    below.hidden = false;
    return;
  }
  const limit = anchor && anchor.isConnected ? anchor.offsetTop - 12 : Infinity;
  main.scrollTop = Math.min(main.scrollHeight, limit);
  lastTop = main.scrollTop;
}

function add(node) {
  log.append(node);
  follow();
  return node;
}

/** An own message, with a mark that says how far it got. */
export function addOwn(id, text) {
  const state = el("span", { class: "state", "aria-live": "off", "data-state": "sending" }, t("sending"));
  states.set(id, state);
  const said = el("div", { class: "bubble", dir: "auto" }, el("span", { class: "vh" }, `${t("you")}: `), el("span", { class: "text" }, text));
  turn = null;
  isFollowing = true;
  below.hidden = true;
  block = early = null;
  anchor = el("div", { class: "turn me" }, said, state);
  add(anchor);
}

/** `state`: sent, unsent (will be tried again) or refused. */
export function mark(id, state) {
  const node = states.get(id);
  if (!node || node.dataset.state === "sent") return;
  node.dataset.state = state;
  node.textContent = t(state);
}

/** A line of the page itself, between the messages. */
export function addNote(text, code = lang()) {
  turn = null;
  add(el("p", { class: "note", lang: code }, text));
}

/** From here on replies stand apart from those before. */
export const breakTurn = () => {
  turn = null;
};

function turnFor(reply) {
  const isFarewell = reply.seq === null && reply.from === "system"; // also of who typed "wis", which it answers
  const key = `${reply.from} ${reply.in_reply_to} ${reply.lang} ${isFarewell}`;
  if (turn && turn.key === key) return turn;
  const who = el("p", { class: "who" }, t(`from_${reply.from}`, {}, reply.lang) || t("from_system", {}, reply.lang));
  const node = el("div", { class: `turn ${reply.from === "counsellor" ? "counsellor" : "bot"}`, lang: reply.lang }, who);
  turn = { key, node, choices: null, cards: null, ids: new Set(), fixed: new Set() };
  node.farewell = isFarewell;
  // After a reload the own messages are gone: there the newest turn is what is read, not the first.
  if (!anchor || !anchor.isConnected || !states.has(reply.in_reply_to)) anchor = node;
  if (early && early.isConnected && states.has(reply.in_reply_to)) early.before(node);
  else log.append(node);
  early = null;
  follow();
  return turn;
}

/** A reply: bubbles first, then buttons, and the lines quietly beneath; later bubbles of the same turn go above those. */
export function addReply(reply, onChoose) {
  const into = turnFor(reply);
  if (reply.seq === null) {
    if (into.fixed.has(reply.text)) return; // the same fixed answer again, since the message was sent again
    into.fixed.add(reply.text);
  }
  into.node.insertBefore(el("div", { class: "bubble", dir: "auto" }, el("span", { class: "text" }, reply.text)), into.choices || into.cards);
  if (reply.choices && reply.choices.length) addChoices(into, reply, onChoose);
  for (const card of reply.helplines || []) addCard(into, card, reply.lang);
  follow();
  hintAtBlock();
}

function addChoices(into, reply, onChoose) {
  retireChoices();
  const buttons = reply.choices.map((choice) => {
    const button = el("button", { type: "button" }, choice.title);
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      chosenAt = performance.now();
      onChoose(choice);
    });
    return button;
  });
  if (into.choices) into.choices.remove();
  into.choices = el("div", { class: "choices", role: "group", "aria-label": t("choices_label", {}, reply.lang) }, ...buttons);
  into.node.insertBefore(into.choices, into.cards);
  choices = into.choices;
}

function setDisabled(set, isDisabled) {
  for (const button of set ? set.children : []) button.setAttribute("aria-disabled", String(isDisabled));
}

function retireChoices() {
  setDisabled(choices, true);
  if (choices) choices.classList.add("past");
  choices = null;
}

/** The newest buttons rest while an answer to one of them is on its way. */
export const restChoices = () => setDisabled(choices, true);
export const wakeChoices = () => setDisabled(choices, false);

function link(href, text, name, isOutside) {
  const more = isOutside ? { target: "_blank", rel: "noopener noreferrer nofollow" } : {};
  return el("a", { href, class: "act", ...more }, text, el("span", { class: "vh" }, ` (${name})`));
}

function addCard(into, card, code) {
  if (into.ids.has(card.id)) return;
  into.ids.add(card.id);
  if (!into.cards) {
    into.cards = el("ul", { class: "cards", "aria-label": t("lines_label", {}, code) });
    into.node.append(into.cards);
  }
  const pill = typeof card.open === "boolean" ? el("span", { class: `pill ${card.open ? "open" : "shut"}` }, t(card.open ? "open_now" : "closed_now", {}, code)) : null;
  const call = card.phone && dialled(card.phone);
  const chat = card.chat && webAddress(card.chat);
  const mail = card.email && mailed(card.email);
  const site = card.url && webAddress(card.url);
  const acts = [
    call && link(call, t("call", { phone: card.phone }, code), card.name, false),
    chat && link(chat, t("chat_with", {}, code), card.name, true),
    mail && link(mail, t("mail", { email: card.email }, code), card.name, false),
    site && link(site, t("site", {}, code), card.name, true),
  ].filter(Boolean);
  into.cards.append(el("li", { class: "card" },
    el("p", { class: "card-name" }, el("b", {}, card.name), pill && " ", pill),
    card.note ? el("p", { class: "card-note" }, card.note) : null,
    acts.length ? el("p", { class: "acts" }, ...acts) : null));
}

/** Anything else that belongs in the log, such as the hand-off card: below what was just said, which stays in sight. */
export function addBlock(node) {
  early = anchor && anchor === log.lastElementChild && anchor.matches(".me") ? node : null;
  turn = null;
  if (!anchor || !anchor.isConnected) anchor = node;
  add(node);
  block = node;
  hintAtBlock();
}

/** A card that is wholly below the screen is pointed at. */
function hintAtBlock() {
  if (block && block.isConnected && block.offsetTop > main.scrollTop + main.clientHeight) below.hidden = false;
}

/** Somebody types; it is said once, and ends with the next reply or by itself. */
export function showTyping(from) {
  clearTimeout(typingTimer);
  const words = from ? t(from === "counsellor" ? "typing_counsellor" : "typing_bot") : "";
  if (typing.textContent !== words) typing.textContent = words;
  typing.classList.toggle("on", Boolean(from));
  if (from) {
    typingTimer = setTimeout(() => showTyping(null), 15000);
    follow();
  }
}

/** Empty the log, but for the last words about wiping when `keepFarewell`. True when such words stay. */
export function clearLog(keepFarewell) {
  const kept = keepFarewell && turn && turn.node.farewell ? [turn.node] : [];
  log.replaceChildren(...kept);
  states.clear();
  turn = choices = anchor = block = early = null;
  isFollowing = true;
  below.hidden = true;
  showTyping(null);
  return kept.length > 0;
}
