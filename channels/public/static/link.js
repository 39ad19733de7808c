// The line to the hub: one socket that comes back by itself, resumes after the last reply seen, and sends again, under the
// same id, what was not acknowledged. The protocol is in design/contract.md, "Chat protocol, version 1".

const KEY = "chat"; // sessionStorage: the token and when it was last used, nothing else
const IDLE_MS = 30 * 60 * 1000;
const ACK_MS = 8000;
const LONGEST_WAIT_MS = 15000;

function readToken() {
  try {
    const [token, at] = (sessionStorage.getItem(KEY) || "").split(" ");
    return token && Date.now() - Number(at) < IDLE_MS ? token : null;
  } catch {
    return null; // storage is forbidden: the token then lives as long as the page
  }
}

function keepToken(token, at = Date.now()) {
  try {
    if (token) sessionStorage.setItem(KEY, `${token} ${at}`);
    else sessionStorage.removeItem(KEY);
  } catch {
    // as above
  }
}

export class Link {
  #socket = null;
  #token = readToken();
  #resumed = null; // the token that the last hello asked for
  #language = null; // said in the next hello
  #code = null; // the return code that is being tried
  #last = 0;
  #seen = new Set();
  #waiting = new Map(); // id → {frame, at, tries}: not acknowledged yet, oldest first
  #afterWelcome = [];
  #tries = 0;
  #timer = 0;
  #heardAt = 0;
  #silentUntil = 0;
  #isReady = false;
  #isEnded = false;

  /** `on` = {frame(frame), open(isResumed), closed(), restarted(), unsent(id)} */
  constructor(on) {
    this.on = on;
    setInterval(() => this.#sendAgain(), 1000);
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  get isReady() {
    return this.#isReady;
  }

  get hasToken() {
    return this.#token !== null;
  }

  /** Connect, or connect anew; `language` (or null) becomes the language of the conversation. */
  open(language) {
    this.#language = language;
    this.#close();
    this.#connect();
  }

  /** Send something that must arrive (it has an id): now, or as soon as that is possible. */
  say(frame) {
    const item = { frame, at: 0, tries: 0 };
    this.#waiting.set(frame.id, item);
    if (this.#isReady) this.#send(item);
    else if (this.#isOpen()) this.#hello();
    else this.on.unsent(frame.id);
  }

  /** Send something that is only worth sending now. False when it could not be sent. */
  ask(frame) {
    if (this.#isReady) this.#socket.send(JSON.stringify(frame));
    else if (this.#isOpen()) {
      this.#afterWelcome.push(frame);
      this.#hello();
    } else return false;
    return true;
  }

  /** Begin a conversation on a socket that is open but was wiped. */
  begin(language) {
    this.#language = language;
    if (this.#isOpen()) this.#hello();
    else this.#hurry();
  }

  /** Come back with the four words of a return code; false without a line. What was open stays until they turn out right. */
  withCode(words) {
    if (!this.#isReady) return false;
    this.#code = words;
    this.#socket.send(JSON.stringify({ type: "hello", version: 1, lang: null, resume: null, after: null, code: words }));
    return true;
  }

  /** Forget the conversation: token, what was seen, what waits. */
  forget() {
    this.#token = this.#resumed = null;
    this.#last = 0;
    this.#seen.clear();
    this.#waiting.clear();
    this.#isReady = false;
    keepToken(null);
  }

  /** The oldest message that was not acknowledged is given up; its id, or null. */
  giveUpOldest() {
    const [id] = this.#waiting.keys();
    this.#waiting.delete(id);
    return id ?? null;
  }

  /** Wait `seconds` before sending again what was not acknowledged. */
  holdBack(seconds) {
    this.#silentUntil = Date.now() + seconds * 1000;
    for (const item of this.#waiting.values()) item.at = 0;
  }

  /** The teenager was last seen at `at` (milliseconds): half an hour later the token is worth nothing. */
  touch(at) {
    if (this.#token) keepToken(this.#token, at);
  }

  /** Say goodbye for good. */
  end() {
    this.#isEnded = true;
    if (this.#isReady) this.#socket.send('{"type":"leave"}');
    this.forget();
    this.#close();
  }

  #isOpen() {
    return this.#socket !== null && this.#socket.readyState === WebSocket.OPEN;
  }

  #connect() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#isEnded) return;
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/chat/ws");
    this.#socket = socket;
    // An old socket may still speak after a new one was made: only the current one is heard.
    socket.onopen = () => socket === this.#socket && this.#hello();
    socket.onmessage = (event) => socket === this.#socket && this.#hear(event.data);
    socket.onclose = () => socket === this.#socket && this.#dropped();
  }

  #close() {
    const socket = this.#socket;
    this.#socket = null;
    this.#isReady = false;
    if (socket) socket.close();
  }

  #dropped() {
    this.#close();
    this.#code = null;
    if (this.#isEnded) return;
    this.on.closed();
    for (const id of this.#waiting.keys()) this.on.unsent(id);
    const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.#tries++);
    this.#timer = setTimeout(() => this.#connect(), wait * (0.5 + Math.random() / 2));
  }

  #hurry() {
    if (this.#timer) this.#connect();
  }

  #hello() {
    this.#resumed = this.#token;
    const after = this.#token ? this.#last : null;
    const hello = { type: "hello", version: 1, lang: this.#language, resume: this.#token, after };
    this.#socket.send(JSON.stringify(hello));
  }

  #hear(data) {
    this.#heardAt = Date.now();
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (frame.type === "welcome") this.#welcome(frame);
    else if (frame.type === "ack" || frame.type === "done") this.#waiting.delete(frame.id ?? frame.in_reply_to);
    else if (frame.type === "error" && frame.code === "unknown_token") return this.#startOver();
    else if (frame.type === "error" && this.#code !== null) this.#code = null;
    else if (frame.type === "reply" && frame.seq !== null) {
      if (this.#seen.has(frame.seq)) return;
      this.#seen.add(frame.seq);
      this.#last = Math.max(this.#last, frame.seq);
    }
    this.on.frame(frame);
  }

  #welcome(frame) {
    const isResumed = this.#resumed !== null && frame.token === this.#resumed;
    if (this.#code !== null) this.#newConversation(false);
    else if (this.#resumed !== null && !isResumed) this.#newConversation();
    this.#code = null;
    this.#token = frame.token;
    keepToken(frame.token);
    this.#language = null; // from here on the language follows what is said
    this.#tries = 0;
    this.#isReady = true;
    this.on.open(isResumed);
    for (const item of this.#waiting.values()) this.#send(item);
    for (const once of this.#afterWelcome.splice(0)) this.ask(once);
  }

  #startOver() {
    this.#token = null;
    keepToken(null);
    this.#newConversation();
    this.#hello();
  }

  #newConversation(isLoss = true) {
    this.#last = 0;
    this.#seen.clear();
    for (const [id, item] of this.#waiting) if (item.frame.type === "choose") this.#waiting.delete(id);
    if (isLoss) this.on.restarted();
  }

  #send(item) {
    item.at = Date.now();
    this.#socket.send(JSON.stringify(item.frame));
  }

  #sendAgain() {
    if (!this.#isReady || Date.now() < this.#silentUntil) return;
    for (const [id, item] of this.#waiting) {
      if (Date.now() - item.at < Math.min(60000, ACK_MS * 2 ** item.tries)) continue;
      const isDead = item.at > 0 && this.#heardAt < item.at;
      if (item.at > 0) {
        item.tries += 1;
        this.on.unsent(id);
      }
      if (isDead) {
        this.#dropped(); // nothing at all came since: the line is dead although the socket says it is open
        return;
      }
      this.#send(item);
    }
  }
}
