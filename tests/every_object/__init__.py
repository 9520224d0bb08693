"""每个对象都要守的约定: one suite over the registry. A new object gets all of it by existing."""
