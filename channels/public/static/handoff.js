// The hand-off card: what staff would get, line by line, each of which can be taken out; nothing goes before "send".
import { el } from "./dom.js";
import { addBlock } from "./log.js";
import { lang, t } from "./words.js";

const cards = new Map(); // id → {node, say(words), decided}

function opensAt(iso) {
  const when = new Date(iso);
  if (!iso || Number.isNaN(when.getTime())) return null;
  const form = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels" };
  return t("handoff_opens", { when: new Intl.DateTimeFormat(`${lang()}-BE`, form).format(when) });
}

function lineBox(line, index, id) {
  const box = el("input", { type: "checkbox", id: `line-${id}-${index}`, checked: true });
  box.line = line.id;
  return el("li", {}, el("label", { for: box.id }, box, el("span", { dir: "auto" }, line.text)));
}

/** Show the card of `frame`; `decide(answer)` gets the frame to send. A card that is there already is not shown twice. */
export function showHandoff(frame, decide) {
  if (cards.has(frame.id)) return;
  const number = cards.size + 1;
  const note = el("textarea", { id: `note-${number}`, rows: 2, maxlength: 1000, autocomplete: "off", spellcheck: "false" });
  const lines = (frame.lines || []).map((line, index) => lineBox(line, index, number));
  const send = el("button", { type: "button", class: "primary" }, t("handoff_send"));
  const cancel = el("button", { type: "button" }, t("handoff_cancel"));
  const said = el("p", { class: "handoff-state", role: "status" });
  const node = el("section", { class: "handoff", lang: lang(), "aria-labelledby": `handoff-${number}` },
    el("h2", { id: `handoff-${number}` }, t("handoff_title")),
    frame.desk === "closed" ? el("p", { class: "closed" }, [t("handoff_closed"), opensAt(frame.opens_at)].filter(Boolean).join(" ")) : null,
    lines.length ? el("p", {}, t("handoff_lines")) : null,
    lines.length ? el("ul", {}, ...lines) : null,
    el("label", { for: note.id }, t("handoff_note")), note,
    el("h3", {}, t("handoff_who")),
    el("p", {}, frame.who_gets_to_know),
    el("div", { class: "row" }, send, cancel), said);
  const card = { node, decided: null, say: (words) => (said.textContent = words) };
  cards.set(frame.id, card);
  const answer = (decision) => {
    if (card.decided) return;
    const isSent = decision === "send";
    const share = isSent ? [...node.querySelectorAll("input:checked")].map((box) => box.line) : [];
    card.decided = { type: "handoff", id: frame.id, decision, note: (isSent && note.value.trim()) || null, share };
    for (const control of node.querySelectorAll("input, textarea, button")) control.disabled = true;
    card.say(t(isSent ? "handoff_sending" : "handoff_cancelled"));
    decide(card.decided);
  };
  send.addEventListener("click", () => answer("send"));
  cancel.addEventListener("click", () => answer("cancel"));
  addBlock(node);
}

/** The hub has stored it: only now the page says so. */
export function handoffStored(id) {
  const card = cards.get(id);
  if (!card) return;
  if (card.decided) card.decided.isStored = true;
  card.say(t("handoff_stored"));
}

/** Cards sent but not known to be stored: to be sent again after a reconnect. */
export const unstoredHandoffs = () => [...cards.values()].map((card) => card.decided).filter((answer) => answer && answer.decision === "send" && !answer.isStored);

export const forgetHandoffs = () => cards.clear();
