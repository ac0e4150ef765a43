"""How we talk about it: questions, understanding, one pure turn, every word said."""
