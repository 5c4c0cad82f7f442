"""The list page, built once: table, filters, saved views, columns, bulk actions, export."""
