"""The window: top bar, pages, status bar, and what floats above them. It only assembles."""
