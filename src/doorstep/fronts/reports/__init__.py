"""Working rules without paper: reports that write themselves, and which unit held what for how long."""
