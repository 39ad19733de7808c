// Building elements. Text only ever becomes a text node; nothing here or elsewhere takes markup.

export const byId = (id) => document.getElementById(id);

/** An element: `set` gives attributes (false and null are left out), `parts` are elements or texts. */
export function el(tag, set, ...parts) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(set || {})) {
    if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...parts.filter((part) => part !== null && part !== undefined));
  return node;
}

/** An address that may become a link: https, or http; else null. */
export function webAddress(value) {
  try {
    const url = new URL(value);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** What a phone dials: the digits of `value`, a leading + kept; null when it is not written as a number. */
export function dialled(value) {
  return /^\+?[\d\s./()-]{3,24}$/.test(value) ? "tel:" + value.replace(/[^\d+]/g, "") : null;
}

/** A link that writes to `value`; null when it is not written as an e-mail address. */
export function mailed(value) {
  return /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(value) ? "mailto:" + value : null;
}

/** 128 random bits as a UUID, also where crypto.randomUUID is missing (a page that is not on https). */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
