"""The sealed room: all that runs inside Rasa. Nothing here is reachable from another machine."""
