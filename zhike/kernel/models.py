"""The kernel keeps no table; Django tells only applications with this module that migration is done."""
