"""The decision table on the desk: its versions, its rows, sheets in and out, rehearsals."""
