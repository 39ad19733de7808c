// The way out: one tap, or Shift three times within five seconds. Loaded by every page that has the button.
import { byId } from "./dom.js";

const WITHIN_MS = 5000;
let before = () => {};
let left = false;

/** `work` is done just before the page goes (say goodbye to the hub, close the socket). */
export const onLeave = (work) => {
  before = work;
};

/** Hide everything at once, forget everything, and put another page in the place of this one. */
export function leave() {
  if (left) return;
  left = true;
  document.documentElement.classList.add("gone");
  const exit = new URL(byId("app").dataset.exit, location.href).href;
  try {
    before();
    sessionStorage.clear();
  } catch {
    // Nothing may keep the page from going.
  }
  document.body.replaceChildren();
  fetch("/leave", { method: "POST", keepalive: true }).catch(() => {}); // its answer clears what the browser kept of us
  if (window.top === window) {
    location.replace(exit);
    return;
  }
  window.parent.postMessage("chat:leave", "*"); // the partner's page goes too; the word tells it nothing
  try {
    window.top.location.replace(exit);
  } catch {
    // The browser did not allow it: embed.js on the partner's page does it.
  }
  setTimeout(() => location.replace(exit), 500);
}

let presses = [];
let isAlone = false; // Shift together with another key or a click is typing, not leaving
let clearing = 0;

function showCount() {
  const words = JSON.parse(byId("words").textContent)[document.documentElement.lang].shift_left;
  byId("shift").textContent = presses.length ? words.replace("{n}", String(3 - presses.length)) : "";
  clearTimeout(clearing);
  if (presses.length) clearing = setTimeout(reset, WITHIN_MS);
}

function reset() {
  if (left || !presses.length) return;
  presses = [];
  showCount();
}

function onKeyDown(event) {
  if (event.key !== "Shift") {
    isAlone = false;
    reset();
  } else if (!event.repeat) {
    // A keyboard on the screen gives no code: its capitals are not somebody leaving.
    isAlone = event.code === "ShiftLeft" || event.code === "ShiftRight";
  }
}

function onKeyUp(event) {
  if (event.key !== "Shift" || !isAlone || left) return;
  const now = performance.now();
  presses = presses.filter((time) => now - time < WITHIN_MS);
  presses.push(now);
  if (presses.length >= 3) leave();
  else showCount();
}

addEventListener("keydown", onKeyDown, true);
addEventListener("keyup", onKeyUp, true);
addEventListener("pointerdown", () => (isAlone = false), true);
addEventListener("pageshow", (event) => {
  if (event.persisted && left) location.reload();
});
byId("leave").addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
