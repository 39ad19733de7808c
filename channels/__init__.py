"""Where people come in: the hub. It owns messages, states, keys and urgency; the bot is asked as a function."""
