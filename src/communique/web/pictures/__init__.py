"""Pictures made on the server as SVG: plain shapes, no style and no script of their own."""
