// The alarm: a sound that repeats until somebody takes the case, a notification without content, a badge in the title.
import { byId, fill, words } from "./dom.js";

const EVERY_MS = 3000;
const BESIDE_A_TALK_MS = 15000;
const LOUDNESS = ["none", "normal", "emergency"];
const title = document.title;
let audio = null;
let ring = "none";
let timer = 0;

function tones() {
  if (!audio) audio = new AudioContext();
  return audio;
}

/** One soft beep of `frequency` hertz, `at` seconds from now. */
function beep(frequency, at, loudness) {
  const sound = tones();
  const start = sound.currentTime + at;
  const tone = sound.createOscillator();
  const level = sound.createGain();
  tone.type = "triangle";
  tone.frequency.value = frequency;
  level.gain.setValueAtTime(0.0001, start);
  level.gain.exponentialRampToValueAtTime(loudness, start + 0.03);
  level.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
  tone.connect(level).connect(sound.destination);
  tone.start(start);
  tone.stop(start + 0.4);
}

/** Plays the sound of an emergency (three high pairs) or of somebody waiting (two calm tones). */
export function play(kind) {
  document.body.dataset.rang = String(Number(document.body.dataset.rang || 0) + 1);
  const notes = kind === "emergency" ? [880, 660, 880, 660, 880, 660] : [523, 659];
  notes.forEach((note, index) => beep(note, index * 0.22, kind === "emergency" ? 0.5 : 0.25));
}

function soundIsOff() {
  return tones().state !== "running";
}

function showSound() {
  byId("sound-off").hidden = !soundIsOff();
}

async function wake() {
  if (!soundIsOff()) return;
  await tones().resume();
  showSound();
}

function again() {
  clearInterval(timer);
  if (ring === "none") return;
  play(ring);
  const every = ring === "normal" && document.body.dataset.mine ? BESIDE_A_TALK_MS : EVERY_MS;
  timer = setInterval(() => play(ring), every);
}

function notify() {
  if (!("Notification" in window) || Notification.permission !== "granted" || document.hasFocus()) return;
  new Notification(words.frame.title, { body: words.alarm.notify_text, tag: "desk", renotify: true });
}

/** Shows and sounds what the desk frame says. */
export function showAlarm(desk) {
  const count = desk.waiting + desk.alone + desk.handed.length + desk.dangers.length + desk.unheard + desk.signals.filter((each) => each.unseen).length;
  document.title = count ? `(${count}) ${title}` : title;
  const bar = byId("alarm");
  bar.dataset.ring = desk.ring;
  const said = desk.waiting === 0 ? words.alarm.quiet : desk.waiting === 1 ? words.alarm.waits_one : fill(words.alarm.waits_more, { count: desk.waiting });
  if (byId("alarm-text").textContent !== said) byId("alarm-text").textContent = said;
  const alone = [desk.handed.length ? words.alarm.handed : "", desk.alone ? words.alarm.alone : ""].filter(Boolean).join(" ");
  if (byId("alarm-alone").textContent !== alone) byId("alarm-alone").textContent = alone;
  const danger = desk.dangers.length ? words.alarm.danger_mine : desk.danger ? words.alarm.danger : desk.unheard ? words.alarm.danger_unheard : "";
  if (byId("alarm-danger").textContent !== danger) byId("alarm-danger").textContent = danger;
  byId("alarm-danger").hidden = !danger;
  byId("alarm-seen").hidden = !desk.dangers.length && !desk.danger; // what only a colleague can read, only they have seen
  const place = desk.open ? words.alarm.desk_open : words.alarm.desk_closed;
  const when = desk.opens_at ? fill(words.alarm.opens_at, { when: new Date(desk.opens_at * 1000).toLocaleString(document.documentElement.lang + "-BE", { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels" }) }) : "";
  byId("desk-state").textContent = [place, when, fill(words.alarm.present, { names: desk.present.join(", ") })].filter(Boolean).join(" ");
  if (desk.ring !== ring) {
    // A danger that becomes a case in the queue rings more calmly: that is no news.
    const isNews = LOUDNESS.indexOf(desk.ring) > LOUDNESS.indexOf(ring);
    ring = desk.ring;
    again();
    if (isNews) notify();
  }
}

/** The buttons of the bar; `seen` is told which dangers were seen. */
export function startAlarm(seen) {
  showSound();
  byId("sound").addEventListener("click", async () => { await wake(); play("normal"); });
  byId("sound-on").addEventListener("click", async () => { await wake(); play("normal"); });
  byId("alarm-seen").addEventListener("click", seen);
  // Not "pointerdown": the bar shrinks when the sound is on, and what is being clicked would move away under the pointer.
  for (const event of ["click", "keydown"]) addEventListener(event, wake);
  const button = byId("notify");
  if ("Notification" in window && Notification.permission === "default") {
    button.hidden = false;
    button.addEventListener("click", async () => { button.hidden = (await Notification.requestPermission()) !== "default"; });
  }
}
