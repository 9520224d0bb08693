"""Reading: one filter language, keyset paging, JSON rows built by PostgreSQL, aggregation. All under the gate."""
