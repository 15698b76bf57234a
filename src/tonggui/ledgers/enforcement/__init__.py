"""综合执法: officers, operations, clues, cases, what is seized, what goes to the police."""
