"""The KPIs tab."""
