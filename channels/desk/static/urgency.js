// The urgency of the case that is open: shown as it changes, and lowered in place, so that a half-written message stays.
import { byId, el, words } from "./dom.js";

const said = words.case;

const pick = ([value, label]) =>
  el("label", { class: "pick" }, el("input", { type: "radio", name: "to", value, required: true }), ` ${label}`);

/** Shows a level. Where it is another one than before, what was being chosen is chosen anew: something may have been said since. */
export function showLevel(level) {
  const badge = byId("level");
  const isSame = badge.dataset.version === String(level.version) && badge.classList.contains(level.urgency);
  if (isSame) return;
  badge.className = `urgency ${level.urgency}`;
  badge.dataset.version = level.version;
  badge.textContent = level.label;
  showToRecord(level);
  const form = byId("lower-form");
  if (!form) return;
  form.elements.before.value = level.urgency;
  form.elements.version.value = level.version;
  byId("lower-levels").replaceChildren(...level.below.map(pick));
  byId("lower").open = false;
  byId("lower").hidden = level.below.length === 0;
  byId("lowered-text").textContent = level.lowered;
  byId("lowered").hidden = !level.lowered;
}

/** The record closes what the page showed: where the level moved, it is opened anew, after what was said is read. */
function showToRecord(level) {
  const form = byId("close");
  if (!form) return;
  form.elements.version.value = level.version;
  byId("record").open = false;
}

async function send(form) {
  byId("lower-fault").hidden = true;
  let fault = said.lower_failed;
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)) });
    if (answer.status === 409) fault = said.fault_lower;
    if (answer.ok) fault = "";
    if (answer.ok || answer.status === 409) showLevel(await answer.json());
  } catch {
    // Nothing came back: the words say so.
  }
  byId("lower-fault").textContent = fault;
  byId("lower-fault").hidden = !fault;
  if (!fault) (byId("lowered").hidden ? byId("lower-heading") : byId("lower-undo")).focus();
}

/** The two forms. */
export function startLevel() {
  for (const form of [byId("lower-form"), byId("lowered")]) {
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}
