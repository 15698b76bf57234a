"""What the rules know of the trade: its terms, the signs that are taken for each other, days, anniversaries."""
