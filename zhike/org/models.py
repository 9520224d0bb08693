from zhike.kernel.registry import load
from zhike.org.acting import Delegation
from zhike.org.revision import Revision
from zhike.org.sessions import Session
from zhike.org.shares import Share
from zhike.org.sign_in import SignInFailures
from zhike.org.tokens import Token

load("zhike.org.objects")

__all__ = ["Delegation", "Revision", "Session", "Share", "SignInFailures", "Token"]
