"""业务域: the CRM itself, one package per domain. Domains point one way: catalog ← customers ← sales; back by event or by name."""
