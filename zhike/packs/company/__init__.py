"""通用企业模板: a maker of business software with branches, affiliates and agents, as the sales policy describes it."""
