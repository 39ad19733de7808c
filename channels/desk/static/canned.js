// Standard replies: "/" in an empty message opens the search; what is chosen is put into the message, to be edited before it is sent.
import { byId } from "./dom.js";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Joins the search to the message `text`. */
export function startCanned(text) {
  const panel = byId("canned");
  const search = byId("canned-search");
  const button = byId("canned-open");
  const options = [...byId("canned-list").children];
  let at = 0;

  const fitting = () => options.filter((option) => !option.hidden);

  function mark() {
    const shown = fitting();
    at = Math.max(0, Math.min(at, shown.length - 1));
    for (const option of options) option.setAttribute("aria-selected", String(option === shown[at]));
    if (shown[at]) {
      search.setAttribute("aria-activedescendant", shown[at].id);
      shown[at].scrollIntoView({ block: "nearest" });
    } else search.removeAttribute("aria-activedescendant");
    byId("canned-none").hidden = shown.length > 0;
  }

  function filter() {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    for (const option of options) option.hidden = !wanted.every((word) => plain(option.dataset.find).includes(word));
    at = 0;
    mark();
  }

  function open() {
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    search.value = "";
    filter();
    search.focus();
  }

  function close() {
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    text.focus();
  }

  function choose(option) {
    if (option) {
      const before = text.value.trimEnd();
      text.value = before ? `${before} ${option.dataset.text}` : option.dataset.text;
      text.dispatchEvent(new Event("input"));
    }
    close();
    text.setSelectionRange(text.value.length, text.value.length);
  }

  button.hidden = false;
  button.addEventListener("click", () => (panel.hidden ? open() : close()));
  text.addEventListener("keydown", (event) => {
    if (event.key === "/" && text.value.trim() === "") {
      event.preventDefault();
      open();
    }
  });
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      at += step;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(fitting()[at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  for (const option of options) option.addEventListener("click", () => choose(option));
}
