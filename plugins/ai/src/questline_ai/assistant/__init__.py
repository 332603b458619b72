"""The lesson assistant: answers from the text of one lesson, and from nothing else."""
