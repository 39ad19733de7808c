// The page's own words in both languages, and changing language without loading the page anew.
import { byId } from "./dom.js";

const all = JSON.parse(byId("words").textContent);
let now = document.documentElement.lang;

/** The language of the page: "nl" or "fr". */
export const lang = () => now;

/** The words called `name`, with {braces} filled in; in another language than the page's when `code` is given. */
export function t(name, values = {}, code = now) {
  const words = (all[code] || all[now])[name] ?? "";
  return words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** Show the page itself in `code`. What was said stays as it was said. */
export function showLanguage(code) {
  now = code;
  document.documentElement.lang = code;
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const [key, attribute] of [["tLabel", "aria-label"], ["tTitle", "title"], ["tPlaceholder", "placeholder"]]) {
    const marked = document.querySelectorAll(`[data-${key.replace("tL", "t-l").replace("tT", "t-t").replace("tP", "t-p")}]`);
    for (const node of marked) node.setAttribute(attribute, t(node.dataset[key]));
  }
  for (const node of document.querySelectorAll("[data-only]")) node.hidden = node.dataset.only !== code;
  for (const link of document.querySelectorAll("a[data-lang]")) {
    if (link.dataset.lang === code) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  byId("help").setAttribute("aria-labelledby", `help-title-${code}`);
  byId("who").href = `/privacy?lang=${code}`;
  history.replaceState(null, "", `?lang=${code}`);
}
