"""Lets `python -m shenbao` run the command line."""

from shenbao.cli import main

if __name__ == "__main__":
    main()
