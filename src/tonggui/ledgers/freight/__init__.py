"""货运管理: freight firms and the yearly check of their vehicles."""
