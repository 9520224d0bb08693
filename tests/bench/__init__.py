"""性能测量 `make bench`: a million customers, served as in production, each figure beside what it stands on."""
