### Letters to us

notices-mail-only-pictures = (Pictures without words)
command-receive-mail = Take one letter (from a file, or from the pipe of a mail server) as a case.
command-receive-mail-file = An .eml file; without it, standard input is read.
command-receive-mail-case = Received as a case.
command-receive-mail-note = Added to its case.
command-receive-mail-machine = Written by a machine; let lie.
command-receive-mail-empty = Nothing is in it; let lie.
command-receive-mail-large = Too large; let lie.
command-receive-mail-unreadable = Cannot be read; let lie.
