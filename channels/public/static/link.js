// The line to the hub: one socket that comes back by itself, resumes after the last reply seen, and sends again, under the same id,
// what was not acknowledged. A socket may say that it is open long after the line is dead: whoever asked is never left in silence.
// The protocol is in design/contract.md, "Chat protocol, version 1".
import { keep, readKept } from "./kept.js";
import { Outgoing } from "./outgoing.js";

const ANSWER_MS = 3000; // the hub has an answer within two seconds, whatever is down behind it
const SAY_MS = 5000; // a long message takes a while to get there over a poor line
const TURN_MS = 8000; // a message that is stored, and not answered yet
const HELLO_MS = 8000; // connecting, and a hello, which may have to stand in a line
const QUIET_MS = 30000;
const LONGEST_WAIT_MS = 15000;
const REPEATED = new Set(["sos", "human"]); // asked again on a new line where the old one died before the answer
const WIPE = { type: "wipe" };

export class Link {
  #socket = null;
  #token = null;
  #isWiping = false; // the conversation is to be wiped, and the hub did not say yet that it is
  #resumed = null; // the token that the last hello asked for
  #language = null; // said in the next hello
  #code = null; // the return code that is being tried
  #last = 0;
  #seen = new Set();
  #out = new Outgoing();
  #asked = []; // what has no id, is repeated, and was not answered yet
  #afterWelcome = [];
  #tries = 0;
  #refusals = 0; // hellos that were answered with "later"
  #timer = 0;
  #startedAt = 0;
  #heardAt = 0;
  #dueAt = 0; // when something must have been heard, or the line is dead; 0: nothing is expected
  #silentUntil = 0;
  #isReady = false;
  #isGreeting = false; // a hello is on its way, or waits until it may be said again
  #isEnded = false;

  /** `on` = {frame(frame), open(isResumed), closed(), restarted(), left(), unsent(id)} */
  constructor(on) {
    this.on = on;
    const kept = readKept();
    this.#token = kept.token;
    this.#isWiping = kept.isWiping;
    setInterval(() => this.#look(), 500);
    addEventListener("online", () => this.#hurry(1000)); // another network: what was open there may be dead
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry(QUIET_MS));
  }

  get isReady() {
    return this.#isReady;
  }

  get hasToken() {
    return this.#token !== null;
  }

  get isWiping() {
    return this.#isWiping;
  }

  /** Connect, or connect anew; `language` (or null) becomes the language of the conversation. */
  open(language) {
    this.#language = language;
    this.#close();
    this.#connect();
  }

  /** Send something that must arrive (it has an id): now, or as soon as that is possible. */
  say(frame) {
    const item = this.#out.add(frame);
    if (this.#isWiping) this.on.unsent(frame.id); // it belongs to the conversation that comes after
    else if (this.#isReady) this.#send(item);
    else if (this.#isOpen()) this.#greet();
    else this.on.unsent(frame.id);
  }

  /** Send something that is only worth sending now. False when it could not be sent. */
  ask(frame) {
    if (this.#isReady) {
      this.#put(frame);
      if (frame.type !== "typing") this.#expect(ANSWER_MS);
      this.#note(this.#asked, frame);
    } else if (this.#isOpen() && frame.type === "sos") {
      this.#put(frame); // the lines need no conversation
      this.#expect(ANSWER_MS);
      this.#note(this.#asked, frame);
    } else if (this.#isOpen()) {
      this.#afterWelcome.push(frame);
      this.#greet();
    } else return false;
    return true;
  }

  /** Wipe the conversation: asked now and, also after a reload, on every new line until the hub says that it is done. */
  wipe() {
    this.#out.reset();
    this.#asked = [];
    this.#isWiping = this.#token !== null;
    keep(this.#token, this.#isWiping);
    this.#wipeNow();
  }

  /** The hub says that it is wiped: what was written since waits for a new conversation. */
  wiped() {
    const since = this.#isWiping ? this.#out.all() : [];
    this.forget();
    this.#out.reset(since);
    if (since.length && this.#isOpen()) this.#greet();
  }

  /** Begin a conversation on a socket that is open but was wiped. */
  begin(language) {
    this.#language = language;
    if (this.#isOpen()) this.#greet();
    else this.#hurry(0);
  }

  /** Come back with the four words of a return code; false without a line. What was open stays until they turn out right. */
  withCode(words) {
    if (!this.#isReady || this.#isWiping) return false;
    this.#code = words;
    this.#put({ type: "hello", version: 1, lang: null, resume: null, after: null, code: words });
    this.#expect(HELLO_MS);
    return true;
  }

  /** Forget the conversation: token, what was seen, what waits. */
  forget() {
    this.#token = this.#resumed = null;
    this.#isWiping = false;
    this.#last = 0;
    this.#seen.clear();
    this.#out.reset();
    this.#asked = [];
    this.#isReady = false;
    keep(null);
  }

  /** The oldest message that was not acknowledged is given up; its id, or null. */
  giveUpOldest() {
    return this.#out.giveUpOldest();
  }

  /** Wait `seconds` before sending again what was not acknowledged. */
  holdBack(seconds) {
    this.#silentUntil = Date.now() + seconds * 1000;
    this.#out.hurry();
  }

  /** The teenager was last seen at `at` (milliseconds): half an hour later the token is worth nothing. */
  touch(at) {
    if (this.#token) keep(this.#token, this.#isWiping, at);
  }

  /** Say goodbye for good. */
  end() {
    this.#isEnded = true;
    if (this.#isReady) this.#put({ type: "leave" });
    this.forget();
    this.#close();
  }

  #isOpen() {
    return this.#socket !== null && this.#socket.readyState === WebSocket.OPEN;
  }

  #put(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  /** Something must be heard within `ms`; what is due sooner stays so. */
  #expect(ms) {
    const at = Date.now() + ms;
    this.#dueAt = this.#dueAt ? Math.min(this.#dueAt, at) : at;
  }

  #note(list, frame) {
    if (REPEATED.has(frame.type) && !list.some((other) => other.type === frame.type)) list.push(frame);
  }

  #connect() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#isEnded) return;
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/chat/ws");
    this.#socket = socket;
    this.#startedAt = Date.now();
    this.#expect(HELLO_MS);
    // An old socket may still speak after a new one was made: only the current one is heard.
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      this.#dueAt = 0;
      this.#hello();
    };
    socket.onmessage = (event) => socket === this.#socket && this.#hear(event.data);
    socket.onclose = () => socket === this.#socket && this.#dropped();
  }

  #close() {
    const socket = this.#socket;
    this.#socket = null;
    this.#isReady = this.#isGreeting = false;
    this.#dueAt = 0;
    if (socket) socket.close();
  }

  #dropped() {
    this.#close();
    this.#code = null;
    if (this.#isEnded) return;
    for (const frame of this.#asked.splice(0)) this.#note(this.#afterWelcome, frame);
    this.on.closed();
    for (const id of this.#out.unstored()) this.on.unsent(id);
    const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.#tries++);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), wait * (0.5 + Math.random() / 2));
  }

  /** There may be a line again: connect now, in the place of a socket that hangs; one that was quiet for `ms` has to show that it lives. */
  #hurry(ms) {
    if (this.#timer) return this.#connect();
    const quiet = Date.now() - Math.max(this.#heardAt, this.#startedAt);
    if (this.#isReady && !this.#isGreeting && this.#code === null && quiet > ms) {
      this.#hello(); // resumes what is open: every hub answers that, and it changes nothing
      this.#expect(ANSWER_MS);
    } else if (this.#socket?.readyState === WebSocket.CONNECTING && quiet > 2000) {
      this.#close();
      this.#connect();
    }
  }

  #greet() {
    if (!this.#isGreeting) this.#hello();
  }

  #hello() {
    this.#isGreeting = true;
    this.#resumed = this.#token;
    const after = this.#token ? this.#last : null;
    this.#put({ type: "hello", version: 1, lang: this.#language, resume: this.#token, after });
    this.#expect(HELLO_MS);
  }

  /** The hub has no room for now: the hello is said again by itself, more slowly each time. */
  #helloLater(seconds) {
    const socket = this.#socket;
    const wait = Math.min(2 * LONGEST_WAIT_MS, 1000 * seconds * 2 ** this.#refusals++);
    setTimeout(() => socket === this.#socket && this.#isGreeting && this.#isOpen() && this.#hello(), wait * (1 + Math.random() / 4));
  }

  #wipeNow() {
    if (this.#isWiping && this.#isReady) this.ask(WIPE);
  }

  #hear(data) {
    this.#heardAt = Date.now();
    this.#dueAt = 0;
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    this.#out.heard(frame);
    if (this.#out.hasStored()) this.#expect(TURN_MS);
    if (frame.type === "reply" || frame.type === "handoff" || frame.type === "error") this.#asked = [];
    if (frame.type === "welcome") this.#welcome(frame);
    else if (frame.type === "error" && this.#refused(frame)) return;
    else if (frame.type === "reply" && frame.seq !== null) {
      if (this.#seen.has(frame.seq)) return;
      this.#seen.add(frame.seq);
      this.#last = Math.max(this.#last, frame.seq);
    }
    this.on.frame(frame);
  }

  /** True when nobody else need hear of the error. */
  #refused(frame) {
    if (frame.code === "unknown_token") {
      if (frame.left) this.on.left();
      else this.#startOver();
      return true;
    }
    const isTryingCode = this.#code !== null;
    this.#code = null;
    if (isTryingCode || (frame.code !== "busy" && frame.code !== "too_fast")) return false;
    const seconds = frame.retry_after || 2;
    if (this.#isGreeting && !this.#isReady) this.#helloLater(seconds);
    else if (this.#isWiping) setTimeout(() => this.#wipeNow(), 1000 * seconds);
    return false;
  }

  #welcome(frame) {
    const isResumed = this.#resumed !== null && frame.token === this.#resumed;
    if (this.#code !== null) this.#newConversation(false);
    else if (this.#resumed !== null && !isResumed) this.#newConversation();
    this.#code = null;
    this.#token = frame.token;
    keep(frame.token, this.#isWiping);
    this.#language = null; // from here on the language follows what is said
    this.#tries = this.#refusals = 0;
    this.#isGreeting = false;
    this.#isReady = true;
    this.on.open(isResumed);
    if (this.#isWiping) return this.#wipeNow();
    for (const item of this.#out.all()) this.#send(item); // what is stored gets its "done", if that was lost
    for (const once of this.#afterWelcome.splice(0)) this.ask(once);
  }

  #startOver() {
    this.#token = null;
    keep(null);
    this.#newConversation();
    this.#hello();
  }

  #newConversation(isLoss = true) {
    this.#last = 0;
    this.#seen.clear();
    this.#isWiping = false;
    this.#out.moveOver();
    if (isLoss) this.on.restarted();
  }

  #send(item) {
    item.at = Date.now();
    this.#put(item.frame);
    this.#expect(item.isStored ? TURN_MS : SAY_MS);
  }

  #look() {
    if (this.#dueAt && Date.now() >= this.#dueAt) this.#dropped(); // dead, although the socket may say that it is open
    else if (this.#isReady && !this.#isWiping && Date.now() >= this.#silentUntil) this.#sendAgain();
  }

  #sendAgain() {
    for (const item of this.#out.due(Date.now())) {
      if (item.at > 0) {
        item.tries += 1;
        this.on.unsent(item.frame.id);
      }
      this.#send(item);
    }
  }
}
