// The page's socket: opened again when it falls or falls silent, and then everything is shown anew.
import { byId } from "./dom.js";

const WAITS_MS = [500, 1000, 2000, 4000, 8000];
const SILENT_MS = 45000; // the desk says something every 15 s: a line that says nothing for so long is dead, whatever the browser thinks
const LOOK_MS = 5000;
const ASK_AFTER = 2;

/** Whether the session is over (also where the door is shown instead); null where nobody answers. */
async function isLoggedOut() {
  try {
    const answer = await fetch("/me", { redirect: "manual", cache: "no-store" });
    return answer.status === 401 || answer.type === "opaqueredirect" ? true : answer.ok ? false : null;
  } catch {
    return null;
  }
}

/** Whether this account may see the case no more, since a colleague has it by now; null where nobody answers. */
async function isLost(caseId) {
  try {
    return [403, 404].includes((await fetch(`/cases/${caseId}`, { cache: "no-store" })).status);
  } catch {
    return null;
  }
}

/** Opens the socket; `hear` gets every frame, `opened` is called at each new beginning. Gives a function that sends a frame. */
export function connect(caseId, hear, opened) {
  let socket = null;
  let falls = 0;
  let isOver = false;
  let heardAt = 0;
  let isKept = false; // the case was asked for since the line fell: reading it is noted in the log, so once is enough
  const address = new URL("/live/ws", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  if (caseId) address.searchParams.set("case", caseId);

  function take(frame) {
    if (frame.type === "over") isOver = true;
    hear(frame);
  }

  async function askWhy() {
    const loggedOut = await isLoggedOut();
    if (isOver || falls === 0) return; // meanwhile it was heard, or the line is back
    if (loggedOut) take({ type: "over" });
    if (loggedOut !== false || !caseId || isKept) return;
    const lost = await isLost(caseId);
    isKept = lost === false;
    if (lost) take({ type: "case", state: "lost" });
  }

  function fell(line, isShown) {
    if (isOver || line !== socket) return;
    socket = null; // what an abandoned line still says is not heard
    byId("offline").hidden = falls < 1 && !isShown;
    if (falls >= ASK_AFTER) askWhy();
    setTimeout(open, WAITS_MS[Math.min(falls++, WAITS_MS.length - 1)]);
  }

  function open() {
    if (isOver) return;
    const line = new WebSocket(address);
    socket = line;
    heardAt = Date.now();
    line.addEventListener("open", () => line === socket && opened());
    line.addEventListener("message", (message) => {
      if (line !== socket) return;
      // Not at "open": a line that opens and says nothing brings nothing back.
      heardAt = Date.now();
      falls = 0;
      isKept = false;
      byId("offline").hidden = true;
      take(JSON.parse(message.data));
    });
    line.addEventListener("close", () => fell(line, false));
  }
  open();
  setInterval(() => {
    if (!socket || Date.now() - heardAt < SILENT_MS) return;
    const dead = socket;
    fell(dead, true);
    dead.close();
  }, LOOK_MS);
  return (frame) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };
}
