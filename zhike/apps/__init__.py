"""业务域

The CRM itself, one package per domain. Domains point one way: catalog ← customers ← sales; back by event or by name.
"""
