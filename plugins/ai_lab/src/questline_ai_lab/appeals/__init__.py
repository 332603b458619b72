"""Appeals of learners against the scores of their answers."""
