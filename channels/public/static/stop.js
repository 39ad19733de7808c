// The typed word that leaves: the same messages that the hub takes for it (channels/typed.py, command_of).

const LONGEST = 40;

/** True when the whole message is "stop", however it is written: "STOP!!!", "/stop", "stop 😭". */
export function isStop(text) {
  if ([...text].length > LONGEST) return false;
  const letters = text.normalize("NFKC").replaceAll("🆘", "sos").toLowerCase().normalize("NFKD");
  return letters.replace(/[^a-z0-9]/g, "") === "stop";
}
