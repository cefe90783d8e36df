"""What every test stands on."""

import os

# A word that is missing stops the test that shows it, in this process and in every server it starts.
os.environ["DOORSTEP_STRICT_TEXT"] = "1"
