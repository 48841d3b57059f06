"""LocalStack plug-ins for host mode (no Docker); see plugins.py for what they are."""
