// A case that is open: the talk as it goes, what is sent, typing, and the ten seconds in which giving back can be undone.
import { byId, clock, el, fill, literal, words } from "./dom.js";
import { startCanned } from "./canned.js";
import { showLevel } from "./urgency.js";

const said = words.case;
const TYPING_MS = 1500;
const TYPING_SHOWN_MS = 5000;
let hideTyping = 0;
let countdown = 0;
let isLeaving = false;

const bubble = (id) => [...byId("talk").children].find((each) => each.dataset.id === id);

/** A message in the talk; one that is there already only loses its "not yet stored". */
export function showSaid(frame) {
  const known = bubble(frame.id);
  if (known) {
    known.querySelector(".state")?.remove();
    return known;
  }
  byId("talk-none")?.remove();
  if (frame.from === "teenager") byId("typing").textContent = "";
  const time = el("time", { datetime: new Date(frame.at * 1000).toISOString() }, clock(frame.at));
  const line = el("div", { class: `said ${frame.from}`, "data-id": frame.id },
    el("p", { class: "from" }, said[`from_${frame.from}`], " ", time),
    el("p", { class: "text", lang: document.body.dataset.language }, literal(frame.text)));
  const flag = byId("flag-form");
  if (flag && frame.from === "teenager") {
    const form = flag.content.firstElementChild.cloneNode(true);
    form.elements.said.value = frame.id;
    line.append(form);
  }
  byId("talk").append(line);
  line.scrollIntoView({ block: "nearest" });
  return line;
}

/** The teenager types. */
export function showTyping() {
  byId("typing").textContent = said.typing;
  clearTimeout(hideTyping);
  hideTyping = setTimeout(() => { byId("typing").textContent = ""; }, TYPING_SHOWN_MS);
}

function showReturning(seconds) {
  const strip = byId("returning");
  clearInterval(countdown);
  strip.hidden = seconds === null;
  if (seconds === null) return;
  const end = Date.now() + seconds * 1000;
  const tick = () => { byId("returning-text").textContent = fill(said.returning, { seconds: Math.max(0, Math.ceil((end - Date.now()) / 1000)) }); };
  tick();
  countdown = setInterval(tick, 1000);
}

/** The case changed: what can be shown in place is; anything else reloads the page. */
export function showCase(frame) {
  if (isLeaving) return; // what a form of this page changes arrives here too: reloading would stop the form on its way
  if (frame.state === "lost") {
    location.assign("/queue?lost");
    return;
  }
  const { state, mine, wiped } = document.body.dataset;
  const isOther = Boolean(frame.mine) !== Boolean(mine) || Boolean(frame.wiped) !== Boolean(wiped);
  if (isOther || (frame.state !== state && frame.state !== "left")) {
    location.reload();
    return;
  }
  showLevel(frame.level);
  if (mine) showReturning(frame.returning);
  byId("left").hidden = !frame.left || frame.wiped || frame.state === "closed";
}

/** Who else has this case open. */
export function showViewers(desk) {
  const row = desk.queue.find((each) => each.id === document.body.dataset.case);
  byId("viewers").textContent = row ? row.viewers : "";
}

async function send(form, text, id) {
  const line = showSaid({ id, from: "counsellor", text, at: Date.now() / 1000 });
  const state = line.querySelector(".state") || line.appendChild(el("p", { class: "state" }));
  state.textContent = said.sending;
  const body = new URLSearchParams({ mark: form.elements.mark.value, id, text });
  let isStored = false;
  try {
    isStored = (await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body })).ok;
  } catch {
    isStored = false;
  }
  if (isStored) {
    line.querySelector(".state")?.remove();
    return;
  }
  const retry = el("button", { type: "button", class: "quiet" }, said.send);
  retry.addEventListener("click", () => send(form, text, id));
  state.replaceChildren(el("span", { role: "alert" }, said.not_sent), " ", retry);
}

/** The message to write; `tell` sends a frame. */
export function startCase(tell) {
  addEventListener("submit", (event) => { isLeaving ||= !event.defaultPrevented; });
  addEventListener("pageshow", () => { isLeaving = false; });
  const talk = byId("talk");
  talk.scrollTop = talk.scrollHeight;
  const form = byId("say");
  if (!form) return;
  const text = byId("text");
  let typedAt = 0;
  startCanned(text);
  if (byId("returning").dataset.left) showReturning(Number(byId("returning").dataset.left));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words) return;
    text.value = "";
    text.focus();
    send(form, words, crypto.randomUUID());
  });
  addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.code !== "KeyR") return;
    event.preventDefault();
    byId("record").open = true;
    byId("outcome").focus();
  });
  byId("close").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) byId("close").requestSubmit();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  text.addEventListener("input", () => {
    if (!text.value || Date.now() - typedAt < TYPING_MS) return;
    typedAt = Date.now();
    tell({ type: "typing" });
  });
}
