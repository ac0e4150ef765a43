"""What is true: the scheme's facts and rules, places, and what can be concluded from them. Pure."""
