"""What things mean: records, rules and errors. Standard library only; no SQL, no Qt, no pandas."""
