"""Stock (库存): movements, reservation, counts, replenishment."""
