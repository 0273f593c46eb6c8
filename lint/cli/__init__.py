"""The command line: one module per command, imported when the command is called."""

import gc

# Start-up makes nothing but things that stay, and looking at them for garbage again and again
# costs a twentieth of a short run. ``lint run`` switches collection on when it begins to read.
gc.disable()
