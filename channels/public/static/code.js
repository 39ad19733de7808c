// Coming back with four words: a panel, and what is said when they open nothing.
import { byId } from "./dom.js";
import { closePanel, showPanel } from "./panels.js";
import { t } from "./words.js";

/** `tryCode(words)` says whether there is a line; `open()` is called when the words were right, before what they open is shown. */
export function startCode(tryCode, open) {
  const box = byId("code");
  const said = byId("code-state");
  let isTrying = false;
  const end = () => {
    isTrying = false;
    box.value = "";
    said.textContent = "";
  };
  byId("code-open").addEventListener("click", () => showPanel("code-panel", "code"));
  byId("code-back").addEventListener("click", () => {
    end();
    closePanel();
  });
  byId("code-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!box.value.trim()) return box.focus();
    isTrying = tryCode(box.value.trim());
    said.textContent = t(isTrying ? "code_trying" : "offline");
  });
  return {
    /** True when the error was about the words; it is said in the panel. */
    refused(frame) {
      if (!isTrying) return false;
      isTrying = false;
      said.textContent = frame.text || "";
      box.focus();
      return true;
    },
    /** A conversation was opened: with the words, if they were being tried. */
    opened() {
      if (!isTrying) return;
      end();
      closePanel();
      open();
    },
  };
}
