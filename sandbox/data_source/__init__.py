"""An external source of data about people, played by the sandbox until the bureaus' own adapters are asked."""
