"""One family of rules per file. A check takes the content and gives back what it looked at and what it found."""
