"""What policy prose writes, as typed values: numbers, units, bounds, quantities, dates."""
