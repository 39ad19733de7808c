"""The public site: the chat page and the chat protocol. It shares no module, cookie, key or port with the desk."""
