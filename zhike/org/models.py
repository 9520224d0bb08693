from zhike.kernel.registry import load
from zhike.org.acting import Delegation
from zhike.org.failures import SignInFailures
from zhike.org.passkeys import Passkey
from zhike.org.revision import Revision
from zhike.org.second_step import Authenticator, RecoveryCode
from zhike.org.sessions import Session
from zhike.org.shares import Share
from zhike.org.single_sign_on.identities import Identity
from zhike.org.tokens import Token
from zhike.org.ways import WayChange

load("zhike.org.objects")

__all__ = [
    "Authenticator",
    "Delegation",
    "Identity",
    "Passkey",
    "RecoveryCode",
    "Revision",
    "Session",
    "Share",
    "SignInFailures",
    "Token",
    "WayChange",
]
