// The beginning: what every page of who takes cases has (the alarm), and what belongs to the queue or to a case.
import { play, showAlarm, startAlarm } from "./alarm.js";
import { showCase, showSaid, showTyping, showViewers, startCase } from "./case.js";
import { connect } from "./live.js";
import { showQueue, startQueue } from "./queue.js";
import { startLevel } from "./urgency.js";
import { byId, words } from "./dom.js";

const caseId = document.body.dataset.case || null;
let desk = null;

function showDesk(frame) {
  desk = frame;
  showAlarm(frame);
  if (byId("waiting")) showQueue(frame);
  if (caseId) showViewers(frame);
}

const shows = {
  desk: showDesk,
  said: (frame) => {
    if (byId("talk") && showSaid(frame) && frame.from === "teenager" && frame.is_new && !document.hasFocus()) play("normal");
  },
  typing: () => byId("typing") && showTyping(),
  case: showCase,
  over: () => {
    byId("offline").textContent = words.alarm.logged_out;
    byId("offline").hidden = false;
    byId("main").replaceChildren(); // whoever comes by reads nothing of a young person
  },
};

const tell = connect(caseId, (frame) => shows[frame.type]?.(frame), () => {});
startAlarm(() => {
  for (const id of desk?.dangers || []) tell({ type: "seen", id });
  for (const row of desk?.signals || []) if (row.unseen) tell({ type: "seen", id: row.id });
});
if (byId("waiting")) startQueue();
if (byId("talk")) startCase(tell);
if (caseId) startLevel();
