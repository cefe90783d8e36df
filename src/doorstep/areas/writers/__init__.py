"""A plan as files for other programs: a map for GIS, a list for a spreadsheet.

An edge of areas, like its readers: it makes bytes of plain records and knows no database.
"""
