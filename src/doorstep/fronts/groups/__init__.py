"""What is written to our accounts and robots in other people's houses becomes a case like any other."""
