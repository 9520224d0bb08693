"""The company of the approvals, in which a role may be asked for."""

from zhike.features.approval.tests.conftest import house as house
