"""往年总结: old summaries read, and their figures taken as baselines."""
