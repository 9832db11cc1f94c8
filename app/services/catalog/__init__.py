"""The catalog (商品): products, variants, barcodes, prices, import and export, search."""
