"""Results with decisions applied: the folder `final/`, written behind the answers."""
