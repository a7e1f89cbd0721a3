"""A partner's receiver of notices, played by the sandbox."""
