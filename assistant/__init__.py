"""Questions about plans and policies, answered with quotes that code has checked."""
