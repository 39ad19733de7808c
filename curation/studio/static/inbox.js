// The inbox by keyboard: one key for each verdict; typing in a field is left alone. The page works without it.
const form = document.getElementById("inbox");
const all = document.getElementById("inbox-all");
const text = document.getElementById("inbox-text");

const press = (id) => document.getElementById(id)?.click();
const keys = {
  Enter: () => press("inbox-accept"),
  a: () => press("inbox-accept"),
  x: () => press("inbox-reject"),
  s: () => press("inbox-skip"),
  u: () => document.querySelector("#inbox-undo button")?.click(),
  r: () => all?.focus(),
  e: () => text?.focus(),
};

function choose(number) {
  const radio = form?.querySelectorAll('input[name="need"]')[number - 1];
  if (radio && radio.value) radio.checked = true;
}

/** Joins the keys to the page. */
export function startInbox() {
  let isSent = false;
  form?.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  addEventListener("pageshow", () => { isSent = false; });
  all?.addEventListener("change", () => { document.getElementById("inbox-other").checked = true; });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target === text) {
      if (event.key === "Escape") text.blur();
      return;
    }
    if (event.target === all && event.key !== "Enter") return;
    if (event.target.closest("a, button, summary") && event.key === "Enter") return;
    if (/^[1-5]$/.test(event.key)) choose(Number(event.key));
    else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
}
