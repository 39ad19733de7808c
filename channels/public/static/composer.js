// Where the teenager writes: grows with the text, sends with Enter, keeps the focus.
import { byId } from "./dom.js";
import { t } from "./words.js";

const LONGEST = 4000;
const WARN_FROM = 3600;
const box = byId("text");
const counter = byId("counter");

function fit() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 140)}px`;
  const left = LONGEST - box.value.length;
  counter.textContent = box.value.length < WARN_FROM ? "" : left > 0 ? t("chars_left", { n: String(left) }) : t("chars_none");
}

/** The keyboard of a phone should not jump up after a tap elsewhere; on other machines the focus goes back to the text. */
export function focusText() {
  if (matchMedia("(pointer: fine)").matches) box.focus();
}

export function emptyText() {
  box.value = "";
  fit();
}

/** `send(text)` is called with what was written, without white space around it; `typed()` with every key. */
export function startComposer(send, typed) {
  const submit = () => {
    const text = box.value.trim();
    if (!text) return box.focus();
    emptyText();
    box.focus();
    send(text);
  };
  box.addEventListener("input", () => {
    fit();
    typed();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  byId("send").addEventListener("pointerdown", (event) => event.preventDefault()); // or a phone folds its keyboard away
  emptyText(); // a browser may have kept what was being written
}
