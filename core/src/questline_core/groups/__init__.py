"""Groups and cohorts: people put together, and the courses they are enrolled in by belonging."""
