// The chat page: joins the line to the hub, the log, the composer and the buttons.
import { startCode } from "./code.js";
import { emptyText, focusText, startComposer } from "./composer.js";
import { byId, el, newId } from "./dom.js";
import { forgetHandoffs, handoffRefused, handoffStored, hideOwn, holderChanged, sendAgain, showHandoff } from "./handoff.js";
import { leave, onLeave } from "./leave.js";
import { Link } from "./link.js";
import * as log from "./log.js";
import { closePanel, showPanel } from "./panels.js";
import { isStop } from "./stop.js";
import { lang, showLanguage, t } from "./words.js";

const PATIENCE_MS = 3000;
const IDLE_MS = 30 * 60 * 1000;
const help = byId("help");
const status = byId("status");
let holder = "bot";
let talk = lang(); // the language of the talk: the page may be in the other one
let isFirstWelcome = true;
let patience = 0;
let activeAt = Date.now();
let typedAt = 0;
let chosen = null; // the id of the choice that is on its way

function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

/** The lines that the page carries itself. */
function showHelp(isShown) {
  help.dataset.on = isShown ? "yes" : "no";
}

function sayAway() {
  showHelp(true);
  say(t(link.isWiping ? "wipe_later" : "offline"));
}

function waitForLine() {
  clearTimeout(patience);
  patience = setTimeout(sayAway, PATIENCE_MS);
}

/** Who answers, in the language of the talk. */
function showHolder(next, code = talk) {
  holder = next;
  talk = code;
  byId("holder").textContent = t(`holder_${next}`, {}, code);
  byId("holder").lang = code;
}

const link = new Link({
  frame: (frame) => (handlers[frame.type] || (() => {}))(frame),
  open(isResumed) {
    clearTimeout(patience);
    const wasAway = help.dataset.on === "yes";
    showHelp(false);
    say(wasAway ? t("online") : "");
    if (isFirstWelcome && isResumed) {
      hideOwn();
      if (!link.isWiping) log.addNote(t("resumed"));
    }
    isFirstWelcome = false;
    byId("after").replaceChildren();
    sendAgain();
  },
  closed() {
    clearTimeout(patience);
    log.showTyping(null);
    code.refused({ text: t("offline") });
    sayAway();
  },
  left: () => leave(),
  restarted: () => log.addNote(t("restarted")),
  unsent: (id) => log.mark(id, "unsent"),
});

const handlers = {
  welcome(frame) {
    code.opened();
    showHolder(frame.holder || "bot", frame.lang);
    if (frame.holder === "counsellor") holderChanged(frame.holder); // they came while the line was away
  },
  ack(frame) {
    log.mark(frame.id, "sent");
    say("");
  },
  typing: (frame) => link.isWiping || log.showTyping(frame.from),
  reply(frame) {
    active();
    // Of what is being wiped only the last words are shown: those that nobody stored, and that answer no message.
    if (link.isWiping && (frame.seq !== null || frame.in_reply_to !== null)) return;
    log.showTyping(null);
    if (frame.lang !== talk) showHolder(holder, frame.lang);
    log.addReply(frame, choose);
  },
  done(frame) {
    log.mark(frame.in_reply_to, "sent");
    log.showTyping(null);
    if (frame.in_reply_to === chosen) wake();
  },
  handoff(frame) {
    if (!link.isWiping) showHandoff(frame, (answer) => link.isReady && link.ask(answer), holder);
  },
  handoff_stored: handoffStored,
  holder(frame) {
    if (frame.holder !== holder && !link.isWiping) log.addNote(t(`holder_${frame.holder}`, {}, talk), talk);
    showHolder(frame.holder);
    holderChanged(frame.holder);
  },
  wiped() {
    // What was asked for here left the screen at once; what stands there now came after it.
    const hasWords = link.isWiping ? byId("log").childElementCount > 0 : log.clearLog(true);
    link.wiped();
    forgetHandoffs();
    code.forget();
    say("");
    showHolder("bot");
    if (!hasWords) log.addNote(t("wiped"));
    const again = el("button", { type: "button" }, t("new_chat"));
    again.addEventListener("click", () => {
      log.clearLog(false);
      byId("after").replaceChildren();
      link.begin(lang());
      focusText();
    });
    byId("after").replaceChildren(again);
  },
  error(frame) {
    log.showTyping(null);
    wake();
    if (code.refused(frame)) return;
    if (frame.code === "bad_frame" && !link.hasToken) return; // of what is wiped: nobody waits for it any more
    if (!link.isReady) showHelp(true);
    if (!link.isWiping) say(frame.text || "");
    if (frame.code === "too_fast" || frame.code === "busy") {
      link.holdBack(frame.retry_after || 1);
      setTimeout(sendAgain, 1000 * (frame.retry_after || 1));
      return;
    }
    if (frame.code === "bad_frame") handoffRefused(holder);
    log.mark(link.giveUpOldest(), "refused");
  },
};

// The way back to a message that was left for the next opening.
const code = startCode((words) => link.withCode(words), () => {
  log.clearLog(false);
  forgetHandoffs();
  hideOwn();
});

/** The counsellor sees that something is being written; said every few seconds at most. */
function typed() {
  if (holder !== "counsellor" || Date.now() - typedAt < 3000) return;
  typedAt = Date.now();
  link.ask({ type: "typing" });
}

function wake() {
  chosen = null;
  log.wakeChoices();
}

function send(text) {
  active();
  if (isStop(text)) return leave();
  const id = newId();
  log.addOwn(id, text);
  link.say({ type: "say", id, text });
}

function choose(choice) {
  active();
  chosen = newId();
  log.restChoices();
  log.addOwn(chosen, choice.title);
  link.say({ type: "choose", id: chosen, payload: choice.payload });
  focusText();
}

/** Ask the hub for something that has an answer of its own; without a line, the page's own numbers. */
function ask(type) {
  active();
  log.breakTurn();
  if (!link.ask({ type })) sayAway();
}

/** The screen is empty at once; the hub is asked until it says that it is done. */
function wipe() {
  closePanel();
  emptyText();
  focusText();
  code.forget();
  log.clearLog(false);
  forgetHandoffs();
  link.wipe();
  if (!link.isReady) say(t(link.isWiping ? "wipe_later" : "wiped"));
}

/** A teenager who walked away must not leave the talk on the screen, nor a token that opens it. */
function active() {
  activeAt = Date.now();
}

function checkIdle() {
  if (Date.now() - activeAt < IDLE_MS) return link.touch(activeAt);
  activeAt = Date.now();
  code.forget();
  if (!link.hasToken || link.isWiping) return; // wiped on the screen already; the token is needed to have it wiped at the hub
  const isAwaited = holder === "waiting" || holder === "counsellor";
  link.ask({ type: "leave" });
  link.forget();
  forgetHandoffs();
  log.clearLog(false);
  emptyText();
  if (isAwaited) for (const each of new Set([talk, lang()])) log.addNote(t("idle_awaited", {}, each), each);
  else log.addNote(t("idle"));
  showHolder("bot");
  link.open(lang());
}

function switchTo(code) {
  if (code === lang()) return;
  showLanguage(code);
  showHolder(holder, code);
  say("");
  waitForLine();
  link.open(code);
}

function fitScreen() {
  // The keyboard of an iPhone covers the page instead of making it smaller.
  document.documentElement.style.setProperty("--height", `${visualViewport.height}px`);
  scrollTo(0, 0);
  log.follow();
}

function start() {
  showHelp(false);
  startComposer(send, typed);
  onLeave(() => {
    emptyText();
    link.end();
  });
  byId("human").addEventListener("click", () => ask("human"));
  byId("sos").addEventListener("click", () => ask("sos"));
  byId("wipe").addEventListener("click", () => showPanel("wipe-panel", "wipe-no"));
  byId("wipe-yes").addEventListener("click", wipe);
  byId("wipe-no").addEventListener("click", closePanel);
  byId("who").addEventListener("click", (event) => {
    event.preventDefault();
    showPanel("who-panel", "who-back");
  });
  byId("who-back").addEventListener("click", closePanel);
  byId("close")?.addEventListener("click", () => parent.postMessage("chat:close", "*"));
  for (const choice of document.querySelectorAll("a[data-lang]")) {
    choice.addEventListener("click", (event) => {
      event.preventDefault();
      switchTo(choice.dataset.lang);
    });
  }
  for (const kind of ["keydown", "pointerdown", "touchstart"]) addEventListener(kind, active, { passive: true, capture: true });
  setInterval(checkIdle, 15000);
  document.addEventListener("visibilitychange", () => document.hidden || checkIdle());
  if (window.visualViewport) {
    visualViewport.addEventListener("resize", fitScreen);
    fitScreen();
  }
  waitForLine();
  link.open(link.hasToken ? null : lang());
  focusText();
}

start();
