// Building elements. Text only ever becomes a text node; nothing here or elsewhere takes markup.

export const byId = (id) => document.getElementById(id);

/** The words of the page's language, as the server put them on the body. */
export const words = JSON.parse(document.body.dataset.words || "{}");

/** An element: `set` gives attributes (false and null are left out), `parts` are elements or texts. */
export function el(tag, set, ...parts) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(set || {})) {
    if (value !== false && value !== null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...parts.filter((part) => part !== null));
  return node;
}

/** Text with its invisible and direction-changing characters made visible; the server does the same (shown.py). */
export const literal = (text) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) =>
    "\n\t\u200d\ufe0f".includes(char) ? char : `⟨U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

/** `text` with each `{name}` put in. */
export const fill = (text, values) => Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, String(value)), text);

/** `20:05`, in Brussels. `at`: seconds since the epoch. */
export const clock = (at) =>
  new Date(at * 1000).toLocaleTimeString("nl-BE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels" });

/** A form that posts to `action`, with the anti-forgery mark of this session. */
export function postForm(action, label, className) {
  return el("form", { method: "post", action },
    el("input", { type: "hidden", name: "mark", value: document.body.dataset.mark }), el("button", { class: className || null }, label));
}
