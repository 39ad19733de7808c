"""The nouns of Chatmasjien: standard library only, used by the hub (current Python) and the bot (Python 3.11) alike."""
