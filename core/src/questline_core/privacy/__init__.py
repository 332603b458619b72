"""What the host does for people's privacy: export, erasure, consents, retention, the register."""
