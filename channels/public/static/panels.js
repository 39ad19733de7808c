// Panels over the talk (wipe, who sees what). The bar with the leave button stays above them and stays usable.
import { byId } from "./dom.js";

let open = null;

/** Show the panel `id`; `first` gets the focus. What lies under it can be neither reached nor read meanwhile. `onClose` is called in the end. */
export function showPanel(id, first, onClose = () => {}) {
  closePanel();
  open = { panel: byId(id), from: document.activeElement, onClose };
  open.panel.hidden = false;
  byId("main").inert = byId("foot").inert = true;
  byId(first).focus();
}

/** Close what is open; the focus goes back to where it was. */
export function closePanel() {
  if (!open) return;
  const { panel, from, onClose } = open;
  open = null;
  panel.hidden = true;
  byId("main").inert = byId("foot").inert = false;
  from.focus();
  onClose();
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
});
