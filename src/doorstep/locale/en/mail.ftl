### Letters to us

notices-mail-only-pictures = (Pictures without words)
command-receive-mail = Take one letter (from a file, or from the pipe of a mail server) as a case.
command-receive-mail-file = An .eml file; without it, standard input is read.
command-receive-mail-case = Received as a case.
command-receive-mail-note = Added to its case.
command-receive-mail-machine = Written by a machine; let lie.
command-receive-mail-empty = Nothing is in it; let lie.
command-receive-mail-large = Too large (25 MB at most), not taken. Please send it without what is attached; pictures can be added on the page of your case.
command-receive-mail-unreadable = Cannot be read, not taken. Please send it again as plain text.
command-receive-mail-later = Too much for now; try again later.
