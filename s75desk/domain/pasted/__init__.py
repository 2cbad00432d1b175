"""What is pasted from a spreadsheet, read before anything is changed."""
