"""The page of the exchange with the provincial system."""
