"""The stock panel: counting (盘点) and goods wanted (要货)."""
