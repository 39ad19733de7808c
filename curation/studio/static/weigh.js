// A text while it is written: as it looks in the chat, how many words, how easy to read, what a check would say.
import { afterPause, el, get, say } from "./parts.js";

/** Joins the weighing to the text field inside `box`. */
export function startWeigh(box) {
  const language = box.dataset.weigh;
  const field = box.querySelector("textarea");
  const preview = box.querySelector("[data-preview]");
  const weight = box.querySelector(".weight");
  if (!field || !weight) return;
  field.addEventListener("input", () => {
    if (preview) preview.textContent = field.value.split(/\s+/).join(" ").trim();
  });
  const show = (found) => {
    weight.replaceChildren();
    if (!found || !field.value.trim()) return;
    weight.append(el("p", null, say("weigh_words", { count: found.words, longest: found.longest }), " · ", el("span", { class: `level ${found.level}` }, say(`level_${found.level}`))));
    if (found.notes.length) {
      weight.append(el("ul", { class: "findings" }, ...found.notes.map((note) =>
        el("li", { class: note.stops ? "finding stops" : "finding" }, note.stops ? `${say("stops")}: ` : "", note.text, el("br"), el("span", { class: "hint" }, note.fix)))));
    }
  };
  const ask = (text) => (text.trim() ? get("/studio/weigh", { language, text }) : Promise.resolve(null));
  afterPause(field, 300, ask, show);
  field.addEventListener("focus", async () => {
    if (weight.childElementCount) return;
    const text = field.value;
    const found = await ask(text).catch(() => null);
    if (text === field.value) show(found);
  });
}
