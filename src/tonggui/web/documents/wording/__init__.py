"""文书句式: the pages on which a bureau words its reports itself, section by section."""
