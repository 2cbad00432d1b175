"""The pages of the window, one folder or module a tab, and the parts they share."""
