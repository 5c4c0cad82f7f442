"""The parts pages are built from: data in `shapes`, finished HTML in the other modules, every template tag in `tags`."""
