"""The nouns of shenbao: frozen, typed, without behaviour that belongs to a stage."""
