// The inbox by keyboard: one key for each verdict; typing in a field is left alone. The page works without it.
const form = document.getElementById("inbox");
const undo = document.getElementById("inbox-undo");
const all = document.getElementById("inbox-all");
const text = document.getElementById("inbox-text");

const press = (id) => document.getElementById(id)?.click();
const keys = {
  enter: () => press("inbox-accept"),
  a: () => press("inbox-accept"),
  x: () => press("inbox-reject"),
  s: () => press("inbox-skip"),
  u: () => undo?.querySelector("button").click(),
  r: () => all?.focus(),
  e: () => text?.focus(),
};

/** The digit on the key, by its place: on a Belgian keyboard the row of digits gives & é " ' ( without Shift. */
function digit(event) {
  return /^[1-5]$/.test(event.key) ? event.key : /^Digit([1-5])$/.exec(event.code)?.[1];
}

function choose(number) {
  const radio = form?.querySelectorAll('input[name="need"]')[number - 1];
  if (!radio || !radio.value) return;
  radio.checked = true;
  radio.focus(); // so that a screen reader says it
}

/** Whether the key is the field's own: letters go into the sentence and look a need up in the list. */
function isTyped(event) {
  if (event.key === "Enter") return event.target === text ? event.shiftKey : Boolean(event.target.closest("a, button, summary"));
  return event.target === text || event.target === all;
}

/** Joins the keys to the page. */
export function startInbox() {
  let isSent = false;
  for (const one of [form, undo]) one?.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  addEventListener("pageshow", () => { isSent = false; });
  all?.addEventListener("change", () => { document.getElementById("inbox-other").checked = true; });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.key === "Escape" && (event.target === text || event.target === all)) event.target.blur();
    if (isTyped(event)) return;
    const number = digit(event);
    const act = keys[event.key.toLowerCase()];
    if (!number && !act) return;
    event.preventDefault();
    if (number) choose(Number(number));
    else act();
  });
}
