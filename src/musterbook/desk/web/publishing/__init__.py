"""A site of plain files: the public pages of the desk as they stand today, for any web host."""
