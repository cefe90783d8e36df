"""The generated pages of `docs/reference/`: one file a page, each with `page(lang)`; found by folder."""
