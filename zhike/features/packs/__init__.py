"""行业模板: writes roles, posts and the records of a demo company that a pack declares, on the path everybody writes."""

from zhike.features.packs.accounts import Account, accounts
from zhike.features.packs.demo import seed_demo
from zhike.features.packs.setup import load_pack

__all__ = ["Account", "accounts", "load_pack", "seed_demo"]
