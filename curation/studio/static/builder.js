// The blocks of a step: what does not belong to a choice is hidden, and only questions that may come next can be chosen.

/** Joins the form. Without script all fields are there, and the server says what does not fit. */
export function startBuilder(form) {
  const followers = JSON.parse(form.dataset.followers);
  const place = form.querySelector("#place");

  function showWhen() {
    for (const part of form.querySelectorAll("[data-when]")) part.hidden = form.querySelector(`#${part.dataset.when}`).value !== "new";
  }

  function narrow() {
    const may = new Set(followers[place.value] || []);
    for (const list of [form.querySelector("#next"), form.querySelector("#then")]) {
      for (const option of list.options) {
        const isQuestion = option.value.startsWith("utter_ask_") && option.value !== "utter_ask_else";
        option.hidden = option.disabled = Boolean(place.value) && isQuestion && !may.has(option.value);
        if (option.disabled && option.selected) list.value = "";
      }
      if (list.id === "then" && !list.value) list.value = "utter_ask_else";
    }
  }

  form.addEventListener("change", () => {
    showWhen();
    narrow();
  });
  showWhen();
  narrow();
}
