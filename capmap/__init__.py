"""CapMap: business capability maps linked to the IT services and projects behind them."""

__version__ = "0.1.0"
