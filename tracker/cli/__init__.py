"""The command line: one file per noun, thin; `app` is the way in."""
