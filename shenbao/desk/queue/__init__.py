"""What is open in a folder of results, and who is shown which field of it when."""
