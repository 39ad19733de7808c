// The three tables of the queue, kept as they are now. A row that did not change is left alone, so that focus and selection stay.
import { byId, clock, el, fill, postForm, words } from "./dom.js";

const said = words.queue;

/** How long somebody waits, in words. */
export function waited(since) {
  const minutes = Math.floor((Date.now() / 1000 - since) / 60);
  if (minutes < 1) return said.under_minute;
  if (minutes < 60) return fill(said.minutes, { count: minutes });
  return fill(said.hours, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

function refreshWaits() {
  for (const cell of document.querySelectorAll("td.since")) cell.textContent = waited(Number(cell.dataset.since));
}

const tag = (text) => (text ? el("span", { class: "tag" }, text) : null);

function cells(row) {
  return [
    el("td", {}, el("span", { class: `urgency ${row.urgency}` }, row.urgency_label)),
    el("td", { class: "since", "data-since": row.since, title: clock(row.since) }, waited(row.since)),
    el("td", {}, row.need, row.remark ? " " : null, tag(row.remark), row.viewers ? " " : null, tag(row.viewers)),
    el("td", {}, row.language_label),
    el("td", {}, row.age),
    el("td", {}, row.channel),
  ];
}

const look = (row) => el("a", { class: "button quiet", href: `/cases/${row.id}` }, said.look);

const acts = {
  waiting: (row) => [look(row), postForm(`/cases/${row.id}/claim`, said.claim)],
  signals: (row) => [row.can_invite ? postForm(`/signals/${row.id}/invite`, said.invite) : null],
  held: (row, me) =>
    row.holder === me
      ? [el("a", { class: "button primary", href: `/cases/${row.id}` }, said.open)]
      : [row.holder_name, row.is_alone ? postForm(`/cases/${row.id}/takeover`, said.take_over) : null, document.body.dataset.role === "lead" ? look(row) : null],
};

function show(name, rows, me, nothing) {
  const body = byId(name);
  const known = new Map([...body.children].map((each) => [each.dataset.id, each]));
  const focused = document.activeElement && document.activeElement.closest(`#${name} tr`);
  rows.forEach((row, place) => {
    const shape = JSON.stringify(row);
    let line = known.get(row.id);
    if (!line || line.dataset.shape !== shape) {
      const fresh = el("tr", { class: name === "held" ? null : row.urgency, "data-id": row.id, "data-shape": shape }, ...cells(row),
        el("td", { class: "acts" }, ...acts[name](row, me).filter((part) => part !== null)));
      if (line) line.replaceWith(fresh);
      if (line && line === focused) fresh.querySelector("button, a")?.focus();
      line = fresh;
    }
    known.delete(row.id);
    if (body.children[place] !== line) body.insertBefore(line, body.children[place] || null);
  });
  for (const gone of known.values()) gone.remove();
  byId(`${name}-table`).hidden = rows.length === 0;
  byId(nothing).hidden = rows.length > 0;
}

/** Shows what the desk frame says, in the language chosen on the page; an emergency is in every list. */
export function showQueue(desk) {
  const chosen = document.body.dataset.chosen;
  const fits = (row) => (chosen !== "nl" && chosen !== "fr") || row.language === chosen || !row.language || row.urgency === "emergency";
  const waiting = desk.queue.filter((row) => !row.holder && fits(row));
  show("waiting", waiting, desk.me, "nobody");
  show("signals", desk.signals.filter(fits), desk.me, "no-signals");
  show("held", desk.queue.filter((row) => row.holder), desk.me, "nobody-held");
  byId("next").disabled = waiting.length === 0;
}

/** Keeps the waiting times going. */
export function startQueue() {
  refreshWaits();
  setInterval(refreshWaits, 10000);
  // Not `accesskey`: which keys that wants differs per browser, and some open a menu with them.
  addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.code !== "KeyN") return;
    event.preventDefault();
    byId("next").click();
  });
}
