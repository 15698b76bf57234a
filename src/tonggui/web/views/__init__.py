"""Views of the web part: each module one page or one group of addresses."""
