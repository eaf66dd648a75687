"""What decisions teach: proposals for a bureau's own data, each with its pictures and its effect on the bureau's goldens."""
