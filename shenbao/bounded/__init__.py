"""The one place where strangers' bytes are touched: processes that are bounded in time, memory and answer."""
