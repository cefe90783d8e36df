"""The words of the `doorstep` command, one file each; `config/command.py` finds them."""
