"""Forecasts of the present, and branches of any moment, in a process of their own: nobody who answers people waits for them."""

from web_console.forecasting.forecaster import Forecaster

__all__ = ["Forecaster"]
