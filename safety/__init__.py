"""What must never fail: danger is heard, the right line is named, an answer always comes. Imports the kernel only."""
