// What was said and is not done yet, oldest first: kept until the hub has stored and answered it, whatever happens to the line.

const ACK_MS = 8000;
const LONGEST_MS = 60000;

export class Outgoing {
  #items = new Map(); // id → {frame, at, tries, isStored}

  /** Take it; `at` stays 0 until it was sent. */
  add(frame) {
    const item = { frame, at: 0, tries: 0, isStored: false };
    this.#items.set(frame.id, item);
    return item;
  }

  /** What a frame of the hub says about it. */
  heard(frame) {
    if (frame.type === "done") this.#items.delete(frame.in_reply_to);
    const item = frame.type === "ack" && this.#items.get(frame.id);
    if (item) item.isStored = true;
  }

  /** All of it. */
  all() {
    return [...this.#items.values()];
  }

  /** The ids of what the hub may not have. */
  unstored() {
    return this.all().filter((item) => !item.isStored).map((item) => item.frame.id);
  }

  /** What was sent so long ago without an acknowledgement, or never yet, that it is time to send it. */
  due(now) {
    return this.all().filter((item) => !item.isStored && now - item.at >= Math.min(LONGEST_MS, ACK_MS * 2 ** item.tries));
  }

  /** True when something is stored that has no answer yet. */
  hasStored() {
    return this.all().some((item) => item.isStored);
  }

  /** Give up the oldest that was not acknowledged; its id, or null. */
  giveUpOldest() {
    const [id] = this.unstored();
    this.#items.delete(id);
    return id ?? null;
  }

  /** All of it may be sent at once. */
  hurry() {
    for (const item of this.all()) item.at = 0;
  }

  /** The conversation is another one: what the old one had stored was said there, and its choices mean nothing here. */
  moveOver() {
    for (const [id, item] of this.#items) if (item.isStored || item.frame.type === "choose") this.#items.delete(id);
  }

  /** Only what `items` holds. */
  reset(items = []) {
    this.#items = new Map(items.map((item) => [item.frame.id, item]));
  }
}
