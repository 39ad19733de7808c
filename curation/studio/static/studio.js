// The studio's pages work without script; this shows what a check would say while one writes. Text only ever becomes a text node.
import { startBuilder } from "./builder.js";
import { startInbox } from "./inbox.js";
import { startJob } from "./job.js";
import { startNear } from "./near.js";
import { startTry } from "./try.js";
import { startWeigh } from "./weigh.js";

for (const form of document.querySelectorAll("[data-near]")) startNear(form);
for (const box of document.querySelectorAll("[data-weigh]")) startWeigh(box);
const builder = document.getElementById("builder");
if (builder) startBuilder(builder);
if (document.getElementById("inbox") || document.getElementById("inbox-undo")) startInbox();
const job = document.getElementById("job");
if (job) startJob(job);
const chat = document.getElementById("try");
if (chat) startTry(chat);

// The checks of a proposal: the page comes again once they are through, where the reader was and with what is typed.
const judging = document.querySelector("[data-judging]");
async function look() {
  const answer = await fetch(judging.dataset.judging, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer || answer.status === 202) setTimeout(look, 1000);
  else if (answer.ok && ![...document.querySelectorAll("main textarea, main input:not([type=hidden])")].some((field) => field.value !== field.defaultValue)) location.replace(judging.dataset.page); // never a form sent again
}
if (judging) look();
