"""LocalStack plug-ins for host mode (without Docker). plugins.py lists them."""
