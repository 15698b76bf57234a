"""党建与宣传: branch life, decisions, publicity, inspections by the Party, and help for villages."""
