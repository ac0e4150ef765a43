"""Everything that touches the world: the command, the channels and the store."""
