"""Documents to a searchable, immutable index generation."""
