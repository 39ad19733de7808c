// What the scripts of the studio share.
const words = JSON.parse(document.getElementById("studio").dataset.words);

/** The studio's words in the reader's language. */
export const say = (name, values = {}) => Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, String(value)), words[name] || name);

export const mark = document.getElementById("studio").dataset.mark;

/** An element with attributes and parts (elements or texts). */
export function el(tag, set, ...parts) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(set || {})) if (value) node.setAttribute(name, value);
  node.append(...parts);
  return node;
}

/** Calls `work` with the newest value once the reader pauses; an answer that comes after a newer question is dropped. */
export function afterPause(field, pause, ask, show) {
  let timer = 0;
  let asked = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      const found = await ask(field.value).catch(() => null);
      if (mine === asked) show(found, field.value);
    }, pause);
  });
}

/** JSON of a page of the studio; null when it fails. */
export async function get(path, values) {
  const answer = await fetch(`${path}?${new URLSearchParams(values)}`, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}
