// The progress of background work: asked for every two seconds; once it is over, the page comes again with what was found.
export function startJob(line) {
  const bar = line.querySelector("progress");
  const percent = document.getElementById("job-percent");
  const step = document.getElementById("job-step");
  async function look() {
    const answer = await fetch(line.dataset.job, { headers: { Accept: "application/json" } }).catch(() => null);
    const told = answer && answer.ok ? await answer.json().catch(() => null) : null;
    if (told && told.is_over) return location.reload();
    if (told) {
      bar.value = told.percent;
      percent.textContent = `${told.percent} %`;
      if (step.textContent !== told.step) step.textContent = told.step;
    }
    setTimeout(look, 2000);
  }
  look();
}
