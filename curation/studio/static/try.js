// Talking with the draft bot. Nothing of it is kept; the conversation's id lives as long as the page.
import { el, mark, say } from "./parts.js";

const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Joins the chat. */
export function startTry(box) {
  const log = document.getElementById("try-log");
  const field = document.getElementById("try-text");
  const language = document.getElementById("try-language");
  let conversation = newId();

  function put(...nodes) {
    log.append(...nodes);
    log.scrollTop = log.scrollHeight;
  }

  async function ask(text, shown) {
    put(el("p", { class: "bubble teen" }, el("span", { class: "vh" }, `${say("me")}: `), shown));
    const body = new URLSearchParams({ mark, proposal: box.dataset.proposal, conversation, text, language: language.value });
    const answer = await fetch("/studio/try", { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    const said = answer && (answer.ok || answer.status === 409) ? await answer.json().catch(() => null) : null;
    if (!said || said.away) {
      put(el("p", { class: "hint" }, say(said ? "away" : "failed")));
      return;
    }
    put(el("p", { class: "hint" }, said.need ? say("understood", said) : say("not_understood")));
    for (const bubble of said.bubbles) {
      put(el("p", { class: "bubble bot" }, el("span", { class: "vh" }, `${say("bot")}: `), bubble.text));
      if (!bubble.choices.length) continue;
      const row = el("p", { class: "choices" });
      for (const choice of bubble.choices) {
        const button = el("button", { type: "button", class: "choice" }, choice.title);
        button.addEventListener("click", () => ask(choice.payload, choice.title));
        row.append(button);
      }
      put(row);
    }
  }

  document.getElementById("try-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    field.value = "";
    if (text) ask(text, text);
    field.focus();
  });
  document.getElementById("try-again").addEventListener("click", () => {
    conversation = newId();
    log.replaceChildren();
    field.focus();
  });
}
