"""Forms: an editor for every type of field, and the form that explains as one types."""
