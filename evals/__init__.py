"""Cases to results to a report that opens every number into the cases behind it."""
