// The page's socket: opened again when it falls, and then everything is shown anew.
import { byId } from "./dom.js";

const WAITS_MS = [500, 1000, 2000, 4000, 8000];

/** Opens the socket; `hear` gets every frame, `opened` is called at each new beginning. Gives a function that sends a frame. */
export function connect(caseId, hear, opened) {
  let socket = null;
  let falls = 0;
  let isOver = false;
  const address = new URL("/live/ws", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  if (caseId) address.searchParams.set("case", caseId);

  function open() {
    socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      falls = 0;
      byId("offline").hidden = true;
      opened();
    });
    socket.addEventListener("message", (message) => {
      const frame = JSON.parse(message.data);
      if (frame.type === "over") isOver = true;
      hear(frame);
    });
    socket.addEventListener("close", () => {
      if (isOver) return;
      byId("offline").hidden = falls < 1;
      setTimeout(open, WAITS_MS[Math.min(falls++, WAITS_MS.length - 1)]);
    });
  }
  open();
  return (frame) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };
}
