// What the tab keeps between two loads of the page (sessionStorage, under one key): the token, when it was last used, and whether
// its conversation is still to be wiped. Nothing else.

const KEY = "chat";
const IDLE_MS = 30 * 60 * 1000;
const WIPE = "wipe";

/** What was kept, as {token, isWiping}. A token that nobody used for half an hour is worth nothing, but for wiping. */
export function readKept() {
  try {
    const [token, at, mark] = (sessionStorage.getItem(KEY) || "").split(" ");
    const isWiping = mark === WIPE;
    return token && (isWiping || Date.now() - Number(at) < IDLE_MS) ? { token, isWiping } : { token: null, isWiping: false };
  } catch {
    return { token: null, isWiping: false }; // storage is forbidden: the token then lives as long as the page
  }
}

/** Keep them; without a token nothing is kept. */
export function keep(token, isWiping = false, at = Date.now()) {
  try {
    if (token) sessionStorage.setItem(KEY, `${token} ${at}${isWiping ? ` ${WIPE}` : ""}`);
    else sessionStorage.removeItem(KEY);
  } catch {
    // as above
  }
}
