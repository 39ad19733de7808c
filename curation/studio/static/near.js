// Near-duplicates while somebody types a sentence: of the line that the cursor stands on.
import { afterPause, el, get, say } from "./parts.js";

/** Joins the look-up to a form. */
export function startNear(form) {
  const language = form.dataset.near;
  const field = form.querySelector("textarea");
  const box = document.getElementById(`near-${language}`);
  const line = () => {
    const before = field.value.slice(0, field.selectionStart).split("\n").length - 1;
    return (field.value.split("\n")[before] || "").trim();
  };
  afterPause(field, 250, () => (line().length < 3 ? Promise.resolve(null) : get("/studio/near", { language, text: line() })), (found) => {
    box.className = "near";
    box.replaceChildren();
    if (!found) return;
    if (!found.near.length) {
      box.classList.add("good");
      box.append(say("near_none"));
      return;
    }
    if (found.near.some((one) => one.same || one.twin)) box.classList.add("same");
    const rows = found.near.map((one) => one.twin
      ? el("li", null, say("near_twin"))
      : el("li", null, el("q", { lang: language }, one.text), ` ${say("near_in", { need: one.need })}`, ...(one.same ? [el("b", null, ` – ${say("near_same")}`)] : [])));
    box.append(el("p", null, say("near")), el("ul", null, ...rows));
  });
}
