// Coming back with four words: a panel, and what is said when they open nothing.
import { byId } from "./dom.js";
import { closePanel, showPanel } from "./panels.js";
import { t } from "./words.js";

/** `tryCode(words)` says whether there is a line; `open()` is called when the words were right, before what they open is shown. */
export function startCode(tryCode, open) {
  const box = byId("code");
  const said = byId("code-state");
  let isTrying = false;
  const forget = () => {
    box.value = ""; // who knows the words reads the talk: they never stay on a page that is left or wiped
    said.textContent = "";
  };
  forget(); // a browser may have kept what was typed
  byId("code-open").addEventListener("click", () => showPanel("code-panel", "code", forget));
  byId("code-back").addEventListener("click", closePanel);
  byId("code-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!box.value.trim()) return box.focus();
    isTrying = tryCode(box.value.trim());
    said.textContent = t(isTrying ? "code_trying" : "offline");
  });
  return {
    /** Empty the panel and close it, whatever is in it. */
    forget() {
      isTrying = false;
      forget();
      if (!byId("code-panel").hidden) closePanel();
    },
    /** True when the error was about the words; it is said in the panel. */
    refused(frame) {
      if (!isTrying) return false;
      isTrying = false;
      if (byId("code-panel").hidden) return true; // they thought better of it
      said.textContent = frame.text || "";
      box.focus();
      return true;
    },
    /** A conversation was opened: with the words, if they were being tried. */
    opened() {
      if (!isTrying) return;
      this.forget();
      open();
    },
  };
}
