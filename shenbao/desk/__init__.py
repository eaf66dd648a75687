"""The reviewer's desk: doubts settled by a person, kept as an overlay beside the results."""
