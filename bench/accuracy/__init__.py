"""How much of made-up forms is read right, by kind of file, damage, layout and section."""
