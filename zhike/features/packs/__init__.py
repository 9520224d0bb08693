"""行业模板: writes what a pack declares, through the same path as everybody: roles and posts, and the records of a demo company."""

from zhike.features.packs.accounts import Account, accounts
from zhike.features.packs.demo import seed_demo
from zhike.features.packs.setup import load_pack

__all__ = ["Account", "accounts", "load_pack", "seed_demo"]
